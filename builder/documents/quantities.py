"""The language of targets and of the present, from ``targets.yml``, and the numbers of a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import msgspec

from builder.data import load_data
from builder.numerals import value_of


class TargetWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The lists and patterns of ``targets.yml``; what each is for stands there."""

    deadline: str
    bare_deadline: str
    not_before_deadline: tuple[str, ...]
    lead_in: str
    units: tuple[str, ...]
    target_units_not: tuple[str, ...]
    shortens: str
    commits: str
    commits_noun: str
    past: str
    grants: str
    suffixes: tuple[str, ...]
    table_indicator: str
    table_unit: str
    table_target: str
    table_present: str
    table_value: str
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    rank: str
    aim_verbs: tuple[str, ...]
    measures: tuple[str, ...]
    present_titles: tuple[str, ...]
    facts: tuple[str, ...]
    places: str
    streak: str
    copulas: tuple[str, ...]
    future_openings: tuple[str, ...]
    future: str
    carries_on: str
    openings: str
    year: str
    period: str
    horizon: str

    @cached_property
    def amount(self) -> re.Pattern[str]:
        """A number with a unit; 百, 千 and 万 alone count as numbers: 百家."""
        units = "|".join(sorted(map(re.escape, self.units), key=len, reverse=True))
        digits = r"(?<![A-Za-z0-9.〔第])\d{1,9}(?:,\d{3})*(?:\.\d+)?"
        return re.compile(
            rf"(?P<number>{digits}|(?<![一二三四五六七八九十百千万数几每])[百千万](?![万亿]))"
            rf"(?:(?:%|％|(?:{units}))?[-—–－~～至到]{{1,2}}(?P<upper>\d{{1,9}}(?:\.\d+)?))?(?P<unit>{units})"
        )


@cache
def target_words() -> TargetWords:
    """The file, read once."""
    return load_data("documents/targets.yml", TargetWords)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a clause."""

    value: float  # The number; of a range the lower end
    unit: str  # As printed; 位 for a rank
    comparator: str  # ``>=``, ``<=``, ``~`` or ``=``
    text: str  # As printed, comparator words behind it included
    start: int  # Offset in the clause
    end: int  # Offset behind it
    upper: float | None = None  # The upper end of a range


def quantities(clause: str) -> Iterator[Quantity]:
    """The numbers with units, and the ranks (进入前三), of a clause in order."""
    found = [*_amounts(clause), *_ranks(clause)]
    yield from sorted(found, key=lambda quantity: quantity.start)


def _amounts(clause: str) -> Iterator[Quantity]:
    for match in target_words().amount.finditer(clause):
        comparator, end = _comparator(clause, match.start(), match.end())
        value = _number(match["number"])
        upper = float(match["upper"]) if match["upper"] else None
        unit = match["unit"].replace("％", "%")
        yield Quantity(value, unit, comparator, clause[match.start() : end], match.start(), end, upper)


def _ranks(clause: str) -> Iterator[Quantity]:
    for match in re.finditer(target_words().rank, clause):
        value = value_of(match["rank"])
        if value:
            yield Quantity(float(value), "位", "<=", match.group(), match.start(), match.end())


def _comparator(clause: str, start: int, end: int) -> tuple[str, int]:
    """The comparator that words behind or before a number give, and where the words behind it end."""
    language = target_words()
    before, behind = clause[max(0, start - _REACH) : start], clause[end:]
    signs = dict.fromkeys(language.at_least, ">=")
    signs |= dict.fromkeys(language.at_most, "<=") | dict.fromkeys(language.about, "~")
    by_length = sorted(signs, key=len, reverse=True)
    word = next((word for word in by_length if behind.startswith(word)), "")
    if word:
        return signs[word], end + len(word)
    word = next((word for word in by_length if before.endswith(word)), "")
    return signs.get(word, "="), end


def _number(text: str) -> float:
    multiples = {"百": 100.0, "千": 1_000.0, "万": 10_000.0}
    return multiples[text] if text in multiples else float(text.replace(",", ""))


def places(clause: str) -> Iterator[Quantity]:
    """The ranks a clause states as reached: 第三名, 冠军."""
    for match in re.finditer(target_words().places, clause):
        value = 1 if match["first"] else value_of(match["place"])
        if value:
            yield Quantity(float(value), "位", "=", match.group(), match.start(), match.end())


_REACH = 5
