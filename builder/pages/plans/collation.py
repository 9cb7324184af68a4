"""What the template of the collation sees: every line of the seed beside what became of it, with repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.documents.text import heading_text
from builder.model.plan import Plan, Provision, Repair
from builder.pages.plans.divisions import section_page
from builder.pages.plans.paragraphs import Segment, repaired_segments
from builder.pages.rendering import Renderer


@dataclass(frozen=True, slots=True)
class CollationRow:
    """Lines of the seed and what became of them.

    Attributes:
        lines: Number and text of each line, verbatim.
        kind: ``title``, ``heading``, ``paragraph``, or the kind of another part.
        page: Where the text is read; empty where it is not part of the text.
        segments: The published text, repairs marked; empty where the lines are not part of the text.
        repairs: Those of these lines.
    """

    lines: tuple[tuple[int, str], ...]
    kind: str
    page: str
    segments: tuple[Segment, ...]
    repairs: tuple[Repair, ...] = ()


def collation_rows(plan: Plan, renderer: Renderer) -> tuple[CollationRow, ...]:
    """Every line of the seed that is not blank, in order, each once."""
    repairs: dict[int, list[Repair]] = {}
    for repair in plan.repairs:
        repairs.setdefault(repair.line, []).append(repair)
    rows = [*_title(plan), *_headings(plan), *_paragraphs(plan, renderer), *_parts(plan)]
    rows.sort(key=lambda row: row.lines[0][0])
    return tuple(
        replace(row, repairs=tuple(each for number, _ in row.lines for each in repairs.get(number, ()))) for row in rows
    )


def repair_counts(plan: Plan) -> tuple[tuple[str, int], ...]:
    """Rule and number of its repairs, most frequent first."""
    counts = Counter(repair.rule for repair in plan.repairs)
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def doubt_rows(plan: Plan, renderer: Renderer) -> tuple[tuple[int, str, str, str, str], ...]:
    """Line, rule, words, suggestion and page of each doubt."""
    none = renderer.label("plan_no_suggestion")
    return tuple(
        (doubt.line, doubt.rule, doubt.quote, doubt.suggestion or none, section_page(plan, doubt.eid))
        for doubt in plan.doubts
    )


def _title(plan: Plan) -> Iterator[CollationRow]:
    if plan.title_lines:
        yield _row(plan, plan.title_lines, "title", section_page(plan, ""), (Segment("text", plan.title),))


def _headings(plan: Plan) -> Iterator[CollationRow]:
    for provision in plan.walk():
        if not provision.heading.run_in or provision.kind == "annex":
            yield _heading(plan, provision)


def _heading(plan: Plan, provision: Provision) -> CollationRow:
    segments = (Segment("text", heading_text(provision.heading)),)
    return _row(plan, (provision.line,), "heading", section_page(plan, provision.eid), segments)


def _paragraphs(plan: Plan, renderer: Renderer) -> Iterator[CollationRow]:
    for paragraph in plan.paragraphs():
        segments = tuple(repaired_segments(paragraph, renderer))
        yield _row(plan, paragraph.lines, "paragraph", section_page(plan, paragraph.eid), segments)


def _parts(plan: Plan) -> Iterator[CollationRow]:
    shown = set(plan.title_lines)
    for part in plan.parts:
        for line in part.lines:
            if line not in shown:
                yield _row(plan, (line,), part.kind, "", ())


def _row(plan: Plan, lines: Sequence[int], kind: str, page: str, segments: tuple[Segment, ...]) -> CollationRow:
    numbered = tuple((line, plan.source[line - 1]) for line in lines)
    return CollationRow(numbered, kind, page, segments)
