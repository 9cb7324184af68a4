"""Takes in every seed: reads it, tells plans from posts, cleans the posts with what all of them repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from builder import cleaning, reading
from builder.archive import bodies
from builder.archive.bodies import Bodies
from builder.archive.making import ASKED, Kept, Made, answers, keep, key_of, make
from builder.archive.official import documents_of
from builder.archive.scan import repetition, scan_seeds
from builder.archive.seeds import Seed, seeds_of
from builder.archive.siblings import sibling_pictures
from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.plan import Plan
from builder.parallel.mapping import Progress, parallel_map
from builder.problems import Problem
from builder.reading.discovery import Discovered, SeedFile


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that the seeds hold."""

    articles: tuple[Article, ...]  # By path
    plans: tuple[Plan, ...]  # By path
    problems: tuple[Problem, ...]  # Of files that could not be read; an article's own problems stay with it

    @property
    def items(self) -> tuple[Article | Plan, ...]:
        """Articles, then plans."""
        return (*self.articles, *self.plans)


class _Cleaned(msgspec.Struct, frozen=True, array_like=True):
    """An article's short fields, and what its cleaning was told of its source's habits."""

    article: Article | None  # Its short fields; None where cleaning failed
    habits: bytes  # Digest of all that the source repeats
    answers: tuple[str, ...]  # Those of them that were asked for
    failure: Problem | None = None  # Why cleaning failed


@dataclass(frozen=True, slots=True)
class _Post:
    """A post, and what its cleaning depends on."""

    seed: Seed
    key: bytes  # Of everything that cleaning depends on but the habits
    habits: frozenset[str]  # What its source repeats
    alone: Kept | None  # What it becomes where its source repeats nothing, if it has just been cleaned

    def unmoved(self) -> Kept | None:
        """What it becomes, where the habits of its source change nothing."""
        return None if self.alone is None or answers(self.alone[1], self.habits) else self.alone


def silent(items: Sequence[Any], _stage: str) -> Iterable[Any]:
    """The progress that says nothing."""
    return items


def take_in(
    seeds: Path | Discovered, curation: Curation, progress: Progress = silent, store: Store | None = None
) -> Intake:
    """Read and clean a folder of seeds, one file, or what was found; a bad file ends as a problem.

    Raises:
        BrokenCacheError: What was remembered is damaged.
    """
    files, unread = reading.discover(seeds) if isinstance(seeds, Path) else seeds
    return _taken(files, unread, curation, progress, store or Store(None))


def take_in_files(paths: Sequence[Path], seeds: Path, curation: Curation) -> Intake:
    """Read and clean some files of a folder, or folders of it, as far as each can be judged without the others."""
    found, problems = reading.discover(seeds)
    wanted = [file for file in found if any(one == Path(file.file) or one in Path(file.file).parents for one in paths)]
    return _taken(wanted, problems, curation, silent, Store(None))


def _taken(
    files: Sequence[SeedFile], unread: Sequence[Problem], curation: Curation, progress: Progress, store: Store
) -> Intake:
    cleaning.check(curation.sources)
    seeds = seeds_of(files, store, progress)
    seen, alone = scan_seeds(seeds, curation, store, progress)
    habits = repetition(seeds, seen, store)
    found = [(seed, scan) for seed, scan in zip(seeds, seen, strict=True) if scan.kind == "post"]
    lying = ((seed.path, sibling_pictures(seed, scan.references)) for seed, scan in found)
    siblings = {path: places for path, places in lying if places}
    shown = {place for places in siblings.values() for place in places.values()}
    maker = partial(make, curation=curation, repetition=habits, store=store, siblings=siblings)
    keys = [key_of(seed, siblings.get(seed.path, {})) for seed, _ in found]
    posts = [
        _Post(seed, key, habits.habits(scan.source, scan.title), alone.get(key))
        for (seed, scan), key in zip(found, keys, strict=True)
        if seed.file not in shown
    ]
    plans = [seed for seed, scan in zip(seeds, seen, strict=True) if scan.kind == "plan"]
    made = [*_articles(posts, maker, curation, store, progress), *documents_of(plans, curation, store)]
    return Intake(
        articles=tuple(each for each in made if isinstance(each, Article)),
        plans=tuple(each for each in made if isinstance(each, Plan)),
        problems=(*unread, *chain(*(scan.problems for scan in seen)), *(x for x in made if isinstance(x, Problem))),
    )


