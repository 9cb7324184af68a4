"""Targets of a plan: clauses under a deadline, with and without numbers; and planning parameters."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from builder.documents.clauses import Clause, split_clauses
from builder.documents.deadlines import Deadline, deadline_in
from builder.documents.quantities import Quantity, quantities, target_words
from builder.documents.words import words
from builder.model.official import Target
from builder.model.plan import Paragraph, ParagraphKind
from builder.patterns import pattern


def find_targets(
    paragraphs: Iterable[Paragraph], written: int, past: Container[str] | None = None
) -> tuple[Target, ...]:
    """Every target, in order; those without a number have no value.

    A deadline governs the clauses behind it until the paragraph ends or names another, and the list behind a paragraph
    that ends in a colon. A quote holds the deadline's phrase only where the document names that deadline first. Where
    no deadline governs, a number counts only right behind a verb that commits: 建立100个.

    Deadlines before the year the document was ``written`` (0: unknown) are history. Numbers without a deadline in
    paragraphs that speak of the present (``past``) are no targets, nor any in a law (None).
    """
    named: set[str] = set()
    targets: list[Target] = []
    carried: Deadline | None = None
    for paragraph in paragraphs:
        if paragraph.kind == "table":
            continue
        listed = paragraph.kind in _LISTED and carried is not None
        if not listed and not _MAY_HAVE.search(paragraph.repaired):
            carried = None
            continue
        commits = past is not None and paragraph.eid not in past
        reader = _Reader(paragraph, written, named, carried if paragraph.kind in _LISTED else None, commits=commits)
        targets += reader.read()
        introduces = paragraph.repaired.endswith(("：", ":"))
        carried = reader.deadline if introduces else (carried if paragraph.kind in _LISTED else None)
        carried = replace(carried, start=-1, end=-1) if carried else None
    return tuple(targets)


def find_measures(paragraphs: Iterable[Paragraph]) -> tuple[Target, ...]:
    """Planning parameters: areas and sizes that are laid down but not aimed at."""
    return tuple(
        _quantified(paragraph.eid, clause.text, quantity, "")
        for paragraph in paragraphs
        for clause in split_clauses(paragraph.repaired)
        if any(word in clause.text for word in target_words().measures)
        for quantity in quantities(clause.text)
        if quantity.comparator in {"~", "="}
    )


class _Reader:
    """Reads the targets of one paragraph, clause by clause."""

    def __init__(
        self, paragraph: Paragraph, written: int, named: set[str], deadline: Deadline | None, *, commits: bool
    ) -> None:
        self.commits = commits
        self.paragraph = paragraph
        self.written = written
        self.named = named
        self.deadline = deadline
        self._opening: int | None = None
        self._pending: list[Clause] = []
        self._subject = ""

    def read(self) -> Iterator[Target]:
        """The targets in order."""
        text = self.paragraph.repaired
        duty, language = re.compile(words().duty), target_words()
        past = -1
        for clause in split_clauses(text):
            if clause.text[0] in "（(" and duty.match(clause.text):
                yield from self._flush()
                continue
            found = deadline_in(text, clause, self.written)
            if found:
                yield from self._flush()
                self.deadline = found
                self._opening = None if found.iso in self.named else found.start
                self.named.add(found.iso)
            rest = _behind(clause, self.deadline)
            if self.deadline and rest and text[clause.end : clause.end + 1] not in {"：", ":"}:
                yield from self._take(rest, self.deadline)
            past = clause.sentence if re.search(language.past, clause.text) else past
            if self.commits and not self.deadline and clause.sentence != past:
                yield from self._commit(clause)
        yield from self._flush()

    def _commit(self, clause: Clause) -> Iterator[Target]:
        """The numbers that a clause without a deadline commits to."""
        for number in _counted(clause.text):
            before = clause.text[max(0, number.start - _LONGEST_LEAD) : number.start]
            behind = clause.text[number.end :]
            noun = not behind and re.search(target_words().commits_noun, before)
            if noun or re.search(target_words().commits, before):
                found = _quantified(self.paragraph.eid, clause.text, number, "")
                yield replace(found, quote=re.sub(target_words().lead_in, "", clause.text))

    def _take(self, clause: Clause, deadline: Deadline) -> Iterator[Target]:
        if self._opening is not None:
            text = self.paragraph.repaired[self._opening : clause.end]
            clause, self._opening = replace(clause, text=text, start=self._opening), None
        core = _core(clause, deadline)
        numbers = _counted(core)
        if self._pending and (numbers or self._pending[-1].sentence != clause.sentence):
            yield from self._flush()
        if not numbers:
            self._pending.append(clause)
            return
        found = [_quantified(self.paragraph.eid, core, number, self._subject) for number in numbers]
        found = _paired(core, found, numbers)
        self._subject = found[0].indicator
        for target in found:
            yield replace(target, quote=clause.text, deadline=deadline.iso, deadline_text=deadline.text)

    def _flush(self) -> Iterator[Target]:
        """Neighbouring clauses without numbers are one aim."""
        clauses, self._pending = self._pending, []
        if clauses and self.deadline:
            quote = self.paragraph.repaired[clauses[0].start : clauses[-1].end]
            core = _core(replace(clauses[0], text=quote), self.deadline)
            yield Target(self.paragraph.eid, quote, core, deadline=self.deadline.iso, deadline_text=self.deadline.text)


_LONGEST_LEAD = 200
"""Characters before a number among which the word that commits to it is looked for."""


def _counted(clause: str) -> list[Quantity]:
    """The numbers of a clause that can be targets: no time but where it is to be shortened, no money that is given."""
    language = target_words()
    shortens = re.search(language.shortens, clause) is not None
    grants = re.search(language.grants, clause) is not None
    return [
        number
        for number in quantities(clause)
        if (number.unit not in language.target_units_not or shortens) and not (grants and number.unit.endswith("元"))
    ]


def _paired(clause: str, found: list[Target], numbers: list[Quantity]) -> list[Target]:
    """Targets of 甲、乙率分别达到65%和55%: each number with its own subject."""
    if len(found) < _PAIR or "分别" not in clause[: numbers[0].start]:
        return found
    before, joint, last = _without_verbs(clause[: numbers[0].start]).rpartition("、")
    if not joint:
        before, joint, last = _without_verbs(clause[: numbers[0].start]).rpartition("和")
    names = [*before.split("、"), last] if joint else []
    if len(names) != len(found):
        return found
    head = last[len(names[-2]) :] if len(last) > len(names[-2]) else ""
    whole = [name if name.endswith(head) else name + head for name in names]
    sign = next((target.comparator for target in found if target.comparator != "="), "=")
    return [
        replace(target, indicator=name, comparator=target.comparator if target.comparator != "=" else sign)
        for target, name in zip(found, whole, strict=True)
    ]


def _behind(clause: Clause, deadline: Deadline | None) -> Clause | None:
    """A clause without its deadline's phrase and without lead-in; None where nothing is left."""
    if deadline is None:
        return None
    start = clause.start
    if clause.start <= deadline.start < clause.end:
        before = re.sub(target_words().lead_in, "", clause.text[: deadline.start - clause.start])
        start = deadline.end if not before else clause.start
    text = clause.text[start - clause.start :]
    lead = re.match(target_words().lead_in, text)
    if lead:
        start, text = start + lead.end(), text[lead.end() :]
    return replace(clause, text=text, start=start) if len(text) > 1 else None


