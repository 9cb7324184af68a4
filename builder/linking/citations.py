"""Links articles and plan sections that speak of the same thing, each with the words of both: few, ranked, both ways.

A topic of the vocabulary has one home in a plan: the section whose heading or text speaks of it most. An article that
uses the topic's terms is linked to that home where both share a term, or where the article uses several of the topic's
terms and both share one of its weaker words. A topic that a plan spreads over many sections has no home there. An
article that names what the plan's title names is linked to the plan as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.config.curation import Entities, Term, Vocabulary
from builder.documents.text import without_duties
from builder.folding import fold
from builder.linking.quoting import count, outermost, quote
from builder.model.links import PlanLink, SharedWords
from builder.model.plan import Paragraph, Plan, Provision


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a plan speaks of a topic."""

    topic: str  # Slug of the topic
    section: Provision  # The section
    weight: float  # How much of the plan's speaking of the topic stands there
    titled: bool  # Whether a heading names the topic
    strong: tuple[str, ...]  # The topic's terms, folded
    theirs: tuple[str, ...]  # Those that the section uses
    hints: tuple[str, ...]  # The topic's weaker words that the section uses, folded
    # The first paragraph that uses each of these, by its identifier, and the sentence
    said: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _PlanSide:
    """What a plan brings to every link: the homes of topics, and the name of its subject with its slug."""

    plan: Plan
    homes: tuple[_Home, ...]
    named: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's text: original for quoting, folded for matching; both have the same offsets."""

    original: str
    folded: str


class Citations:
    """Finds the links of one article after the other; made once for the plans."""

    def __init__(self, plans: Iterable[Plan], vocabulary: Vocabulary, entities: Entities) -> None:
        """Find the homes of the vocabulary's topics in each plan, and a name in each plan's title."""
        plans = tuple(plans)
        common = _common(plans, vocabulary)
        self._sides = [
            _PlanSide(plan, _homes(plan, vocabulary, common), _named_in_title(plan, entities)) for plan in plans
        ]

    def links(self, identifier: str, text: str, folded: str) -> tuple[PlanLink, ...]:
        """The links of an article by its words, as they are and folded, strongest first."""
        words = _Text(text, folded)
        return ranked(link for side in self._sides for link in _links(side, identifier, words))


def ranked(links: Iterable[PlanLink]) -> tuple[PlanLink, ...]:
    """Links of many articles, strongest first."""
    return tuple(sorted(links, key=lambda link: (-link.score, link.plan, link.eid, link.article)))


def _links(side: _PlanSide, identifier: str, text: _Text) -> Iterator[PlanLink]:
    whole = _whole(side, identifier, text)
    if whole:
        yield whole
    yield from _sections(side, identifier, text, _LEAST_USES_NAMING if whole else _LEAST_USES)


def _common(plans: Sequence[Plan], vocabulary: Vocabulary) -> frozenset[str]:
    """The terms that most of many documents use, folded: they say nothing of what one of them is about."""
    if len(plans) < _MANY:
        return frozenset()
    texts = [fold("\n".join(without_duties(paragraph.repaired) for paragraph in plan.paragraphs())) for plan in plans]
    terms = {fold(word) for term in vocabulary.topics.values() for word in (*term.terms, *term.weak)}
    return frozenset(term for term in terms if 2 * sum(1 for text in texts if term in text) > len(plans))


def _homes(plan: Plan, vocabulary: Vocabulary, common: frozenset[str]) -> tuple[_Home, ...]:
    """The home of each topic that has one."""
    sections = [section for section in plan.walk() if section.kind != "annex" and (section.paragraphs)]
    homes = (_home(sections, slug, term, common) for slug, term in vocabulary.topics.items())
    return tuple(home for home in homes if home)


def _home(sections: Sequence[Provision], topic: str, term: Term, common: frozenset[str]) -> _Home | None:
    words = tuple(word for word in map(fold, term.terms) if word not in common)
    headings = [count(fold(section.heading.title), words) for section in sections]
    texts = [sum(count(fold(_said(each)), words) for each in section.paragraphs) for section in sections]
    weights = [_HEADING * heading + text for heading, text in zip(headings, texts, strict=True)]
    total = sum(weights)
    if not total:
        return None
    best = weights.index(max(weights))
    titled, weight, section = headings[best] > 0, weights[best] / total, sections[best]
    if weight < (_LEAST_SHARE_TITLED if titled else _LEAST_SHARE):
        return None
    said = fold("".join(map(_said, section.paragraphs)) + section.heading.title)
    theirs = tuple(word for word in words if word in said)
    hints = tuple(word for word in map(fold, term.weak) if word in said and word not in common)
    quotes = _quotes(section.paragraphs, (*theirs, *hints))
    return _Home(topic, section, weight, titled, words, theirs, hints, quotes)


