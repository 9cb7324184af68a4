"""What a plan says of the present: clauses with numbers and ranks where it speaks of how things stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from builder.documents.clauses import Clause, split_clauses
from builder.documents.quantities import Quantity, places, quantities, target_words
from builder.model.official import Baseline
from builder.model.plan import Paragraph, Provision


def find_baselines(provisions: Iterable[Provision]) -> tuple[Baseline, ...]:
    """Every baseline of the sections that speak of the present, in order."""
    return tuple(
        baseline
        for provision in provisions
        for section in _present(provision)
        for paragraph in section.paragraphs
        for baseline in _baselines_of(paragraph)
    )


def present_paragraphs(provisions: Iterable[Provision]) -> frozenset[str]:
    """Identifiers of the paragraphs in sections that speak of the present."""
    return frozenset(
        paragraph.eid for provision in provisions for section in _present(provision) for paragraph in section.paragraphs
    )


def _present(provision: Provision) -> Iterator[Provision]:
    """The sections of the present: by their own title or that of one above."""
    if any(word in provision.heading.title for word in target_words().present_titles):
        yield from provision.walk()
    else:
        for child in provision.children:
            yield from _present(child)


def _baselines_of(paragraph: Paragraph) -> Iterator[Baseline]:
    group: list[Clause] = []
    period = ""
    for clause in split_clauses(paragraph.repaired):
        years = re.findall(target_words().year, clause.text)
        if group and _carries_on(clause, group[-1]):
            group.append(clause)
            continue
        if group:
            yield _baseline(paragraph, group, period)
            group = []
        period = years[-1] if years else period
        if _is_fact(clause.text):
            group = [clause]
    if group:
        yield _baseline(paragraph, group, period)


def _is_fact(text: str) -> bool:
    language = target_words()
    if text.startswith(language.future_openings) or re.search(language.future, text):
        return False
    return bool(_values(text)) and any(word in text for word in language.facts)


def _carries_on(clause: Clause, before: Clause) -> bool:
    """Whether a clause goes on with the one before: 超64亿元; 其数量居…; a bare number of things."""
    if clause.sentence != before.sentence or not _values(clause.text):
        return False
    if re.match(target_words().carries_on, clause.text):
        return True
    return not any(word in clause.text for word in target_words().facts) and "连续" not in clause.text


def _values(text: str) -> tuple[Quantity, ...]:
    streak = re.search(target_words().streak, text)
    found = [quantity for quantity in quantities(text) if quantity.unit not in target_words().target_units_not]
    found += places(text)
    if streak and not found:
        years = streak["years"]
        found = (
            [Quantity(float(years), "年", "=", streak.group(), streak.start(), streak.end())]
            if years.isdecimal()
            else []
        )
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _baseline(paragraph: Paragraph, clauses: Sequence[Clause], period: str) -> Baseline:
    text = paragraph.repaired
    start, end = clauses[0].start, clauses[-1].end
    opening = re.match(target_words().openings, text[start:end])
    start += opening.end() if opening else 0
    quote = text[start:end]
    values = _values(quote)
    indicator = quote[: values[0].start] if values and values[0].start > 1 else quote
    return Baseline(
        paragraph.eid, quote, _bare(indicator), tuple((value.value, value.unit) for value in values), period
    )


def _bare(text: str) -> str:
    """An indicator without the verb that stands before its number."""
    for verb in target_words().copulas:
        text = text.removesuffix(verb)
    return text
