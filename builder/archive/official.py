"""Takes in official documents: reads each, gives it its place in addresses, reads it again with an editor's repairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from builder import reading
from builder.archive.identity import identifier_of
from builder.archive.seeds import Seed, document_of
from builder.cache import BrokenCacheError, Shelf, Store, digest, packed, recall
from builder.config.curation import Correction
from builder.config.project import Curation
from builder.model.plan import Plan
from builder.model.post import RawDocument


def documents_of(seeds: Sequence[Seed], curation: Curation, store: Store) -> list[Plan]:
    """Every document, in the order of the seeds; one that an editor repairs or doubts is read once more with that."""
    plans = recall(store, Shelf("plans", Plan), [seed.key for seed in seeds], partial(_parsed, store, seeds, {}))
    fixes = {place: curation.correction(plan.path, plan.identifier) for place, plan in enumerate(plans)}
    fixed = {place: fix for place, fix in fixes.items() if fix and (fix.repairs or fix.doubts)}
    keys = [digest(seeds[place].key, packed(fix)) for place, fix in fixed.items()]
    again = [seeds[place] for place in fixed]
    work = partial(_parsed, store, again, dict(enumerate(fixed.values())))
    repaired = dict(zip(fixed, recall(store, Shelf("edited-plans", Plan), keys, work), strict=True))
    return [repaired.get(place, plan) for place, plan in enumerate(plans)]


def _parsed(store: Store, seeds: Sequence[Seed], fixes: Mapping[int, Correction], missing: list[int]) -> Iterator[Plan]:
    from builder.documents.parsing import parse  # noqa: PLC0415  # few builds have a new plan, and it takes long to load

    for place in missing:
        document, _ = document_of(seeds[place], store)
        if document is None:
            raise BrokenCacheError
        identifier = identifier_of(_address(document), document.sha256, document.member)
        yield replace(parse(document, fixes.get(place)), slug=f"plan-{identifier}")


def _address(document: RawDocument) -> str | None:
    """A document's canonical address, where what stands above its text says one; its text may name any."""
    post = reading.parse_post(document)
    return post.url if post.front_matter else None
