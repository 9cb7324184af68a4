"""Finds generated files below ``docs/`` that were changed since they were written, and orphans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from builder import paths
from builder.files import digest_of, files_at


def differing(docs: Path, known: Mapping[str, str]) -> set[str]:
    """Generated files whose content is not as they were left: a tenth of the work of making all anew."""
    changed = {path for path in _generated(docs) if path not in known}
    for path, digest in known.items():
        try:
            if digest_of(f"{docs}/{path}") != digest:
                changed.add(path)
        except OSError:
            changed.add(path)
    return changed


def orphans(
    docs: Path, once: Iterable[str] | None, claimed: Collection[str], damaged: Collection[str] | None
) -> list[str]:
    """Generated files that no product claims.

    ``once`` are those that were made, ``damaged`` those that are not as they were left, strangers among them; None
    where unknown.
    """
    if damaged is None or once is None:
        there: Iterable[str] = _generated(docs)
    else:
        there = chain(once, filter(paths.is_generated, damaged))
    return sorted({path for path in there if path not in claimed and (docs / path).is_file()})


def _generated(docs: Path) -> Iterator[str]:
    """Every file in a generated place."""
    for place in paths.GENERATED:
        yield from (Path(file).relative_to(docs).as_posix() for file in files_at(str(docs / place)))
