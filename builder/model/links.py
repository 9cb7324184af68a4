"""What binds articles and plans: shared words, and the names that both mention."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What a link rests on."""

    topic: str  # Slug of the topic, or of the name, that both speak of
    article_quote: str  # The article's words, in its own script
    plan_quote: str  # The plan's words
    eid: str  # The paragraph they stand in


@dataclass(frozen=True, slots=True)
class PlanLink:
    """An article and a section of a plan, or the plan as a whole."""

    article: str  # Identifier of the article
    plan: str  # Slug of the plan
    eid: str  # Identifier of the section; empty for the plan as a whole
    score: float  # Higher is closer
    words: tuple[SharedWords, ...]  # At least one entry, closest first


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that mentions a name."""

    kind: str  # ``paragraph`` of a plan, or ``article``
    document: str  # Slug of the plan, or identifier of the article
    eid: str  # Identifier of the paragraph; empty for an article
    count: int  # How often


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name with everything that mentions it."""

    slug: str  # Its key in ``entities.yml``
    name: str  # As shown
    kind: str  # ``organisation``, ``place``, ``event``, ``programme``, ``work`` or ``person``
    aliases: tuple[str, ...]  # Other names
    description: str  # For readers, possibly empty
    mentions: tuple[Mention, ...]  # Paragraphs in the order of the text, then the newest articles, newest first
    count: int  # How often it is mentioned in all
    more: int = 0  # Articles that mention it beside those
