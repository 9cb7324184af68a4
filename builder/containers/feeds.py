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

from builder.containers.decoding import facts, html_part, member_name, one_line, plain_html
from builder.containers.packages import PackageError, parse_xml
from builder.model.container import FactField, Part, Read
from builder.patterns import pattern

_MARKUP = pattern(r"</[a-z]{1,10}>|<br|&(?:#?\w{1,8});", re.IGNORECASE)
_ITEMS = frozenset({"item", "entry"})
# Local names, the fullest or most exact first; a feed mixes vocabularies, and prefixes are often declared wrongly.
_TEXT = ("encoded", "content", "description", "summary", "body")
_DATE = ("published", "pubDate", "issued", "date", "created", "updated", "modified")
_AUTHOR = ("author", "creator")
_FIRM: tuple[FactField, ...] = ("url", "title", "published")
_PARAGRAPH = pattern(r"<(?:p|pre)\b", re.IGNORECASE)
_BLANK_LINE = pattern(r"\r?\n[ \t]*\r?\n\s*")


def read_feed(data: bytes, _path: str, _depth: int) -> Read:
    """Open a feed in XML, or a blog's export in one (WordPress): what was not published there stays out."""
    root = parse_xml(data, recover=True, huge=True)
    outlet = _first(next(root.iter("{*}channel"), root), ("title",))
    items = [element for element in root.iter() if _local(element) in _ITEMS and _is_published(element)]
    return _distinct([_item(item, outlet) for item in items])


def read_json_feed(data: bytes, _path: str, _depth: int) -> Read:
    """Open a JSON Feed; see :func:`read_feed`."""
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise PackageError("container-broken") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _distinct([_json_item(item, feed.get("title")) for item in entries])


def _distinct(parts: list[Part]) -> Read:
    """The parts under names of their own; an entry that stands twice stands once."""
    named: dict[str, Part] = {}
    for part in parts:
        if part.data.strip() or part.facts:
            named.setdefault(part.member, part)
    return tuple(named.values()), ()


def _is_published(item: etree._Element) -> bool:
    """Whether an entry is one that readers had; only an export states anything else."""
    return _first(item, ("status",)) in {"", "publish"} and _first(item, ("post_type",)) in {"", "post", "page"}


def _item(item: etree._Element, outlet: str) -> Part:
    link = _link(item)
    title, guid, day = _title(item), _first(item, ("guid", "id")), _first(item, _DATE)
    said = facts(
        ("url", link or guid, "link"),
        ("title", title, "title"),
        ("published", day, "pubDate"),
        ("author", next((found for name in _AUTHOR if (found := _person(item, name))), ""), "author"),
        ("source", _first(item, ("source",)) or outlet, "channel/title"),
        firm=_FIRM,
    )
    text = next((found for name in _TEXT if (found := _html(item, name))), "<p></p>")
    return html_part("feed", text, said, member_name(guid or link or title or day))


def _json_item(item: Mapping[str, Any], outlet: object) -> Part:
    plain = item.get("content_text")
    html = item.get("content_html") or (plain_html(str(plain)) if plain else item.get("summary"))
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    said = facts(
        ("url", item.get("url"), "url"),
        ("title", item.get("title"), "title"),
        ("published", item.get("date_published"), "date_published"),
        ("author", next((each.get("name") for each in people or () if isinstance(each, dict)), ""), "authors"),
        ("source", outlet, "title"),
        firm=_FIRM,
    )
    return html_part("feed", str(html or "<p></p>"), said, member_name(one_line(item.get("id") or item.get("url"))))


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
            return escape(text) if child.get("type") == "text" else _paragraphed(text)
    return ""


def _paragraphed(html: str) -> str:
    """HTML whose paragraphs are blank lines, as blog programs keep it, with tags for them."""
    pieces = [] if _PARAGRAPH.search(html) else _BLANK_LINE.split(html.strip())
    return "".join(f"<p>{piece}</p>" for piece in pieces) if len(pieces) > 1 else html


def _person(item: etree._Element, name: str) -> str:
    """A name; RSS's ``author`` is an address of mail with a name behind it in parentheses."""
    for child in _named(item, name):
        text = _first(child, ("name",)) or one_line("".join(map(str, child.itertext())))
        if "@" in text:
            text = text.partition("(")[2].rstrip(") ")
        if text:
            return text
    return ""
