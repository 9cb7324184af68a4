"""The language of official documents, from ``words.yml``: kinds of documents, labels, what web pages leave behind."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from builder.data import load_data
from builder.patterns import pattern

Field = Literal[
    "title", "headline", "author", "number", "issuer", "publisher",
    "date", "published", "adopted", "announced", "amended", "effective"
]  # fmt: skip


class DocumentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of ``words.yml``; what each is for stands there."""

    issuing_verbs: tuple[str, ...]
    notice_kinds: tuple[str, ...]
    plan_kinds: tuple[str, ...]
    goal_headings: tuple[str, ...]
    goal_verbs: tuple[str, ...]
    named_kinds: tuple[str, ...]
    agency_endings: tuple[str, ...]
    addressee_endings: tuple[str, ...]
    figure_endings: tuple[str, ...]
    annex_labels: tuple[str, ...]
    unnumbered_headings: tuple[str, ...]
    reference_followers: tuple[str, ...]
    web_headers: tuple[str, ...]
    web_footers: tuple[str, ...]
    reporters: tuple[str, ...]
    duty: str
    duties: str
    field_labels: dict[str, Field]
    other_labels: tuple[str, ...]


@cache
def words() -> DocumentWords:
    """The lists, read once."""
    return load_data("documents/words.yml", DocumentWords)


def field_of(text: str) -> tuple[Field, str] | None:
    """Field and value that a line without white space states, as in ``发文字号：国发〔2019〕1号``; None without any."""
    label, *value = _COLON.split(text, maxsplit=1)
    name = words().field_labels.get(label) if value else None
    return (name, value[0]) if name else None


_COLON = pattern("[：:]")
