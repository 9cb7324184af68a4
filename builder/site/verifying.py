"""Whether a published site still is what the seeds say: every page with its digest, every raw file byte for byte."""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from html import escape
from pathlib import Path

from builder.model.archive import Archive, Entry
from builder.pages import places
from builder.pages.raws import raw_path
from builder.problems import BuilderError, Problem, Wording, ordered

_SECONDS = 30
_LARGEST = 64 * 1024 * 1024
_ARTICLE = re.compile(r"articles/([a-z2-7]{10})\.html")

Fetch = Callable[[str], bytes | None]
"""Gives the bytes of an address below the site's own; None where there is nothing."""


def verify(archive: Archive, site: str) -> tuple[Problem, ...]:
    """Compare a site with the archive.

    Args:
        archive: What the seeds say.
        site: A folder, or the ``http(s)`` address under which the site is published.

    Returns:
        A problem for each article whose page or raw file is missing or is not its seed's, and for each page of an
        article that the archive does not know.

    Raises:
        BuilderError: The site cannot be reached at all.
    """
    fetch = fetch_from(site)
    if fetch("index.html") is None:
        raise BuilderError(Wording("no-site", {"site": site}))
    problems = [problem for entry in archive.entries for problem in _entry_problems(entry, fetch)]
    return ordered([*problems, *_unexplained(archive, fetch)])


def fetch_from(site: str) -> Fetch:
    """Reads a site.

    Args:
        site: A folder, or an ``http(s)`` address.
    """
    return _from_web(site.rstrip("/")) if site.startswith(("https://", "http://")) else _from_folder(Path(site))


def _entry_problems(entry: Entry, fetch: Fetch) -> list[Problem]:
    path, digest = f"seeds/{entry.article.path}", entry.article.sha256
    page = fetch(f"articles/{entry.id}.html")
    public = bool(raw_path(entry.article, entry.id, containers=False))
    raw = fetch(places.raw(entry.id) if public else places.raw_container(digest))
    if page is None:
        return [Problem("page-missing", path, None, {"id": entry.id})]
    problems = []
    if digest.encode() not in page:
        problems.append(Problem("page-differs", path, None, {"id": entry.id, "sha256": digest}))
    if entry.article.member and escape(entry.article.member, quote=False).encode() not in page:
        problems.append(Problem("page-differs", path, None, {"id": entry.id, "sha256": digest}))
    if (public and raw is None) or (raw is not None and hashlib.sha256(raw).hexdigest() != digest):
        problems.append(Problem("raw-differs", path, None, {"id": entry.id, "sha256": digest}))
    return problems


def _unexplained(archive: Archive, fetch: Fetch) -> list[Problem]:
    """Pages of articles that the sitemap names and the archive does not."""
    known = {entry.id for entry in archive.entries} | {stone.id for stone in archive.tombstones}
    sitemap = (fetch("sitemap.xml") or b"").decode("utf-8", "replace")
    strangers = sorted(set(_ARTICLE.findall(sitemap)) - known)
    return [Problem("page-unexplained", f"articles/{identifier}.html") for identifier in strangers]


def _from_folder(folder: Path) -> Fetch:
    return lambda address: (folder / address).read_bytes() if (folder / address).is_file() else None


def _from_web(site: str) -> Fetch:
    def fetch(address: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{site}/{address}", timeout=_SECONDS) as answer:  # noqa: S310  # http(s) alone
                content: bytes = answer.read(_LARGEST)
                return content
        except urllib.error.HTTPError as error:
            error.close()
            return None
        except OSError as error:
            raise BuilderError(Wording("site-unreachable", {"site": site, "reason": str(error)})) from error

    return fetch
