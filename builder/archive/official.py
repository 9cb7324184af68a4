"""Parses official documents, assigns their slugs, and parses those again that an editor repairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import msgspec

from builder import reading
from builder.archive.attempts import attempt
from builder.archive.identity import identifier_of
from builder.archive.seeds import Seed, document_of
from builder.cache import BrokenCacheError, Memo, Store, digest, memoize, packed
from builder.config.curation import Correction
from builder.config.project import Curation
from builder.model.plan import Plan
from builder.model.post import RawDocument
from builder.problems import Problem


class _Read(msgspec.Struct, frozen=True, array_like=True):
    """A document, or why there is none."""

    plan: Plan | None
    failure: Problem | None = None


def documents_of(seeds: Sequence[Seed], curation: Curation, store: Store) -> list[Plan | Problem]:
    """Every document, in the order of the seeds; one that an editor repairs or doubts is read once more with that.

    In the place of one that cannot be read stands the problem that says why.
    """
    read = memoize(store, Memo("plans", _Read), [seed.key for seed in seeds], partial(_parsed, store, seeds, {}))
    plans = {place: each.plan for place, each in enumerate(read) if each.plan}
    fixes = {place: curation.correction(plan.path, plan.identifier) for place, plan in plans.items()}
    fixed = {place: fix for place, fix in fixes.items() if fix and (fix.repairs or fix.doubts)}
    keys = [digest(seeds[place].key, packed(fix)) for place, fix in fixed.items()]
    again = [seeds[place] for place in fixed]
    work = partial(_parsed, store, again, dict(enumerate(fixed.values())))
    repaired = dict(zip(fixed, memoize(store, Memo("edited-plans", _Read), keys, work), strict=True))
    return [_known(repaired.get(place, each)) for place, each in enumerate(read)]


def _known(read: _Read) -> Plan | Problem:
    found = read.plan or read.failure
    if found is None:
        raise BrokenCacheError
    return found


def _parsed(
    store: Store, seeds: Sequence[Seed], fixes: Mapping[int, Correction], missing: list[int]
) -> Iterator[_Read]:
    for place in missing:
        found = attempt(seeds[place].path, partial(_plan, seeds[place], store, fixes.get(place)))
        yield _Read(None, found) if isinstance(found, Problem) else _Read(found)


def _plan(seed: Seed, store: Store, fix: Correction | None) -> Plan:
    from builder.documents.parsing import parse  # noqa: PLC0415  # few builds have a new plan, and it takes long to load

    document, _ = document_of(seed, store)
    if document is None:
        raise BrokenCacheError
    slug = f"plan-{identifier_of(_address(document), document.sha256, document.member)}"
    return replace(parse(document, fix), slug=slug, container=document.kind, member=document.member)


def _address(document: RawDocument) -> str | None:
    """A document's canonical address, where what stands above its text says one; its text may name any."""
    post = reading.parse_post(document)
    return post.url if post.front_matter else None
