"""A plan as clean text that parses to the same tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.documents.words import words
from builder.model.plan import Heading, Plan, Provision


def to_text(plan: Plan) -> str:
    """Title, preface, sections and annexes, a line each with blank lines between, before textual repairs.

    Args:
        plan: A parsed plan.
    """
    return "\n\n".join(_lines(plan)) + "\n"


def without_duties(text: str) -> str:
    """A text in which blanks stand for what brackets say of who is responsible; as long as before.

    Args:
        text: A paragraph.
    """
    if "（" not in text and "(" not in text:
        return text
    return re.sub(words().duties, lambda found: " " * len(found.group()), text)


def heading_text(heading: Heading) -> str:
    """Number and title as official documents print them: 一、总则, （一）目标, 1.任务, 第一章　总则."""
    return f"{heading.number}{_joint(heading.number)}{heading.title}"


def _joint(number: str) -> str:
    if number.startswith(("第", "附")):
        return "\u3000"
    return "" if number.endswith(("）", ".")) or not number else "、"


def _lines(plan: Plan) -> Iterator[str]:
    if plan.title:
        yield plan.title
    yield from (paragraph.text for paragraph in plan.preface)
    for provision in plan.provisions:
        yield from _provision(provision)
    for annex in plan.annexes:
        yield f"{annex.heading.number}：{annex.heading.title}" if annex.heading.number else annex.heading.title
        yield from (paragraph.text for paragraph in annex.paragraphs)
        for child in annex.children:
            yield from _provision(child)


def _provision(provision: Provision) -> Iterator[str]:
    for part in provision.walk():
        if not part.heading.run_in:
            yield heading_text(part.heading)
        yield from (paragraph.text for paragraph in part.paragraphs)
