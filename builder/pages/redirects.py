"""Addresses that no longer have a page of their own: redirects, those that cannot be, and tombstones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from builder import paths
from builder.config.corrections import MOVED
from builder.model.archive import Archive
from builder.output.products import PageFile, Product, product
from builder.pages.rendering import Renderer
from builder.problems import Problem


def redirect_problems(archive: Archive) -> list[Problem]:
    """A problem for each redirect that cannot be: from an address that has a page, or to one that has none."""
    known = _addresses(archive)
    problems: list[Problem] = []
    for old, new in sorted(archive.moved.items()):
        if old in known:
            problems.append(Problem("moved-but-present", MOVED, None, {"old": old}))
        elif not _leads_somewhere(new, known, archive):
            problems.append(Problem("moved-to-nowhere", MOVED, None, {"old": old, "new": new}))
    return problems


def redirects(archive: Archive) -> list[tuple[str, str]]:
    """Old and new address of each redirect that can be, sorted."""
    known = _addresses(archive)
    return [
        (old, new)
        for old, new in sorted(archive.moved.items())
        if old not in known and paths.is_generated(old) and _leads_somewhere(new, known, archive)
    ]


def withdrawn_product(archive: Archive, renderer: Renderer) -> Product:
    """A page for each article that was taken out, and one for each address that has moved."""
    moved = redirects(archive)
    return product("withdrawn", lambda: _pages(archive, moved, renderer), archive.tombstones, moved)


def _pages(archive: Archive, moved: Sequence[tuple[str, str]], renderer: Renderer) -> Iterator[PageFile]:
    for stone in archive.tombstones:
        title = stone.title or renderer.label("removed_page")
        head = {"title": title, "kind": "withdrawn", "search": {"exclude": True}, "hide": ["navigation", "toc"]}
        yield renderer.page(paths.article(stone.id), "withdrawn.md.j2", {"stone": stone, "title": title}, head)
    for old, new in moved:
        page = renderer.filled(old, "moved.html.j2", {"there": new, "language": renderer.language})
        yield PageFile(old, page.encode())


def moved_files(archive: Archive, docs: Path, digests: Mapping[str, str]) -> Product:
    """Raw files, records of documents and feeds at their old addresses, as copies: no browser is led on from them.

    The list of checksums names no copy.
    """
    pairs = [pair for old, new in redirects(archive) for pair in _with_it(old, new)]
    found = [(old, new, digests[new]) for old, new in pairs if new in digests and old not in digests]
    return product("moved files", lambda: [PageFile(old, docs / new, digest) for old, new, digest in found], found)


def _with_it(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Old and new path of each file that has its name from a page's."""
    kind, before, after = old.partition("/")[0], _PAGE.fullmatch(old), _PAGE.fullmatch(new)
    if not before or not after or kind != new.partition("/")[0]:
        return
    for make in _FILES[kind]:
        yield make(before[1]), make(after[1])


def _feed(folder: str, suffix: str, slug: str) -> str:
    return f"{paths.feed(folder, slug)}.{suffix}"


_PAGE = re.compile(r"(?:articles|plans|sources|topics)/([a-z0-9-]+)(?:\.html|/index\.html)")
_FILES: Mapping[str, Sequence[Callable[[str], str]]] = {
    "articles": (paths.raw,),
    "plans": (paths.raw, paths.plan_record),
    "sources": tuple(partial(_feed, "sources", suffix) for suffix in ("xml", "json")),
    "topics": tuple(partial(_feed, "topics", suffix) for suffix in ("xml", "json")),
}


def _leads_somewhere(address: str, known: frozenset[str], archive: Archive) -> bool:
    """Whether an address has a page; the pages of a plan are only known to lie below it."""
    return address in known or any(address.startswith(f"plans/{plan.slug}/") for plan in archive.plans)


def _addresses(archive: Archive) -> frozenset[str]:
    pages = [
        *(paths.article(entry.id) for entry in archive.entries),
        *(paths.article(stone.id) for stone in archive.tombstones),
        *(paths.source(source.slug) for source in archive.sources),
        *(paths.topic(topic.slug) for topic in archive.topics),
        *(paths.plan(plan.slug) for plan in archive.plans),
        *(paths.ARTICLES, paths.SOURCES, paths.TOPICS, paths.PLANS),
    ]
    return frozenset(f"{page.removesuffix('.md')}.html" for page in pages)
