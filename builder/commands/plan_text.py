"""A plan on standard output: as Markdown, and explained."""

from __future__ import annotations

from collections.abc import Iterator

from builder.commands.console import language_here
from builder.languages import labels
from builder.markup import escape_inline
from builder.model.plan import Plan

_LOWEST_HEADING = 6


def plan_markdown(plan: Plan) -> str:
    """The plan as Markdown: its headings by level, its paragraphs repaired."""
    return "\n\n".join(_blocks(plan)) + "\n"


def plan_body(plan: Plan) -> str:
    """The plan as Markdown without its title: what an article's ``markdown`` is."""
    return "\n\n".join([*_blocks(plan)][1:]) + "\n"


def _blocks(plan: Plan) -> Iterator[str]:
    yield f"# {escape_inline(plan.title)}"
    yield from (escape_inline(paragraph.repaired) for paragraph in plan.preface)
    for provision in plan.walk():
        marks = "#" * min(provision.heading.level + 1, _LOWEST_HEADING)
        yield f"{marks} {escape_inline(f'{provision.heading.number}　{provision.heading.title}'.strip())}"
        yield from (escape_inline(paragraph.repaired) for paragraph in provision.paragraphs)


def plan_explained(plan: Plan) -> Iterator[str]:
    """Line by line: outline, joins, repairs and doubts."""
    said = labels(language_here())
    yield f"\n## {said['explain_outline']}"
    for provision in plan.walk():
        heading = provision.heading
        yield f"{'  ' * (heading.level - 1)}{heading.number} {heading.title} [{provision.eid}]"
    yield f"\n## {said['explain_joins']} ({len(plan.joins)})"
    yield from (f"{first} + {second}" for first, second in plan.joins)
    yield f"\n## {said['explain_repairs']} ({len(plan.repairs)})"
    yield from (f"{repair.line} [{repair.rule}] {repair.before} → {repair.after}" for repair in plan.repairs)
    yield f"\n## {said['explain_doubts']} ({len(plan.doubts)})"
    yield from (f"{doubt.line} [{doubt.rule}] {doubt.quote} ? {doubt.suggestion}" for doubt in plan.doubts)