def _core(clause: Clause, deadline: Deadline) -> str:
    """A clause's text without the deadline's phrase in front."""
    return clause.text[deadline.end - clause.start :].lstrip("，,") if clause.start == deadline.start else clause.text


def _quantified(eid: str, clause: str, number: Quantity, subject: str) -> Target:
    return Target(
        eid=eid,
        quote=clause,
        indicator=_indicator(clause, number, subject),
        comparator=number.comparator,
        value=number.value,
        unit=number.unit,
        value_text=number.text,
        value_max=number.upper,
    )


def _indicator(clause: str, number: Quantity, subject: str) -> str:
    """What a number measures: the words before it, or behind it where only a verb stands before."""
    before, behind = clause[: number.start], clause[number.end :]
    before = _without_verbs(before)
    if before.startswith("占"):
        return f"{subject}{before}"
    return before or behind.lstrip("的") or subject or clause


def _without_verbs(text: str) -> str:
    language = target_words()
    text = re.sub(language.lead_in, "", text)
    for verb in language.aim_verbs:
        text = text.removeprefix(verb)
    ends = (*language.at_least, *language.at_most, *language.about, *language.suffixes, "进入", "为", "中", "到", "至")
    while (shorter := next((text.removesuffix(end) for end in ends if text.endswith(end)), text)) != text and shorter:
        text = shorter
    return text


_LISTED: frozenset[ParagraphKind] = frozenset({"item", "dash", "numbered"})
_PAIR = 2
_MAY_HAVE = pattern(r"\d|五”|今年|本年度|年内")
