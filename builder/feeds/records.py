"""The published shape of the archive: the one place from which JSON, CSV and JSON Schema are made.

These types are a promise to others; the model inside the house may change without them. The wordings' ``fields`` say
what each field means. Where a field has another name than in the model, ``rename`` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Identifier = Annotated[str, Meta(pattern="^[a-z2-7]{10}$")]
Moment = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?$")]
Count = Annotated[int, Meta(ge=0)]
Record = TypeVar("Record", bound=Struct)


class EvidenceRecord(Struct, frozen=True):
    """Why a topic was assigned."""

    term: str
    place: str
    count: int
    excerpt: str


class TopicAssignmentRecord(Struct, frozen=True):
    """A topic of an article."""

    id: str
    label: str
    score: float
    evidence: tuple[EvidenceRecord, ...]


class ImageRecord(Struct, frozen=True):
    """An image of an article."""

    source: str
    original: str
    alternative: str
    caption: str


class RemovalRecord(Struct, frozen=True):
    """A piece of the raw text that is not in the clean one."""

    rule: str
    text: str
    moved_to: str | None


class ProblemRecord(Struct, frozen=True):
    """A doubt about metadata or text."""

    code: str
    severity: str
    message: str


class CorrectionRecord(Struct, frozen=True):
    """What an editor has corrected."""

    field: str
    why: str


class SummaryRecord(Struct, frozen=True):
    """An article in ``archive.json`` and, in the same order of fields, in ``archive.csv``."""

    id: Identifier
    seed: str
    sha256: Digest
    size: Count
    markdown_sha256: Digest
    page: str
    raw: str | None
    record: str
    url: str | None
    carrier_url: str | None
    title: str
    published: Moment | None
    source: str
    source_id: str
    carrier: str | None
    author: str | None
    language: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    characters: Count
    same_story: tuple[Identifier, ...]
    related: tuple[Identifier, ...]
    versions: tuple[Digest, ...]


class ArticleRecord(Struct, frozen=True):
    """Everything about one article; ``articles/2021-04.json`` lists those of a month."""

    id: Identifier
    seed: str
    sha256: Digest
    size: Count
    encoding: str
    markdown_sha256: Digest
    page: str
    raw: str | None
    url: str | None
    carrier_url: str | None
    title: str
    title_original: str
    published: Moment | None
    published_original: str | None
    source: str
    source_id: str
    carrier: str | None
    author: str | None
    credits: dict[str, tuple[str, ...]]
    language: str
    topics: tuple[TopicAssignmentRecord, ...]
    tags: tuple[str, ...]
    characters: Count
    excerpt: str
    markdown: str
    images: tuple[ImageRecord, ...]
    removals: tuple[RemovalRecord, ...]
    problems: tuple[ProblemRecord, ...]
    corrected: tuple[CorrectionRecord, ...]
    same_story: tuple[Identifier, ...]
    related: tuple[Identifier, ...]


class SourceRecord(Struct, frozen=True):
    """An outlet."""

    id: str
    name: str
    aliases: tuple[str, ...]
    homepage: str
    page: str
    articles: Count


class TopicRecord(Struct, frozen=True):
    """A topic of the vocabulary."""

    id: str
    label: str
    label_traditional: str
    description: str
    terms: tuple[str, ...]
    page: str
    articles: Count


class PlanSummaryRecord(Struct, frozen=True):
    """A plan in ``catalogue.json``."""

    id: str
    seed: str
    sha256: Digest
    page: str
    raw: str | None
    record: str
    title: str
    document_number: str | None
    issuers: tuple[str, ...]
    date: str | None


class CatalogueRecord(Struct, frozen=True):
    """What the archive is and what its articles are ordered by: ``catalogue.json``."""

    name: str
    description: str
    site: str | None
    articles: Count
    sources: tuple[SourceRecord, ...]
    topics: tuple[TopicRecord, ...]
    plans: tuple[PlanSummaryRecord, ...]


def record_of(kind: type[Record], item: object, **given: object) -> Record:
    """A value of the model as a record: what is not given is read of the value, by the field's name in the model."""
    names = zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True)
    fields = {name: given[name] if name in given else getattr(item, own) for name, own in names}
    return msgspec.convert(fields, kind, from_attributes=True)


def encoded(record: Struct | dict[str, object]) -> bytes:
    """As published, UTF-8: a record with one field a line, in the order of the type."""
    if isinstance(record, dict):
        return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
    fields = ((name, getattr(record, name)) for name in record.__struct_fields__)
    lines = b",\n".join(b'"%b":%b' % (name.encode(), msgspec.json.encode(value)) for name, value in fields)
    return b"{\n%b\n}\n" % lines


def encoded_list(records: Iterable[Struct]) -> bytes:
    """A list of records, each on one line."""
    return b"[\n%b\n]\n" % b",\n".join(map(msgspec.json.encode, records))
