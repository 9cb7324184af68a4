"""JSON Schemas of the files in ``curation/``, for editors' tools: completion, explanation, marked errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from builder.config.curation import Correction, Corrections, Crawl, Entities, Moved, SourceProfile, Vocabulary
from builder.config.plans import PlanCuration
from builder.problems import Language, wordings

SHAPES: Mapping[str, type[msgspec.Struct]] = {
    "correction": Correction,
    "corrections": Corrections,
    "crawl": Crawl,
    "entities": Entities,
    "moved": Moved,
    "plan": PlanCuration,
    "source": SourceProfile,
    "topics": Vocabulary,
}
"""The type of each kind of file, by the name of its schema."""


def schemas(language: Language) -> Mapping[str, bytes]:
    """Every schema as the bytes of its file, by the file's name, explained in a language."""
    return {f"{name}.json": _written(shape, language) for name, shape in SHAPES.items()}


def _written(shape: type[msgspec.Struct], language: Language) -> bytes:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shape)}
    for name, part in schema["$defs"].items():
        _describe(part, wordings(language)["schemas"][name])
    return (json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _describe(part: dict[str, Any], said: Mapping[str, str]) -> None:
    """Put the editors' words in the place of the program's; every key must have some."""
    part["description"] = said["about"]
    for key, value in part.get("properties", {}).items():
        value["description"] = said[key]
