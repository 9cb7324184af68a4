"""Verifies a published site against the seeds: the digest on every page, every raw file byte for byte."""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import Path

from builder import paths
from builder.characters import in_one_line
from builder.files import digest_of
from builder.model.archive import Archive, Entry
from builder.pages.raws import raw_path
from builder.problems import BuilderError, Problem, Wording, ordered
from builder.reading.discovery import discover

_SECONDS = 30
_LARGEST = 64 * 1024 * 1024
_ARTICLE = re.compile(r"articles/([a-z2-7]{10})\.html")
_SUM = re.compile(r"(?m)^([0-9a-f]{64})  ((?:data|raw)/[\w./-]{1,300})$", re.ASCII)
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,5000}>")
_SPACE = re.compile(r"\s+")

Fetch = Callable[[str], bytes | None]
"""Gives the bytes of an address below the site's own; None where there is nothing."""


def verify(archive: Archive, site: str) -> tuple[Problem, ...]:
    """Compare a site, a folder or an ``http(s)`` address, with what the seeds say.

    Returns:
        A problem for each article whose page or raw file is missing or is not its seed's, and for each page of an
        article that the archive does not know.

    Raises:
        BuilderError: The site cannot be reached at all.
    """
    fetch = _opened(site)
    problems = [problem for entry in archive.entries for problem in _entry_problems(entry, fetch)]
    return ordered([*problems, *_unexplained(archive, fetch), *_sum_problems(_listed(fetch), fetch)])


def verify_by_seeds(seeds: Path, site: str) -> tuple[Problem, ...]:
    """Compare a site with nothing but raw files: what a stranger can do who has no more, and trusts no more.

    Returns:
        A problem for each file of the site's list of checksums that is missing or another, for each raw file that is
        no seed and each seed that is no raw file, and for each article's page that does not state its seed's digest.

    Raises:
        BuilderError: The site cannot be reached, or has no list of checksums.
    """
    fetch = _opened(site)
    listed = _listed(fetch)
    if not listed:
        raise BuilderError(Wording("no-checksums", {"site": site}))
    stated = fetch(paths.ARCHIVE_JSON) or b""
    own = {digest_of(found.file): found.path for found in discover(seeds)[0]}
    raw = {path: digest for path, digest in listed.items() if path.startswith("raw/")}
    problems = [Problem("raw-unknown", path, None, {"sha256": each}) for path, each in raw.items() if each not in own]
    problems += [
        Problem("seed-not-published", in_one_line(f"seeds/{path}"), None, {"sha256": digest})
        for digest, path in own.items()
        if digest not in raw.values() and digest.encode() not in stated
    ]
    for path, digest in raw.items():
        page = fetch(f"articles/{_name(path)}.html")
        if page is not None and digest.encode() not in page:
            problems.append(Problem("page-differs", path, None, {"id": _name(path), "sha256": digest}))
    return ordered([*problems, *_sum_problems(listed, fetch)])


def _opened(site: str) -> Fetch:
    fetch = fetch_from(site)
    if fetch("index.html") is None:
        raise BuilderError(Wording("no-site", {"site": site}))
    return fetch


def _listed(fetch: Fetch) -> dict[str, str]:
    """Digest by path, out of the site's own list."""
    text = (fetch("SHA256SUMS") or b"").decode("utf-8", "replace")
    return {path: digest for digest, path in _SUM.findall(text)}


def _sum_problems(listed: Mapping[str, str], fetch: Fetch) -> list[Problem]:
    """A problem for each file that is not what the list of checksums says."""
    return [
        Problem("sum-differs", path, None, {"sha256": digest})
        for path, digest in sorted(listed.items())
        if hashlib.sha256(fetch(path) or b"").hexdigest() != digest
    ]


def _name(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def fetch_from(site: str) -> Fetch:
    """Reads a site: a folder, or an ``http(s)`` address."""
    return _from_web(site.rstrip("/")) if site.startswith(("https://", "http://")) else _from_folder(Path(site))


def _entry_problems(entry: Entry, fetch: Fetch) -> list[Problem]:
    path, digest = f"seeds/{entry.article.path}", entry.article.sha256
    page = fetch(f"articles/{entry.id}.html")
    public = bool(raw_path(entry.article, entry.id, containers=False))
    raw = fetch(paths.raw(entry.id) if public else paths.raw_container(digest))
    if page is None:
        return [Problem("page-missing", path, None, {"id": entry.id})]
    problems = []
    if digest.encode() not in page:
        problems.append(Problem("page-differs", path, None, {"id": entry.id, "sha256": digest}))
    if entry.article.member and escape(entry.article.member, quote=False).encode() not in page:
        problems.append(Problem("page-differs", path, None, {"id": entry.id, "sha256": digest}))
    if page_says_otherwise(page.decode("utf-8", "replace"), entry.article.text):
        problems.append(Problem("text-differs", path, None, {"id": entry.id}))
    if (public and raw is None) or (raw is not None and hashlib.sha256(raw).hexdigest() != digest):
        problems.append(Problem("raw-differs", path, None, {"id": entry.id, "sha256": digest}))
    return problems


def page_says_otherwise(page: str, text: str) -> bool:
    """Whether some line of an article's text stands nowhere in the text of its page."""
    if "<article" not in page:
        return False
    shown = _SPACE.sub("", unescape(_TAG.sub("", _UNSEEN.sub("", page))))
    return any(_SPACE.sub("", line) not in shown for line in text.split("\n"))


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
