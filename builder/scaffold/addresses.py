"""Keeps every address alive across an upgrade: what got another identifier is found again, its old address leads on."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from builder import paths
from builder.archive.identity import short_hash
from builder.model.archive import Archive

Fetch = Callable[[str], bytes | None]
"""Gives the bytes of an address below the site's own; None where there is nothing."""

_PAGE = re.compile(r"(?:[a-z0-9-]+/)+[a-z0-9-]+\.html")
_BELOW = re.compile(r"(?:articles|sources|topics|plans)/(?:[a-z0-9-]{1,200}/){0,9}[a-z0-9-]{1,200}\.html$")
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")
_DIGEST = re.compile(rb"\b[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What stands, or stood, at the addresses of a site."""

    pages: frozenset[str] = frozenset()  # Addresses of pages below the site's own
    # By address of an article's or a document's first page, the seed's digest and path, and the source's slug
    items: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    fetch: Fetch = field(default=lambda _: None)  # Gives what stands at one of its addresses


def published(fetch: Fetch) -> Known:
    """What an earlier version had published, out of its own data; nothing where there are none."""
    articles, catalogue = _json(fetch("data/archive.json")), _json(fetch("data/catalogue.json"))
    plans = catalogue.get("plans", []) if isinstance(catalogue, dict) else []
    found = {}
    for record in (*(articles if isinstance(articles, list) else []), *plans):
        if isinstance(record, dict) and _PAGE.fullmatch(str(record.get("page"))):
            said = (str(record.get(key) or "") for key in ("sha256", "seed", "source_id"))
            found[str(record["page"])] = (next(said), next(said), next(said))
    sitemap = (fetch("sitemap.xml") or b"").decode("utf-8", "replace")
    listed = {match[0] for place in _LOCATION.findall(sitemap) if (match := _BELOW.search(place))}
    return Known(frozenset({*found, *listed}), found, fetch)


def generated(docs: Path) -> Known:
    """The same of the pages that lie generated below ``docs/``."""
    known = published(partial(_fetch, docs))
    there = (path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.suffix in {".md", ".html"})
    pages = {f"{posixpath.splitext(path)[0]}.html" for path in there if paths.is_generated(path)}
    return Known(known.pages | {page for page in pages if _PAGE.fullmatch(page)}, known.items, known.fetch)


def expected(archive: Archive) -> Known:
    """What the version before this one would have published of an archive, where nothing tells what it has.

    It named an article without an address after outlet, date and headline, and a document after its number or title.
    """
    items = {}
    for entry in archive.entries:
        article = entry.article
        written = article.published.original if article.published else ""
        if not article.url and (article.title_original or written):
            old = short_hash(f"post:{article.source}\n{written}\n{article.title_original}")
            items[f"articles/{old}.html"] = (article.sha256, article.path, entry.source)
    return Known(frozenset(items), items)


def redirects(before: Known, archive: Archive, pages: frozenset[str]) -> dict[str, str]:
    """Where each address that is gone leads now; nowhere if its seed is gone as well, which ``check`` reports."""
    now = _now(archive)
    by_digest = {stone.sha256: _address(paths.article(stone.id)) for stone in archive.tombstones if stone.sha256}
    by_digest |= {digest: page for page, (digest, _, _) in now.items()}
    by_path = {path: page for page, (_, path, _) in now.items()}
    moved: dict[str, str] = {}
    for old, (digest, path, _) in before.items.items():
        new = by_digest.get(digest) or by_path.get(path)
        if new and new != old:
            moved[old] = new
    for old in sorted(page for page in before.pages - pages - moved.keys() if page.startswith("articles/")):
        named = [digest.decode() for digest in _DIGEST.findall(before.fetch(old) or b"")]
        moved.update((old, by_digest[digest]) for digest in named if digest in by_digest)
    moved |= _sources(before, now, pages)
    folders = {posixpath.dirname(old): posixpath.dirname(new) for old, new in moved.items() if old.startswith("plans/")}
    for page in sorted(before.pages - pages - moved.keys()):
        place, name = posixpath.split(page)
        same = f"{folders.get(place, place)}/{name}"
        index = f"{folders.get(place, place)}/index.html"
        if place in folders or name[:-5].rpartition("-")[2].isdigit():
            moved[page] = same if same in pages else index
    return {
        old: new
        for old, new in sorted(moved.items())
        if old not in pages and new in pages and archive.moved.get(old) != new
    }


def _now(archive: Archive) -> dict[str, tuple[str, str, str]]:
    found = {
        _address(paths.article(entry.id)): (entry.article.sha256, entry.article.path, entry.source)
        for entry in archive.entries
    }
    return found | {_address(paths.plan(plan.slug)): (plan.sha256, plan.path, "") for plan in archive.plans}


def _sources(before: Known, now: Mapping[str, tuple[str, str, str]], pages: frozenset[str]) -> dict[str, str]:
    """An outlet's page leads to that of most of its articles."""
    slugs = {digest: slug for digest, _, slug in now.values()}
    followers: dict[str, Counter[str]] = {}
    for digest, _, slug in before.items.values():
        if slug and _address(paths.source(slug)) not in pages and slugs.get(digest):
            followers.setdefault(slug, Counter())[slugs[digest]] += 1
    return {
        _address(paths.source(old)): _address(paths.source(counted.most_common(1)[0][0]))
        for old, counted in followers.items()
    }


def _fetch(docs: Path, address: str) -> bytes | None:
    """A file below ``docs/``, or the Markdown of a page."""
    for path in (docs / address, (docs / address).with_suffix(".md")):
        if path.is_file():
            return path.read_bytes()
    return None


def _address(page: str) -> str:
    return f"{page.removesuffix('.md')}.html"


def _json(content: bytes | None) -> object:
    try:
        return json.loads(content or b"null")
    except ValueError:
        return None
