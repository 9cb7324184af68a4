"""The kinds of official documents, from ``kinds.yml``: what a document is by its title, issuers and division."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from builder.data import load_data
from builder.documents.titles import bare_title
from builder.model.plan import Family


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of document; what each field is for stands in ``kinds.yml``."""

    name: str
    family: Literal["plan", "official", "law"]
    endings: tuple[str, ...]
    issuers: tuple[str, ...] = ()
    articles: bool | None = None
    but_not: tuple[str, ...] = ()


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds, read once, in the order in which they are tried."""
    return load_data("documents/kinds.yml", tuple[Kind, ...])


def kind_of(title: str, issuers: Sequence[str], *, articles: bool) -> tuple[str, Family]:
    """The name and family of what a document is; an empty name and ``official`` where its title says nothing."""
    bare = bare_title(title)
    for kind in kinds():
        named = any(name in issuer for name in kind.issuers for issuer in issuers) or not kind.issuers
        ends = bare.endswith(kind.endings) and not (kind.but_not and bare.endswith(kind.but_not))
        if ends and named and kind.articles in {None, articles}:
            return kind.name, kind.family
    return "", "law" if articles else "official"
