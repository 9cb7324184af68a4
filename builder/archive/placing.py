"""Makes the entries: permalink, source, topics with evidence, and corrections of each article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from operator import attrgetter

import msgspec

from builder.archive import corrections
from builder.archive.identity import source_slug
from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed, unpacked
from builder.config.curation import Correction
from builder.config.project import Curation
from builder.linking.topics import Classifier, corrected
from builder.model.archive import Entry
from builder.model.article import Article, TopicAssignment
from builder.parallel.mapping import Progress, parallel_map

UNKNOWN_SOURCE = "unknown"
_TABLE = "evidence"


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """The short fields of an entry; each is explained there."""

    source: str
    topics: tuple[str, ...]
    sort_key: tuple[str, ...]
    digest: bytes
    listed: bytes


def entries_of(articles: Mapping[str, Article], curation: Curation, store: Store, progress: Progress) -> list[Entry]:
    """Every article in its place, newest first, linked with nothing yet."""
    fixes = {key: curation.correction(article.path, key) for key, article in articles.items()}
    fixed = {key: corrections.apply(article, fixes[key]) for key, article in articles.items()}
    written = {key: curation.correction_file(article.path, key) for key, article in articles.items()}
    keys = {key: _key(article, fixes[key], written[key]) for key, article in articles.items()}
    identifiers, slugs, classifier = sorted(articles), _slugs(curation), Classifier(curation.vocabulary)

    def topics(number: int) -> bytes:
        return _topics(classifier, fixed[identifiers[number]][0], fixes[identifiers[number]])

    def place(missing: list[int]) -> Iterator[_Place]:
        for number, found in zip(missing, parallel_map(topics, missing, progress, "stage_topics"), strict=True):
            identifier = identifiers[number]
            store.put(_TABLE, [(keys[identifier], found)])
            yield _place(identifier, fixed[identifier][0], found, keys[identifier], slugs)

    context = digest(packed(curation.vocabulary), repr(sorted(slugs.items())))
    memo = Memo("places", _Place, context, (_TABLE,))
    placed = memoize(store, memo, [keys[identifier] for identifier in identifiers], place)
    entries = [
        Entry(
            *(fixed[key][0], key, each.source, each.topics, fixed[key][1]),
            digest=each.digest,
            listed=each.listed,
            sort_key=each.sort_key,
            reasons=partial(_reasons, store, keys[key]),
            correction_file=written[key],
        )
        for key, each in zip(identifiers, placed, strict=True)
    ]
    return sorted(entries, key=attrgetter("sort_key"), reverse=True)


def _reasons(store: Store, key: bytes) -> tuple[TopicAssignment, ...]:
    """Why each topic was assigned."""
    stored = store.one(_TABLE, key)
    if stored is None:
        raise BrokenCacheError
    return unpacked(stored, tuple[TopicAssignment, ...])


def _topics(classifier: Classifier, article: Article, correction: Correction | None) -> bytes:
    if correction and correction.topics is not None:
        return packed(corrected(correction.topics, correction.why))
    return packed(classifier.classify(article))


def _place(identifier: str, article: Article, found: bytes, key: bytes, slugs: Mapping[str, str]) -> _Place:
    topics = tuple(assignment.topic for assignment in unpacked(found, tuple[TopicAssignment, ...]))
    slug = slugs.get(article.source) or (source_slug(article.source) if article.source else UNKNOWN_SOURCE)
    shown = (article.title, article.published, article.excerpt, article.language, article.source, slug, topics)
    return _Place(
        source=slug,
        topics=topics,
        sort_key=Entry(article, identifier, slug, ()).sort_key,
        digest=digest(key, slug, found),
        listed=digest(identifier, packed(shown)),
    )


def _key(article: Article, correction: Correction | None, file: str) -> bytes:
    """Of everything that an article's place depends on, the vocabulary aside; nearly always the article's own."""
    known = article.digest or digest(packed(article))
    return digest(known, packed(correction), file) if correction else known


def _slugs(curation: Curation) -> dict[str, str]:
    """Slug of each profile by its name and aliases; a name wins over another's alias."""
    by_alias = {alias: slug for slug, profile in curation.sources.items() for alias in profile.aliases}
    return by_alias | {profile.name: slug for slug, profile in curation.sources.items()}
