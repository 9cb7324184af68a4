"""What a post becomes: the journalist's text, its metadata, and the ledger of everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from builder.characters import in_one_line, web_address
from builder.model.container import Kind, file_of
from builder.model.post import Published
from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Removal:
    """One entry of the ledger: a piece of the raw body that is not in the article's text."""

    rule: str  # Name of the rule that took it
    text: str  # The visible text (or, for an image or player, its address) that was taken
    # Metadata field that now holds it (``source``, ``tags``, ``editor`` …); None where it was removed
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the article."""

    source: str  # Address: ``http(s)``, or a path below the published files for an image beside the post
    original: str  # Address as the raw file gives it (an image proxy's, a lazy loader's)
    alternative: str = ""  # Alternative text, possibly empty
    caption: str = ""  # Caption, possibly empty
    # Width and height in pixels, of a picture that is published with the article; zeros of others
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The clean HTML of a body, rendered."""

    markdown: str  # Safe Markdown without attribute lists; Python-Markdown makes of it exactly the text that was there
    text: str  # Plain text, one block a line
    excerpt: str  # The first sentences as plain text, on one line
    images: tuple[Image, ...] = ()  # In reading order


@dataclass(frozen=True, slots=True)
class Body:
    """The long fields of an article."""

    markdown: str  # The body as safe Markdown, without the headline, without attribute lists
    text: str  # The body as plain text, one block a line
    images: tuple[Image, ...] = ()  # In reading order
    removals: tuple[Removal, ...] = ()  # The ledger
    # Bytes of the pictures that are published with it, by name; at hand only where the post has just been cleaned
    picture_data: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned post."""

    path: str  # POSIX path of the seed below ``seeds/``
    sha256: str  # Digest of the seed's bytes
    size: int  # Length of the seed in bytes
    encoding: str  # Encoding the seed was read with
    title: str  # The headline
    title_original: str  # The headline as the raw file writes it
    published: Published | None  # None where unknown
    source: str  # The outlet that wrote it; empty where unknown
    carrier: str | None  # Who carried it, where another outlet wrote it
    author: str | None  # Byline; None where unknown
    # Further people and lines moved out of the text (``editor``, ``reporter``, ``copyright`` …)
    credits: Mapping[str, tuple[str, ...]]
    url: str | None  # The original's address
    carrier_url: str | None  # The carrier's address
    language: str  # BCP 47 tag: ``zh-Hans``, ``zh-Hant``, ``en`` …
    tags: tuple[str, ...]  # What crawler and outlet called it
    excerpt: str  # The first sentences as plain text
    # The long fields; of an article that the cache knows they are read when they are asked for
    body: Body = field(compare=False)
    problems: tuple[Problem, ...] = field(default=())  # Doubts about metadata and body
    # The latest date that the file states of itself: of an update, of the copy, of publication; ISO 8601, empty
    # where it states none
    stated: str = ""
    container: Kind = "plain"  # What it came in
    member: str = ""  # Its name in a container of several; empty where the seed holds nothing else
    pictures: tuple[str, ...] = ()  # Names of the pictures that are published with it
    identifier: str = ""  # Of its permalink; empty before it is derived
    digest: bytes = b""  # Of everything above; empty before it is computed
    characters: int = 0  # Length of the text, white space left out; measured where it is not given
    markdown_sha256: str = ""  # Digest of the Markdown, likewise

    @property
    def markdown(self) -> str:
        """See ``Body``, like the next ones."""
        return self.body.markdown

    @property
    def text(self) -> str:
        """Plain text."""
        return self.body.text

    @property
    def images(self) -> tuple[Image, ...]:
        """In reading order."""
        return self.body.images

    @property
    def removals(self) -> tuple[Removal, ...]:
        """The ledger."""
        return self.body.removals

    @property
    def file(self) -> str:
        """POSIX path of the file below ``seeds/`` that it came in."""
        return file_of(self.path, self.member)

    def __post_init__(self) -> None:
        """Let no control character and no address that is none in; measure what lists say of the long fields."""
        for name in _LINES:
            object.__setattr__(self, name, in_one_line(getattr(self, name)))
        for name in _PERHAPS:
            object.__setattr__(self, name, in_one_line(getattr(self, name) or "") or None)
        object.__setattr__(self, "tags", tuple(map(in_one_line, self.tags)))
        people = {key: tuple(map(in_one_line, names)) for key, names in self.credits.items()}
        object.__setattr__(self, "credits", people)
        for name in ("url", "carrier_url"):
            object.__setattr__(self, name, web_address(getattr(self, name)))
        if not self.markdown_sha256:
            object.__setattr__(self, "characters", len("".join(self.text.split())))
            object.__setattr__(self, "markdown_sha256", sha256(self.markdown.encode()).hexdigest())


_LINES = ("title", "title_original", "source", "excerpt")
_PERHAPS = ("author", "carrier")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a topic was assigned: one term, one place."""

    term: str  # The term as it stands in the vocabulary
    place: Literal["title", "lead", "body", "correction"]  # Where it was found
    count: int  # How often it stands there
    excerpt: str  # The first occurrence with its surroundings, in the article's own script


@dataclass(frozen=True, slots=True)
class TopicAssignment:
    """A topic of an article with its evidence."""

    topic: str  # Identifier (slug) of the term in the vocabulary
    score: float  # Sum of the evidence's weights; higher is stronger
    evidence: tuple[Evidence, ...]  # At least one entry
