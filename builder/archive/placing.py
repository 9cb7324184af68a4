"""Puts each article in its place: permalink, source, topics with their evidence, corrections by editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from builder.archive import corrections
from builder.archive.identity import source_slug
from builder.archive.sharing import Progress, spread
from builder.cache import BrokenCacheError, Shelf, Store, digest, packed, recall, unpacked
from builder.config.curation import Correction
from builder.config.project import Curation
from builder.linking.topics import Classifier, corrected
from builder.model.archive import Entry
from builder.model.article import Article, Evidence, TopicAssignment
from builder.model.deferred import Deferrer

UNKNOWN_SOURCE = "unknown"
_SHELF = "evidence"
_AT_HAND = 32
_TOPICS = Deferrer(TopicAssignment, ("topic", "score"))


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """The short fields of an entry; each is explained there."""

    source: str
    topics: tuple[tuple[str, float], ...]
    sort_key: tuple[str, str, str]
    digest: bytes


class _Evidence(msgspec.Struct, frozen=True):
    """What a topic's assignment is asked for beside its short fields."""

    evidence: tuple[Evidence, ...]


def entries_of(articles: Mapping[str, Article], curation: Curation, store: Store, progress: Progress) -> list[Entry]:
    """Every article in its place, newest first, linked with nothing yet.

    Args:
        articles: By identifier.
        curation: Vocabulary, profiles, corrections.
        store: Remembers topics and their evidence.
        progress: Told of each article whose topics are sought.
    """
    fixes = {identifier: curation.corrections.seeds.get(article.path) for identifier, article in articles.items()}
    fixed = {key: corrections.apply(article, fixes[key]) for key, article in articles.items()}
    keys = {key: _key(article, fixes[key]) for key, article in articles.items()}
    identifiers = sorted(articles)
    slugs = _slugs(curation)
    classifier = Classifier(curation.vocabulary)

    def topics(number: int) -> bytes:
        return _topics(classifier, fixed[identifiers[number]][0], fixes[identifiers[number]])

    def place(missing: list[int]) -> Iterator[_Place]:
        for number, found in zip(missing, spread(topics, missing, progress, "stage_topics"), strict=True):
            identifier = identifiers[number]
            store.put(_SHELF, [(keys[identifier], found)])
            yield _place(identifier, fixed[identifier][0], found, keys[identifier], slugs)

    context = digest(packed(curation.vocabulary), repr(sorted(slugs.items())))
    shelf = Shelf("places", _Place, context, (_SHELF,))
    placed = recall(store, shelf, [keys[identifier] for identifier in identifiers], place)
    return _ordered([(each, key, *fixed[key], keys[key]) for each, key in zip(placed, identifiers, strict=True)], store)


_Corrected = tuple[tuple[str, str], ...]


def _ordered(placed: Sequence[tuple[_Place, str, Article, _Corrected, bytes]], store: Store) -> list[Entry]:
    """Newest first."""
    evidence = _EvidenceShelf(store)
    return [
        Entry(article, identifier, each.source, evidence.assignments(each.topics, key), corrected, digest=each.digest)
        for each, identifier, article, corrected, key in sorted(placed, key=lambda one: one[0].sort_key, reverse=True)
    ]


class _EvidenceShelf:
    """Gives topics their evidence back when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all = lru_cache(_AT_HAND)(self._read)

    def assignments(self, topics: Sequence[tuple[str, float]], key: bytes) -> tuple[TopicAssignment, ...]:
        return tuple(_TOPICS.make(topic, partial(self._one, key, number)) for number, topic in enumerate(topics))

    def _one(self, key: bytes, number: int) -> _Evidence:
        return _Evidence(self._all(key)[number].evidence)

    def _read(self, key: bytes) -> tuple[TopicAssignment, ...]:
        stored = self._store.one(_SHELF, key)
        if stored is None:
            raise BrokenCacheError
        return unpacked(stored, tuple[TopicAssignment, ...])


def _topics(classifier: Classifier, article: Article, correction: Correction | None) -> bytes:
    if correction and correction.topics is not None:
        return packed(corrected(correction.topics, correction.why))
    return packed(classifier.classify(article))


def _place(identifier: str, article: Article, found: bytes, key: bytes, slugs: Mapping[str, str]) -> _Place:
    topics = tuple((assignment.topic, assignment.score) for assignment in unpacked(found, tuple[TopicAssignment, ...]))
    slug = slugs.get(article.source) or (source_slug(article.source) if article.source else UNKNOWN_SOURCE)
    sort_key = Entry(article, identifier, slug, ()).sort_key
    return _Place(slug, topics, sort_key, digest(key, slug, found))


def _key(article: Article, correction: Correction | None) -> bytes:
    """Of everything that an article's place depends on, the vocabulary aside; nearly always the article's own."""
    known = article.digest or packed(article)
    return digest(known, packed(correction)) if correction else digest(known)


def _slugs(curation: Curation) -> dict[str, str]:
    """Slug of each profile by its name and aliases; a name wins over another's alias."""
    by_alias = {alias: slug for slug, profile in curation.sources.items() for alias in profile.aliases}
    return by_alias | {profile.name: slug for slug, profile in curation.sources.items()}
