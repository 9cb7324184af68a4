"""Feeds: RSS 0.9x to 2.0 and RDF Site Summary, Atom (RFC 4287), JSON Feed 1.1; each entry is a part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from builder.containers.decoding import facts, member_name, one_line, plain_html
from builder.containers.packages import PackageError, parse_xml
from builder.model.container import Part
from builder.patterns import pattern
from builder.problems import Problem

Read = tuple[tuple[Part, ...], tuple[Problem, ...]]
_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_MARKUP = pattern(r"</[a-z]{1,10}>|<br|&(?:#?\w{1,8});", re.IGNORECASE)
_ITEMS = frozenset({"item", "entry"})
# Local names, the fullest or most exact first; a feed mixes vocabularies, and prefixes are often declared wrongly.
_TEXT = ("encoded", "content", "description", "summary", "body")
_DATE = ("published", "pubDate", "issued", "date", "created", "updated", "modified")
_AUTHOR = ("author", "creator")


def read_feed(data: bytes, path: str, _depth: int) -> Read:
    """Open a feed in XML.

    Args:
        data: Its bytes.
        path: By which problems name it.
    """
    try:
        root = parse_xml(data, recover=True, huge=True)
    except PackageError as error:
        return (), (error.problem(path),)
    channel = root.find("channel") if root.find("channel") is not None else root
    assert channel is not None  # noqa: S101  # the root, if nothing else
    outlet = _first(channel, ("title",))
    items = [element for element in root.iter() if _local(element) in _ITEMS]
    return _parts([_item(item, outlet) for item in items], path)


def read_json_feed(data: bytes, path: str, _depth: int) -> Read:
    """Open a JSON Feed; see :func:`read_feed`."""
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return (), (Problem("container-broken", path),)
    items = feed.get("items") if isinstance(feed, dict) else None
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _parts([_json_item(item, feed.get("title")) for item in entries], path)


def _parts(parts: list[Part], path: str) -> Read:
    """The parts under names of their own; an entry that stands twice stands once."""
    named: dict[str, Part] = {}
    for part in parts:
        if part.data.strip() or part.facts:
            named.setdefault(part.member, part)
    return tuple(named.values()), () if named else (Problem("container-no-text", path),)


def _item(item: etree._Element, outlet: str) -> Part:
    link = _link(item)
    title, guid = _title(item), _first(item, ("guid", "id"))
    text = next((found for name in _TEXT if (found := _html(item, name))), "")
    author = next((found for name in _AUTHOR if (found := _person(item, name))), "")
    return Part(
        data=text.encode("utf-8", "replace") or b"<p></p>",
        kind="feed",
        member=member_name(guid or link or title or _first(item, _DATE)),
        format="html",
        encoding="utf-8",
        facts=facts(
            ("url", link or guid, "link"),
            ("title", title, "title"),
            ("published", _first(item, _DATE), "pubDate"),
            ("author", author, "author"),
            ("source", _first(item, ("source",)) or outlet, "channel/title"),
            firm=("url", "title", "published"),
        ),
    )


def _json_item(item: Mapping[str, Any], outlet: object) -> Part:
    plain = item.get("content_text")
    html = item.get("content_html") or (plain_html(str(plain)) if plain else item.get("summary") or "")
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    author = next((person.get("name") for person in people or () if isinstance(person, dict)), "")
    return Part(
        data=str(html).encode("utf-8", "replace") or b"<p></p>",
        kind="feed",
        member=member_name(one_line(item.get("id") or item.get("url"))),
        format="html",
        encoding="utf-8",
        facts=facts(
            ("url", item.get("url"), "url"),
            ("title", item.get("title"), "title"),
            ("published", item.get("date_published"), "date_published"),
            ("author", author, "authors"),
            ("source", outlet, "title"),
            firm=("url", "title", "published"),
        ),
    )


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _named(item: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in item.iterchildren() if _local(child) == name)


def _first(item: etree._Element, names: tuple[str, ...]) -> str:
    """The text of the first child of these names that has any, by the order of the names."""
    texts = (one_line("".join(map(str, child.itertext()))) for name in names for child in _named(item, name))
    return next((text for text in texts if text), "")


def _title(item: etree._Element) -> str:
    """The title; one that is written as HTML (RFC 4287, 3.1.1; RSS does not say) without its tags and references."""
    title = _first(item, ("title",))
    if not _MARKUP.search(title):
        return title
    root = etree.fromstring(f"<p>{title}</p>", etree.HTMLParser())
    return one_line("".join(map(str, root.itertext()))) if root is not None else title


def _link(item: etree._Element) -> str:
    """Atom's link to the page (``rel`` alternate), or RSS's."""
    links = list(_named(item, "link"))
    pages = [link for link in links if link.get("href") and (link.get("rel") or "alternate") == "alternate"]
    if not pages:
        return _first(item, ("link",))
    # lxml knows xml:base (W3C, XML Base) as an element's own base.
    with suppress(ValueError):
        return urljoin(pages[0].base or "", pages[0].get("href") or "")
    return ""


def _html(item: etree._Element, name: str) -> str:
    """The text of a child as HTML: escaped HTML, or a tree of XHTML."""
    for child in _named(item, name):
        if len(child):
            inner = "".join(etree.tostring(each, encoding="unicode", method="html") for each in child)
            return escape(child.text or "") + inner.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
        text = child.text or ""
        if text.strip():
            return escape(text) if child.get("type") == "text" else text
    return ""


def _person(item: etree._Element, name: str) -> str:
    """A name; RSS's ``author`` is an address of mail with a name behind it in parentheses."""
    for child in _named(item, name):
        text = _first(child, ("name",)) or one_line("".join(map(str, child.itertext())))
        if "@" in text:
            text = text.partition("(")[2].rstrip(") ")
        if text:
            return text
    return ""
