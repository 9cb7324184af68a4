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
    """One entry of the ledger: a piece of the raw body that is not in the article's text.

    Attributes:
        rule: Name of the rule that took it.
        text: The visible text (or, for an image or player, its address) that was taken.
        moved_to: Metadata field that now holds it (``source``, ``tags``, ``editor`` …); None where it was removed.
    """

    rule: str
    text: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the article.

    Attributes:
        source: Address: ``http(s)``, or a path below the published files for an image beside the post.
        original: Address as the raw file gives it (an image proxy's, a lazy loader's).
        alternative: Alternative text, possibly empty.
        caption: Caption, possibly empty.
        size: Width and height in pixels, of a picture that is published with the article; zeros of others.
    """

    source: str
    original: str
    alternative: str = ""
    caption: str = ""
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The clean HTML of a body, rendered.

    Attributes:
        markdown: Safe Markdown without attribute lists; Python-Markdown makes of it exactly the text that was there.
        text: Plain text, one block a line.
        excerpt: The first sentences as plain text, on one line.
        images: In reading order.
    """

    markdown: str
    text: str
    excerpt: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The long fields of an article.

    Attributes:
        markdown: The body as safe Markdown, without the headline, without attribute lists.
        text: The body as plain text, one block a line.
        images: In reading order.
        removals: The ledger.
        picture_data: Bytes of the pictures that are published with it, by name; at hand only where the post has just
            been cleaned.
    """

    markdown: str
    text: str
    images: tuple[Image, ...] = ()
    removals: tuple[Removal, ...] = ()
    picture_data: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned post.

    Attributes:
        path: POSIX path of the seed below ``seeds/``.
        sha256: Digest of the seed's bytes.
        size: Length of the seed in bytes.
        encoding: Encoding the seed was read with.
        title: The headline.
        title_original: The headline as the raw file writes it.
        published: None where unknown.
        source: The outlet that wrote it; empty where unknown.
        carrier: Who carried it, where another outlet wrote it.
        author: Byline; None where unknown.
        credits: Further people and lines moved out of the text (``editor``, ``reporter``, ``copyright`` …).
        url: The original's address.
        carrier_url: The carrier's address.
        language: BCP 47 tag: ``zh-Hans``, ``zh-Hant``, ``en`` …
        tags: What crawler and outlet called it.
        excerpt: The first sentences as plain text.
        body: The long fields; of an article that the cache knows they are read when they are asked for.
        problems: Doubts about metadata and body.
        characters: Length of the text, white space left out; measured where it is not given.
        markdown_sha256: Digest of the Markdown, likewise.
        stated: The latest date that the file states of itself: of an update, of the copy, of publication; ISO 8601,
            empty where it states none.
        container: What it came in.
        member: Its name in a container of several; empty where the seed holds nothing else.
        pictures: Names of the pictures that are published with it.
        identifier: Of its permalink; empty before it is derived.
        digest: Of everything above; empty before it is computed.
    """

    path: str
    sha256: str
    size: int
    encoding: str
    title: str
    title_original: str
    published: Published | None
    source: str
    carrier: str | None
    author: str | None
    credits: Mapping[str, tuple[str, ...]]
    url: str | None
    carrier_url: str | None
    language: str
    tags: tuple[str, ...]
    excerpt: str
    body: Body = field(compare=False)
    problems: tuple[Problem, ...] = field(default=())
    stated: str = ""
    container: Kind = "plain"
    member: str = ""
    pictures: tuple[str, ...] = ()
    identifier: str = ""
    digest: bytes = b""
    characters: int = 0
    markdown_sha256: str = ""

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
    """Why a topic was assigned: one term, one place.

    Attributes:
        term: The term as it stands in the vocabulary.
        place: Where it was found.
        count: How often it stands there.
        excerpt: The first occurrence with its surroundings, in the article's own script.
    """

    term: str
    place: Literal["title", "lead", "body", "correction"]
    count: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class TopicAssignment:
    """A topic of an article with its evidence.

    Attributes:
        topic: Identifier (slug) of the term in the vocabulary.
        score: Sum of the evidence's weights; higher is stronger.
        evidence: At least one entry.
    """

    topic: str
    score: float
    evidence: tuple[Evidence, ...]
