"""EPUB 2 and 3: one work, its chapters in the order of the spine."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from builder.containers.decoding import facts, html_part
from builder.containers.kinds import kinds
from builder.containers.limits import LARGEST_PICTURE, LARGEST_TEXT
from builder.containers.packages import Package, PackageError
from builder.containers.sniffing import PICTURES, sniff
from builder.model.container import FactField, Read
from builder.patterns import pattern

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EDITION = pattern(r"[（(【\[]([^（）()【】\[\]]{1,80})[)）】\]]\s*$")
_ISSUED = frozenset({None, "publication", "original-publication", "issued"})


def read_epub(package: Package, _path: str, _data: bytes) -> Read:
    """Read a book.

    Raises:
        PackageError: It is damaged.
    """
    container = package.xml("META-INF/container.xml")
    roots = container.iter("{*}rootfile") if container is not None else ()
    opf = next((each.get("full-path") or "" for each in roots), "")
    root = package.xml(opf)
    if root is None:
        raise PackageError("container-broken")
    if "META-INF/encryption.xml" in package and _locked(package):
        raise PackageError("container-locked")
    folder = posixpath.dirname(opf)
    items = {item.get("id") or "": item for item in root.iter(f"{_OPF}item")}
    html, files = _chapters(package, folder, [items[key] for key in _spine(root) if key in items])
    if not html.strip():
        return (), ()
    said = facts(*_stated(root), firm=("title", "author", "published"))
    return (html_part("epub", f"<html><body>{html}</body></html>", said, files=files),), ()


def _locked(package: Package) -> bool:
    """Whether more than fonts is encrypted."""
    root = package.xml("META-INF/encryption.xml")
    names = [each.get("URI") or "" for each in root.iter("{*}CipherReference")] if root is not None else []
    return any(name.lower().endswith((".xhtml", ".html", ".htm", ".opf")) for name in names)


def _spine(root: etree._Element) -> Iterator[str]:
    """Chapters in reading order; what a reading system is not to show in line (``linear="no"``) stays out."""
    for reference in root.iter(f"{_OPF}itemref"):
        if reference.get("linear") != "no":
            yield reference.get("idref") or ""


def _chapters(package: Package, folder: str, items: list[etree._Element]) -> tuple[str, dict[str, bytes]]:
    pieces: list[str] = []
    files: dict[str, bytes] = {}
    size = 0
    for item in items:
        name = _inside(folder, item.get("href") or "")
        if name not in package or "nav" in (item.get("properties") or "").split():
            continue
        body = _body(package.read(name, LARGEST_TEXT))
        if body is None:
            continue
        _take_pictures(body, package, posixpath.dirname(name), files)
        pieces.append("".join(etree.tostring(child, encoding="unicode", method="html") for child in body))
        size += len(pieces[-1])
        if size > LARGEST_TEXT:
            raise PackageError("too-large", limit=str(LARGEST_TEXT // (1024 * 1024)))
    return "\n".join(pieces), files


def _body(data: bytes) -> etree._Element | None:
    encoding = re.search(rb"encoding=[\"']([\w-]+)", data[:200])
    parser = etree.HTMLParser(encoding=encoding[1].decode() if encoding else "utf-8", remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError):
        return None
    return root.find("body") if root is not None else None


def _take_pictures(body: etree._Element, package: Package, folder: str, files: dict[str, bytes]) -> None:
    """Give every picture of a chapter its path in the book for an address."""
    for image in body.iter("img", "image"):
        written = next((value for name, value in image.attrib.items() if str(name).endswith(("src", "href"))), "")
        name = _inside(folder, str(written))
        if name in package and name not in files:
            data = package.read(name, LARGEST_PICTURE)
            if sniff(data) in PICTURES:
                files[name] = data
        if name in files:
            image.tag = "img"
            image.set("src", name)


def _inside(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0]))).lstrip("/")


def _stated(root: etree._Element) -> Iterator[tuple[FactField, object, str]]:
    """What the book says of itself: of several dates the one of publication, of several creators all authors."""
    yield "title", _title(next((each.text or "" for each in root.iter(f"{_DC}title")), "")), "dc:title"
    people = [each.text for each in root.iter(f"{_DC}creator") if each.text and _role(each, root) in {"", "aut"}]
    yield "author", "、".join(map(str, people)), "dc:creator"
    dates = [each for each in root.iter(f"{_DC}date") if each.get(f"{_OPF}event") in _ISSUED]
    yield "published", next((each.text for each in dates), None), "dc:date"


def _title(text: str) -> str:
    """A title without what shops add behind it in brackets: the edition, its illustrations, who recommends it."""
    found = _EDITION.search(text)
    while found and found.start() and any(word in found[1] for word in kinds().edition_words):
        text = text[: found.start()].rstrip()
        found = _EDITION.search(text)
    return text


def _role(creator: etree._Element, root: etree._Element) -> str:
    own = creator.get(f"{_OPF}role")
    if own:
        return own
    mark = f"#{creator.get('id')}"
    refined: Mapping[str, str] = {
        meta.get("property") or "": meta.text or "" for meta in root.iter(f"{_OPF}meta") if meta.get("refines") == mark
    }
    return refined.get("role", "")
