"""Pages for addresses that no longer have an article of their own: tombstones and redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder import paths
from builder.model.archive import Archive
from builder.output.products import PageFile, Product, product
from builder.pages.redirects import redirects
from builder.pages.rendering import Renderer


def withdrawn_product(archive: Archive, renderer: Renderer) -> Product:
    """A page for each article that was taken out, and one for each address that has moved.

    Args:
        archive: Says what is gone and what has moved.
        renderer: Fills ``withdrawn.md.j2`` and ``moved.html.j2``.
    """
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
