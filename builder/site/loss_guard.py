"""Counts what an archive holds, and refuses to publish one that has lost most of it by mistake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.cache import read_note, write_note
from builder.config.curation import Vocabulary
from builder.config.loading import load
from builder.config.project import Project
from builder.problems import BuilderError, Wording
from builder.reading.discovery import Discovered, discover
from builder.site.revisions import archive_at, resolved, seeds_gone

_KINDS = ("seeds", "topics", "sources")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each."""

    seeds: int  # Files that are posts or plans
    topics: int  # Terms of the vocabulary
    sources: int  # Profiles of outlets


def count(project: Project, found: Discovered | None = None) -> Counts:
    """Count what an archive holds, given its seeds where they have been looked for."""
    vocabulary = project.curation / "topics.yml"
    return Counts(
        seeds=len((found or discover(project.seeds))[0]) if project.seeds.is_dir() else 0,
        topics=len(load(vocabulary, Vocabulary).topics) if vocabulary.exists() else 0,
        sources=len(list((project.curation / "sources").glob("*.yml"))),
    )


def refuse_losses(project: Project, revision: str | None = None, found: Discovered | None = None) -> Counts:
    """Refuse what looks like an editor's slip: an emptied vocabulary or folder, more than half of the seeds gone.

    Compared with a revision, a seed is gone where its bytes are; counted are those that stay, not those that come.

    Args:
        project: The archive as it is.
        revision: What to compare it with; by default, or where it is git's name for nothing (``000…``), what was last
            generated here.
        found: The archive's seeds, where they have been looked for.

    Returns:
        What the archive holds now.

    Raises:
        BuilderError: Something has been emptied; the message says what, and how to confirm.
    """
    compared = revision if (revision or "").strip("0") else None
    before = _at(project, compared) if compared else _remembered(project)
    now = count(project, found)
    if before is None:
        return now
    gone = seeds_gone(project, compared) if compared else 0
    kept = replace(now, seeds=min(now.seeds, before.seeds - gone)) if gone else now
    lost = tuple(
        Wording("fewer", {"what": Wording(f"held-{key}"), "had": str(had), "now": str(has)})
        for key in _KINDS
        if _is_loss(had := getattr(before, key), has := getattr(kept, key), key)
    )
    if lost:
        raise BuilderError(Wording("emptied", {"lost": lost}))
    return now


def remember(project: Project, now: Counts) -> None:
    """Note what has been generated."""
    if _remembered(project) != now:
        write_note(_file(project), now)


def _is_loss(had: int, has: int, key: str) -> bool:
    return (had > 0 and has == 0) or (key == "seeds" and has * 2 < had)


def _remembered(project: Project) -> Counts | None:
    return read_note(_file(project), Counts)


def _at(project: Project, revision: str | None) -> Counts:
    with TemporaryDirectory(prefix="archive-") as folder:
        return count(archive_at(project, resolved(project, revision or ""), Path(folder, "before")))


def _file(project: Project) -> Path:
    return project.root / ".cache" / "holdings"
