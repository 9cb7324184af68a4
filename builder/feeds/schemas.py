"""JSON Schemas of the published records, and the data dictionary, out of the same types and the same wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from builder.feeds.plan_records import PlanRecord
from builder.feeds.records import ArticleRecord, CatalogueRecord, SummaryRecord, encoded
from builder.problems import Language, wordings

DOCUMENTS: Mapping[str, type[Struct]] = {
    "archive": SummaryRecord,
    "article": ArticleRecord,
    "catalogue": CatalogueRecord,
    "plan": PlanRecord,
}
"""The kinds of files below ``data/``, each with its record."""
_LISTED = ("archive", "article")
"""Files of these kinds are lists of records."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_INHERITED = {"ArticleRecord": "SummaryRecord", "PlanRecord": "PlanSummaryRecord"}
"""Fields that mean the same in two records are explained once."""


class Field(NamedTuple):
    """A row of the data dictionary: a field, its type in words of JSON, what it means in the site's language."""

    name: str
    kind: str
    meaning: str


def schema(name: str, language: Language) -> bytes:
    """The JSON Schema (2020-12) of one kind of file, a key of ``DOCUMENTS``."""
    record: Any = DOCUMENTS[name]
    made = msgspec.json.schema(tuple[record, ...] if name in _LISTED else record)
    for kind, definition in made["$defs"].items():
        for field, described in definition["properties"].items():
            described["description"] = meaning(kind, field, language)
    return encoded({"$schema": _DIALECT, "title": name, **made})


def dictionary(language: Language) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """Every record with its fields, the ones that stand for files first."""
    definitions: dict[str, Any] = {}
    for record in DOCUMENTS.values():
        definitions |= msgspec.json.schema(record)["$defs"]
    files_first = [record.__name__ for record in DOCUMENTS.values()]
    names = [*files_first, *sorted(definitions.keys() - set(files_first))]
    return tuple((name, tuple(_fields(name, definitions[name]["properties"], language))) for name in names)


def meaning(record: str, field: str, language: Language) -> str:
    """What a field means."""
    said = wordings(language)["fields"]
    text: str = said.get(record, {}).get(field) or said[_INHERITED[record]][field]
    return text


def _fields(record: str, properties: Mapping[str, Any], language: Language) -> Iterator[Field]:
    for name, described in properties.items():
        yield Field(name, _kind(described), meaning(record, name, language))


def _kind(described: Mapping[str, Any]) -> str:
    """A type in words of JSON: ``string``, ``array of string``, ``EvidenceRecord or null``."""
    if "$ref" in described:
        return str(described["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in described:
        return " or ".join(_kind(each) for each in described["anyOf"])
    if described.get("type") == "array" and isinstance(described.get("items"), dict):
        return f"array of {_kind(described['items'])}"
    return str(described.get("type", "any"))
