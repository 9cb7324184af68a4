"""Asks the store for the results of many things at once, and works out those it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from builder.cache.store import BrokenCacheError, Store

Result = TypeVar("Result")
_LIST = b"list"


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
    wanted = set(keys)
    needless = known.keys() - wanted
    if missing:
        store.commit()  # what was put so far, for processes that share the work
    known.update(zip([keys[place] for place in missing], work_out(missing) if missing else (), strict=True))
    if missing or needless:
        known = {key: known[key] for key in wanted}
        store.put(shelf.name, [(_LIST, msgspec.msgpack.encode((shelf.context, known)))])
        for other in shelf.beside:
            store.drop(other, needless)
    return [known[key] for key in keys]


def _known(store: Store, shelf: Shelf[Result]) -> dict[bytes, Result]:
    stored = store.one(shelf.name, _LIST)
    if stored is None:
        return {}
    try:
        context, known = msgspec.msgpack.decode(stored, type=tuple[bytes, msgspec.Raw])
        return msgspec.msgpack.decode(known, type=dict[bytes, shelf.kind]) if context == shelf.context else {}  # type: ignore[name-defined]  # a type made at run time
    except msgspec.MsgspecError as error:
        raise BrokenCacheError from error
