"""Asks the store for the results of many things at once, and works out those it does not know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from zlib import crc32

from builder.cache.packing import packed, unpacked
from builder.cache.store import Store

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Result]):
    """Results of one pure function.

    Attributes:
        name: Of the shelf.
        kind: Type of a result; plain enough for MessagePack.
        context: Digest of what all results depend on beside their own thing.
        beside: Shelves on which ``work_out`` puts more under the same keys; it is forgotten with them.
    """

    name: str
    kind: type[Result]
    context: bytes = b""
    beside: tuple[str, ...] = ()


def recall(
    store: Store,
    shelf: Shelf[Result],
    keys: Sequence[bytes],
    work_out: Callable[[list[int]], Iterable[Result]],
    still: Callable[[int, Result], bool] | None = None,
) -> list[Result]:
    """The results of many things; all of a shelf lie together, so that ten thousand are read in one go.

    Args:
        store: Where they are remembered.
        shelf: Which function.
        keys: For each thing the digest of everything that its result depends on, the shelf's context aside.
        work_out: Given the places of things that are not known, gives their results in the same order.
        still: Whether a result that is known still holds, given its place; by default it does.

    Returns:
        A result for each key, in order. What no key asks for any more is forgotten.

    Raises:
        BrokenCacheError: What is remembered is damaged.
    """
    known = _known(store, shelf)
    missing = [place for place, key in enumerate(keys) if key not in known or (still and not still(place, known[key]))]
    needless = known.keys() - set(keys)
    if missing:
        store.commit()  # what was put so far, for processes that share the work
    fresh = [keys[place] for place in missing]
    known.update(zip(fresh, work_out(missing) if missing else (), strict=True))
    for key in needless:
        del known[key]
    _keep(store, shelf, known, {_portion(key) for key in (*fresh, *needless)})
    for other in shelf.beside if needless else ():
        store.drop(other, needless)
    return [known[key] for key in keys]


def _known(store: Store, shelf: Shelf[Result]) -> dict[bytes, Result]:
    known: dict[bytes, Result] = {}
    if store.one(shelf.name, _CONTEXT) != shelf.context:
        return known
    for _, portion in store.many(shelf.name, _PORTIONS):
        known.update(unpacked(portion, dict[bytes, shelf.kind]))  # type: ignore[name-defined]  # a type made at run time
    return known


def _keep(store: Store, shelf: Shelf[Result], known: Mapping[bytes, Result], changed: Collection[bytes]) -> None:
    """Put the portions that have changed; all of them where everything depends on something else now."""
    if store.one(shelf.name, _CONTEXT) != shelf.context:
        store.put(shelf.name, [(_CONTEXT, shelf.context)])
        changed = _PORTIONS
    portions: dict[bytes, dict[bytes, Result]] = {portion: {} for portion in changed}
    for key in known if changed else ():
        if (portion := _portion(key)) in portions:
            portions[portion][key] = known[key]
    store.put(shelf.name, ((portion, packed(content, ordered=False)) for portion, content in portions.items()))


def _portion(key: bytes) -> bytes:
    """Which portion of a shelf holds a key: few enough to be read in one go, small enough to be written often."""
    return b"portion" + bytes([crc32(key) % _NUMBER])


_CONTEXT = b"context"
_NUMBER = 64
_PORTIONS = tuple(b"portion" + bytes([number]) for number in range(_NUMBER))
