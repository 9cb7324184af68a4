"""What the search index is built from: one record a page (or a document of several pages), and the facets' names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A stretch of a record's text with an address of its own.

    Attributes:
        address: Where a hit in it leads: a page below the site's root, with its fragment; ASCII.
        text: Plain text, one block a line, as the page shows it (headings included).
        title: Heading under which it stands, shown with a hit; empty where the record's own title says enough.
    """

    address: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """Something that can be found.

    Attributes:
        id: Stable identifier; it decides where in the index the record lies.
        address: Page below the site's root; ASCII.
        title: As shown.
        kind: ``article`` or ``plan``.
        source: The outlet's name as shown; searched like text; empty where unknown.
        topics: Slugs, strongest first; for filters, not searched.
        date: ISO 8601, of which the day counts; empty where unknown.
        language: BCP 47 tag.
        sections: In reading order; the whole text.
        credits: What else the page says of it, searched like text: author, carrier, number of the document …
        handles: Addresses and file names that mean it, found whole only.
    """

    id: str
    address: str
    title: str
    kind: str
    source: str
    topics: tuple[str, ...]
    date: str
    language: str
    sections: tuple[SearchSection, ...]
    credits: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchStub:
    """What the index needs of a record without loading its text: the fields of the same names are the record's.

    Attributes:
        id: As in the record.
        digest: Of everything that is in the record: the same digest, the same record.
        source: As in the record, like the others.
    """

    id: str
    digest: bytes
    source: str
    topics: tuple[str, ...]
    date: str
    language: str


@dataclass(frozen=True, slots=True)
class SearchNames:
    """What stands around the records.

    Attributes:
        topics: The topics' labels by slug.
        aliases: Groups of names for the same thing: each key is widened to its values.
    """

    topics: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
