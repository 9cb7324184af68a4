"""The archive as a whole: every article in its place, every source, every topic, every plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.model.article import Article, TopicAssignment
from builder.model.links import NameEntry, PlanLink
from builder.model.plan import Plan
from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in its place.

    Attributes:
        article: The article, with its editor's corrections applied.
        id: Permalink identifier: ten characters of ``a-z2-7``, derived from the post's identity alone.
        source: Slug of its source.
        topics: Slugs of its topics, strongest first.
        corrected: Fields that an editor has corrected, with the editor's reason.
        story: Identifiers of all articles that tell this story in the same words, this one included; first the one
            that an editor has chosen, else the earliest. Empty where no other does.
        related: Identifiers of the few articles that bear on this one, best first.
        digest: Of the article, its source, topics and corrections; what it is linked to is no part of it.
        listed: Digest of what lists show of it: headline, day, excerpt, language, source, topics.
        versions: Older texts of the same article, newest first.
        sort_key: Oldest first; undated articles come before all others; the identifier settles ties.
        reasons: Tells why each topic was assigned, in the same order; read when it is asked for.
        correction_file: Where its correction stands, below the archive's folder; empty where there is none.
    """

    article: Article
    id: str
    source: str
    topics: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    story: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    digest: bytes = b""
    listed: bytes = b""
    sort_key: tuple[str, ...] = ()
    versions: tuple[Article, ...] = ()
    reasons: Callable[[], tuple[TopicAssignment, ...]] = field(default=tuple, compare=False)
    correction_file: str = ""

    def __post_init__(self) -> None:
        """Compute the sort key where none is given."""
        if not self.sort_key:
            published = self.article.published
            object.__setattr__(self, "sort_key", (*(published.sort_key if published else ("", "")), self.id))


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet.

    Attributes:
        slug: ASCII, part of its address.
        name: As shown; empty for articles whose source is unknown.
        aliases: Other names.
        homepage: Its address, possibly empty.
        description: For readers, possibly empty.
        entries: Its articles, newest first.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    homepage: str
    description: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TopicSection:
    """A section of a document that speaks of a topic.

    Attributes:
        plan: Slug of the document.
        eid: The section's identifier.
        score: How strongly, as articles are scored.
        quote: Its words around the first term.
    """

    plan: str
    eid: str
    score: float
    quote: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the vocabulary with its articles.

    Attributes:
        slug: Its key in the vocabulary.
        label: As shown.
        label_traditional: In Traditional Chinese, possibly empty.
        description: For readers, possibly empty.
        terms: Words that speak for it.
        related: Slugs of neighbouring topics.
        entries: Its articles, newest first.
        sections: Sections of documents that speak of it, strongest first.
    """

    slug: str
    label: str
    label_traditional: str
    description: str
    terms: tuple[str, ...]
    related: tuple[str, ...]
    entries: tuple[Entry, ...]
    sections: tuple[TopicSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An article that editors took out of the archive; its address says so.

    Attributes:
        id: The identifier in its address.
        title: Its headline; empty where it is not to be named.
        sha256: Digest of its seed; empty where it is not known.
        why: The reason.
        who: Who took it out, possibly empty.
    """

    id: str
    title: str
    sha256: str
    why: str
    who: str


def _no_picture(_name: str) -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything, linked.

    Attributes:
        entries: All articles, newest first.
        sources: By number of articles, then name.
        topics: In the vocabulary's order, those without articles included.
        plans: By address.
        problems: Everything found wrong on the way, sorted.
        tombstones: By identifier.
        moved: New addresses by old ones, below the site's own, as editors wrote them.
        plan_links: Sections of plans that speak of what an article speaks of, closest first, by the article.
        names: Every known name that a plan or an article mentions.
        picture: Gives the bytes of a picture that an article names; read when it is asked for.
    """

    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    plan_links: Mapping[str, tuple[PlanLink, ...]] = field(default_factory=dict)
    names: tuple[NameEntry, ...] = ()
    picture: Callable[[str], bytes] = field(default=_no_picture, compare=False)
