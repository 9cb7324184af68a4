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
from builder.folding import fold
from builder.model.archive import Entry
from builder.model.links import PlanLink, SharedWords
from builder.model.plan import Paragraph, Plan, Provision


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a plan speaks of a topic.

    Attributes:
        section: The section.
        weight: How much of the plan's speaking of the topic stands there.
        titled: Whether a heading names the topic.
    """

    section: Provision
    weight: float
    titled: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's text: original for quoting, folded for matching; both have the same offsets."""

    original: str
    folded: str


def link_plans(
    plans: Iterable[Plan], entries: Sequence[Entry], vocabulary: Vocabulary, entities: Entities
) -> tuple[PlanLink, ...]:
    """Every link, strongest first.

    The work grows with the number of articles times the number of topics; no article is compared with another.
    """
    texts = {entry.id: _text(entry) for entry in entries}
    links: list[PlanLink] = []
    for plan in plans:
        homes = _homes(plan, vocabulary)
        named = _named_in_title(plan, entities)
        for identifier, text in texts.items():
            whole = tuple(_whole(plan, identifier, text, named))
            links.extend(whole)
            least = _LEAST_USES_NAMING if whole else _LEAST_USES
            links.extend(_sections(plan, identifier, text, homes, vocabulary, least))
    return tuple(sorted(links, key=lambda link: (-link.score, link.plan, link.eid, link.article)))


def _text(entry: Entry) -> _Text:
    original = f"{entry.article.title}\n{entry.article.text}"
    return _Text(original, fold(original))


def _homes(plan: Plan, vocabulary: Vocabulary) -> dict[str, _Home]:
    """The home of each topic that has one."""
    sections = [section for section in plan.walk() if section.kind != "annex" and (section.paragraphs)]
    homes = {}
    for slug, term in vocabulary.topics.items():
        home = _home(sections, term)
        if home:
            homes[slug] = home
    return homes


def _home(sections: Sequence[Provision], term: Term) -> _Home | None:
    words = [fold(word) for word in term.terms]
    headings = [_count(fold(section.heading.title), words) for section in sections]
    texts = [sum(_count(fold(paragraph.repaired), words) for paragraph in section.paragraphs) for section in sections]
    weights = [_HEADING * heading + text for heading, text in zip(headings, texts, strict=True)]
    total = sum(weights)
    if not total:
        return None
    best = weights.index(max(weights))
    home = _Home(sections[best], weights[best] / total, headings[best] > 0)
    least = _LEAST_SHARE_TITLED if home.titled else _LEAST_SHARE
    return home if home.weight >= least else None


def _sections(
    plan: Plan,
    identifier: str,
    text: _Text,
    homes: Mapping[str, _Home],
    vocabulary: Vocabulary,
    least: int,
) -> Iterator[PlanLink]:
    """The sections an article is linked to; topics at home in the same section make one link."""
    found: dict[str, list[tuple[float, SharedWords]]] = {}
    for slug, home in homes.items():
        shared = _shared(slug, text, home, vocabulary.topics[slug], least)
        if shared:
            found.setdefault(home.section.eid, []).append(shared)
    for eid, words in found.items():
        ordered = sorted(words, key=lambda each: (-each[0], each[1].topic))
        yield PlanLink(
            identifier, plan.slug, eid, sum(score for score, _ in ordered), tuple(each for _, each in ordered)
        )


def _shared(slug: str, text: _Text, home: _Home, term: Term, least: int) -> tuple[float, SharedWords] | None:
    section = fold("".join(paragraph.repaired for paragraph in home.section.paragraphs) + home.section.heading.title)
    strong = [fold(word) for word in term.terms]
    ours = [word for word in strong if word in text.folded]
    theirs = [word for word in strong if word in section]
    both = [word for word in ours if word in theirs]
    hints = [word for word in map(fold, term.weak) if word in text.folded and word in section]
    same = _count(text.folded, _outermost(both)) >= least
    alike = _count(text.folded, _outermost(ours)) >= _LEAST_USES and hints and home.weight >= _LEAST_SHARE
    if not (both and same) and not (alike and not both):
        return None
    score = (2.0 if both else 1.0) * (1.0 + home.titled) + home.weight
    paragraph, quote = _quote_paragraph(home.section.paragraphs, max(both or theirs, key=len), hints)
    article_quote = _quote(text.original, text.folded, max(both or ours, key=len))
    return score, SharedWords(slug, article_quote, quote, paragraph.eid)


def _whole(plan: Plan, identifier: str, text: _Text, named: Mapping[str, str]) -> Iterator[PlanLink]:
    for slug, name in named.items():
        if name in text.folded:
            quote = _quote(text.original, text.folded, name)
            yield PlanLink(identifier, plan.slug, "", _WHOLE, (SharedWords(slug, quote, plan.title, ""),))


def _named_in_title(plan: Plan, entities: Entities) -> dict[str, str]:
    """The longest name of a programme, work or event in the plan's title."""
    title = fold(plan.title)
    names = {
        fold(form): slug
        for slug, entity in entities.entities.items()
        if entity.kind in {"programme", "work", "event"}
        for form in (entity.name, *entity.aliases)
        if fold(form) in title
    }
    longest = max(names, key=len, default="")
    return {names[longest]: longest} if longest else {}


def _quote_paragraph(paragraphs: Sequence[Paragraph], word: str, hints: Sequence[str]) -> tuple[Paragraph, str]:
    """The first paragraph that uses a word, and the sentence; the first of all where only the heading does."""
    for wanted in (word, *hints):
        for paragraph in paragraphs:
            folded = fold(paragraph.repaired)
            if wanted in folded:
                return paragraph, _quote(paragraph.repaired, folded, wanted)
    return paragraphs[0], paragraphs[0].repaired[:_LONGEST_QUOTE]


def _quote(original: str, folded: str, word: str) -> str:
    """The clause around a word's first occurrence, at most some thirty characters to each side."""
    start = folded.index(word)
    end = start + len(word)
    left = max(original.rfind(mark, 0, start) for mark in _STOPS) + 1
    rights = [place for mark in _STOPS if (place := original.find(mark, end)) >= 0]
    right = min(rights, default=len(original))
    lead = "…" if left < start - _REACH else ""
    tail = "…" if right > end + _REACH else ""
    return lead + original[max(left, start - _REACH) : min(right, end + _REACH)].strip() + tail


def _count(text: str, words: Iterable[str]) -> int:
    return sum(text.count(word) for word in words)


def _outermost(words: Sequence[str]) -> list[str]:
    """Words of which none holds another: counted through the shorter one, nothing counts twice."""
    return [word for word in words if not any(other != word and other in word for other in words)]


_STOPS = "。；！？\n"
_REACH = 36
_LONGEST_QUOTE = 60
_HEADING = 3
_WHOLE = 6.0
# An article speaks of what a plan speaks of where it uses the words twice; once is enough where it names the plan's own
# subject.
_LEAST_USES = 2
_LEAST_USES_NAMING = 1
# Of a topic's occurrences in a plan, half must stand in one section for it to be the topic's home there, or a third
# where that section's heading names the topic: big data, spread over thirty sections, has none. Judged by reading
# every link that these numbers make of four articles and one plan.
_LEAST_SHARE = 0.5
_LEAST_SHARE_TITLED = 0.33
