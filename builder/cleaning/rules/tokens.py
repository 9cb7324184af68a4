"""A line of a byline as labels, dates and other text: what stands in it, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import Line
from builder.cleaning.rules.names import is_signature
from builder.folding import fold
from builder.patterns import pattern
from builder.reading.dates import read_date
from builder.reading.days import WHEN

EDGES = " \t:：|/·•,，、;；()（）[]［］【】〔〕<>《》「」“”\"'—–-_\u3000\xa0"
BRACKETED = pattern(r"\s{0,8}[(（\[［【][^()（）\[\]［］【】]{0,12}[)）\]］】]\s{0,8}")
CLOCK = pattern(r"(?:上午|下午|午前|午后|오전|오후)?\s?\d{1,2}[:时시]\s?\d{2}[分분]?(?::\d{2})?\s?(?:[ap]\.?m\.?)?")

WEAK = "weak "
"""Before the field of a label that counts only beside another, or above a text."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line: a label (``field`` set, no text), a date, or other text."""

    kind: str  # ``label``, ``date`` or ``text``
    text: str  # What stands there; of a label, its field
    element: etree._Element  # The element whose text it is


def tokens_of(draft: Draft, line: Line) -> Iterator[Token]:
    """Labels, dates and other text of a line; a value ends with its element."""
    for element, is_tail in line.slots:
        text = " ".join(((element.tail if is_tail else element.text) or "").split())
        holder = element.getparent() if is_tail else element
        stated = _stated(holder, text) if text and holder is not None else ""
        if stated and holder is not None:
            yield Token("date", stated, holder)
        elif text.strip(EDGES) and holder is not None:
            yield from _parts(draft, text, holder)


def _stated(element: etree._Element, text: str) -> str:
    """What an element states for machines of a date, where its text says less: only a day, or how long ago."""
    parent = element.getparent()
    holder = parent if element.tag != "time" and parent is not None and parent.tag == "time" else element
    known = (holder.get("datetime"),) if holder.tag == "time" else (element.get(name) for name in _DATED)
    stated = next((value for value in known if value and value[:4].isdecimal() and ":" in value), "")
    says_less = holder.tag == "time" and not (WHEN.search(fold(text)) and CLOCK.search(fold(text)))
    return stated if stated and (says_less or len(text) <= _LONGEST_AGO) and read_date(stated) else ""


_DATED = ("title", "data-time", "data-date-time", "data-datetime", "data-published")
_LONGEST_AGO = 12


def _parts(draft: Draft, text: str, holder: etree._Element) -> Iterator[Token]:
    folded = fold(text)
    alone = folded.strip(EDGES)
    if alone in draft.words.labels:
        yield Token("label", _label(draft, alone), holder)
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
        if before.strip(EDGES):
            yield from _free(draft, before, holder)
        yield Token(kind, value, holder)
        position = end
    if text[position:].strip(EDGES):
        yield from _free(draft, text[position:], holder)


def _label(draft: Draft, label: str) -> str:
    return (WEAK if label in draft.words.weak_labels else "") + draft.words.labels[label]


def _free(draft: Draft, text: str, holder: etree._Element) -> Iterator[Token]:
    """Text between marks; labels without a colon ("发表于2014-08-24", "记者 张三 通讯员 李四") count as such."""
    stripped = BRACKETED.sub(" ", text).strip(EDGES) or text.strip(EDGES)
    label = fold(stripped)
    if label in draft.words.labels:
        yield Token("label", _label(draft, label), holder)
        return
    value: list[str] = []
    said = stripped.split()
    for place, word in enumerate(said):
        label = fold(word)
        # "By" is a label only at the head of names, be they in the next element: elsewhere it is a word of a sentence.
        is_word = word.isascii() and (place > 0 or (len(said) > 1 and not is_signature(" ".join(said[1:]))))
        if len(word) > 1 and label in draft.words.bare_fields and not is_word:
            if value:
                yield Token("text", " ".join(value), holder)
            yield Token("label", draft.words.bare_fields[label], holder)
            value = []
        else:
            value.append(word)
    if value:
        yield Token("text", " ".join(value), holder)
