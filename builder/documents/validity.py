"""What does not fit together in a plan: gaps in the numbering, dates that disagree, repairs that find no place."""

from __future__ import annotations

from collections.abc import Iterator

from builder.documents.numbering import numbers_before
from builder.documents.structure import Layout
from builder.model.plan import Plan
from builder.problems import Problem


def find_problems(plan: Plan, layout: Layout) -> Iterator[Problem]:
    """Every problem of a plan, none of which keeps it from being published."""
    yield from _numbering(plan, layout)
    yield from _dates(plan)
    if not plan.title:
        yield Problem("plan-no-title", plan.path)
    for before, _, _ in layout.unusable:
        yield Problem("plan-repair-unplaced", plan.path, None, {"before": before})
    for doubt in plan.doubts:
        yield Problem("plan-doubt", plan.path, doubt.line, {"quote": doubt.quote})


def _numbering(plan: Plan, layout: Layout) -> Iterator[Problem]:
    for passage in layout.passages:
        marker = passage.mark.marker
        if marker and passage.mark.gap:
            line, values = passage.block.lines[0], {"number": marker.number}
            if passage.mark.gap > 0:
                before = numbers_before(marker, passage.mark.gap)
                missing = "、".join(before) if len(before) <= _LISTED else f"{before[0]}—{before[-1]}"
                yield Problem("plan-number-missing", plan.path, line, values | {"missing": missing})
            else:
                yield Problem("plan-number-repeated", plan.path, line, values)


def _dates(plan: Plan) -> Iterator[Problem]:
    metadata = plan.metadata
    number, date, printed = metadata.document_number, metadata.date_iso, metadata.printing_date_iso
    if number and date and "〔" in number.text and f"〔{date[:4]}〕" not in number.text:
        values = {"number": number.text, "date": date}
        yield Problem("plan-year-differs", plan.path, number.lines[0], values)
    if date and printed and printed < date:
        line = metadata.printing_date.lines[0] if metadata.printing_date else None
        yield Problem("plan-printed-early", plan.path, line, {"date": date, "printed": printed})


_LISTED = 4
