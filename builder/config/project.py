"""Where a project's files lie, and everything its editors have written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.config.curation import Corrections, Entities, SourceProfile, Vocabulary
from builder.config.loading import load
from builder.problems import BuilderError


@dataclass(frozen=True, slots=True)
class Curation:
    """The content of ``curation/``.

    Attributes:
        sources: Profiles by slug, the name of their file.
        vocabulary: The topics.
        corrections: What editors know better, by seed.
        entities: The index of names.
    """

    sources: Mapping[str, SourceProfile]
    vocabulary: Vocabulary
    corrections: Corrections
    entities: Entities


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
    raise BuilderError(f"{start}: 这里不是档案库（没有 mkdocs.yml 和 seeds/）。请换到档案库的文件夹里再运行。")


def load_curation(project: Project) -> Curation:
    """Read every file of ``curation/``.

    Raises:
        BuilderError: One of them is wrong; the message says where.
    """
    folder = project.curation
    vocabulary = folder / "topics.yml"
    return Curation(
        sources={path.stem: load(path, SourceProfile) for path in sorted((folder / "sources").glob("*.yml"))},
        vocabulary=load(vocabulary, Vocabulary) if vocabulary.exists() else Vocabulary(topics={}),
        corrections=load(folder / "corrections.yml", Corrections),
        entities=load(folder / "entities.yml", Entities),
    )
