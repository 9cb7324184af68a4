"""Reads what editors know better: a file for each article, and the single file that earlier versions kept."""

from __future__ import annotations

from pathlib import Path

import msgspec

from builder.config.curation import Correction, Corrections, Crawl, Moved
from builder.config.loading import load_or_note
from builder.patterns import pattern
from builder.problems import Wording

FOLDER = "curation/corrections"
"""Below the archive's folder; in it ``<identifier>.yml`` for each article that was corrected or withdrawn."""

SINGLE_FILE = "curation/corrections.yml"
"""Where earlier versions kept all of them, by the seeds' paths."""

MOVED = "curation/moved.yml"

_IDENTIFIER = pattern(r"[a-z2-7]{10}")


def correction_file(identifier: str) -> str:
    """Where the correction of an article belongs, below the archive's folder."""
    return f"{FOLDER}/{identifier}.yml"


def load_corrections(curation: Path, wrong: list[Wording]) -> tuple[Corrections, dict[str, Correction]]:
    """Read every correction; ``wrong`` gets a line for each file that is wrong.

    Returns:
        The single file, with all addresses that have moved; and corrections by identifier, among them what the single
        file says was removed. A file of its own goes before the single one.
    """
    single = load_or_note(curation / "corrections.yml", Corrections, wrong) or Corrections()
    moved = load_or_note(curation / "moved.yml", Moved, wrong) or Moved()
    articles = {identifier: _removed(entry) for identifier, entry in single.removed.items()}
    for path in sorted((curation / "corrections").iterdir()) if (curation / "corrections").is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.suffix != ".yml" or not _IDENTIFIER.fullmatch(path.stem):
            wrong.append(Wording("correction-file-name", {"path": f"{FOLDER}/{path.name}"}))
        elif correction := load_or_note(path, Correction, wrong):
            articles[path.stem] = correction
    return msgspec.structs.replace(single, moved={**single.moved, **moved.moved}), articles


def _removed(entry: msgspec.Struct) -> Correction:
    """What the single file says was removed, as a correction of its own."""
    return Correction(removed=True, **{key: value for key, value in msgspec.structs.asdict(entry).items() if value})


CRAWLS = "curation/crawls"
"""Below the archive's folder."""
_DIGITS = 16
_CRAWL_NAME = pattern(rf"[0-9a-f]{{{_DIGITS}}}")


def crawl_file(sha256: str) -> str:
    """Where the choice for a crawl belongs, below the archive's folder."""
    return f"{CRAWLS}/{sha256[:_DIGITS]}.yml"


def load_crawls(curation: Path, wrong: list[Wording]) -> dict[str, Crawl]:
    """Read every choice, by the file that it belongs in; ``wrong`` gets a line for each file that is wrong."""
    found: dict[str, Crawl] = {}
    for path in sorted((curation / "crawls").glob("[!.]*")):
        if path.suffix != ".yml" or not _CRAWL_NAME.fullmatch(path.stem):
            wrong.append(Wording("crawl-file-name", {"path": f"{CRAWLS}/{path.name}"}))
        elif crawl := load_or_note(path, Crawl, wrong):
            found[f"{CRAWLS}/{path.name}"] = crawl
    return found
