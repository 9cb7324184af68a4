"""What the lines around a page's article say of it: labels and values, dates, names beside them, named elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import Line
from builder.cleaning.naming import field_of_name
from builder.cleaning.region import Region, is_prose
from builder.cleaning.rules.attribution import WHEN
from builder.folding import fold
from builder.model.post import Candidate
from builder.reading.words import words

LABELLED, NAMED, BESIDE_DATE, BEHIND, ELSEWHERE = 0, 3, 5, 10, 20
"""Ranks: behind a label above the text, in an element named so, beside a date, below the text, elsewhere near it."""
_ABOVE = 4  # lines above a headline that may hold its date
_NEAR = 20  # lines around the prose in which an author may be printed
_BELOW = 14  # lines behind the last prose that may hold credits
_LONGEST = 200
_EDGES = " \t:：|/·•,，、;；()（）[]【】<>《》「」“”\"'—–-_\u3000\xa0"
_BRACKETED = re.compile(r"\s*[(（\[【][^()（）\[\]【】]{0,12}[)）\]】]\s*")
_LONGEST_NAME = 40
_FIELDS = frozenset(["published", "updated", "source", "author", "reporter", "editor", "origin"])


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch of a line: a label (``field`` set, no text), a date, or other text.

    Attributes:
        kind: ``label``, ``date`` or ``text``.
        text: What stands there; of a label, its field.
        element: The element whose text it is.
    """

    kind: str
    text: str
    element: etree._Element


def collect(draft: Draft, lines: Sequence[Line], region: Region) -> None:
    """Keep what the lines around the article say, each with its evidence, before any of them goes."""
    texts = [line for line in lines if line.text]
    inside = {id(line) for line in texts if region.core is line.block or region.core in line.block.iterancestors()}
    prose = [place for place, line in enumerate(texts) if id(line) in inside and is_prose(line)]
    if not prose:
        return
    near = texts[max(0, prose[0] - _NEAR) : prose[-1] + _NEAR]
    draft.printed = "".join(filter(str.isalnum, fold("".join(line.text for line in near))))
    head = next((place for place, line in enumerate(texts) if line is region.headline), None)
    start = head if head is not None and head <= prose[0] else max(0, prose[0] - _ABOVE)
    zones = (
        (range(start, prose[0]), 0, "above the text"),
        (range(max(0, start - _ABOVE), start), ELSEWHERE, "above the headline"),
        (range(prose[-1], min(len(texts), prose[-1] + _BELOW)), BEHIND, "below the text"),
    )
    for places, rank, place_name in zones:
        for place in places:
            line = texts[place]
            if line is not region.headline and len(line.text) <= _LONGEST and not _is_caption(line):
                draft.said.extend(_said(draft, line, rank, place_name))


def mastheads(draft: Draft) -> None:
    """On a whole page, lines between headline and text that only say who and when, or hold the page's tools."""
    if not draft.is_page:
        return
    texts = draft.texts
    prose = next((place for place, line in enumerate(texts) if is_prose(line)), 0)
    for line in texts[: min(prose, _MOST_MASTHEAD)]:
        if line.block.tag in _TEXT or _is_caption(line) or len(line.text) > _LONGEST:
            continue
        said = list(_said(draft, line, 0, "above the text"))
        tokens = list(_tokens(draft, line))
        free = [token.text for token in tokens if token.kind == "text"]
        if any(token.kind != "text" for token in tokens) and sum(map(len, free)) <= _MOST_FREE:
            for each in said:
                draft.credit(each.field, each.value)
            draft.take_line(line, "byline", "byline")
        elif all(is_tool(draft, text) or len(text) <= _SHORTEST for text in free):
            draft.take_line(line, "share")
        elif line.length <= _LONGEST_NAME and (_is_role(line.text) or any(each.field == "author" for each in said)):
            draft.credit("byline", line.text)
            draft.take_line(line, "byline", "byline")


_MOST_MASTHEAD = 10
_MOST_FREE = 60
_TEXT = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "pre", "td", "th", "dt", "dd"])
_SHORTEST = 2


def _is_role(text: str) -> bool:
    """Whether a line ends as newsrooms sign: "the Times' reporter"."""
    return fold(text).endswith(tuple(fold(role) for role in words().roles_after))


def _is_caption(line: Line) -> bool:
    return line.block.tag in _CAPTIONS or any(above.tag in _CAPTIONS for above in line.block.iterancestors())


_CAPTIONS = frozenset(["figure", "figcaption", "blockquote", "table"])


