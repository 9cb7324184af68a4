"""Notes of a document: below a table or the text (注：……), and those that a mark in the text leads to (①, [1])."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.model.plan import Plan
from builder.patterns import pattern


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    mark: str  # ``注``, or the mark in the text that leads to it
    text: str  # Without the mark
    eid: str  # Of the paragraph that it is; empty where it stands below the document's date (附注)


def find_notes(plan: Plan) -> Iterator[Note]:
    """The notes in the order of the text.

    A paragraph that begins with a mark is a note where an earlier one holds the same mark in its text; without that it
    is an entry of a list.
    """
    said: set[str] = set()
    for paragraph in plan.paragraphs():
        text = paragraph.text.strip()
        found = _NOTE.match(text)
        mark = _MARKS.match(text)
        if found:
            yield Note("注", text[found.end() :], paragraph.eid)
        elif mark and mark[0] in said:
            yield Note(mark[0], text[mark.end() :].lstrip(" \u3000：:"), paragraph.eid)
        said.update(place[0] for place in _MARKS.finditer(text, 1))
    if plan.metadata.note:
        yield Note("注", plan.metadata.note.text, "")


_NOTE = pattern(r"[*＊]?(?:备?注|註)(?:释|釋)?[：:]|[*＊](?=[^*＊])")
_MARKS = pattern(r"[①-⑳]|\[\^?\d{1,3}\]|〔\d{1,2}〕")