def _said(paragraph: Paragraph) -> str:
    """What a paragraph says, without who is responsible."""
    return without_duties(paragraph.repaired)


def _sections(side: _PlanSide, identifier: str, text: _Text, least: int) -> Iterator[PlanLink]:
    """The sections an article is linked to; topics at home in the same section make one link."""
    found: dict[str, list[tuple[float, SharedWords]]] = {}
    for home in side.homes:
        shared = _shared(text, home, least)
        if shared:
            found.setdefault(home.section.eid, []).append(shared)
    for eid, words in found.items():
        ordered = sorted(words, key=lambda each: (-each[0], each[1].topic))
        score = sum(score for score, _ in ordered)
        yield PlanLink(identifier, side.plan.slug, eid, score, tuple(each for _, each in ordered))


def _shared(text: _Text, home: _Home, least: int) -> tuple[float, SharedWords] | None:
    ours = [word for word in home.strong if word in text.folded]
    if not ours:
        return None
    both = [word for word in ours if word in home.theirs]
    hints = [word for word in home.hints if word in text.folded]
    if both:
        if count(text.folded, outermost(both)) < least:
            return None
    elif not hints or home.weight < _LEAST_SHARE or count(text.folded, outermost(ours)) < _LEAST_USES:
        return None
    score = (2.0 if both else 1.0) * (1.0 + home.titled) + home.weight
    eid, plan_quote = _quoted(home, (max(both or home.theirs, key=len), *hints))
    article_quote = quote(text.original, text.folded, max(both or ours, key=len))
    return score, SharedWords(home.topic, article_quote, plan_quote, eid)


def _whole(side: _PlanSide, identifier: str, text: _Text) -> PlanLink | None:
    """The link to the plan as a whole, where an article names its subject."""
    if side.named is None or side.named[0] not in text.folded:
        return None
    name, slug = side.named
    said = quote(text.original, text.folded, name)
    return PlanLink(identifier, side.plan.slug, "", _WHOLE, (SharedWords(slug, said, side.plan.title, ""),))


def _named_in_title(plan: Plan, entities: Entities) -> tuple[str, str] | None:
    """The longest name of a programme, work or event in the plan's title, with its slug."""
    title = fold(plan.title)
    names = {
        fold(form): slug
        for slug, entity in entities.entities.items()
        if entity.kind in {"programme", "work", "event"}
        for form in (entity.name, *entity.aliases)
        if fold(form) in title
    }
    longest = max(names, key=len, default="")
    return (longest, names[longest]) if longest else None


def _quotes(paragraphs: Sequence[Paragraph], words: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Of each word the first paragraph that uses it, and the sentence."""
    quotes: dict[str, tuple[str, str]] = {}
    for paragraph in paragraphs:
        folded = fold(_said(paragraph))
        for word in words:
            if word in folded and word not in quotes:
                quotes[word] = paragraph.eid, quote(paragraph.repaired, folded, word)
    return quotes


def _quoted(home: _Home, words: Iterable[str]) -> tuple[str, str]:
    """What the section says with the first of the words that it uses; its beginning where only the heading does."""
    for word in words:
        if word in home.said:
            return home.said[word]
    first = home.section.paragraphs[0]
    return first.eid, first.repaired[:_LONGEST_QUOTE]


_LONGEST_QUOTE = 60
_HEADING = 3
_WHOLE = 6.0
_MANY = 4
# An article speaks of what a plan speaks of where it uses the words twice; once is enough where it names the plan's own
# subject.
_LEAST_USES = 2
_LEAST_USES_NAMING = 1
# Of a topic's occurrences in a plan, half must stand in one section for it to be the topic's home there, or a third
# where that section's heading names the topic: big data, spread over thirty sections, has none. Judged by reading
# every link that these numbers make of four articles and one plan.
_LEAST_SHARE = 0.5
_LEAST_SHARE_TITLED = 0.33
