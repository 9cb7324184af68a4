"""Cleans one post and packs the article for the cache: the unit of work of the parallel map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Self

from builder import cleaning, reading
from builder.archive import bodies
from builder.archive.attempts import attempt
from builder.archive.identity import identifier_of
from builder.archive.seeds import Seed, document_of
from builder.archive.siblings import SiblingPictures, look_of
from builder.cache import BrokenCacheError, Store, digest, packed
from builder.config.project import Curation
from builder.model.article import Article
from builder.problems import Problem


class RecordingSet(frozenset[str]):
    """A frozen set of keys."""

    asked: set[str]  # Every key that was looked up

    def __new__(cls, keys: frozenset[str]) -> Self:
        """Copy the keys; none has been looked up."""
        new = super().__new__(cls, keys)
        new.asked = set()
        return new

    def __contains__(self, key: object) -> bool:
        """Whether the set holds a key; the look-up is recorded."""
        self.asked.add(str(key))
        return super().__contains__(key)


Made = tuple[Article, bytes, bytes, list[tuple[bytes, bytes]]]


def make(
    seed: Seed,
    *,
    curation: Curation,
    repetition: cleaning.Repetition,
    store: Store,
    siblings: Mapping[str, Mapping[str, str]],
    known: Article | None = None,
) -> Made | Problem:
    """An article's short fields; its long ones and the keys it asked its source's habits for, packed; its pictures.

    ``siblings`` are the places of the pictures that each post shows, by the post's path and the address it has for
    them. Where it is ``known`` what cleaning makes of the post by itself, its correction is carried out.
    """
    files = SiblingPictures(siblings.get(seed.path, {}))
    return attempt(seed.path, partial(_made, seed, curation, repetition, store, files, known))


def _made(
    seed: Seed,
    curation: Curation,
    repetition: cleaning.Repetition,
    store: Store,
    files: SiblingPictures,
    known: Article | None,
) -> Made:
    document, _ = document_of(seed, store, files)
    if document is None:
        raise BrokenCacheError  # readable a moment ago
    post = reading.parse_post(document)
    habits = RecordingSet(repetition.of(post))
    told = cleaning.Repetition(dict.fromkeys(repetition.lines, habits), repetition.titles, repetition.outlets)
    fix = curation.correction(known.path, known.identifier) if known else None
    article = cleaning.clean(post, curation.sources, told, fix)
    identifier = known.identifier if known else identifier_of(article.url, document.sha256, document.member)
    parted, body = bodies.parted(article, identifier)
    pictures = [(name.encode(), data) for name, data in sorted(article.body.picture_data.items())]
    return parted, body, packed(sorted(habits.asked)), pictures


def key_of(seed: Seed, siblings: Mapping[str, str], *, shared: bool) -> bytes:
    """Of everything that one result depends on; nearly always the seed's own."""
    looks = [f"{address}\0{look_of(place)}" for address, place in sorted(siblings.items())]
    return digest(seed.key, bytes([shared]), *looks) if shared or looks else seed.key
