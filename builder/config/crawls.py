"""Which pages of a crawl are published: a file for each crawl, named by the first digits of its SHA-256."""

from __future__ import annotations

import re
from pathlib import Path

from builder.config.curation import Crawl
from builder.config.loading import load_or_note
from builder.problems import Wording

FOLDER = "curation/crawls"
"""Below the archive's folder."""
_DIGITS = 16
_NAME = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


def crawl_file(sha256: str) -> str:
    """Where the choice for a crawl belongs, below the archive's folder."""
    return f"{FOLDER}/{sha256[:_DIGITS]}.yml"


def load_crawls(curation: Path, wrong: list[Wording]) -> dict[str, Crawl]:
    """Read every choice, by the file that it belongs in; ``wrong`` gets a line for each file that is wrong."""
    found: dict[str, Crawl] = {}
    for path in sorted((curation / "crawls").glob("[!.]*")):
        if path.suffix != ".yml" or not _NAME.fullmatch(path.stem):
            wrong.append(Wording("crawl-file-name", {"path": f"{FOLDER}/{path.name}"}))
        elif crawl := load_or_note(path, Crawl, wrong):
            found[f"{FOLDER}/{path.name}"] = crawl
    return found
