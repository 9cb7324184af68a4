"""``facets.gz``: source, topics, script and day of every record, for filters, their counts and sorting by date.

Records come in the order of ``dates.gz``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from builder.model.search import SearchStub
from builder.search.packing import IndexFileError, pack, unpack
from builder.search.units import day_of

FACETS = "facets.gz"
_SCRIPTS = ("zh-Hans", "zh-Hant")


@dataclass(frozen=True, slots=True)
class Facets:
    """Values of each record, by its place in ``dates.gz``.

    Attributes:
        sources: Names of outlets.
        topics: Slugs.
        scripts: ``zh-Hans``, ``zh-Hant``, or another language's tag.
        days: Days of the month; 0 where the date is unknown.
    """

    sources: tuple[str, ...]
    topics: tuple[tuple[str, ...], ...]
    scripts: tuple[str, ...]
    days: tuple[int, ...]


def write_facets(stubs: Sequence[SearchStub]) -> bytes:
    """Pack the facets: each column as numbers into a list of its values.

    Args:
        stubs: In the order of ``dates.gz``.
    """
    columns = {
        "source": _column([stub.source for stub in stubs]),
        "topics": _column([" ".join(stub.topics) for stub in stubs]),
        "script": _column([script_of(stub.language) for stub in stubs]),
        "days": [int(stub.date[8:10]) if day_of(stub.date) else 0 for stub in stubs],
    }
    return pack(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode())


def read_facets(data: bytes) -> Facets:
    """Unpack the facets.

    Raises:
        IndexFileError: They are damaged.
    """
    try:
        columns = json.loads(unpack(data, FACETS))
        source, topics, script = (
            [column["values"][number] for number in column["numbers"]]
            for column in (columns["source"], columns["topics"], columns["script"])
        )
        return Facets(
            tuple(source), tuple(tuple(value.split()) for value in topics), tuple(script), tuple(columns["days"])
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise IndexFileError(f"{FACETS}: {error}") from error


@cache
def script_of(language: str) -> str:
    """The script a language tag speaks of: the regional ``zh-Hant-TW`` is ``zh-Hant``."""
    return next((script for script in _SCRIPTS if language.startswith(script)), language)


def _column(values: Sequence[str]) -> dict[str, list[str] | list[int]]:
    distinct = sorted(set(values))
    numbers = {value: number for number, value in enumerate(distinct)}
    return {"values": list(distinct), "numbers": [numbers[value] for value in values]}
