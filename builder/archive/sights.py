"""The first look at every seed: what it is, and what its source may be repeating."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

import msgspec

from builder import cleaning, reading
from builder.archive.fates import attempt
from builder.archive.kinds import is_document
from builder.archive.seeds import Seed, document_of
from builder.cache import BrokenCacheError, Shelf, Store, digest, packed, recall, unpacked
from builder.config.curation import SourceProfile
from builder.containers.references import references
from builder.problems import Problem
from builder.sharing.spreading import Progress, spread

_LESSONS = "lessons"


class Sight(msgspec.Struct, frozen=True, array_like=True):
    """What the first look at a seed shows.

    Attributes:
        kind: What it is; ``none`` where it cannot be read.
        problems: Why not.
        source: Key of a post's source.
        outlet: The outlet whose profile fits it.
        title: Key of its title.
        bare: Whether it has no text beside its title.
        references: Relative addresses of the images in its text: files that may lie beside it.
    """

    kind: Literal["post", "plan", "none"]
    problems: tuple[Problem, ...] = ()
    source: str = ""
    outlet: str | None = None
    title: str = ""
    bare: bool = False
    references: tuple[str, ...] = ()


def sights(
    seeds: Sequence[Seed],
    profiles: Mapping[str, SourceProfile],
    kinds: Mapping[str, str],
    store: Store,
    progress: Progress,
) -> list[Sight]:
    """Look at every seed.

    Args:
        seeds: The files.
        profiles: The outlets' profiles.
        kinds: What editors say that some are.
        store: Remembers what was seen.
        progress: Told of each new file.
    """

    def look(missing: list[int]) -> Iterator[Sight]:
        work = partial(_sight, profiles=profiles, kinds=kinds, store=store)
        results = spread(work, [seeds[place] for place in missing], progress, "stage_read")
        for place, (sight, lesson) in zip(missing, results, strict=True):
            if lesson:
                store.put(_LESSONS, [(seeds[place].key, lesson)])
            yield sight

    shelf = Shelf("sights", Sight, digest(packed(profiles), packed(kinds)), (_LESSONS,))
    return recall(store, shelf, [seed.key for seed in seeds], look)


def repetition(seeds: Sequence[Seed], seen: Sequence[Sight], store: Store) -> cleaning.Repetition:
    """What every source repeats.

    Args:
        seeds: The files.
        seen: The sight of each.
        store: Holds what each post can teach, and what was learned of sources whose posts are the same.
    """
    posts = [(seed, sight) for seed, sight in zip(seeds, seen, strict=True) if sight.kind == "post"]
    outlets = cleaning.outlets_of((sight.source, sight.outlet) for _, sight in posts)
    by_outlet: dict[str, list[bytes]] = defaultdict(list)
    for seed, sight in posts:
        by_outlet[outlets.get(sight.source, sight.source)].append(seed.key)
    names = sorted(by_outlet)

    def learn(missing: list[int]) -> Iterable[list[str]]:
        return (sorted(cleaning.repeated(_lessons(store, by_outlet[names[place]]))) for place in missing)

    keys = [digest(*sorted(by_outlet[name])) for name in names]
    learned = recall(store, Shelf("repeated", list[str]), keys, learn)
    return cleaning.Repetition(
        lines={name: frozenset(lines) for name, lines in zip(names, learned, strict=True) if lines},
        titles=cleaning.shared_titles(sight.title for _, sight in posts if sight.bare),
        outlets=outlets,
    )


def _sight(
    seed: Seed, *, profiles: Mapping[str, SourceProfile], kinds: Mapping[str, str], store: Store
) -> tuple[Sight, bytes]:
    """What a seed is, and, packed, what it can teach."""
    found = attempt(seed.path, lambda: _seen(seed, profiles, kinds, store))
    return (Sight("none", (found,)), b"") if isinstance(found, Problem) else found


def _seen(
    seed: Seed, profiles: Mapping[str, SourceProfile], kinds: Mapping[str, str], store: Store
) -> tuple[Sight, bytes]:
    document, problems = document_of(seed, store)
    if document is None:
        return Sight("none", problems), b""
    if is_document(document, kinds):
        return Sight("plan", problems), b""
    seen = cleaning.observe(reading.parse_post(document), profiles)
    shown = () if document.member or document.files else references(document.text)
    sight = Sight("post", problems, seen.source, seen.outlet, seen.title, seen.bare, shown)
    return sight, packed(seen)


def _lessons(store: Store, keys: Sequence[bytes]) -> Iterator[cleaning.Observation]:
    number = 0
    for number, (_, lesson) in enumerate(store.many(_LESSONS, keys), 1):  # noqa: B007  # counted
        yield unpacked(lesson, cleaning.Observation)
    if number != len(set(keys)):
        raise BrokenCacheError
