"""A line of a byline as labels, dates and other text: what stands in it, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import Line
from builder.cleaning.rules.attribution import WHEN
from builder.folding import fold
from builder.reading.dates import read_date

EDGES = " \t:：|/·•,，、;；()（）[]［］【】〔〕<>《》「」“”\"'—–-_\u3000\xa0"
BRACKETED = re.compile(r"\s*[(（\[［【][^()（）\[\]［］【】]{0,12}[)）\]］】]\s*")
CLOCK = re.compile(r"(?:上午|下午|午前|午后|오전|오후)?\s?\d{1,2}[:时시]\s?\d{2}[分분]?(?::\d{2})?\s?(?:[ap]\.?m\.?)?")

WEAK = "weak "
"""Before the field of a label that counts only beside another, or above a text."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line: a label (``field`` set, no text), a date, or other text.

    Attributes:
        kind: ``label``, ``date`` or ``text``.
        text: What stands there; of a label, its field.
        element: The element whose text it is.
    """

    kind: str
    text: str
    element: etree._Element


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
    """What a ``<time>`` states for machines, where its text says less: only a day, or how long ago."""
    stated = element.get("datetime") or "" if element.tag == "time" else ""
    return stated if ":" in stated and not CLOCK.search(fold(text)) and read_date(stated) else ""


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
    """Text between marks; a label without a colon at its end ("发表于2014-08-24") counts as one."""
    stripped = BRACKETED.sub(" ", text).strip(EDGES) or text.strip(EDGES)
    label = fold(stripped)
    is_label = label in draft.words.labels
    yield Token("label", _label(draft, label), holder) if is_label else Token("text", stripped, holder)
