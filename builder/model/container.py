"""What a file holds before anybody reads it: parts with facts that the container states, and files beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from builder.problems import Problem

Kind = Literal[
    "plain", "page", "mhtml", "mail", "webarchive", "docx", "pdf", "epub", "zip", "warc", "feed", "notes", "table",
    "scan",
]  # fmt: skip
"""What a part came in: ``plain`` is a text file as it stands, ``page`` a saved page with its pictures inside."""
OWN_TEXT: frozenset[Kind] = frozenset({"mail", "docx", "pdf", "epub", "feed", "notes", "table", "scan"})
"""Kinds that hold an author's text and nothing around it: no page to find it in."""
DOCUMENTS: frozenset[Kind] = frozenset({"docx", "pdf", "epub", "table", "scan"})
"""Kinds that were written as they are, without adverts, lists of other articles and lines that a site repeats."""
PUBLIC: frozenset[Kind] = frozenset({"plain"})
"""Kinds whose raw bytes are published: text. What came in a container may hold what its sender did not mean to say."""
FactField = Literal["title", "published", "author", "source", "url", "saved"]
NO_FILES: Mapping[str, bytes] = MappingProxyType({})


def file_of(path: str, member: str) -> str:
    """The path of the file that a part came in, by the part's own path and its name in the file."""
    return path[: -len(member) - 1] if member else path


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a container states about a part."""

    field: FactField  # What it is about; ``saved`` is when the copy was made, never when the text was published
    value: str  # As the container writes it
    evidence: str  # Where it stands, in the container's own terms: ``Snapshot-Content-Location``, ``dc:title`` …
    # Whether it counts before what the part says of itself (an address), or only where that says nothing (a mail's
    # subject before a page's title)
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to be read: most files are a single part."""

    data: bytes  # Bytes of a text: HTML, Markdown or plain
    kind: Kind = "plain"  # What it came in
    # Its name in the container, of which nothing but itself decides (a GUID, an inner path, an address); empty
    # where the container holds only one
    member: str = ""
    # What the text is written in; empty where the file's name and the text decide
    format: Literal["html", "markdown", "text", ""] = ""
    encoding: str = ""  # Character set that the container declares; empty where it declares none
    facts: tuple[Fact, ...] = ()  # What the container states
    # Bytes of pictures, by every name that the text may call them by
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()  # Doubts about this part; their path is the container's


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that has been opened."""

    sha256: str  # Digest of the file's bytes, in hexadecimal
    size: int  # Their number
    parts: tuple[Part, ...]  # In the container's order
    problems: tuple[Problem, ...] = ()  # Why there are none, or fewer than there could be


Read = tuple[tuple[Part, ...], tuple[Problem, ...]]
"""What a reader of containers gives: parts, and why there are no more of them."""
