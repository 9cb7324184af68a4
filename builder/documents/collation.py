"""The log of repairs and doubts: every change with its line, its words before and after."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from builder.data import load_data
from builder.documents.lines import strip_markdown
from builder.model.plan import Doubt, Edit, Heading, Paragraph, Repair

_CONTEXT = 5
_LONGEST_SHOWN = 20


class DoubtRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of the language that points to a fault of the text."""

    rule: str
    pattern: str
    suggestion: str


@cache
def _doubt_rules() -> tuple[DoubtRule, ...]:
    return load_data("documents/repairs.yml", dict[str, tuple[DoubtRule, ...]])["doubts"]


def repairs_of(
    text: str, edits: Iterable[Edit], lines: Sequence[int], source: Sequence[str], eid: str
) -> Iterator[Repair]:
    """One log entry for each edit of a text that stands on some lines of the source, with a few characters around."""
    starts = line_starts(text, lines, source)
    for edit in edits:
        start, end = max(0, edit.start - _CONTEXT), min(len(text), edit.end + _CONTEXT)
        before = text[start:end]
        after = text[start : edit.start] + edit.after + text[edit.end : end]
        yield Repair(edit.rule, line_at(starts, edit.start), before, after, eid, edit.why)


def line_starts(text: str, lines: Sequence[int], source: Sequence[str]) -> list[tuple[int, int]]:
    """Where in a text joined of lines of the seed each line begins, with its number; the first begins it."""
    starts, position = [(0, lines[0])], 0
    for line in lines:
        position = text.find(strip_markdown(source[line - 1]), position)
        if position < 0:
            break
        starts.append((position, line))
    return starts


def line_at(starts: Sequence[tuple[int, int]], offset: int) -> int:
    """The line of the seed on which a character of a joined text stands."""
    return starts[max(0, bisect_right(starts, offset, key=lambda start: start[0]) - 1)][1]


def joins_of(joins: Iterable[tuple[int, int]], source: Sequence[str]) -> Iterator[Repair]:
    """One log entry for each pair of lines that was joined; ⏎ marks the cut."""
    for first, second in joins:
        tail, head = strip_markdown(source[first - 1])[-_CONTEXT:], strip_markdown(source[second - 1])[:_CONTEXT]
        yield Repair("page-join", first, f"{tail}⏎{head}", f"{tail}{head}")


def marks_of(line: int, source: Sequence[str], heading: Heading | None, eid: str) -> Iterator[Repair]:
    """What Markdown's marks on a line say wrongly: another level than the number, bold, or a heading that is none."""
    raw = source[line - 1].strip()
    found = re.match(r"#+", raw)
    plain = strip_markdown(raw)
    if found and heading is None:
        yield Repair("heading-role", line, f"{found.group()} {_short(plain)}", _short(plain), eid)
    elif found and heading is not None and len(found.group()) != heading.level + 1:
        yield Repair(
            "heading-level",
            line,
            f"{found.group()} {_short(plain)}",
            f"{'#' * (heading.level + 1)} {_short(plain)}",
            eid,
        )
    if "**" in raw and heading is not None and not heading.run_in:
        yield Repair("heading-bold", line, f"**{_short(plain)}**", _short(plain), eid)


def _short(text: str) -> str:
    """The first words of a line; what is wrong with it stands before them."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def doubts_of(paragraph: Paragraph, source: Sequence[str], quotes: Iterable[tuple[str, str]] = ()) -> Iterator[Doubt]:
    """Doubts about a paragraph, from the language's patterns and from the editor's quotes with what may stand there."""
    text = paragraph.repaired
    for rule in _doubt_rules():
        for found in re.finditer(rule.pattern, text):
            quote = text[max(0, found.start() - _CONTEXT) : found.end()]
            suggestion = found.expand(rule.suggestion) if rule.suggestion else ""
            yield Doubt(rule.rule, _raw_line(paragraph, found.group(), source), quote, suggestion, paragraph.eid)
    for quote, suggestion in quotes:
        if quote in text:
            yield Doubt("curated-doubt", _raw_line(paragraph, quote, source), quote, suggestion, paragraph.eid)


def _raw_line(paragraph: Paragraph, quote: str, source: Sequence[str]) -> int:
    starts = line_starts(paragraph.text, paragraph.lines, source)
    return line_at(starts, max(0, paragraph.text.find(quote)))
