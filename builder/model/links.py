"""What binds articles and plans: shared words, and the names that both mention."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What a link rests on.

    Attributes:
        topic: Slug of the topic, or of the name, that both speak of.
        article_quote: The article's words, in its own script.
        plan_quote: The plan's words.
        eid: The paragraph they stand in.
    """

    topic: str
    article_quote: str
    plan_quote: str
    eid: str


@dataclass(frozen=True, slots=True)
class PlanLink:
    """An article and a section of a plan, or the plan as a whole.

    Attributes:
        article: Identifier of the article.
        plan: Slug of the plan.
        eid: Identifier of the section; empty for the plan as a whole.
        score: Higher is closer.
        words: At least one entry, closest first.
    """

    article: str
    plan: str
    eid: str
    score: float
    words: tuple[SharedWords, ...]


class PlanLinks:
    """All links between articles and plans, of which only what is looked at is read."""

    def __init__(
        self,
        links: Mapping[str, Sequence[tuple[str, str, float]]],
        keys: Mapping[str, bytes],
        words: Callable[[str], Sequence[tuple[SharedWords, ...]]],
    ) -> None:
        """Sort the links by section.

        Args:
            links: Plan, section and score of each of an article's links, closest first, by the article's identifier.
            keys: For each article what changes whenever its links do.
            words: Gives what the links of an article rest on, in the same order.
        """
        self._links = {identifier: own for identifier, own in links.items() if own}
        self._keys = keys
        self._words = words

    def of_article(self, identifier: str, most: int) -> tuple[PlanLink, ...]:
        """The closest sections of an article, closest first."""
        own = self._links.get(identifier, ())[:most]
        words = self._words(identifier) if own else ()
        return tuple(PlanLink(identifier, *link, shared) for link, shared in zip(own, words, strict=False))

    def key(self, identifier: str) -> bytes:
        """Changes whenever the links of an article do; empty where it has none."""
        return self._keys[identifier] if identifier in self._links else b""

    def of_sections(self, plan: str, most: int) -> Mapping[str, tuple[PlanLink, ...]]:
        """The closest articles of each section of a plan, closest first."""
        found: dict[str, list[tuple[float, str, int]]] = defaultdict(list)
        for identifier, own in self._links.items():
            for number, (of, eid, score) in enumerate(own):
                if of == plan:
                    found[eid].append((-score, identifier, number))
        return {
            eid: tuple(self._one(identifier, number) for _, identifier, number in nsmallest(most, links))
            for eid, links in found.items()
        }

    def __iter__(self) -> Iterator[PlanLink]:
        """Every link, closest first."""
        everything = (link for identifier in self._links for link in self.of_article(identifier, sys.maxsize))
        yield from sorted(everything, key=lambda link: (-link.score, link.plan, link.eid, link.article))

    def __eq__(self, other: object) -> bool:
        """Whether they are the same links."""
        return isinstance(other, PlanLinks) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """The same for the same links."""
        return hash(tuple(self))

    def _one(self, identifier: str, number: int) -> PlanLink:
        return PlanLink(identifier, *self._links[identifier][number], self._words(identifier)[number])


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that mentions a name.

    Attributes:
        kind: ``paragraph`` of a plan, or ``article``.
        document: Slug of the plan, or identifier of the article.
        eid: Identifier of the paragraph; empty for an article.
        count: How often.
    """

    kind: str
    document: str
    eid: str
    count: int


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name with everything that mentions it.

    Attributes:
        slug: Its key in ``entities.yml``.
        name: As shown.
        kind: ``organisation``, ``place``, ``event``, ``programme``, ``work`` or ``person``.
        aliases: Other names.
        description: For readers, possibly empty.
        mentions: Paragraphs in the order of the text, then the newest articles, newest first.
        count: How often it is mentioned in all.
        more: Articles that mention it beside those.
    """

    slug: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    description: str
    mentions: tuple[Mention, ...]
    count: int
    more: int = 0
