"""What patterns of the language find in a plan: targets, the present, points on the axis of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan wants to reach.

    Attributes:
        eid: Identifier of the paragraph.
        quote: The clause, repaired, as it stands in the paragraph.
        indicator: What is measured or aimed at.
        comparator: ``>=``, ``<=``, ``~`` or ``=``; empty for a target without a number.
        value: The number; None for a target without one.
        unit: 家, 亿元, %, 位 …; empty where there is none.
        value_text: The number as printed.
        deadline: ISO 8601 day, or the year alone where 前 leaves the day open; empty where none is given.
        deadline_text: The deadline as printed.
        value_max: The upper end of a range.
    """

    eid: str
    quote: str
    indicator: str
    comparator: str = ""
    value: float | None = None
    unit: str = ""
    value_text: str = ""
    deadline: str = ""
    deadline_text: str = ""
    value_max: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where things stood when the plan was written.

    Attributes:
        eid: Identifier of the paragraph.
        quote: The clause, repaired.
        indicator: What was measured.
        values: Each number with its unit, as printed.
        period: When, as far as the paragraph says: a year or the printed words.
    """

    eid: str
    quote: str
    indicator: str
    values: tuple[tuple[float, str], ...]
    period: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One point or span on the plan's axis.

    Attributes:
        kind: What happens.
        start: ISO 8601 year, month or day.
        end: The same for a span; empty for a point.
        label: For readers.
        eid: Identifier of the paragraph, possibly empty.
    """

    kind: Literal[
        "baseline", "period", "issued", "printed", "target", "outlook",
        "adopted", "approved", "published", "amended", "effective",
    ]  # fmt: skip
    start: str
    end: str
    label: str
    eid: str
