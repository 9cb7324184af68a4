"""Long work on many items, shared among the machine's processors; the result is that of doing one after the other."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from builder.parallel.worker import end_with_parent, may_fork, processors

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[Sequence[Any], str], Iterable[Any]]
"""Told of long work: passes the items of a stage on, one by one."""

WORTHWHILE = 64
"""With fewer items a second process costs more than it saves: 30 ms to start one, some 8 ms an item."""
SPAWNED_FROM = 4
"""Where processes have to be begun anew, sharing is worth while from so many times as many items."""
_CHUNK = 16
_SHARES = 8
"""Portions for each process, so that none waits long for the last."""

_work: Callable[[Any], Any] | None = None


def parallel_map(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    progress: Progress,
    stage: str,
    processes: int | None = None,
    worthwhile: int = WORTHWHILE,
) -> Iterator[Result]:
    """Do the same work on every item.

    Args:
        work: Depends on its item alone.
        items: What to work on; they and the results pass between processes.
        progress: Told of each item.
        stage: Label of the stage.
        processes: How many; by default as many as this process may use.
        worthwhile: From so many items on the work is shared.

    Returns:
        The results, in the order of the items.
    """
    number = min(processes or processors(), len(items)) if len(items) >= worthwhile else 1
    forks = may_fork()
    if number <= 1 or (not forks and len(items) < worthwhile * SPAWNED_FROM):
        yield from map(work, progress(items, stage))
        return
    portion = max(1, min(_CHUNK, len(items) // (number * _SHARES)))
    if forks:
        yield from _forked(work, items, progress(items, stage), number, portion)
    else:
        from builder.parallel import spawning  # noqa: PLC0415  # slow to load, and most commands do little

        yield from spawning.spawned(work, items, progress(items, stage), number, portion)


def _forked(
    work: Callable[[Item], Result], items: Sequence[Item], told: Iterable[Item], number: int, portion: int
) -> Iterator[Result]:
    """As ``spawned``, but the processes know the work, its profiles and tables: only items and results are passed."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # slow to load, and most commands do little
    from multiprocessing import get_context  # noqa: PLC0415  # likewise

    rest = iter(told)
    first = work(next(rest))  # before the fork, so that no process need load or compile what this one has
    with ProcessPoolExecutor(number, get_context("fork"), _begin, (work,)) as executor:
        results = executor.map(_do, items[1:], chunksize=portion)
        yield first
        for _, result in zip(rest, results, strict=True):
            yield result


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603  # the pool's way to hand a forked process its work, once, at its birth
    _work = work
    let_garbage_go()
    end_with_parent()


def let_garbage_go() -> None:
    """Collect garbage here, which costs little: without that the process grows by all it ever worked on."""
    gc.freeze()  # what came with the fork is shared, and stays so only while nobody touches it
    gc.set_threshold(*_GARBAGE)
    gc.enable()


_GARBAGE = (20_000, 10, 1000)


def _do(item: Any) -> Any:  # noqa: ANN401  # items and results are the caller's; only spread knows their types
    assert _work is not None  # noqa: S101  # for the type checker: _begin has set it before any item comes
    return _work(item)
