"""The first pass over the seeds: what each is, and what its source may be repeating."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

import msgspec

from builder import cleaning, reading
from builder.archive.attempts import attempt
from builder.archive.identity import identifier_of
from builder.archive.seeds import Seed, document_of
from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed, unpacked
from builder.config.curation import SourceProfile
from builder.containers.references import references
from builder.documents.judging import judge
from builder.model.post import RawDocument
from builder.parallel.mapping import Progress, parallel_map
from builder.problems import Problem


def is_document(document: RawDocument, kinds: Mapping[str, str]) -> bool:
    """Whether a seed is an official document; ``kinds`` is what editors say of some, by path or identifier."""
    said = _said(document, kinds) if kinds else None
    return judge(document.text, document.path).is_document if said is None else said == "document"


def _said(document: RawDocument, kinds: Mapping[str, str]) -> str | None:
    post = reading.parse_post(document)
    addresses = dict.fromkeys((None, post.url, post.url if post.front_matter else None))
    names = [document.path, *(identifier_of(url, document.sha256, document.member) for url in addresses)]
    return next((kinds[name] for name in names if name in kinds), None)


_LESSONS = "lessons"


class SeedScan(msgspec.Struct, frozen=True, array_like=True):
    """What the first look at a seed shows."""

    kind: Literal["post", "plan", "none"]  # What it is; ``none`` where it cannot be read
    problems: tuple[Problem, ...] = ()  # Why not
    source: str = ""  # Key of a post's source
    outlet: str | None = None  # The outlet whose profile fits it
    title: str = ""  # Key of its title
    bare: bool = False  # Whether it has no text beside its title
    references: tuple[str, ...] = ()  # Relative addresses of the images in its text: files that may lie beside it


def scan_seeds(
    seeds: Sequence[Seed],
    profiles: Mapping[str, SourceProfile],
    kinds: Mapping[str, str],
    store: Store,
    progress: Progress,
) -> list[SeedScan]:
    """Look at every seed; ``kinds`` is what editors say that some are."""

    def look(missing: list[int]) -> Iterator[SeedScan]:
        work = partial(_scan, profiles=profiles, kinds=kinds, store=store)
        results = parallel_map(work, [seeds[place] for place in missing], progress, "stage_read")
        for place, (scan, lesson) in zip(missing, results, strict=True):
            if lesson:
                store.put(_LESSONS, [(seeds[place].key, lesson)])
            yield scan

    memo = Memo("scans", SeedScan, digest(packed(profiles), packed(kinds)), (_LESSONS,))
    return memoize(store, memo, [seed.key for seed in seeds], look)


def repetition(seeds: Sequence[Seed], seen: Sequence[SeedScan], store: Store) -> cleaning.Repetition:
    """What every source repeats, of what each post can teach."""
    posts = [(seed, scan) for seed, scan in zip(seeds, seen, strict=True) if scan.kind == "post"]
    outlets = cleaning.outlets_of((scan.source, scan.outlet) for _, scan in posts)
    by_outlet: dict[str, list[bytes]] = defaultdict(list)
    for seed, scan in posts:
        by_outlet[outlets.get(scan.source, scan.source)].append(seed.key)
    names = sorted(by_outlet)

    def learn(missing: list[int]) -> Iterable[list[str]]:
        return (sorted(cleaning.repeated(_lessons(store, by_outlet[names[place]]))) for place in missing)

    keys = [digest(*sorted(by_outlet[name])) for name in names]
    learned = memoize(store, Memo("repeated", list[str]), keys, learn)
    return cleaning.Repetition(
        lines={name: frozenset(lines) for name, lines in zip(names, learned, strict=True) if lines},
        titles=cleaning.shared_titles(scan.title for _, scan in posts if scan.bare),
        outlets=outlets,
    )


def _scan(
    seed: Seed, *, profiles: Mapping[str, SourceProfile], kinds: Mapping[str, str], store: Store
) -> tuple[SeedScan, bytes]:
    """What a seed is, and, packed, what it can teach."""
    found = attempt(seed.path, lambda: _seen(seed, profiles, kinds, store))
    return (SeedScan("none", (found,)), b"") if isinstance(found, Problem) else found


def _seen(
    seed: Seed, profiles: Mapping[str, SourceProfile], kinds: Mapping[str, str], store: Store
) -> tuple[SeedScan, bytes]:
    document, problems = document_of(seed, store)
    if document is None:
        return SeedScan("none", problems), b""
    if is_document(document, kinds):
        return SeedScan("plan", problems), b""
    seen = cleaning.observe(reading.parse_post(document), profiles)
    shown = () if document.member or document.files else references(document.text)
    scan = SeedScan("post", problems, seen.source, seen.outlet, seen.title, seen.bare, shown)
    return scan, packed(seen)


def _lessons(store: Store, keys: Sequence[bytes]) -> Iterator[cleaning.Observation]:
    number = 0
    for number, (_, lesson) in enumerate(store.many(_LESSONS, keys), 1):  # noqa: B007  # counted
        yield unpacked(lesson, cleaning.Observation)
    if number != len(set(keys)):
        raise BrokenCacheError
