"""What the names that pages give their parts say: classes, ids and itemprops, cut into words."""

from __future__ import annotations

from functools import lru_cache

from builder.cleaning.wording import wording
from builder.patterns import pattern

_WORD = pattern(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
_MOST_NAME_CHARACTERS = 400


@lru_cache(maxsize=8192)
def rule_of_name(names: str) -> str | None:
    """The rule that a class or id attribute names.

    Args:
        names: The attribute's value, several names separated by spaces.

    Returns:
        The name of a rule, or None where the names say nothing of the kind.
    """
    known = wording().names
    weak = None
    for part in _all_parts(names):
        rule = known.get(part)
        if rule is not None and rule != TAGS_IF_LINKED:
            return rule
        weak = weak or rule
    return weak


TAGS_IF_LINKED = "tags if linked"
"""What names say that sections of articles bear, too; any other rule that an element's names speak of comes first."""


@lru_cache(maxsize=8192)
def parts_of_name(names: str) -> frozenset[str]:
    """The parts of a page, by the keys of ``parts`` in ``words.yml``, that a class, id or itemprop attribute names."""
    known = wording().parts
    return frozenset(known[part] for part in _all_parts(names) if part in known)


@lru_cache(maxsize=8192)
def field_of_name(names: str) -> str | None:
    """The metadata field that a class, id or itemprop attribute names."""
    known = wording().fields
    return next((known[part] for part in _all_parts(names) if part in known), None)


def _all_parts(names: str) -> list[str]:
    return [part for name in names[:_MOST_NAME_CHARACTERS].split() for part in _parts(name)]


def _parts(name: str) -> list[str]:
    """The words of one name, and each run of two or three of them."""
    words = [word.lower() for word in _WORD.findall(name)]
    runs = ["-".join(words[start : start + length]) for length in (1, 2, 3) for start in range(len(words))]
    return [*runs, "-".join(words)]