def _said(draft: Draft, line: Line, rank: int, place: str) -> Iterator[Candidate]:
    tokens = list(_tokens(draft, line))
    named_for: str | None = None
    dated = any(token.kind == "date" for token in tokens)
    for number, token in enumerate(tokens):
        if token.kind == "label":
            # "Source: …" below a text names what it draws on, not who wrote it.
            weak = token.text.startswith(_WEAK)
            named_for = token.text.removeprefix(_WEAK) if not weak or rank < BEHIND else "page"
        elif token.kind == "date" or (named_for in _TIMES and _SHORT_DATE.match(token.text)):
            field = named_for if named_for in _TIMES else "published"
            yield Candidate(
                field, _with_clock(tokens, number), f"{place}: {line.text}", rank + (LABELLED if named_for else 1)
            )
            named_for = None
        elif named_for is not None:
            value = _joined(tokens, number) if named_for in {"author", "reporter"} else token.text
            if named_for in _FIELDS and named_for not in _TIMES:
                yield Candidate(named_for, value.strip(_EDGES), f"{place}: {line.text}", rank + LABELLED)
            # A label of tags or sections speaks for all the links behind it.
            named_for = named_for if named_for == "page" and token.element.tag == "a" else None
        else:
            yield from _unlabelled(draft, token, line, rank, place, dated=dated)


_TIMES = frozenset(["published", "updated"])
_SHORT_DATE = re.compile(r"\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\Z")


def _with_clock(tokens: Sequence[_Token], number: int) -> str:
    """A date with the time in the element after it; behind a label two digits are a year of this century."""
    text = tokens[number].text
    text = f"20{text}" if _SHORT_DATE.match(text) else text
    following = tokens[number + 1].text if number + 1 < len(tokens) else ""
    return f"{text} {following}" if _CLOCK.match(following) and ":" not in text else text


def _unlabelled(draft: Draft, token: _Token, line: Line, rank: int, place: str, *, dated: bool) -> Iterator[Candidate]:
    """A name without a label: by the name of its element, or because it stands beside a date."""
    name = _BRACKETED.sub(" ", token.text).strip(_EDGES)
    if not name or len(name) > _LONGEST_NAME or is_tool(draft, name):
        return
    field = _field_of(token.element)
    if rank >= BEHIND:
        return  # below a text stand readers' names, and those of other articles' authors
    if field in {"author", "source"}:
        yield Candidate(field, name, f"{place}, element named so: {line.text}", rank + NAMED)
    elif dated and rank == 0 and not name.isdecimal() and len(name) > 1:
        yield Candidate("source", name, f"{place}, beside a date: {line.text}", rank + BESIDE_DATE)


def is_tool(draft: Draft, name: str) -> bool:
    """Whether a word belongs to the page's tools: share, print, size of type, marks such as "original"."""
    folded = fold(name)
    return bool(draft.words.tool.fullmatch(folded)) or not any(character.isalpha() for character in name)


def _field_of(element: etree._Element) -> str | None:
    """The field that an element, or the nearest ones around it, are named for."""
    for _ in range(_LEVELS):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if "author" in (element.get("rel") or "").split():
            return "author"
        field = None if names.isspace() else field_of_name(names)
        parent = element.getparent()
        if field or parent is None:
            return field
        element = parent
    return None


_LEVELS = 2


def _joined(tokens: Sequence[_Token], number: int) -> str:
    """The names of several authors, each a link of its own."""
    first = tokens[number]
    names = [first.text.strip(_EDGES)]
    for token in tokens[number + 1 :]:
        if token.kind != "text" or token.element.tag != "a" or first.element.tag != "a":
            break
        names.append(token.text.strip(_EDGES))
    return " ".join(names)


def _tokens(draft: Draft, line: Line) -> Iterator[_Token]:
    """Labels, dates and other text of a line; a value ends with its element."""
    for element, is_tail in line.slots:
        text = " ".join(((element.tail if is_tail else element.text) or "").split())
        holder = element.getparent() if is_tail else element
        if text.strip(_EDGES) and holder is not None:
            yield from _parts(draft, text, holder)


def _parts(draft: Draft, text: str, holder: etree._Element) -> Iterator[_Token]:
    folded = fold(text)
    alone = folded.strip(_EDGES)
    if alone in draft.words.labels:
        yield _Token("label", _label(draft, alone), holder)
        return
    dates = [(*match.span(), "date", text[match.start() : match.end()]) for match in WHEN.finditer(folded)]
    labels = [
        (*match.span(), "label", _label(draft, match[1]))
        for match in draft.words.label.finditer(folded)
        if not any(start <= match.start() < end for start, end, _, _ in dates)
    ]
    position = 0
    for start, end, kind, value in sorted([*dates, *labels]):
        before = text[position:start]
        if before.strip(_EDGES):
            yield from _free(draft, before, holder)
        yield _Token(kind, value, holder)
        position = end
    if text[position:].strip(_EDGES):
        yield from _free(draft, text[position:], holder)


def _label(draft: Draft, label: str) -> str:
    return (_WEAK if label in draft.words.weak_labels else "") + draft.words.labels[label]


_WEAK = "weak "


def _free(draft: Draft, text: str, holder: etree._Element) -> Iterator[_Token]:
    """Text between marks; a label without a colon at its end ("发表于2014-08-24") counts as one."""
    stripped = _BRACKETED.sub(" ", text).strip(_EDGES) or text.strip(_EDGES)
    label = fold(stripped)
    is_label = label in draft.words.labels
    yield _Token("label", _label(draft, label), holder) if is_label else _Token("text", stripped, holder)
