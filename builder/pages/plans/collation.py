"""What the template of the collation sees: every line of the seed beside what became of it, with repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from builder.documents.text import heading_text
from builder.model.plan import Plan, Repair
from builder.pages.plans.divisions import section_page
from builder.pages.plans.paragraphs import TextSpan, repaired_segments
from builder.pages.rendering import Renderer

_Row = tuple[tuple[int, ...], str, str, tuple[TextSpan, ...]]
"""Lines of the seed, kind, page and segments."""


def collation_rows(plan: Plan, renderer: Renderer) -> list[dict[str, Any]]:
    """Every line of the seed that is not blank, in order, each once.

    Returns:
        ``lines``, number and text of each, verbatim; ``kind``, ``title``, ``heading``, ``paragraph`` or the kind of
        another part; ``page``, where the text is read, and ``segments``, as published with repairs marked, both empty
        where the lines are not part of the text; ``repairs`` of these lines.
    """
    repairs: dict[int, list[Repair]] = {}
    for repair in plan.repairs:
        repairs.setdefault(repair.line, []).append(repair)
    rows = sorted(_rows(plan, renderer), key=lambda row: row[0][0])
    return [
        {
            "lines": [(line, plan.source[line - 1]) for line in lines],
            "kind": kind,
            "page": page,
            "segments": segments,
            "repairs": [each for line in lines for each in repairs.get(line, ())],
        }
        for lines, kind, page, segments in rows
    ]


def _rows(plan: Plan, renderer: Renderer) -> Iterator[_Row]:
    """Title, headings, paragraphs and what is not part of the text."""
    if plan.title_lines:
        yield plan.title_lines, "title", section_page(plan, ""), (TextSpan("text", plan.title),)
    for provision in plan.walk():
        if not provision.heading.run_in or provision.kind == "annex":
            segments = (TextSpan("text", heading_text(provision.heading)),)
            yield (provision.line,), "heading", section_page(plan, provision.eid), segments
    for paragraph in plan.paragraphs():
        page = section_page(plan, paragraph.eid)
        yield paragraph.lines, "paragraph", page, tuple(repaired_segments(paragraph, renderer))
    for part in plan.parts:
        yield from (((line,), part.kind, "", ()) for line in part.lines if line not in plan.title_lines)


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
