"""By when a clause wants to reach something: 到2027年底, 2027年前, 2027年…, “十四五”末."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.documents.clauses import Clause
from builder.documents.quantities import target_words
from builder.numerals import value_of


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when."""

    iso: str  # A day, or a year alone
    text: str  # As printed: ``2022年底``
    start: int  # Offset of the phrase in the paragraph: of 力争 in 力争到2022年底
    end: int  # Offset behind the phrase


def deadline_in(text: str, clause: Clause, written: int) -> Deadline | None:
    """The deadline that a clause of a text names; one before the year it was ``written`` (0: unknown) is history."""
    if "年" not in clause.text and "五”" not in clause.text:
        return None
    language = target_words()
    for found in re.finditer(language.deadline, clause.text):
        start = clause.start + found.start()
        if found["now"] and not written:
            continue
        year = written if found["now"] else int(found["year"] or found["before"] or _plan_end(found["plan"]))
        if text[:start].endswith(language.not_before_deadline) or year < written:
            continue
        if found["plan"] and not written and "末" not in found["planned"]:
            continue
        if clause.text[found.end() : found.end() + 1] in {"度", "至", "以"}:
            continue
        end = found["end"] or found["limit"] or ""
        iso = f"{year}-12-31" if end in {"底", "末", "底前"} else str(year)
        said = found.group() if found["plan"] or found["now"] else f"{year}年{end}"
        return Deadline(iso, said, start, clause.start + found.end())
    lead = re.match(language.lead_in, clause.text)
    skipped = lead.end() if lead else 0
    bare = re.match(language.bare_deadline, clause.text[skipped:])
    if bare and int(bare["year"]) >= max(written, 1):
        start = clause.start + skipped
        end = bare["end"] or ""
        iso = f"{bare['year']}-12-31" if end in {"底", "末"} else bare["year"]
        return Deadline(iso, bare.group(), start, start + bare.end())
    return None


def _plan_end(name: str) -> int:
    """The last year of a five-year plan by its number: 十四 is 2025."""
    return _FIRST_PLAN_ENDED_BEFORE + 5 * (value_of(name) or 0)


_FIRST_PLAN_ENDED_BEFORE = 1955
