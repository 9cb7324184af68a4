"""Evernote's export (ENEX, its DTD version 3): each note is a part, with its pictures."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator

from lxml import etree

from builder.containers.decoding import facts, html_part, member_name, one_line
from builder.containers.limits import LARGEST_PICTURE, LARGEST_UNPACKED
from builder.containers.packages import parse_xml
from builder.model.container import Part, Read


def read_notes(data: bytes, _path: str, _depth: int) -> Read:
    """Open an export of notes."""
    root = parse_xml(data, recover=True, huge=True)
    left = [LARGEST_UNPACKED]
    notes = list(root.iter("note"))
    names = _names(notes)
    parts = tuple(_note(note, name if len(notes) > 1 else "", left) for note, name in zip(notes, names, strict=True))
    return parts, ()


def _names(notes: list[etree._Element]) -> list[str]:
    """A name for each note that does not depend on its place: title and time of making; equal ones are counted."""
    seen: dict[str, int] = {}
    names = []
    for note in notes:
        name = member_name(f"{note.findtext('title') or ''} {note.findtext('created') or ''}")
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _note(note: etree._Element, name: str, left: list[int]) -> Part:
    """A note; one clipped from a page was made by whoever kept the page, when it was kept, and has the page's title."""
    found = note.find("note-attributes")
    attributes = found if found is not None else etree.Element("none")
    content = note.findtext("content") or "<en-note/>"
    clipped = bool(attributes.findtext("source-url"))
    pictures = dict(_pictures(note, left))
    said = facts(
        ("url", attributes.findtext("source-url"), "note-attributes/source-url"),
        ("title", note.findtext("title"), "title"),
        ("author", None if clipped else attributes.findtext("author"), "note-attributes/author"),
        ("saved" if clipped else "published", _day(note.findtext("created")), "created"),
        firm=("url",) if clipped else ("url", "title"),
    )
    return html_part("notes", _html(content, pictures), said, name, pictures)


def _day(stamp: str | None) -> str:
    """``20160730T221314Z`` as others write it."""
    text = one_line(stamp)
    if len(text) < len("20160730T221314") or not text[:8].isdigit():
        return text
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[9:11]}:{text[11:13]}:{text[13:15]}Z"


def _html(content: str, pictures: dict[str, bytes]) -> str:
    """The note's ENML as HTML: a picture is named by the MD5 digest of its bytes."""
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.LxmlError, ValueError):
        return content
    if root is None:
        return content
    for media in list(root.iter("en-media")):
        name = f"en-media:{media.get('hash') or ''}"
        if name in pictures:
            media.tag = "img"
            media.attrib.clear()
            media.set("src", name)
    for box in list(root.iter("en-todo")):
        box.tag = "span"
        box.text = "☑ " if box.get("checked") == "true" else "☐ "
    return etree.tostring(root, encoding="unicode", method="html")


def _pictures(note: etree._Element, left: list[int]) -> Iterator[tuple[str, bytes]]:
    for resource in note.iterchildren("resource"):
        if not (resource.findtext("mime") or "").startswith("image/"):
            continue
        try:
            data = base64.b64decode(resource.findtext("data") or "")
        except (binascii.Error, ValueError):
            continue
        left[0] -= len(data)
        if data and len(data) <= LARGEST_PICTURE and left[0] > 0:
            yield f"en-media:{hashlib.md5(data, usedforsecurity=False).hexdigest()}", data
