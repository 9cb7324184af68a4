"""Turns whatever fails while a seed is processed into a problem of that seed; the others are published."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from builder.cache import BrokenCacheError
from builder.parallel.budget import OverBudgetError, budget
from builder.problems import BuilderError, Problem, SeedChangedError

Result = TypeVar("Result")

SECONDS = 30
"""Processor time for one step of one seed; the largest real ones take two."""
_NOT_THE_SEEDS_FAULT = (BuilderError, SeedChangedError, BrokenCacheError, sqlite3.Error, OSError)


def attempt(path: str, work: Callable[[], Result]) -> Result | Problem:
    """Do one step of one seed; a problem where it fails for a reason that lies in the seed, or takes too long."""
    try:
        with budget(SECONDS):
            return work()
    except OverBudgetError:
        return Problem("seed-slow", path, values={"limit": str(SECONDS)})
    except _NOT_THE_SEEDS_FAULT:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a library may raise: the seed is named, with where it was
        return Problem("seed-failed", path, values={"reason": f"{type(error).__name__}, {_place(error)}"})


def _place(error: Exception) -> str:
    """Where in this program an error arose; a message may hold anything, even an address in memory."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if f"{Path(__file__).parents[1]}" in frame.filename]
    last = (own or frames)[-1]
    return f"{Path(last.filename).stem}.{last.name}"
