"""Memoizes pure functions in the store: looks up the results of many things at once, and works out the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from zlib import crc32

from builder.cache.sealing import packed, unpacked
from builder.cache.store import Store

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Memo(Generic[Result]):
    """Results of one pure function."""

    name: str  # Its table in the store
    kind: type[Result]  # Type of a result; plain enough for MessagePack
    context: bytes = b""  # Digest of what all results depend on besides their key
    # Tables in which ``work_out`` puts more under the same keys; it is forgotten with them
    side_tables: tuple[str, ...] = ()


def memoize(
    store: Store,
    memo: Memo[Result],
    keys: Sequence[bytes],
    work_out: Callable[[list[int]], Iterable[Result]],
    is_valid: Callable[[int, Result], bool] | None = None,
) -> list[Result]:
    """The results of a function for many things; a memo is read in few portions, so that ten thousand take one query.

    Args:
        store: Where they are remembered.
        memo: Which function.
        keys: For each thing the digest of everything that its result depends on, the memo's context aside.
        work_out: Given the places of things that are not known, gives their results in the same order.
        is_valid: Whether a result that is known still holds, given its place; by default it does.

    Returns:
        A result for each key, in order. What no key asks for any more is forgotten.

    Raises:
        BrokenCacheError: What is remembered is damaged.
    """
    known = _known(store, memo)
    missing = [
        place for place, key in enumerate(keys) if key not in known or (is_valid and not is_valid(place, known[key]))
    ]
    needless = known.keys() - set(keys)
    if missing:
        store.commit()  # what was put so far, for processes that share the work
    fresh = [keys[place] for place in missing]
    known.update(zip(fresh, work_out(missing) if missing else (), strict=True))
    for key in needless:
        del known[key]
    _keep(store, memo, known, {_portion(key) for key in (*fresh, *needless)})
    for other in memo.side_tables if needless else ():
        store.drop(other, needless)
    return [known[key] for key in keys]


def _known(store: Store, memo: Memo[Result]) -> dict[bytes, Result]:
    known: dict[bytes, Result] = {}
    if store.one(memo.name, _CONTEXT) != memo.context:
        return known
    for _, portion in store.many(memo.name, _PORTIONS):
        known.update(unpacked(portion, dict[bytes, memo.kind]))  # type: ignore[name-defined]  # a type made at run time
    return known


def _keep(store: Store, memo: Memo[Result], known: Mapping[bytes, Result], changed: Collection[bytes]) -> None:
    """Put the portions that have changed; all of them where everything depends on something else now."""
    if store.one(memo.name, _CONTEXT) != memo.context:
        store.keep_only(memo.name, ())
        store.put(memo.name, [(_CONTEXT, memo.context)])
        changed = set(map(_portion, known))
    portions: dict[bytes, dict[bytes, Result]] = {portion: {} for portion in changed}
    for key in known if changed else ():
        if (portion := _portion(key)) in portions:
            portions[portion][key] = known[key]
    store.put(memo.name, ((portion, packed(content, ordered=False)) for portion, content in portions.items()))


def _portion(key: bytes) -> bytes:
    """Which portion of a memo holds a key: few enough to be read in one go, small enough to be written often."""
    return b"portion" + bytes([crc32(key) % _NUMBER])


_CONTEXT = b"context"
_NUMBER = 64
_PORTIONS = tuple(b"portion" + bytes([number]) for number in range(_NUMBER))
