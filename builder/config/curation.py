"""The types of the files in ``curation/``: what an editor may write, key by key."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Meta(min_length=1)]
# The full-width comma, enumeration comma and semicolon as numbers: schemas of an English archive hold no Chinese.
TopicTerm = Annotated[str, Meta(pattern=r"^[^\uff0c\u3001\uff1b\n]+$")]
CssSelector = Annotated[str, Meta(min_length=1)]
Pattern = Annotated[str, Meta(min_length=1)]
PageId = Annotated[str, Meta(pattern=r"^[a-z2-7]{10}$")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
WebAddress = Annotated[str, Meta(pattern=r"^(https?://[^\s<>\"'`\\{}|^]+)?$")]
Address = Annotated[str, Meta(pattern=r"^([a-z0-9-]+/)+[a-z0-9-]+\.html$")]


class MoveRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A block whose whole text matches ``pattern`` is moved to a metadata field (group 1, or all of it)."""

    pattern: Pattern
    to: Literal["author", "editor", "reporter", "translator", "source", "copyright", "tags", "published"]


class Examples(Struct, frozen=True, forbid_unknown_fields=True):
    """Short snippets that cleaning must keep or drop; ``check`` says whether it does."""

    html: str = ""
    keeps: tuple[Text, ...] = ()
    drops: tuple[Text, ...] = ()


class SourceProfile(Struct, frozen=True, forbid_unknown_fields=True):
    """One outlet: ``curation/sources/<slug>.yml``. Only ``name`` is needed."""

    name: Text  # The outlet's name as shown
    aliases: tuple[Text, ...] = ()  # Other names under which crawlers and credit lines know it
    # Language its posts are written in, where detection would have to guess
    script: Literal["zh-Hans", "zh-Hant", "en", ""] = ""
    homepage: WebAddress = ""  # Its address
    hosts: tuple[Text, ...] = ()  # Host names of its own pages; subdomains count
    description: str = ""  # One or two sentences for readers
    keep: tuple[CssSelector, ...] = ()  # Where given, only these parts of a body are the article
    drop: tuple[CssSelector, ...] = ()  # Parts that are never the article
    move: tuple[MoveRule, ...] = ()  # Lines to move into metadata
    drop_patterns: tuple[Pattern, ...] = ()  # Blocks to drop whose whole text matches
    examples: tuple[Examples, ...] = ()  # Snippets that prove the rules


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A term of the topic vocabulary."""

    label: Text  # The topic's name as shown (Simplified)
    # Words that speak for the topic; found in either script
    terms: Annotated[tuple[TopicTerm, ...], Meta(min_length=1)]
    label_traditional: str = ""  # The name in Traditional Chinese
    weak: tuple[Text, ...] = ()  # Words that only strengthen it and never suffice alone
    not_in: tuple[Text, ...] = ()  # Longer phrases in which a word does not count
    description: str = ""  # One or two sentences for readers
    related: tuple[Slug, ...] = ()  # Slugs of neighbouring topics


class Scoring(Struct, frozen=True, forbid_unknown_fields=True):
    """How a topic is scored: a weight per place, how repetition counts, and the least that suffices."""

    title: float = 5.0
    lead: float = 2.0
    body: float = 1.0
    weak: float = 0.25
    most_per_place: int = 3
    least: float = 4.0


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/topics.yml``: the controlled vocabulary."""

    topics: dict[Slug, Term]
    scoring: Scoring = Scoring()


class TextRepair(Struct, frozen=True, forbid_unknown_fields=True):
    """A textual repair in one seed that no rule can know; applied where ``before`` stands exactly once."""

    before: Text
    after: str
    why: Text


class TextDoubt(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one seed that only the original could settle; they are shown as doubtful, never changed."""

    quote: Text
    suggestion: str = ""
    why: str = ""


class Crawl(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/crawls/<digest>.yml``: which pages of a crawl are articles of the archive."""

    # Addresses of pages; ``*`` stands for anything. Empty where nobody has chosen yet
    publish: tuple[Text, ...] | None = None


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/corrections/<identifier>.yml``: what an editor knows better about one article; readers see ``why``."""

    why: Text  # The reason, for readers
    who: str = ""  # Who corrected it
    title: str = ""  # The headline
    date: str = ""  # ISO 8601
    source: str = ""  # The outlet
    author: str = ""  # The byline
    url: WebAddress = ""  # The original's address
    topics: tuple[Text, ...] | None = None  # Exactly these, by their slugs; an empty list for none
    keep: tuple[Text, ...] = ()  # Blocks of the raw text that cleaning must leave alone
    drop: tuple[Text, ...] = ()  # Blocks of the raw text, or addresses of images, that it must take out
    repairs: tuple[TextRepair, ...] = ()  # Textual repairs in a plan
    doubts: tuple[TextDoubt, ...] = ()  # Words of a plan that the editor doubts
    exclude: bool = False  # Whether to leave it out of the site, though its file stays
    # Whether its file was deleted on purpose: one that comes back is an error, and is not published
    removed: bool = False
    # Addresses of the original by which what is left out or removed is known again
    address: Text | tuple[Text, ...] = ()
    sha256: Digest | tuple[Digest, ...] = ()  # Digests of raw files by which it is known again
    canonical: bool = False  # Whether it stands for its group of near-identical posts
    version: str = ""  # Of an article in several versions, the digest (or its beginning) of the raw file that stands
    # What the file is, where the program judges wrongly: an official document or an article
    kind: Literal["document", "article"] | None = None

    @property
    def withdraws(self) -> bool:
        """Whether the article is not to be published."""
        return self.exclude or self.removed

    @property
    def addresses(self) -> tuple[str, ...]:
        """``address``, one or many."""
        return (self.address,) if isinstance(self.address, str) else self.address

    @property
    def digests(self) -> tuple[str, ...]:
        """``sha256``, one or many."""
        return (self.sha256,) if isinstance(self.sha256, str) else self.sha256


class Removed(Struct, frozen=True, forbid_unknown_fields=True):
    """An article whose seed was deleted on purpose: its page stays and says so."""

    why: Text  # The reason, for readers
    who: str = ""  # Who removed it
    title: str = ""  # Its headline, where it may still be named
    sha256: Digest | None = None  # Digest of the seed that was deleted


class Moved(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/moved.yml``: pages that have another address now."""

    # New addresses by old ones, as they stand behind the site's own address
    moved: dict[Address, Address] = msgspec.field(default_factory=dict)


class Corrections(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/corrections.yml``: corrections of all articles in one file, as earlier versions kept them; read on."""

    # Corrections by the seed's path below ``seeds/``
    seeds: dict[str, Correction] = msgspec.field(default_factory=dict)
    # Articles that are gone on purpose, by the identifier in their address
    removed: dict[PageId, Removed] = msgspec.field(default_factory=dict)
    # New addresses by old ones, as they stand behind the site's own address
    moved: dict[Address, Address] = msgspec.field(default_factory=dict)


class Entity(Struct, frozen=True, forbid_unknown_fields=True):
    """A name the archive knows: one organisation, place, event, programme or work."""

    name: Text
    kind: Literal["organisation", "place", "event", "programme", "work", "person"]
    aliases: tuple[Text, ...] = ()
    description: str = ""


class Entities(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/entities.yml``: the index of names, by slug."""

    entities: dict[Slug, Entity] = msgspec.field(default_factory=dict)
