"""What a raw file is once it has been read: its bytes' identity, its metadata as said, its body untouched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from builder.characters import without_controls
from builder.model.container import NO_FILES, Fact, Kind
from builder.problems import Problem

BodyFormat = Literal["html", "markdown", "text"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A decoded file of ``seeds/``, or a part of one, before anyone knows whether it is a post or a plan."""

    path: str  # POSIX path below ``seeds/``; of one of several parts, followed by ``!`` and its name in the container
    sha256: str  # Hexadecimal digest of the file's raw bytes
    size: int  # Length of the file's raw bytes
    encoding: str  # Name of the encoding the bytes were read with
    text: str  # Decoded text; line ends are line feeds, control characters and a byte order mark are gone
    problems: tuple[Problem, ...] = ()  # What reading had to guess or drop
    member: str = ""  # Its name in the container; empty where the file is no container or holds only one part
    kind: Kind = "plain"  # What it came in
    format: BodyFormat | Literal[""] = ""  # What the text is written in, where the container knows
    facts: tuple[Fact, ...] = ()  # What the container states about it
    # Bytes of pictures, by every name that the text may call them by
    files: Mapping[str, bytes] = field(default_factory=lambda: NO_FILES)


@dataclass(frozen=True, slots=True)
class Published:
    """When a post says it was published."""

    original: str  # The date as the raw file writes it
    # ISO 8601: an instant with its offset (``2021-04-13T01:44:58.654Z``), or ``YYYY-MM-DD`` where the raw file
    # gives no offset; an offset is never invented
    iso: str
    clock: str = ""  # The time of day without an offset, as far as it is stated: ``HH:MM`` or ``HH:MM:SS``; else empty

    @property
    def stated(self) -> str:
        """All that is stated, in ISO 8601: the instant, or day and time of day without an offset, or the day."""
        return f"{self.iso}T{self.clock}" if self.clock else self.iso

    @property
    def day(self) -> date:
        """The calendar day as written, in the offset it was written in."""
        return date.fromisoformat(self.iso[:10])

    @property
    def instant(self) -> datetime | None:
        """The instant, or None where only the day is known."""
        return datetime.fromisoformat(self.iso) if len(self.iso) > len("YYYY-MM-DD") else None

    @property
    def sort_key(self) -> tuple[str, str]:
        """Orders dates and instants together: by UTC day and time, a bare day before its instants."""
        instant = self.instant
        return (instant.astimezone(UTC).isoformat() if instant else self.iso, self.iso)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a file, or the container it came in, says of the post."""

    # ``title``, ``published``, ``updated``, ``saved`` (when a tool kept the page), ``source`` (who wrote it),
    # ``site`` (where it stood), ``author``, ``url``, ``tags`` or ``categories``
    field: str
    value: str  # As it is written
    evidence: str  # Where it is written, for people: ``front matter: date``, ``JSON-LD: headline``, ``header: Subject``
    rank: int = 0  # The lower the more it is trusted; below 0 is a container's own word

    def __post_init__(self) -> None:
        """Let no control character in: a front matter can write them as escapes, a page as references."""
        object.__setattr__(self, "value", without_controls(self.value))


@dataclass(frozen=True, slots=True)
class Post:
    """A raw post: front matter as said, body untouched."""

    document: RawDocument  # The file it was read from
    # Every key of the front matter (or of ``<meta>``/JSON-LD) as plain text, lists and mappings
    front_matter: Mapping[str, object]
    title: str  # Decoded, with white space collapsed and the outlet's suffix taken off; empty where there is none
    title_original: str  # As the raw file writes it
    published: Published | None  # None where the file says no date
    # Names that may be the outlet's, most trustworthy first (author, publisher, categories, tags)
    outlet_names: tuple[str, ...]
    author: str | None  # A person's byline in the front matter, where it is one for certain
    url: str | None  # The original's address; None where only a mirror's address, or none, is known
    carrier_url: str | None  # The address of the mirror that carried the post
    tags: tuple[str, ...]  # The crawler's tags and categories, as written
    body: str  # The text below the front matter; of a whole HTML page, all of it
    # Which language the body is written in; Markdown may hold HTML, and plain text is Markdown whose line ends are
    # the author's
    body_format: BodyFormat
    problems: tuple[Problem, ...] = field(default=())  # Doubts about the metadata
    candidates: tuple[Candidate, ...] = field(default=())  # Everything that was said of the metadata, chosen or not
