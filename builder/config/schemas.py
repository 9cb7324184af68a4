"""JSON Schemas of the files in ``curation/``, for editors' tools: completion, explanation, marked errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from builder.config.curation import Correction, Corrections, Entities, Moved, SourceProfile, Vocabulary
from builder.config.plans import PlanCuration

SHAPES: Mapping[str, type[msgspec.Struct]] = {
    "correction": Correction,
    "corrections": Corrections,
    "entities": Entities,
    "moved": Moved,
    "plan": PlanCuration,
    "source": SourceProfile,
    "topics": Vocabulary,
}
"""The type of each kind of file, by the name of its schema."""


def schemas() -> Mapping[str, bytes]:
    """Every schema as the bytes of its file, by the file's name."""
    return {f"{name}.json": _written(shape) for name, shape in SHAPES.items()}


@cache
def descriptions() -> Mapping[str, Mapping[str, str]]:
    """What each type and key is for, in the editors' language: ``descriptions.yml``."""
    text = files("builder.config").joinpath("descriptions.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded


def _written(shape: type[msgspec.Struct]) -> bytes:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shape)}
    for name, part in schema["$defs"].items():
        _describe(part, descriptions()[name])
    return (json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _describe(part: dict[str, Any], said: Mapping[str, str]) -> None:
    """Put the editors' words in the place of the program's; every key must have some."""
    part["description"] = said["about"]
    for key, value in part.get("properties", {}).items():
        value["description"] = said[key]
