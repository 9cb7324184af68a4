"""The metadata of whole HTML pages: ``<meta>``, OpenGraph, JSON-LD, ``<title>``, the canonical link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import lxml.html
from lxml import etree

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE
)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_LONGEST_HEAD = 400_000
_DEEPEST = 12
_MOST_VALUES = 2000


@dataclass(frozen=True, slots=True)
class HtmlHead:
    """What a page says about itself.

    Attributes:
        values: Names of ``<meta>`` and keys of JSON-LD with plain text or lists; the first value of a name counts.
        body: Index in the text where the page's body begins.
    """

    values: Mapping[str, object]
    body: int


def is_page(text: str) -> bool:
    """Whether a text is a whole HTML page rather than a fragment."""
    return _PAGE.match(text) is not None


def read_html_head(text: str) -> HtmlHead:
    """Read a page's own metadata; JSON-LD before OpenGraph before the rest."""
    opening = _BODY.search(text)
    ending = _HEAD_END.search(text)
    body = opening.end() if opening else ending.end() if ending else 0
    found: dict[str, object] = {}
    try:
        root = lxml.html.document_fromstring(text[: max(_LONGEST_HEAD, body)], parser=_parser())
    except (etree.LxmlError, ValueError):
        return HtmlHead({}, body)
    for name, value in (*_linked_data(root), *_meta(root)):
        if isinstance(value, list) or str(value).strip():
            found.setdefault(name, value)
    return HtmlHead(found, body)


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(no_network=True, huge_tree=False)


def _meta(root: lxml.html.HtmlElement) -> Iterator[tuple[str, object]]:
    tags = []
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if name.lower() == "article:tag":
            tags.append(content)
        elif name:
            yield name, content
    if tags:
        yield "article:tag", tags
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "canonical", link.get("href") or ""
    for title in root.iter("title"):
        yield "html:title", title.text_content()
    for headline in root.iter("h1"):
        yield "html:title", headline.text_content()
    for time in root.iter("time"):
        yield "time", time.get("datetime") or time.text_content()


def _linked_data(root: lxml.html.HtmlElement) -> Iterator[tuple[str, object]]:
    """The article's keys in JSON-LD: flat, people and publishers by name."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 0):
            if thing.get("headline") or thing.get("datePublished"):
                yield from _keys(thing)


def _things(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:_MOST_VALUES]:
            yield from _things(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph"), depth + 1)


def _keys(thing: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key in ("headline", "datePublished", "url", "description"):
        yield key, _name(thing.get(key))
    yield "canonical", _name(thing.get("mainEntityOfPage"))
    for key in ("author", "publisher"):
        people = thing.get(key)
        names = [_name(person) for person in (people if isinstance(people, list) else [people])[:_MOST_VALUES]]
        yield key, ", ".join(name for name in names if name)
    for key in ("keywords", "articleSection"):
        values = thing.get(key)
        if values:
            yield key, [_name(value) for value in values[:_MOST_VALUES]] if isinstance(values, list) else _name(values)


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    return str(value) if isinstance(value, str | int | float) else ""
