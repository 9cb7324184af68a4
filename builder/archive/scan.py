"""The first pass over the seeds: what each is, what its source may be repeating, what it says where that is nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

import msgspec

from builder import cleaning, reading
from builder.archive import bodies
from builder.archive.attempts import attempt
from builder.archive.identity import identifier_of
from builder.archive.making import Kept, Made, cleaned, keep
from builder.archive.seeds import Seed, document_of
from builder.archive.siblings import sibling_pictures
from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed, unpacked
from builder.config.project import Curation
from builder.containers.references import references
from builder.documents.judging import judge
from builder.model.post import Post, RawDocument
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
    seeds: Sequence[Seed], curation: Curation, store: Store, progress: Progress
) -> tuple[list[SeedScan], dict[bytes, Kept]]:
    """Look at every seed, and clean each new post as if its source repeated nothing: most need no second cleaning.

    Returns:
        What each is; and, by keys of seeds, articles with what their cleaning asked for.
    """
    articles: dict[bytes, Kept] = {}

    def look(missing: list[int]) -> Iterator[SeedScan]:
        work = partial(_scan, curation=curation, store=store)
        results = parallel_map(work, [seeds[place] for place in missing], progress, "stage_read")
        for place, (scan, lesson, made) in zip(missing, results, strict=True):
            key = seeds[place].key
            if lesson:
                store.put(_LESSONS, [(key, lesson)])
            if made and not isinstance(kept := keep(made, key, store), Problem):
                articles[key] = kept
            yield scan

    memo = Memo("scans", SeedScan, digest(packed(curation.sources), packed(curation.kinds())), (_LESSONS,))
    return memoize(store, memo, [seed.key for seed in seeds], look), articles


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


def _scan(seed: Seed, *, curation: Curation, store: Store) -> tuple[SeedScan, bytes, Made | Problem | None]:
    """What a seed is, what it can teach, packed, and what it becomes where its source repeats nothing."""
    found = attempt(seed.path, lambda: _seen(seed, curation, store))
    if isinstance(found, Problem):
        return SeedScan("none", (found,)), b"", None
    scan, lesson, post, body = found
    if not post or post.document.kind == "scan" or sibling_pictures(seed, scan.references):
        return scan, lesson, None
    if store.one(bodies.TABLE, seed.key):  # known, or what it was before its source's profile changed
        return scan, lesson, None
    return scan, lesson, attempt(seed.path, lambda: cleaned(post, frozenset(), curation, body))


def _seen(
    seed: Seed, curation: Curation, store: Store
) -> tuple[SeedScan, bytes, Post | None, cleaning.BodyTree | None]:
    document, problems = document_of(seed, store)
    if document is None:
        return SeedScan("none", problems), b"", None, None
    if is_document(document, curation.kinds()):
        return SeedScan("plan", problems), b"", None, None
    post = reading.parse_post(document)
    body = cleaning.parse(post.body, post.body_format)
    seen = cleaning.observe(post, curation.sources, body)
    shown = () if document.member or document.files else references(document.text)
    scan = SeedScan("post", problems, seen.source, seen.outlet, seen.title, seen.bare, shown)
    return scan, packed(seen), post, body


def _lessons(store: Store, keys: Sequence[bytes]) -> Iterator[cleaning.Observation]:
    number = 0
    for number, (_, lesson) in enumerate(store.many(_LESSONS, keys), 1):  # noqa: B007  # counted
        yield unpacked(lesson, cleaning.Observation)
    if number != len(set(keys)):
        raise BrokenCacheError
