"""Links articles to each other, to plans and to names, from memoized features of each article."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

import msgspec

from builder.cache import Memo, Store, digest, memoize, packed, unpacked
from builder.config.project import Curation
from builder.folding import fold
from builder.linking.citations import Citations
from builder.linking.duplicates import find_leaders, stories
from builder.linking.features import Features, Linkable, features, order_key
from builder.linking.names import Names
from builder.linking.related import related_articles
from builder.model.archive import Entry, Relations
from builder.model.links import PlanLink
from builder.model.plan import Plan
from builder.parallel.mapping import Progress, parallel_map

Result = TypeVar("Result")
_VERDICTS = "verdicts"


def relate(
    entries: list[Entry], plans: Sequence[Plan], curation: Curation, store: Store, progress: Progress
) -> Relations:
    """Find stories, related articles, links with plans, and names."""
    names, entities, cited = Names(curation.entities), packed(curation.entities), _Cited(plans, curation)
    keys = [_content(entry) for entry in entries]

    def ask(memo: Memo[Result], question: Callable[[Entry], Result], keys: Sequence[bytes]) -> list[Result]:
        """The answers of a pure function of an article's words."""

        def work(missing: list[int]) -> Iterator[Result]:
            return parallel_map(lambda number: question(entries[number]), missing, progress, "stage_link")

        return memoize(store, memo, keys, work)

    def named(entry: Entry) -> _Named:
        words = f"{entry.article.title}\n{entry.article.text}"
        folded = fold(words)
        return _Named(dict(names.in_folded(folded)), cited.citations.links(entry.id, words, folded))

    own = ask(Memo("features", Features), lambda entry: features(entry.article.title, entry.article.text), keys)
    found = ask(
        Memo("named", _Named, digest(packed(plans), packed(curation.vocabulary), entities)),
        named,
        [digest(key, entry.id) for key, entry in zip(keys, entries, strict=True)],
    )
    in_plans = memoize(
        store,
        Memo("plan-mentions", list[tuple[str, dict[str, int]]], entities),
        [digest(packed(plan)) for plan in plans],
        lambda missing: [[(eid, dict(counts)) for eid, counts in names.in_plan(plans[number])] for number in missing],
    )
    return Relations(
        _related(entries, zip(keys, own, strict=True), _chosen(entries, curation), store),
        {entry.id: each.links for entry, each in zip(entries, found, strict=True) if each.links},
        names.gathered(
            ((plan.slug, mentions) for plan, mentions in zip(plans, in_plans, strict=True)),
            ((entry.id, each.mentions) for entry, each in zip(entries, found, strict=True)),
        ),
    )


class _Named(msgspec.Struct, frozen=True, array_like=True):
    """What an article speaks of that is known by name."""

    mentions: dict[str, int]  # How often, by slug
    links: tuple[PlanLink, ...]  # Sections of plans about the same


class _Cited:
    """What the plans say, looked up where the first article is new."""

    def __init__(self, plans: Sequence[Plan], curation: Curation) -> None:
        self._plans, self._curation = plans, curation

    @cached_property
    def citations(self) -> Citations:
        return Citations(self._plans, self._curation.vocabulary, self._curation.entities)


def _chosen(entries: Iterable[Entry], curation: Curation) -> frozenset[str]:
    """Identifiers of the articles that an editor has put at the head of their story."""
    fixes = ((entry.id, curation.correction(entry.article.path, entry.id)) for entry in entries)
    return frozenset(identifier for identifier, fix in fixes if fix and fix.canonical)


def _related(
    entries: list[Entry], words: Iterable[tuple[bytes, Features]], chosen: frozenset[str], store: Store
) -> list[Entry]:
    """Each article with those that tell the same story, and those related to it."""
    items = [
        Linkable(entry.id, order_key(entry), key.hex(), own, entry.topics)
        for entry, (key, own) in zip(entries, words, strict=True)
    ]
    by_id = {entry.id: entry for entry in entries}
    leaders = _leaders(items, lambda identifier: by_id[identifier].article.text, store)
    groups = [_main_first(group, chosen) for group in stories(leaders)]
    story = {identifier: group for group in groups for identifier in group}
    related = related_articles(items, leaders)
    return [
        dataclasses.replace(entry, story=story.get(entry.id, ()), related=related.get(entry.id, ()))
        if entry.id in story or related.get(entry.id)
        else entry
        for entry in entries
    ]


def _leaders(items: Sequence[Linkable], load_text: Callable[[str], str], store: Store) -> dict[str, str]:
    """Who leads each article's story; what comparisons of texts have shown is remembered."""
    stored = store.one(_VERDICTS, _VERDICTS.encode())
    verdicts = unpacked(stored, dict[str, float]) if stored else {}
    known = len(verdicts)
    leaders = find_leaders(items, load_text, verdicts)
    if len(verdicts) != known:
        store.put(_VERDICTS, [(_VERDICTS.encode(), packed(verdicts))])
    return leaders


def _main_first(group: Iterable[str], chosen: frozenset[str]) -> tuple[str, ...]:
    """A story with the article that an editor has chosen at its head; else the earliest stays there."""
    return tuple(sorted(group, key=lambda identifier: identifier not in chosen))


def _content(entry: Entry) -> bytes:
    """Stands for an article's words."""
    article = entry.article
    return digest(article.digest or article.text, article.title)
