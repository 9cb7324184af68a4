"""The metadata of whole HTML pages: ``<meta>``, OpenGraph, JSON-LD, ``<title>``, the canonical link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from builder.reading.html_tree import peek_html

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE
)
_DEEPEST = 12
_MOST_VALUES = 2000


@dataclass(frozen=True, slots=True)
class HtmlHead:
    """What a page says about itself.

    Attributes:
        values: Names of ``<meta>`` and keys of JSON-LD with plain text or lists; the first value of a name counts.
    """

    values: Mapping[str, object]


def is_page(text: str) -> bool:
    """Whether a text is a whole HTML page rather than a fragment."""
    return _PAGE.match(text) is not None


def read_html_head(text: str) -> HtmlHead:
    """Read a page's own metadata; JSON-LD before OpenGraph before the rest."""
    root = peek_html(text)
    found: dict[str, object] = {}
    for name, value in (*_linked_data(root), *_meta(root)):
        if isinstance(value, list) or str(value).strip():
            found.setdefault(name, value)
    return HtmlHead(found)


def _meta(root: etree._Element) -> Iterator[tuple[str, object]]:
    tags = []
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or meta.get("value") or ""
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
        yield "html:title", _text_of(title)
    for headline in root.iter("h1"):
        yield "html:title", _text_of(headline)
    for time in root.iter("time"):
        yield "time", time.get("datetime") or _text_of(time)


def _linked_data(root: etree._Element) -> Iterator[tuple[str, object]]:
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


def _text_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
