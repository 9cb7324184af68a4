"""Reads a built site back: its pages, their links and anchors."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

ADDRESSES = ("href", "src", "poster", "data-src")


@dataclass(frozen=True)
class Link:
    """One address on one page."""

    page: str
    tag: str
    address: str


def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every HTML page by its path."""
    found = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): html.fromstring(path.read_bytes()) for path in found}


def links(page: str, tree: html.HtmlElement) -> Iterator[Link]:
    """Every address on a page."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from (Link(page, element.tag, element.attrib[name]) for name in ADDRESSES if name in element.attrib)


def broken(site: Path, trees: dict[str, html.HtmlElement], mount: str = "/") -> list[Link]:
    """Internal addresses that lead nowhere, or to an anchor that does not exist."""
    anchors = {
        page: {node.attrib[key] for node in tree.iter() for key in ("id", "name") if key in node.attrib}
        for page, tree in trees.items()
    }
    return [
        link
        for page, tree in trees.items()
        for link in links(page, tree)
        if not urlsplit(link.address).scheme and not _leads_somewhere(site, link, anchors, mount)
    ]


def _leads_somewhere(site: Path, link: Link, anchors: dict[str, set[str]], mount: str) -> bool:
    parts = urlsplit(link.address)
    if parts.netloc:
        return False
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(mount):
            return False
        target = path.removeprefix(mount)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(link.page), path)) if path else link.page
    target = "index.html" if target in (".", "") else target
    if target.endswith("/") or (site / target).is_dir():
        target = f"{target.rstrip('/')}/index.html"
    if not (site / target).is_file():
        return False
    fragment = unquote(parts.fragment)
    return not fragment or target not in anchors or fragment in anchors[target] or fragment == "__skip"


def tree_bytes(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
