"""Pages for addresses that no longer have an article of their own: tombstones and redirects."""

from __future__ import annotations

from collections.abc import Iterator

from builder.archive.corrections import FILE
from builder.model.archive import Archive
from builder.pages import places
from builder.pages.rendering import PageFile, Renderer
from builder.problems import Problem


def withdrawn_pages(archive: Archive, renderer: Renderer) -> Iterator[PageFile]:
    """A page for each article that was taken out, and one for each address that has moved.

    Args:
        archive: Says what is gone and what has moved.
        renderer: Fills ``withdrawn.md.j2`` and ``moved.html.j2``.
    """
    for stone in archive.tombstones:
        title = stone.title or renderer.label("removed_page")
        head = {"title": title, "kind": "withdrawn", "search": {"exclude": True}, "hide": ["navigation", "toc"]}
        yield renderer.page(places.article(stone.id), "withdrawn.md.j2", {"stone": stone, "title": title}, head)
    for old, new in _redirects(archive):
        yield renderer.file(old, "moved.html.j2", {"there": new, "language": renderer.language})


def redirect_problems(archive: Archive) -> list[Problem]:
    """A problem for each redirect that cannot be: from an address that has a page, or to one that has none."""
    known = _addresses(archive)
    problems: list[Problem] = []
    for old, new in sorted(archive.moved.items()):
        if old in known:
            problems.append(Problem("moved-but-present", FILE, None, {"old": old}))
        elif not _leads_somewhere(new, known, archive):
            problems.append(Problem("moved-to-nowhere", FILE, None, {"old": old, "new": new}))
    return problems


def _redirects(archive: Archive) -> list[tuple[str, str]]:
    known = _addresses(archive)
    return [
        (old, new)
        for old, new in sorted(archive.moved.items())
        if old not in known and places.is_generated(old) and _leads_somewhere(new, known, archive)
    ]


def _leads_somewhere(address: str, known: frozenset[str], archive: Archive) -> bool:
    """Whether an address has a page; the pages of a plan are only known to lie below it."""
    return address in known or any(address.startswith(f"plans/{plan.slug}/") for plan in archive.plans)


def _addresses(archive: Archive) -> frozenset[str]:
    pages = [
        *(places.article(entry.id) for entry in archive.entries),
        *(places.article(stone.id) for stone in archive.tombstones),
        *(places.source(source.slug) for source in archive.sources),
        *(places.topic(topic.slug) for topic in archive.topics),
        *(places.plan(plan.slug) for plan in archive.plans),
        *(places.ARTICLES, places.SOURCES, places.TOPICS, places.PLANS),
    ]
    return frozenset(f"{page.removesuffix('.md')}.html" for page in pages)
