"""What a whole HTML page says of itself: JSON-LD, ``<meta>``, microdata, script variables, readers' views."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from builder.reading.html_tree import peek_html
from builder.reading.words import alternatives, words

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE
)
_DEEPEST = 12
_MOST_VALUES = 2000
_LONGEST_SCRIPT = 300_000
_LONGEST_VALUE = 2000

Pair = tuple[str, object]


def is_page(text: str) -> bool:
    """Whether a text is a whole HTML page rather than a fragment."""
    return _PAGE.match(text) is not None


def read_html_page(text: str) -> dict[str, list[Pair]]:
    """Everything that a page says under a name, by where it says so, the most trustworthy place first.

    Args:
        text: The page.

    Returns:
        For each place the names as the page has them, with text or lists of texts.
    """
    root = peek_html(text)
    said = {
        "JSON-LD": _linked_data(root),
        "head": _meta(root),
        "script": _variables(root),
        "microdata": _microdata(root),
        "reader view": _reader_view(root) if any(name in text for name in words().reader_views) else (),
    }
    return {place: [pair for pair in pairs if pair[1] and not _is_blank(pair[1])] for place, pairs in said.items()}


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def headings_of(text: str) -> tuple[str, ...]:
    """The page's headings of the first three levels, in their order, ``h1`` first."""
    root = peek_html(text)
    texts = [_text_of(heading) for tag in ("h1", "h2", "h3") for heading in root.iter(tag)]
    return tuple(text for text in texts if text)[:_MOST_VALUES]


def _meta(root: etree._Element) -> Iterator[Pair]:
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
    title = root.find("head/title")
    if title is not None:
        yield "html:title", _text_of(title)


def _linked_data(root: etree._Element) -> Iterator[Pair]:
    """The article's keys in JSON-LD: flat, people and publishers by name."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 0):
            if thing.get("headline") or thing.get("datePublished") or thing.get("pubDate"):
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


def _keys(thing: Mapping[str, object]) -> Iterator[Pair]:
    for key in ("headline", "datePublished", "pubDate", "dateModified", "url", "description"):
        yield key, _name(thing.get(key))
    yield "canonical", _name(thing.get("mainEntityOfPage"))
    for key in ("author", "publisher"):
        people = thing.get(key)
        for person in (people if isinstance(people, list) else [people])[:_MOST_VALUES]:
            # An organisation that writes is the outlet; a person is the author.
            is_outlet = isinstance(person, dict) and "Person" not in str(person.get("@type") or "Person")
            yield ("publisher" if is_outlet else key), _name(person)
    for key in ("keywords", "articleSection"):
        values = thing.get(key)
        if values:
            yield key, [_name(value) for value in values[:_MOST_VALUES]] if isinstance(values, list) else _name(values)


def _name(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    return str(value) if isinstance(value, str | int | float) else ""


def _variables(root: etree._Element) -> Iterator[Pair]:
    """Variables of scripts whose names say what they hold; the names are data."""
    for script in root.iter("script"):
        text = script.text or ""
        kind = script.get("type")
        if kind not in _PROGRAMS or not any(name in text for name in words().script_variables):
            continue
        for found in _variable().finditer(text[:_LONGEST_SCRIPT]):
            yield f"script:{found['name']}", _unescaped(found["value"])


_PROGRAMS = frozenset([None, "", "text/javascript", "application/javascript"])


@cache
def _variable() -> re.Pattern[str]:
    names = alternatives(tuple(words().script_variables))
    return re.compile(
        rf"""(?<![\w$-])[_$]{{0,4}}(?P<name>{names})["']?\s{{0,4}}[:=]\s{{0,4}}(?:htmlDecode\(|\()?(?P<quote>["'])"""
        rf"""(?P<value>[^"'\n<>]{{1,{_LONGEST_VALUE}}})(?P=quote)"""
    )


def _unescaped(value: str) -> str:
    return value.replace("&amp;", "&").replace("\\x26amp;", "&").replace("\\x26", "&").replace("\\/", "/")


def _microdata(root: etree._Element) -> Iterator[Pair]:
    """Dates and headlines in elements with an ``itemprop`` (schema.org), and ``<time pubdate>``."""
    for element in root.iter("time", "span", "p", "div", "h1", "a", "abbr"):
        prop = element.get("itemprop") or ("datePublished" if element.get("pubdate") is not None else "")
        if prop in {"datePublished", "headline", "dateModified"}:
            yield prop, element.get("datetime") or element.get("content") or _text_of(element)


def _reader_view(root: etree._Element) -> Iterator[Pair]:
    """The heads that readers' views write above a page: classes are data."""
    for element in root.iter("a", "div", "span", "p", "h1"):
        name = words().reader_views.get((element.get("class") or "").split(" ")[-1])
        if name == "url":
            yield "reader:url", element.get("href") or ""
        elif name:
            yield f"reader:{name}", _text_of(element)


def _text_of(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
