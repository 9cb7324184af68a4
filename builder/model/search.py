"""What the search index is built from: one record a page (or a document of several pages), and the facets' names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A stretch of a record's text with an address of its own."""

    address: str  # Where a hit in it leads: a page below the site's root, with its fragment; ASCII
    text: str  # Plain text, one block a line, as the page shows it (headings included)
    title: str = ""  # Heading under which it stands, shown with a hit; empty where the record's own title says enough


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """Something that can be found."""

    id: str  # Stable identifier; it decides where in the index the record lies
    address: str  # Page below the site's root; ASCII
    title: str  # As shown
    kind: str  # ``article`` or ``plan``
    source: str  # The outlet's name as shown; searched like text; empty where unknown
    topics: tuple[str, ...]  # Slugs, strongest first; for filters, not searched
    date: str  # ISO 8601, of which the day counts; empty where unknown
    language: str  # BCP 47 tag
    sections: tuple[SearchSection, ...]  # In reading order; the whole text
    # What else the page says of it, searched like text: author, carrier, number of the document …
    credits: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()  # Addresses and file names that mean it, found whole only


@dataclass(frozen=True, slots=True)
class SearchStub:
    """What the index needs of a record without loading its text: the fields of the same names are the record's."""

    id: str  # As in the record
    digest: bytes  # Of everything that is in the record: the same digest, the same record
    source: str  # As in the record, like the others
    topics: tuple[str, ...]
    date: str
    language: str


@dataclass(frozen=True, slots=True)
class SearchNames:
    """What stands around the records."""

    topics: Mapping[str, str] = field(default_factory=dict)  # The topics' labels by slug
    # Groups of names for the same thing: each key is widened to its values
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
