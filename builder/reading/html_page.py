"""What a whole HTML page says of itself: JSON-LD, ``<meta>``, microdata, script variables, readers' views."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

from builder.patterns import pattern
from builder.reading.html_tree import peek_html, words_of
from builder.reading.words import alternatives, words

_PAGE = pattern(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*<(?:!doctype|html|head|body|meta|title)\b",
    re.IGNORECASE,
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
    texts = [words_of(heading) for tag in ("h1", "h2", "h3") for heading in root.iter(tag)]
    return tuple(text for text in texts if text)[:_MOST_VALUES]


def _meta(root: etree._Element) -> Iterator[Pair]:
    tags = []
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip()
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
        yield "html:title", words_of(title)


def _linked_data(root: etree._Element) -> Iterator[Pair]:
    """The article's keys in JSON-LD: flat, people and publishers by name, articles before other things."""
    things: list[Mapping[str, object]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            things.extend(_things(_loaded(script.text or ""), 0))
    known = {str(thing["@id"]): thing for thing in reversed(things) if thing.get("@id") and thing.get("name")}
    works = [thing for thing in things if thing.get("headline") or thing.get("datePublished") or thing.get("pubDate")]
    said: set[str] = set()
    for thing in sorted(works, key=lambda thing: not _ARTICLE.search(str(thing.get("@type")))):
        pairs = [(key, value) for key, value in _keys(thing, known) if value and key not in said]
        said.update(key for key, _ in pairs)
        yield from pairs


_ARTICLE = pattern("article|posting|report", re.IGNORECASE)


def _loaded(text: str) -> object:
    try:
        return json.loads(_AROUND_JSON.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


_AROUND_JSON = pattern(r"\A\s*(?:<!--|/\*.{0,40}?\*/|//\s*<!\[CDATA\[)|;\s*\Z", re.DOTALL)


def _things(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:_MOST_VALUES]:
            yield from _things(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)


def _keys(thing: Mapping[str, object], known: Mapping[str, Mapping[str, object]]) -> Iterator[Pair]:
    for key in ("headline", "datePublished", "pubDate", "dateModified", "url", "description"):
        yield key, _name(thing.get(key), known)
    page = thing.get("mainEntityOfPage")
    yield "canonical", str(page.get("@id") or page.get("url") or "") if isinstance(page, dict) else _name(page, known)
    for key in ("author", "creator", "sourceOrganization", "publisher"):
        people = thing.get(key)
        for each in (people if isinstance(people, list) else [people])[:_MOST_VALUES]:
            person = known.get(str(each.get("@id")), each) if isinstance(each, dict) else each
            # An organisation that writes is the source; a person is the author.
            is_outlet = isinstance(person, dict) and "Person" not in str(person.get("@type") or "Person")
            name = _name(person, known)
            if not name.startswith(("#", "http://", "https://")):
                yield ("sourceOrganization" if is_outlet and key != "publisher" else key), name
    for key in ("keywords", "articleSection"):
        values = thing.get(key)
        if values:
            several = [_name(value, known) for value in values[:_MOST_VALUES]] if isinstance(values, list) else None
            yield key, several or _name(values, known)


def _name(value: object, known: Mapping[str, Mapping[str, object]]) -> str:
    """A value as text; of a thing, or a reference to one, its name."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = known.get(str(value.get("@id")), value).get("name")
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
    inside = r"""(?:htmlDecode\(|\(|\{\s{0,20}["']?name["']?\s{0,4}:\s{0,4})?"""  # a call, or an object with a name
    return re.compile(
        rf"""(?<![\w$-])[_$]{{0,4}}(?P<name>{names})["']?\s{{0,4}}[:=]\s{{0,4}}{inside}(?P<quote>["'])"""
        rf"""(?P<value>[^"'\n<>]{{1,{_LONGEST_VALUE}}})(?P=quote)"""
    )


def _unescaped(value: str) -> str:
    return value.replace("&amp;", "&").replace("\\x26amp;", "&").replace("\\x26", "&").replace("\\/", "/")


def _microdata(root: etree._Element) -> Iterator[Pair]:
    """What elements with an ``itemprop`` (schema.org) say of the article, and ``<time pubdate>``."""
    for element in root.iter("time", "span", "p", "div", "h1", "a", "abbr", "meta"):
        prop = element.get("itemprop") or ("datePublished" if element.get("pubdate") is not None else "")
        if prop in _PROPERTIES and (key := _of_article(element, prop)):
            yield key, element.get("datetime") or element.get("content") or words_of(element)


_PROPERTIES = frozenset(["datePublished", "headline", "dateModified", "name", "author", "publisher"])
_PARTIES = frozenset(["author", "publisher"])


def _of_article(element: etree._Element, prop: str) -> str:
    """The key for a property: of a party to the article its name; nothing for parties as such and for other things."""
    if element.get("itemscope") is not None:
        return ""
    scope = next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)
    role = scope.get("itemprop") if scope is not None else None
    if prop == "name":
        return role if role in _PARTIES else ""
    return "" if role else prop


def _reader_view(root: etree._Element) -> Iterator[Pair]:
    """The heads that readers' views write above a page: classes are data."""
    for element in root.iter("a", "div", "span", "p", "h1"):
        name = words().reader_views.get((element.get("class") or "").split(" ")[-1])
        if name == "url":
            yield "reader:url", element.get("href") or ""
        elif name:
            yield f"reader:{name}", words_of(element)
