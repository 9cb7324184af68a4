"""Links articles to each other, to plans and to names, from memoized features of each article."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import msgspec

from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed, unpacked
from builder.config.project import Curation
from builder.linking.citations import Citations
from builder.linking.duplicates import find_leaders, stories
from builder.linking.features import Features, Linkable, features, order_key
from builder.linking.names import Names
from builder.linking.related import RelatedState, update_related
from builder.model.archive import Entry
from builder.model.links import NameEntry, PlanLinks, SharedWords
from builder.model.plan import Plan
from builder.parallel.mapping import Progress, parallel_map

Result = TypeVar("Result")
_STATES = "relations"


@dataclass(frozen=True, slots=True)
class Relations:
    """What binds the archive together.

    Attributes:
        entries: The articles with their stories and related articles, in the order in which they were given.
        plan_links: What binds articles and plans.
        names: Every known name that a plan or an article mentions.
    """

    entries: list[Entry]
    plan_links: PlanLinks = field(default_factory=lambda: PlanLinks({}, {}, lambda _: ()))
    names: tuple[NameEntry, ...] = ()


def relate(
    entries: list[Entry], plans: Sequence[Plan], curation: Curation, store: Store, progress: Progress
) -> Relations:
    """Find stories, related articles, links with plans, and names."""
    names = Names(curation.entities)
    cited = _Cited(plans, curation)
    questions = {
        "features": lambda title, text: (packed(features(title, text)), b""),
        "mentions": lambda title, text: (packed(names.in_article(title, text)), b""),
        _LINKS: lambda title, text: _links(cited.citations, title, text),
    }
    words = _Words(entries, questions, store, progress)
    known = words.remembered("features", Features)
    entities = packed(curation.entities)
    mentions = words.remembered("mentions", dict[str, int], entities)
    in_plans = memoize(
        store,
        Memo("plan-mentions", list[tuple[str, dict[str, int]]], entities),
        [digest(packed(plan)) for plan in plans],
        lambda missing: [[(eid, dict(counts)) for eid, counts in names.in_plan(plans[number])] for number in missing],
    )
    about_plans = digest(packed(plans), packed(curation.vocabulary), entities)
    return Relations(
        _related(entries, zip(words.keys, known, strict=True), _chosen(entries, curation), store),
        _plan_links(entries, words, about_plans),
        names.gathered(
            ((plan.slug, found) for plan, found in zip(plans, in_plans, strict=True)),
            ((entry.id, counts) for entry, counts in zip(entries, mentions, strict=True)),
        ),
    )


class _Cited:
    """What the plans say, looked up where the first article is new."""

    def __init__(self, plans: Sequence[Plan], curation: Curation) -> None:
        self._plans, self._curation = plans, curation

    @cached_property
    def citations(self) -> Citations:
        return Citations(self._plans, self._curation.vocabulary, self._curation.entities)


_Question = Callable[[str, str], tuple[bytes, bytes]]
"""A pure function of title and text; gives what it says of them, packed, and what is read only when it is asked for."""


class _Words:
    """Asks some questions about every article's words.

    The first must depend on nothing but the words, and be the first to be asked: where its answer is not known, the
    text is new, and the others are asked with it, since to read a text takes longer than to answer one of them.
    """

    def __init__(
        self, entries: Sequence[Entry], questions: Mapping[str, _Question], store: Store, progress: Progress
    ) -> None:
        self._entries = entries
        self._questions = questions
        self._store = store
        self._progress = progress
        self._answers: dict[tuple[str, int], tuple[bytes, bytes]] = {}
        self.keys = [_content(entry) for entry in entries]

    def remembered(self, name: str, kind: type[Result], context: bytes = b"", side_table: str = "") -> list[Result]:
        """A question's answers; ``side_table`` holds what is read only when it is asked for."""

        def work(missing: list[int]) -> Iterator[Result]:
            self._ask(name, [number for number in missing if (name, number) not in self._answers])
            for number in missing:
                answer, more = self._answers.pop((name, number))
                if side_table:
                    self._store.put(side_table, [(self.keys[number], more)])
                yield unpacked(answer, kind)

        return memoize(self._store, Memo(name, kind, context, (side_table,) if side_table else ()), self.keys, work)

    def _ask(self, name: str, numbers: list[int]) -> None:
        every = tuple(self._questions)
        names = every if name == every[0] else (name,)

        def answers(number: int) -> list[tuple[bytes, bytes]]:
            article = self._entries[number].article
            return [self._questions[each](article.title, article.text) for each in names]

        for number, found in zip(numbers, parallel_map(answers, numbers, self._progress, "stage_link"), strict=True):
            self._answers.update(((each, number), answer) for each, answer in zip(names, found, strict=True))

    def aside(self, table: str, key: bytes) -> bytes:
        """What was put into a side table."""
        more = self._store.one(table, key)
        if more is None:
            raise BrokenCacheError
        return more


class _Links(msgspec.Struct, frozen=True, array_like=True):
    """The links of an article: plan, section and score of each, and a digest of what they rest on."""

    links: tuple[tuple[str, str, float], ...]
    digest: bytes


def _links(citations: Citations, title: str, text: str) -> tuple[bytes, bytes]:
    found = citations.links("", title, text)
    said = packed([link.words for link in found])
    return packed(_Links(tuple((link.plan, link.eid, link.score) for link in found), digest(said))), said


def _plan_links(entries: Sequence[Entry], words: _Words, context: bytes) -> PlanLinks:
    known = words.remembered(_LINKS, _Links, context, side_table=_SAID)
    keys = {entry.id: key for entry, key in zip(entries, words.keys, strict=True)}
    return PlanLinks(
        {entry.id: own.links for entry, own in zip(entries, known, strict=True)},
        {entry.id: own.digest for entry, own in zip(entries, known, strict=True)},
        lambda identifier: unpacked(words.aside(_SAID, keys[identifier]), list[tuple[SharedWords, ...]]),
    )


_LINKS, _SAID = "links", "link-words"


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
    near = _state(store, "related", RelatedState)
    now = update_related(items, leaders, near)
    if now is not near:
        _keep(store, "related", now)
    groups = [_main_first(group, chosen) for group in stories(leaders)]
    story = {identifier: group for group in groups for identifier in group}
    related = now.related()
    return [
        dataclasses.replace(entry, story=story.get(entry.id, ()), related=related.get(entry.id, ()))
        if entry.id in story or related.get(entry.id)
        else entry
        for entry in entries
    ]


def _leaders(items: Sequence[Linkable], load_text: Callable[[str], str], store: Store) -> dict[str, str]:
    """Who leads each article's story; what comparisons of texts have shown is remembered."""
    verdicts = _state(store, "verdicts", dict[str, float]) or {}
    known = len(verdicts)
    leaders = find_leaders(items, load_text, verdicts)
    if len(verdicts) != known:
        _keep(store, "verdicts", verdicts)
    return leaders


def _main_first(group: Iterable[str], chosen: frozenset[str]) -> tuple[str, ...]:
    """A story with the article that an editor has chosen at its head; else the earliest stays there."""
    return tuple(sorted(group, key=lambda identifier: identifier not in chosen))


def _content(entry: Entry) -> bytes:
    """Stands for an article's words."""
    article = entry.article
    return digest(article.digest or article.text, article.title)


def _state(store: Store, name: str, kind: type[Result]) -> Result | None:
    stored = store.one(_STATES, name.encode())
    return unpacked(stored, kind) if stored else None


def _keep(store: Store, name: str, state: object) -> None:
    store.put(_STATES, [(name.encode(), packed(state))])
