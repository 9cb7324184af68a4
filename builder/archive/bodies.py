"""Articles in the cache: the short fields of all are read together, the long fields of each on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import cast

from builder.cache import BrokenCacheError, Store, digest, packed, unpacked
from builder.model.article import Article, Body

TABLE = "bodies"
PICTURES = "pictures"
"""Where the bytes of pictures lie, by their names."""
_AT_HAND = 32
"""Bodies kept in memory: a page asks for the fields of one several times, and for those of no other meanwhile."""
_ELSEWHERE = Body("", "")


class _StoredBody:
    """A body that is read when one of its fields is asked for."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], Body]) -> None:
        self._read = read

    def __reduce__(self) -> tuple[object, ...]:
        return _StoredBody, (self._read,)

    def __getattr__(self, name: str) -> object:
        return getattr(self._read(), name)


class Bodies:
    """Gives articles their long fields back when they are asked for."""

    def __init__(self, store: Store) -> None:
        """Remember where they lie."""
        self._store = store
        self._body = lru_cache(_AT_HAND)(self._read)

    def __reduce__(self) -> tuple[object, ...]:
        """Pass to another process, which reads for itself."""
        return Bodies, (self._store,)

    def attach(self, article: Article, key: bytes) -> Article:
        """Give an article that has its short fields alone the long ones that were put under a key."""
        object.__setattr__(article, "body", cast("Body", _StoredBody(partial(self.body, key))))
        return article

    def body(self, key: bytes) -> Body:
        """The long fields under a key."""
        return self._body(key)

    def _read(self, key: bytes) -> Body:
        stored = self._store.one(TABLE, key)
        if stored is None:
            raise BrokenCacheError
        return unpacked(stored, Body)


def parted(article: Article, identifier: str) -> tuple[Article, bytes]:
    """An article of the short fields alone, with its permalink's identifier and digest; and, packed, the long ones."""
    body = packed(replace(article.body, picture_data={}))
    short = replace(article, body=_ELSEWHERE, identifier=identifier, digest=b"")
    return replace(short, digest=digest(body, packed(short))), body


def picture_of(store: Store, name: str) -> bytes:
    """A picture, by its name.

    Raises:
        BrokenCacheError: It is not there.
    """
    data = store.one(PICTURES, name.encode())
    if data is None:
        raise BrokenCacheError
    return data
