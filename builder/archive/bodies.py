"""Articles in the cache: the short fields of all are read together, the long fields of each on demand."""

from __future__ import annotations

from functools import lru_cache, partial

import msgspec

from builder.cache import BrokenCacheError, Store, digest, packed, unpacked
from builder.model.article import Article, Image, Removal
from builder.model.container import Kind
from builder.model.deferred import Deferrer
from builder.model.post import Published
from builder.problems import Problem

TABLE = "bodies"
PICTURES = "pictures"
"""Where the bytes of pictures lie, by their names."""
_AT_HAND = 32
"""Bodies kept in memory: a page asks for the fields of one several times, and for those of no other meanwhile."""


class Card(msgspec.Struct, frozen=True, array_like=True):
    """The short fields of an article; each is explained there."""

    path: str
    sha256: str
    size: int
    encoding: str
    title: str
    title_original: str
    published: Published | None
    source: str
    carrier: str | None
    author: str | None
    credits: dict[str, tuple[str, ...]]
    url: str | None
    carrier_url: str | None
    language: str
    tags: tuple[str, ...]
    excerpt: str
    problems: tuple[Problem, ...]
    stated: str
    container: Kind
    member: str
    pictures: tuple[str, ...]
    characters: int
    markdown_sha256: str
    identifier: str
    digest: bytes


_ARTICLES = Deferrer(Article, Card.__struct_fields__)


class Body(msgspec.Struct, frozen=True, array_like=True):
    """The long fields."""

    markdown: str
    text: str
    images: tuple[Image, ...]
    removals: tuple[Removal, ...]
    picture_data: dict[str, bytes] = {}


class Bodies:
    """Gives articles their long fields back when they are asked for."""

    def __init__(self, store: Store) -> None:
        """Remember where they lie."""
        self._store = store
        self._body = lru_cache(_AT_HAND)(self._read)

    def __reduce__(self) -> tuple[object, ...]:
        """Pass to another process, which reads for itself."""
        return Bodies, (self._store,)

    def article(self, card: Card, key: bytes) -> Article:
        """An article of which only the short fields are in memory; the long ones were put under the key."""
        return _ARTICLES.make(msgspec.structs.astuple(card), partial(self.body, key))

    def body(self, key: bytes) -> Body:
        """The long fields under a key."""
        return self._body(key)

    def _read(self, key: bytes) -> Body:
        stored = self._store.one(TABLE, key)
        if stored is None:
            raise BrokenCacheError
        return unpacked(stored, Body)


def parted(article: Article, identifier: str) -> tuple[Card, bytes]:
    """An article as its short fields, among them the identifier of its permalink, and, packed, its long ones."""
    body = packed(Body(article.markdown, article.text, article.images, article.removals))
    fields = {name: getattr(article, name) for name in Card.__struct_fields__}
    fields |= {"digest": b"", "identifier": identifier}
    whole = digest(body, packed(Card(**fields)))
    return Card(**{**fields, "digest": whole}), body


def picture_of(store: Store, name: str) -> bytes:
    """A picture, by its name.

    Raises:
        BrokenCacheError: It is not there.
    """
    data = store.one(PICTURES, name.encode())
    if data is None:
        raise BrokenCacheError
    return data
