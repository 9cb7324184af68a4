"""Cleans one post and packs the article for the cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from builder import cleaning, reading
from builder.archive import bodies
from builder.archive.attempts import attempt
from builder.archive.identity import identifier_of
from builder.archive.seeds import Seed, document_of
from builder.archive.siblings import SiblingPictures, look_of
from builder.cache import BrokenCacheError, Store, digest, packed, unpacked
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.post import Post
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
"""An article's short fields; its long ones and the keys it asked its source's habits for, packed; its pictures."""
Kept = tuple[Article, bytes]
"""An article's short fields; the keys that its cleaning asked for, packed."""
ASKED = "asked"
"""Where the keys lie for which a cleaning asked."""


def make(
    seed: Seed,
    *,
    curation: Curation,
    repetition: cleaning.Repetition,
    store: Store,
    siblings: Mapping[str, Mapping[str, str]],
    known: Article | None = None,
) -> Made | Problem:
    """Read and clean one post.

    ``siblings`` are the places of the pictures that each post shows, by the post's path and the address it has for
    them. Where it is ``known`` what cleaning makes of the post by itself, its correction is carried out.
    """

    def work() -> Made:
        document, _ = document_of(seed, store, SiblingPictures(siblings.get(seed.path, {})))
        if document is None:
            raise BrokenCacheError  # readable a moment ago
        post = reading.parse_post(document)
        return cleaned(post, repetition.of(post), curation, known=known)

    return attempt(seed.path, work)


def cleaned(
    post: Post,
    habits: frozenset[str],
    curation: Curation,
    body: cleaning.BodyTree | None = None,
    known: Article | None = None,
) -> Made:
    """Clean a post whose source has these habits; where its body is parsed already, that tree is used up."""
    asked = RecordingSet(habits)
    fix = curation.correction(known.path, known.identifier) if known else None
    article = cleaning.clean(post, curation.sources, asked, fix, body)
    identifier = known.identifier if known else identifier_of(article.url, post.document.sha256, post.document.member)
    parted, long = bodies.parted(article, identifier)
    pictures = [(name.encode(), data) for name, data in sorted(article.body.picture_data.items())]
    return parted, long, packed(sorted(asked.asked)), pictures


def keep(made: Made | Problem, key: bytes, store: Store) -> Kept | Problem:
    """Put what is long under a key into the store."""
    if isinstance(made, Problem):
        return made
    article, body, asked, pictures = made
    store.put(bodies.TABLE, [(key, body)])
    store.put(ASKED, [(key, asked)])
    store.put(bodies.PICTURES, pictures)
    return article, asked


def answers(asked: bytes, habits: frozenset[str]) -> tuple[str, ...]:
    """The habits among what was asked: with the same ones a cleaning has the same result."""
    return tuple(key for key in unpacked(asked, list[str]) if key in habits)


def key_of(seed: Seed, siblings: Mapping[str, str]) -> bytes:
    """Of everything that one result depends on; nearly always the seed's own."""
    looks = [f"{address}\0{look_of(place)}" for address, place in sorted(siblings.items())]
    return digest(seed.key, *looks) if looks else seed.key
