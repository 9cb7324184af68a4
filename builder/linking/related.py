"""Finds the few articles related to another, by terms and topics in common.

Terms are pairs of Chinese characters (what Chinese retrieval without a dictionary uses: Nie et al., On the use of words
and n-grams for Chinese information retrieval, 2000) and Latin words. Which terms an article is about, and how much,
depends on the article alone. Of the archive only the number of articles about a term matters, and that in few
classes, so that one more article changes the weight of few terms: an update looks at the article itself, at the lists
it may enter or leave, and at articles that share a term whose class has changed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from builder.linking.features import LARGEST_WEIGHT, Linkable
from builder.linking.postings import TermPostings, terms_of
from builder.linking.thresholds import related_thresholds

_RAREST = 16
_WHOLE = _RAREST * LARGEST_WEIGHT**2  # likeness of two articles about nothing but the same rare terms
_STEP = 4  # an archive has to grow so many times as large before its size changes the weight of a term
_MANY = 8  # where more than one article in so many has changed, all are looked at


class RelatedItem(msgspec.Struct, frozen=True, array_like=True):
    """All that an article's relations depend on; the empty one is a free slot."""

    id: str = ""  # Its identifier
    key: str = ""  # Its place in time
    terms: bytes = b""  # What it is about, packed
    topics: tuple[str, ...] = ()  # Slugs of its topics
    story: str = ""  # The identifier of its story's leader


class RelatedState(msgspec.Struct, frozen=True, array_like=True):
    """Who is related to whom; what an update starts from."""

    items: tuple[RelatedItem, ...] = ()  # Articles by slot
    postings: bytes = b""  # Inverted index of their terms, packed
    # Of each, likeness and slot of its related articles, best first
    lists: tuple[tuple[tuple[int, int], ...], ...] = ()

    def related(self) -> dict[str, tuple[str, ...]]:
        """For each identifier the identifiers of related articles, best first; few, possibly none."""
        names = [item.id for item in self.items]
        found = zip(names, self.lists, strict=True)
        return {name: tuple([names[slot] for _, slot in listed]) for name, listed in found if name}


def update_related(
    items: Iterable[Linkable], leaders: Mapping[str, str], previous: RelatedState | None = None
) -> RelatedState:
    """Find the related articles of an archive.

    Args:
        items: All its articles, in any order.
        leaders: Identifiers of stories' leaders by identifier; an article not in it is a story of its own.
        previous: What an earlier call returned; the relations do not depend on it. It is returned itself where nothing
            has changed.

    Returns:
        Who is related to whom.
    """
    now = {item.id: _related_item(item, leaders) for item in items}
    before = previous or RelatedState()
    gone = {slot: item for slot, item in enumerate(before.items) if item.id and now.get(item.id) != item}
    kept = {item.id for slot, item in enumerate(before.items) if item.id and slot not in gone}
    come = [item for identifier, item in sorted(now.items()) if identifier not in kept]
    if previous and not gone and not come:
        return previous
    if not kept or len(gone) + len(come) > len(now) // _MANY or _size(len(now)) != _size(len(kept) + len(gone)):
        return _everything(tuple(now[identifier] for identifier in sorted(now)))
    return _changed(before, gone, come)


def _everything(items: tuple[RelatedItem, ...]) -> RelatedState:
    postings = TermPostings().changed({}, {slot: item.terms for slot, item in enumerate(items)})
    relations = _Relations(items, postings, _rarities(len(items)))
    return RelatedState(items, postings.data, tuple(relations.best(slot) for slot in range(len(items))))


def _changed(before: RelatedState, gone: Mapping[int, RelatedItem], come: Sequence[RelatedItem]) -> RelatedState:
    """The same as of everything, by recomputing only lists that a change can reach."""
    items = [RelatedItem() if slot in gone else item for slot, item in enumerate(before.items)]
    free = [slot for slot, item in enumerate(items) if not item.id]
    free += range(len(items), len(items) + max(0, len(come) - len(free)))
    added = dict(zip(free, come, strict=False))
    items += [RelatedItem()] * (max(added, default=-1) + 1 - len(items))
    for slot, item in added.items():
        items[slot] = item
    old = TermPostings(before.postings)
    new = old.changed(
        {slot: item.terms for slot, item in gone.items()}, {slot: item.terms for slot, item in added.items()}
    )
    relations = _Relations(items, new, _rarities(sum(bool(item.id) for item in items)))
    lists = [*before.lists, *[()] * (len(items) - len(before.lists))]
    left = {slot for slot, listed in enumerate(lists) if any(other in gone for _, other in listed)}
    again = (left | set(gone) | set(added) | relations.reweighted(old, (*gone.values(), *come))) - {
        slot for slot in gone if slot not in added
    }
    for slot in set(gone) - set(added):
        lists[slot] = ()
    for slot in again:
        lists[slot] = relations.best(slot)
    for slot in added:
        for other, likeness in relations.likenesses(slot).items():
            if other not in again:
                lists[other] = relations.chosen(other, [*lists[other], (likeness, slot)])
    return RelatedState(tuple(items), new.data, tuple(lists))


