"""What the lines around a page's article say of it: labels and values, dates, names beside them, named elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import Line
from builder.cleaning.naming import field_of_name
from builder.cleaning.region import Region, is_prose
from builder.cleaning.rules.attribution import WHEN
from builder.folding import fold
from builder.model.post import Candidate
from builder.reading.dates import read_date
from builder.reading.words import words

LABELLED, SIGNED, NAMED, BESIDE_DATE, BEHIND, ELSEWHERE = 0, 2, 3, 5, 10, 20
"""Ranks: behind a label above the text, as newsrooms sign, in an element named so, beside a date, below the text,
elsewhere near it."""
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
            value = _joined(draft, tokens, number) if named_for in {"author", "reporter"} else token.text
            if named_for in _FIELDS and named_for not in _TIMES:
                yield Candidate(named_for, value.strip(_EDGES), f"{place}: {line.text}", rank + LABELLED)
            # A label of tags or sections speaks for all the links behind it.
            named_for = named_for if named_for == "page" and token.element.tag == "a" else None
        else:
            yield from _unlabelled(draft, tokens, number, f"{place}: {line.text}", rank, dated=dated)
    if rank < ELSEWHERE:
        names = _signed(draft, (line.text, *(token.text for token in tokens if token.kind == "text")))
        yield from (Candidate("author", name, f"{place}: {line.text}", rank + SIGNED) for name in names)


def _signed(draft: Draft, texts: Iterable[str]) -> dict[str, None]:
    """The names in what is written as newsrooms sign."""
    found = ((text, pattern.search(fold(text))) for text in texts for pattern in draft.words.bylines)
    return {text[match.start(1) : match.end(1)]: None for text, match in found if match}


_TIMES = frozenset(["published", "updated"])
_SHORT_DATE = re.compile(r"(?:\d{2}|1\d\d)[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_CLOCK = re.compile(r"(?:上午|下午|午前|午后|오전|오후)?\s?\d{1,2}[:时시]\s?\d{2}[分분]?(?::\d{2})?\s?(?:[ap]\.?m\.?)?")


def _with_clock(tokens: Sequence[_Token], number: int) -> str:
    """A date with the time in the element after it; behind a label two digits are a year of this century."""
    text = tokens[number].text
    text = f"20{text}" if _SHORT_DATE.match(text) and not text[2].isdigit() else text
    following = tokens[number + 1].text if number + 1 < len(tokens) else ""
    return f"{text} {following}" if _CLOCK.fullmatch(fold(following)) and ":" not in text else text


def _unlabelled(
    draft: Draft, tokens: Sequence[_Token], number: int, evidence: str, rank: int, *, dated: bool
) -> Iterator[Candidate]:
    """A name without a label: by the name of its element, or because it stands beside a date."""
    token = tokens[number]
    name = _BRACKETED.sub(" ", token.text).strip(_EDGES) or token.text.strip(_EDGES)
    if not name or len(name) > _LONGEST_NAME or is_tool(draft, name):
        return
    field = _field_of(token.element)
    if rank >= BEHIND or field == "page" or _is_filed(draft, token.element):
        return  # below a text stand readers' names, and those of other articles' authors
    if field == "source":
        yield Candidate(field, name, f"{evidence} (named so)", rank + NAMED)
    elif field == "author" and _is_signature(name):
        several = _joined(draft, tokens, number) if token.element.tag == "a" else name
        yield Candidate(field, several, f"{evidence} (named so)", rank + NAMED)
    elif field is None and dated and rank == 0 and _could_be_outlet(draft, name):
        yield Candidate("source", name, evidence, rank + BESIDE_DATE)


def _is_filed(draft: Draft, element: etree._Element) -> bool:
    """Whether an element is a link to a section, or to what is filed under a word."""
    link = next((each for each in (element, element.getparent()) if each is not None and each.tag == "a"), None)
    if link is None:
        return False
    marks = {"tag", "category"} & set((link.get("rel") or "").split())
    return bool(marks or draft.words.tag_path.search((link.get("href") or "").lower()))


def _is_signature(name: str) -> bool:
    """Whether a name is written as names are: in scripts that know capitals, with them but for small words between."""
    words_in = name.split()
    return all(word in words().particles or not word[:1].islower() for word in words_in) and any(
        word not in words().particles for word in words_in
    )


def _could_be_outlet(draft: Draft, name: str) -> bool:
    """Whether what stands beside a date may name who wrote a text: the site, an organisation, on Chinese pages any."""
    if any(map(str.isdigit, name)) or _signed(draft, (name,)):
        return False
    plain = "".join(filter(str.isalnum, fold(name)))
    if plain in {"".join(filter(str.isalnum, fold(outlet))) for outlet in draft.post.outlet_names}:
        return True
    if _HAN_NAMES.fullmatch(name):
        return True
    return _is_signature(name) and (fold(name).endswith(endings()) or bool(_HAN.search(draft.post.title)))


_HAN = re.compile("[\u3400-\u9fff]")
_HAN_NAMES = re.compile("[\u3400-\u9fff·、 ]{2,24}")


@cache
def endings() -> tuple[str, ...]:
    """What organisations' names, and words for a newsroom, end in; folded."""
    return tuple(fold(ending) for ending in (*words().organisation_endings, *words().roles_after))


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


def _joined(draft: Draft, tokens: Sequence[_Token], number: int) -> str:
    """The names of several authors, each a link of its own, with nothing but a small word between."""
    first = tokens[number]
    names = [first.text.strip(_EDGES)]
    for token in tokens[number + 1 :] if first.element.tag == "a" else ():
        if token.kind == "text" and token.text in words().particles:
            continue
        if token.kind != "text" or token.element.tag != "a" or _is_filed(draft, token.element):
            break
        names.append(token.text.strip(_EDGES))
    return ", ".join(names)


def _tokens(draft: Draft, line: Line) -> Iterator[_Token]:
    """Labels, dates and other text of a line; a value ends with its element."""
    for element, is_tail in line.slots:
        text = " ".join(((element.tail if is_tail else element.text) or "").split())
        holder = element.getparent() if is_tail else element
        stated = _stated(holder, text) if text and holder is not None else ""
        if stated and holder is not None:
            yield _Token("date", stated, holder)
        elif text.strip(_EDGES) and holder is not None:
            yield from _parts(draft, text, holder)


def _stated(element: etree._Element, text: str) -> str:
    """What a ``<time>`` states for machines, where its text says less: only a day, or how long ago."""
    stated = element.get("datetime") or "" if element.tag == "time" else ""
    return stated if ":" in stated and not _CLOCK.search(fold(text)) and read_date(stated) else ""


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
