"""Finds the few articles that bear on another: rare words in common, and topics in common.

An inverted index of rare terms, each with a bounded list of articles, so that the work grows with the number of
articles and not with the number of pairs. Terms are pairs of Chinese characters (what Chinese retrieval without a
dictionary uses: Nie et al., On the use of words and n-grams for Chinese information retrieval, 2000) and Latin words.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.folding import fold
from builder.linking.thresholds import RelatedThresholds, related_thresholds
from builder.model.archive import Entry

_RUN = re.compile(r"[a-z][a-z0-9]+|[\u3400-\u9fff\U00020000-\U0003ffff]+")
_FIRST_CHINESE = "\u3400"


@dataclass(frozen=True, slots=True)
class _Index:
    """All articles by their terms.

    Attributes:
        terms: Weight of each article's rarest terms; the squares of an article's weights add up to 1.
        topics: The same of its topics.
        postings: Articles by term.
    """

    terms: Sequence[Mapping[str, float]]
    topics: Sequence[Mapping[str, float]]
    postings: Mapping[str, Sequence[int]]


def related(entries: Sequence[Entry], stories: Iterable[Sequence[Entry]] = ()) -> dict[str, tuple[str, ...]]:
    """The articles worth reading after each article.

    Args:
        entries: In an order that does not change by chance; it settles ties.
        stories: Groups of near-duplicates: of a group, one article at most is related to another.

    Returns:
        For each identifier the identifiers of related articles, best first; few, possibly none.
    """
    thresholds = related_thresholds()
    index = _index(entries, thresholds)
    told = {entry.id: group[0].id for group in stories for entry in group}
    story = [told.get(entry.id, entry.id) for entry in entries]
    return {
        entry.id: tuple(entries[other].id for other in _best(number, index, story, thresholds))
        for number, entry in enumerate(entries)
    }


def _best(number: int, index: _Index, story: Sequence[str], thresholds: RelatedThresholds) -> list[int]:
    """The likest articles, each of another story."""
    seen, best = {story[number]}, []
    for _, other in sorted(_scored(number, index, thresholds)):
        if story[other] not in seen:
            seen.add(story[other])
            best.append(other)
    return best[: thresholds.shown]


def _scored(number: int, index: _Index, thresholds: RelatedThresholds) -> Iterator[tuple[float, int]]:
    """Every article that shares rare terms and is like enough, with its likeness, negative."""
    words: dict[int, float] = defaultdict(float)
    for term, weight in index.terms[number].items():
        for other in index.postings[term]:
            words[other] += weight * index.terms[other][term]
    for other, likeness in words.items():
        whole = likeness + thresholds.topic_weight * _product(index.topics[number], index.topics[other])
        if other != number and whole >= thresholds.least:
            yield -round(whole, 9), other


def _product(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    return sum(weight * second[key] for key, weight in first.items() if key in second)


def _index(entries: Sequence[Entry], thresholds: RelatedThresholds) -> _Index:
    frequency: Counter[str] = Counter()
    for entry in entries:
        frequency.update(_terms(entry, thresholds).keys())
    terms = [_rarest(_terms(entry, thresholds), frequency, len(entries), thresholds) for entry in entries]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, weights in enumerate(terms):
        for term in weights:
            postings[term].append(number)
    topics = Counter(assignment.topic for entry in entries for assignment in entry.topics)
    return _Index(
        terms,
        [_weighted({each.topic: 1 for each in entry.topics}, topics, len(entries)) for entry in entries],
        postings,
    )


def _rarest(
    counts: Mapping[str, int], frequency: Mapping[str, int], total: int, thresholds: RelatedThresholds
) -> Mapping[str, float]:
    """The terms that weigh most among those that another article has too, and not too many have."""
    shared = {term: count for term, count in counts.items() if 1 < frequency[term] <= thresholds.most_common}
    weights = _weighted(shared, frequency, total)
    chosen = sorted(weights, key=lambda term: (-weights[term], term))[: thresholds.terms]
    return _unit({term: weights[term] for term in chosen})


def _weighted(counts: Mapping[str, int], frequency: Mapping[str, int], total: int) -> Mapping[str, float]:
    """Weights by frequency in the article, dampened, and by rarity among all articles; of unit length."""
    return _unit({term: (1 + math.log(count)) * math.log1p(total / frequency[term]) for term, count in counts.items()})


def _unit(weights: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()}


def _terms(entry: Entry, thresholds: RelatedThresholds) -> Counter[str]:
    """How often each term stands in headline and opening, words of the headline counted more."""
    article = entry.article
    counts = Counter(_split(fold(article.text[: thresholds.opening])))
    for term in _split(fold(article.title)):
        counts[term] += thresholds.title_weight
    return counts


def _split(folded: str) -> Iterator[str]:
    for run in _RUN.findall(folded):
        if run[0] < _FIRST_CHINESE:
            yield run
        else:
            yield from (run[start : start + 2] for start in range(len(run) - 1))
