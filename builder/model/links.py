"""What binds articles and plans: shared words, and the names that both mention."""

from __future__ import annotations

from dataclasses import dataclass


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
