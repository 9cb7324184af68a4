"""Where a project's files lie, and everything its editors have written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.characters import in_one_line
from builder.config.corrections import SINGLE_FILE, correction_file, load_corrections, load_crawls
from builder.config.curation import Correction, Corrections, Crawl, Entities, SourceProfile, Vocabulary
from builder.config.loading import Loaded, load_or_note
from builder.config.plans import PlanCuration
from builder.patterns import pattern
from builder.problems import BuilderError, Wording


@dataclass(frozen=True, slots=True)
class Curation:
    """The content of ``curation/``."""

    sources: Mapping[str, SourceProfile]  # Profiles by slug, the name of their file
    vocabulary: Vocabulary  # The topics
    # What earlier versions kept in one file: corrections by seed; and every address that has moved
    corrections: Corrections
    entities: Entities  # The index of names
    # What editors add to plans, by the plan's slug, the name of the file
    plans: Mapping[str, PlanCuration] = field(default_factory=dict)
    # What editors know better, by the article's identifier, the name of the file
    articles: Mapping[str, Correction] = field(default_factory=dict)
    # Which pages of crawls are published, by the file that says so
    crawls: Mapping[str, Crawl] = field(default_factory=dict)

    def correction(self, path: str, identifier: str) -> Correction | None:
        """What an editor knows better; only the single file of earlier versions goes by the seed's path."""
        return self.articles.get(identifier) or self.corrections.seeds.get(path)

    def kinds(self) -> Mapping[str, str]:
        """What editors say that files are, ``document`` or ``article``, by identifier or by the seed's path."""
        corrections = {**self.corrections.seeds, **self.articles}
        return {name: correction.kind for name, correction in corrections.items() if correction.kind}

    def correction_file(self, path: str, identifier: str) -> str:
        """Where that stands, below the archive's folder; empty where there is none."""
        if identifier in self.articles:
            return correction_file(identifier)
        return SINGLE_FILE if path in self.corrections.seeds else ""


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one archive; nothing else on the machine is read or written."""

    root: Path

    @property
    def seeds(self) -> Path:
        """Raw posts and plans."""
        return self.root / "seeds"

    @property
    def curation(self) -> Path:
        """What editors write."""
        return self.root / "curation"

    @property
    def docs(self) -> Path:
        """Finished pages, and hand-written ones."""
        return self.root / "docs"

    @property
    def mkdocs(self) -> Path:
        """The site's configuration."""
        return self.root / "mkdocs.yml"


def find_project(start: Path) -> Project:
    """The project around a folder: the nearest one upwards that has ``mkdocs.yml`` and ``seeds/``.

    Raises:
        BuilderError: There is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "seeds").is_dir():
            return Project(folder)
        if (folder / "mkdocs.yml").is_file() and (folder / "curation").is_dir():
            raise BuilderError(Wording("seeds-gone", {"folder": str(folder)}))
    raise BuilderError(Wording("no-archive", {"folder": str(start)}))


def load_curation(project: Project) -> Curation:
    """Read every file of ``curation/``.

    Raises:
        BuilderError: Some of them are wrong; a line for each says where.
    """
    folder, wrong = project.curation, list[Wording]()
    for path in sorted([*(folder / "sources").glob("*.yml"), *(folder / "plans").glob("*.yml")]):
        if not _SLUG.fullmatch(path.stem):
            wrong.append(Wording("file-name-no-slug", {"path": in_one_line(str(path))}))
    sources = {p.stem: load_or_note(p, SourceProfile, wrong) for p in sorted((folder / "sources").glob("*.yml"))}
    plans = {p.stem: load_or_note(p, PlanCuration, wrong) for p in sorted((folder / "plans").glob("*.yml"))}
    vocabulary = folder / "topics.yml"
    topics = load_or_note(vocabulary, Vocabulary, wrong) if vocabulary.exists() else Vocabulary(topics={})
    corrections, articles = load_corrections(folder, wrong)
    crawls = load_crawls(folder, wrong)
    entities = load_or_note(folder / "entities.yml", Entities, wrong)
    if topics is None or entities is None or wrong:
        raise BuilderError(*wrong)
    return Curation(_present(sources), topics, corrections, entities, _present(plans), articles, crawls)


_SLUG = pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the name of a file becomes an address by."""


def _present(files: Mapping[str, Loaded | None]) -> dict[str, Loaded]:
    """The files that are right, by name."""
    return {slug: content for slug, content in files.items() if content is not None}
