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
    """An article in its place."""

    article: Article  # The article, with its editor's corrections applied
    id: str  # Permalink identifier: ten characters of ``a-z2-7``, derived from the post's identity alone
    source: str  # Slug of its source
    topics: tuple[str, ...]  # Slugs of its topics, strongest first
    corrected: tuple[tuple[str, str], ...] = ()  # Fields that an editor has corrected, with the editor's reason
    # Identifiers of all articles that tell this story in the same words, this one included; first the one that an
    # editor has chosen, else the earliest. Empty where no other does
    story: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # Identifiers of the few articles that bear on this one, best first
    digest: bytes = b""  # Of the article, its source, topics and corrections; what it is linked to is no part of it
    listed: bytes = b""  # Digest of what lists show of it: headline, day, excerpt, language, source, topics
    sort_key: tuple[str, ...] = ()  # Oldest first; undated articles come before all others; the identifier settles ties
    versions: tuple[Article, ...] = ()  # Older texts of the same article, newest first
    # Tells why each topic was assigned, in the same order; read when it is asked for
    reasons: Callable[[], tuple[TopicAssignment, ...]] = field(default=tuple, compare=False)
    correction_file: str = ""  # Where its correction stands, below the archive's folder; empty where there is none

    def __post_init__(self) -> None:
        """Compute the sort key where none is given."""
        if not self.sort_key:
            published = self.article.published
            object.__setattr__(self, "sort_key", (*(published.sort_key if published else ("", "")), self.id))


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet."""

    slug: str  # ASCII, part of its address
    name: str  # As shown; empty for articles whose source is unknown
    aliases: tuple[str, ...]  # Other names
    homepage: str  # Its address, possibly empty
    description: str  # For readers, possibly empty
    entries: tuple[Entry, ...]  # Its articles, newest first


@dataclass(frozen=True, slots=True)
class TopicSection:
    """A section of a document that speaks of a topic."""

    plan: str  # Slug of the document
    eid: str  # The section's identifier
    score: float  # How strongly, as articles are scored
    quote: str  # Its words around the first term


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the vocabulary with its articles."""

    slug: str  # Its key in the vocabulary
    label: str  # As shown
    label_traditional: str  # In Traditional Chinese, possibly empty
    description: str  # For readers, possibly empty
    terms: tuple[str, ...]  # Words that speak for it
    related: tuple[str, ...]  # Slugs of neighbouring topics
    entries: tuple[Entry, ...]  # Its articles, newest first
    sections: tuple[TopicSection, ...] = ()  # Sections of documents that speak of it, strongest first


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An article that editors took out of the archive; its address says so."""

    id: str  # The identifier in its address
    title: str  # Its headline; empty where it is not to be named
    sha256: str  # Digest of its seed; empty where it is not known
    why: str  # The reason
    who: str  # Who took it out, possibly empty


def _no_picture(_name: str) -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything, linked."""

    entries: tuple[Entry, ...]  # All articles, newest first
    sources: tuple[Source, ...]  # By number of articles, then name
    topics: tuple[Topic, ...]  # In the vocabulary's order, those without articles included
    plans: tuple[Plan, ...]  # By address
    problems: tuple[Problem, ...] = ()  # Everything found wrong on the way, sorted
    tombstones: tuple[Tombstone, ...] = ()  # By identifier
    # New addresses by old ones, below the site's own, as editors wrote them
    moved: Mapping[str, str] = field(default_factory=dict)
    # Sections of plans that speak of what an article speaks of, closest first, by the article
    plan_links: Mapping[str, tuple[PlanLink, ...]] = field(default_factory=dict)
    names: tuple[NameEntry, ...] = ()  # Every known name that a plan or an article mentions
    # Gives the bytes of a picture that an article names; read when it is asked for
    picture: Callable[[str], bytes] = field(default=_no_picture, compare=False)


@dataclass(frozen=True, slots=True)
class Relations:
    """What binds the archive together."""

    entries: list[Entry]  # The articles with their stories and related articles, in the order in which they were given
    # Sections of plans that speak of what an article speaks of, closest first, by the article
    plan_links: Mapping[str, tuple[PlanLink, ...]] = field(default_factory=dict)
    names: tuple[NameEntry, ...] = ()  # Every known name that a plan or an article mentions
