"""Finds the same story in several articles, across outlets and scripts, without comparing every pair.

MinHash over shingles of folded text (Broder, 1997), one hash per shingle with the empty bins filled from their right
(one permutation hashing: Li, Owen and Zhang, 2012; Shrivastava and Li, 2014), and banding (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, 3.4). Only the earliest article of a story, its leader, stands in the buckets, so
that no chain of small changes joins what is different. Texts are compared only where the sketches leave a doubt.

Articles are looked at in the order of their dates, and each depends on the leaders before it that share a band. An
article that comes, goes or changes therefore matters only to later ones whose sketches are like its own, and to
nobody else unless one of those begins or ceases to lead: that is all an update looks at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from heapq import heapify, heappop, heappush

import msgspec

from builder.linking.buckets import Columns, Crowded, Tables
from builder.linking.comparing import Comparison
from builder.linking.features import Features
from builder.linking.linkable import Linkable, LoadText, Verdicts, linkables
from builder.model.archive import Entry


class StoryState(msgspec.Struct, frozen=True, array_like=True):
    """Who leads whom; what an update starts from. Any state gives the same stories, the last one's gives them fastest.

    Attributes:
        items: The articles, by date, without topics and terms.
        leaders: The identifier of each one's leader, its own where it leads.
    """

    items: tuple[Linkable, ...] = ()
    leaders: tuple[str, ...] = ()

    def by_article(self) -> dict[str, str]:
        """The identifier of each article's leader."""
        return {item.id: leader for item, leader in zip(self.items, self.leaders, strict=True)}

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Identifiers of articles that tell the same story: two or more, the earliest first; by date."""
        told: dict[str, list[str]] = defaultdict(list)
        for item, leader in zip(self.items, self.leaders, strict=True):
            told[leader].append(item.id)
        return tuple(tuple(group) for group in told.values() if len(group) > 1)


def same_stories(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Group the articles that tell the same story in the same words.

    Args:
        entries: In any order.

    Returns:
        Groups of at least two, the earliest article first in each, undated ones last; groups in the same order.
    """
    by_id = {entry.id: entry for entry in entries}
    state = update_stories(linkables(entries), lambda identifier: by_id[identifier].article.text, {})
    return tuple(tuple(by_id[identifier] for identifier in group) for group in state.groups())


def update_stories(
    items: Sequence[Linkable], load_text: LoadText, verdicts: Verdicts, previous: StoryState | None = None
) -> StoryState:
    """Find the stories of an archive.

    Args:
        items: All its articles, in any order.
        load_text: Gives a text by identifier; asked for those of pairs never compared before.
        verdicts: What comparisons have shown; new ones are added.
        previous: What an earlier call returned; the result does not depend on it. It is returned itself where nothing
            has changed.

    Returns:
        Who leads whom.
    """
    previous = previous or StoryState()
    before = {(item.key, item.digest): item for item in previous.items}
    now = {(item.key, item.digest): item for item in items}
    if now.keys() == before.keys():
        return previous
    ordered = tuple(before.get(place) or _bare(now[place]) for place in sorted(now))
    comparison = Comparison(ordered, load_text, verdicts)
    changed = now.keys() ^ before.keys()
    try:
        leaders = _update(ordered, comparison, previous, changed)
    except Crowded:
        leaders = _everything(ordered, comparison)
    return StoryState(ordered, tuple(leaders))


def _bare(item: Linkable) -> Linkable:
    """An article without what does not matter here."""
    features = item.features
    return Linkable(item.id, item.key, item.digest, Features(features.sketch, features.bands, features.size, b""), ())


def _everything(items: Sequence[Linkable], comparison: Comparison) -> list[str]:
    """Every article's leader, one after the other."""
    tables, leaders = Tables(), []
    for place, item in enumerate(items):
        bands = item.features.bands
        leader = comparison.leader(place, tables.candidates(bands)) if bands else None
        if leader is None and bands:
            tables.keep(bands, place)
        leaders.append(item.id if leader is None else items[leader].id)
    return leaders


def _update(
    items: Sequence[Linkable], comparison: Comparison, previous: StoryState, changed: AbstractSet[tuple[str, str]]
) -> list[str]:
    """Every article's leader, looking only at those that a change may matter to.

    Raises:
        Crowded: A change touches a bucket so full that it does not hold everybody.
    """
    columns = Columns((item.features.bands for item in items), len(changed))
    known = previous.by_article()
    # Whether a new article led is said by nobody: later ones hear of it when it is found to lead.
    leaders = ["" if (item.key, item.digest) in changed else known[item.id] for item in items]
    waiting = [place for place, leader in enumerate(leaders) if not leader]
    for item, leader in zip(previous.items, previous.leaders, strict=True):
        if leader == item.id and (item.key, item.digest) in changed:
            start = bisect_left(items, item.key, key=lambda other: other.key)
            later = (other for other in columns.sharing(item.features.bands) if other >= start)
            waiting.extend(other for _, other in comparison.alike(item, later))
    heapify(waiting)
    last = -1
    while waiting:
        place = heappop(waiting)
        if place == last:
            continue
        last, own = place, items[place].id
        sharing = columns.sharing(items[place].features.bands)
        before = [other for other in sharing if other < place and leaders[other] == items[other].id]
        found = comparison.leader(place, before)
        led, leaders[place] = leaders[place] == own, own if found is None else items[found].id
        if led != (found is None):
            for _, other in comparison.alike(items[place], (other for other in sharing if other > place)):
                heappush(waiting, other)
    return leaders
