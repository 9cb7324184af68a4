"""Where paths below ``docs/`` are published, and how pages write each other's addresses."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote


def destination(path: str) -> str:
    """Where a path below ``docs/`` is published below ``site/``."""
    return path.removesuffix(".md") + ".html" if path.endswith(".md") else path


@lru_cache(maxsize=4096)
def address(path: str) -> str:
    """The address of a path below ``docs/``, relative to the site."""
    return quote(destination(path))


@lru_cache(maxsize=4096)
def relative(url: str, other: str) -> str:
    """An address seen from another, as ``mkdocs.utils.get_relative_url`` has it."""
    folder, _, name = other.rpartition("/")
    own, there = _parts(folder if "." in name else other), _parts(url)
    common = 0
    for one, two in zip(own, there, strict=False):
        if one != two:
            break
        common += 1
    found = "/".join([".."] * (len(own) - common) + there[common:]) or "."
    return found + "/" if url.endswith("/") else found


def _parts(url: str) -> list[str]:
    path = posixpath.normpath(url if url.startswith("/") else "/" + url)[1:]
    return path.split("/") if path else []
