"""What a document wants, in one of its own sentences, and the sentence with which each of its parts begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from builder.documents.words import words
from builder.model.official import Target
from builder.model.plan import Paragraph, Plan, Provision
from builder.patterns import pattern

_SENTENCE = pattern(r"[^。！？；]{1,400}[。！？；]?")
_LONGEST_LEAD = 120
"""Characters: three lines on a phone."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A sentence of the document that says what it is for, and the identifier of its paragraph."""

    text: str
    eid: str


def goal_of(plan: Plan) -> Goal | None:
    """The first sentence of the section on goals that names a state to be reached.

    Sections are tried in the order in which ``goal_headings`` prefers their titles; ``goal_verbs`` mark the sentence. A
    document without such a section has none: a guess from elsewhere would be the program's, not the document's.
    """
    for title in words().goal_headings:
        for provision in plan.walk():
            found = _goal_in(provision) if title in provision.heading.title else None
            if found:
                return found
    return None


def inherit_deadlines(provisions: Iterable[Provision], targets: Iterable[Target]) -> Iterator[Target]:
    """Targets with the deadline that their section about goals named last, where they name none themselves."""
    sections = {
        paragraph.eid: section.eid
        for provision in provisions
        for section in provision.walk()
        if _GOALS.search(section.heading.title)
        for paragraph in section.paragraphs
    }
    last: dict[str, Target] = {}
    for target in targets:
        section = sections.get(target.eid, "")
        named = target if target.deadline or section not in last else last[section]
        if section and named.deadline:
            last[section] = named
        yield replace(target, deadline=named.deadline, deadline_text=named.deadline_text)


def lead_of(paragraphs: Iterable[Paragraph]) -> str:
    """The first sentence of a part's paragraphs, cut at a clause where it is long; possibly empty."""
    for paragraph in paragraphs:
        if paragraph.kind != "table":
            text = next((text for text in _sentences(paragraph) if text), "")
            return (
                text
                if len(text) <= _LONGEST_LEAD
                else f"{text[:_LONGEST_LEAD].rpartition('，')[0] or text[:_LONGEST_LEAD]}……"
            )
    return ""


def _goal_in(provision: Provision) -> Goal | None:
    for paragraph in provision.all_paragraphs():
        for sentence in _sentences(paragraph):
            if any(verb in sentence for verb in words().goal_verbs):
                return Goal(sentence, paragraph.eid)
    return None


def _sentences(paragraph: Paragraph) -> Iterator[str]:
    """The sentences after a heading that runs in."""
    text = paragraph.repaired
    if paragraph.heading:
        text = (
            text.removeprefix(paragraph.heading.number)
            .lstrip("、 ")
            .removeprefix(paragraph.heading.title)
            .lstrip("。：: ")
        )
    for found in _SENTENCE.finditer(text):
        yield found[0].strip()


_GOALS = pattern(r"目标|目標|願景")