def _articles(
    posts: Sequence[_Post],
    maker: Callable[..., Made | Problem],
    curation: Curation,
    store: Store,
    progress: Progress,
) -> Iterator[Article | Problem]:
    named = list(map(cache(lambda lines: digest(*sorted(lines))), (post.habits for post in posts)))

    def clean(missing: list[int]) -> Iterator[_Cleaned]:
        done = {place: alone for place in missing if (alone := posts[place].unmoved())}
        again = [posts[place].seed for place in missing if place not in done]
        results = iter(parallel_map(maker, again, progress, "stage_clean"))
        for place in missing:
            post = posts[place]
            kept = done.get(place) or keep(next(results), post.key, store)
            if isinstance(kept, Problem):
                yield _Cleaned(None, named[place], (), kept)
            else:
                yield _Cleaned(kept[0], named[place], answers(kept[1], post.habits))

    def is_valid(place: int, cleaned: _Cleaned) -> bool:
        if cleaned.habits == named[place]:
            return True
        asked = store.one(ASKED, posts[place].key)
        return asked is not None and cleaned.answers == answers(asked, posts[place].habits)

    memo = Memo("articles", _Cleaned, packed(curation.sources), (bodies.TABLE, ASKED))
    keys = [post.key for post in posts]
    made = memoize(store, memo, keys, clean, is_valid)
    edited = _edited(posts, made, named, curation, maker, store)
    _keep_pictures([*made, *(again for again, _ in edited.values())], store)
    stored = Bodies(store)
    for place, (cleaned, key) in enumerate(zip(made, keys, strict=True)):
        final, under = edited.get(place, (cleaned, key))
        yield stored.attach(final.article, under) if final.article else final.failure or _unexplained()


def _keep_pictures(made: Iterable[_Cleaned], store: Store) -> None:
    """Let the store forget every picture that no article shows any more."""
    articles = (each.article for each in made if each.article)
    store.keep_only(bodies.PICTURES, {name.encode() for article in articles for name in article.pictures})


def _unexplained() -> Problem:
    """For a cached value that holds neither an article nor a problem: it is damaged."""
    raise BrokenCacheError


def _edited(
    posts: Sequence[_Post],
    made: Sequence[_Cleaned],
    named: Sequence[bytes],
    curation: Curation,
    maker: Callable[..., Made | Problem],
    store: Store,
) -> dict[int, tuple[_Cleaned, bytes]]:
    """The articles of which an editor keeps or drops blocks, cleaned once more, by their places.

    Only what cleaning makes of a post by itself says which article it is, and so which correction is its own.
    """
    known = {place: cleaned.article for place, cleaned in enumerate(made) if cleaned.article}
    fixes = {place: curation.correction(each.path, each.identifier) for place, each in known.items()}
    places = {place: fix for place, fix in fixes.items() if fix and (fix.keep or fix.drop)}
    keys = {
        place: digest(posts[place].key, named[place], packed((fix.keep, fix.drop))) for place, fix in places.items()
    }

    def clean(missing: list[int]) -> Iterator[_Cleaned]:
        for place in (list(places)[number] for number in missing):
            kept = keep(maker(posts[place].seed, known=known[place]), keys[place], store)
            yield _Cleaned(None, b"", (), kept) if isinstance(kept, Problem) else _Cleaned(kept[0], b"", ())

    memo = Memo("edited", _Cleaned, packed(curation.sources), (bodies.TABLE, ASKED))
    again = memoize(store, memo, list(keys.values()), clean)
    return {place: (cleaned, keys[place]) for place, cleaned in zip(places, again, strict=True)}