class _Relations:
    """How much articles bear on each other."""

    def __init__(self, items: Sequence[RelatedItem], postings: TermPostings, rarities: Sequence[int]) -> None:
        self._items = items
        self._postings = postings
        self._rarities = rarities
        self._thresholds = related_thresholds()
        self._least = round(self._thresholds.least * _WHOLE)
        self._least_words = round(self._thresholds.least_words * _WHOLE)

    def best(self, slot: int) -> tuple[tuple[int, int], ...]:
        """Likeness and slot of the likest articles, each of another story, best first."""
        return self.chosen(slot, [(likeness, other) for other, likeness in self.likenesses(slot).items()])

    def chosen(self, slot: int, candidates: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """The best of candidates, the earliest of equal ones; of each story one, of the article's own none."""
        candidates.sort(key=lambda each: (-each[0], self._items[each[1]].key))
        seen, best = {self._items[slot].story}, []
        for likeness, other in candidates:
            if self._items[other].story not in seen:
                seen.add(self._items[other].story)
                best.append((likeness, other))
        return tuple(best[: self._thresholds.shown])

    def likenesses(self, slot: int) -> dict[int, int]:
        """Every article that shares terms and is like enough."""
        words: dict[int, int] = defaultdict(int)
        for term, weight in terms_of(self._items[slot].terms):
            slots, weights = self._postings.of(term, len(self._rarities) - 1)
            if len(slots) > 1:
                rare = weight * self._rarities[len(slots)]
                for other, its in zip(slots, weights, strict=True):
                    words[other] += rare * its
        words.pop(slot, None)
        near = {
            other: likeness + self._topics(slot, other)
            for other, likeness in words.items()
            if likeness >= self._least_words
        }
        return {other: likeness for other, likeness in near.items() if likeness >= self._least}

    def reweighted(self, old: TermPostings, changed: Iterable[RelatedItem]) -> set[int]:
        """Articles about a term that weighs less or more than it did."""
        most = len(self._rarities) - 1
        found: set[int] = set()
        for term in {term for item in changed for term, _ in terms_of(item.terms)}:
            before, now = old.frequency(term), self._postings.frequency(term)
            if self._rarity(before) != self._rarity(now):
                found.update(self._postings.of(term, most)[0] or old.of(term, most)[0])
        return {slot for slot in found if self._items[slot].id}

    def _rarity(self, frequency: int) -> int:
        return self._rarities[frequency] if frequency < len(self._rarities) else 0

    def _topics(self, slot: int, other: int) -> int:
        """What topics in common add: their share, as a cosine."""
        first, second = self._items[slot].topics, self._items[other].topics
        common = len(set(first) & set(second))
        if not common:
            return 0
        return round(self._thresholds.topic_weight * _WHOLE * common / math.sqrt(len(first) * len(second)))


def _related_item(item: Linkable, leaders: Mapping[str, str]) -> RelatedItem:
    return RelatedItem(item.id, item.key, item.features.terms, item.topics, leaders.get(item.id, item.id))


def _size(total: int) -> int:
    """The size of an archive in steps."""
    return math.ceil(math.log(max(total, 1), _STEP))


def _rarities(total: int) -> list[int]:
    """The weight of a term by the number of articles about it, up to the largest number that matters."""
    size = _STEP ** _size(total)
    starts = [2, *related_thresholds().classes]
    weights = [math.log1p(size / math.sqrt(first * last)) for first, last in pairwise(starts)]
    table = [0, _RAREST]
    for weight, (first, last) in zip(weights, pairwise(starts), strict=True):
        table += [round(_RAREST * weight / weights[0])] * (last - first)
    return table
