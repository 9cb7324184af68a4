"""An article as linking sees it: its place in time, its features and topics."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

import msgspec

from builder.linking.features import Features
from builder.model.archive import Entry

_PART = "\0"  # below every other character, so that joined keys sort as their parts do

LoadText = Callable[[str], str]
"""Gives the plain text of an article by its identifier."""
Verdicts = MutableMapping[str, float]
"""What comparing two texts showed: 0 for two stories, else the share of shingles in common; see ``verdict_key``."""


class Linkable(msgspec.Struct, frozen=True, array_like=True):
    """An article while articles are linked.

    Attributes:
        id: Its identifier.
        key: Sorts earliest first, undated last; holds the identifier, so that no two are equal.
        digest: Of title and text: where it is the same, so are the features and the text.
        features: Of its words.
        topics: Slugs of its topics.
    """

    id: str
    key: str
    digest: str
    features: Features
    topics: tuple[str, ...]


def order_key(entry: Entry) -> str:
    """The place of an article in time: earliest first, undated last."""
    return _PART.join((str(int(entry.article.published is None)), *entry.sort_key))


def verdict_key(first: str, second: str) -> str:
    """The name of a comparison by the digests of both texts, the same whichever comes first."""
    return _PART.join(sorted((first, second)))
