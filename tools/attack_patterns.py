"""Every compiled pattern of the program, fed with doubling hostile input.

Patterns are found by walking the package, so that one that is added tomorrow is tried as well.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from attack_growth import WORTH, Shape, Slow, Work, seconds, slow
from attack_shapes import own, plain

import builder
from builder.patterns import LazyPattern

PATTERN = (re.Pattern, LazyPattern)


def modules() -> Iterator[Any]:
    """Every module of the program, loaded."""
    for found in pkgutil.walk_packages(builder.__path__, "builder."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that the program's modules hold, in whatever containers, and those made on demand."""
    found: dict[str, re.Pattern[Any]] = {}
    seen: set[int] = set()
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if isinstance(value, PATTERN) or getattr(value, "__module__", module.__name__) == module.__name__:
                _collect(f"{module.__name__}.{name}", value, found, seen, 0)
    return found


_DEEP = 6
_FIRST = 1024


def _collect(name: str, value: Any, found: dict[str, re.Pattern[Any]], seen: set[int], depth: int) -> None:  # noqa: ANN401, C901  # anything at all
    if isinstance(value, PATTERN):
        compiled = re.compile(value.pattern, value.flags)
        if compiled not in found.values():
            found[name] = compiled
        return
    if id(value) in seen or depth > _DEEP or isinstance(value, type):
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        for key, each in list(value.items()):
            _collect(f"{name}[{key!r:.30}]", key, found, seen, depth + 1)
            _collect(f"{name}[{key!r:.30}]", each, found, seen, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for place, each in enumerate(list(value)[:500]):
            _collect(f"{name}[{place}]", each, found, seen, depth + 1)
    elif hasattr(value, "cache_info") and not _arguments(value):
        _collect(f"{name}()", value(), found, seen, depth + 1)
    elif isinstance(longest := getattr(value, "longest", None), int) and longest < _FIRST:
        return  # a rule for lines of a few characters is never given more
    elif isinstance(getattr(value, "__module__", None), str) and value.__module__.startswith("builder."):
        for slot in {*getattr(value, "__dict__", ()), *getattr(type(value), "__struct_fields__", ()), *_slots(value)}:
            _collect(f"{name}.{slot}", getattr(value, slot, None), found, seen, depth + 1)


def _slots(value: Any) -> Sequence[str]:  # noqa: ANN401  # anything at all
    slots = getattr(type(value), "__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _arguments(function: Any) -> bool:  # noqa: ANN401  # a cached function of any kind
    code = getattr(getattr(function, "__wrapped__", None), "__code__", None)
    return code is None or code.co_argcount > 0


_ANYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})


def uses(name: str, source: str) -> frozenset[str]:
    """How a pattern is used, as far as its name in the program's source tells: ``match`` looks at one place only."""
    every = _ANYWHERE | {"match", "fullmatch"}
    named = re.findall(rf"\b{re.escape(name.rpartition('.')[2])}\.(\w+)\(", source)
    return every.intersection(named) or every


def _own_source(name: str) -> str:
    """The source of the module that a pattern is private to; empty for one that others may use."""
    module, _, own = name.rpartition(".")
    loaded = sys.modules.get(module)
    file = getattr(loaded, "__file__", None)
    return Path(file).read_text(encoding="utf-8") if file and own.startswith("_") else ""


def _used(pattern: re.Pattern[Any], used: frozenset[str], text: str) -> None:
    """Use a pattern as the program does."""
    data: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    if used & _ANYWHERE:
        for _ in pattern.finditer(data):
            pass
    if "match" in used:
        pattern.match(data)
    if "fullmatch" in used:
        pattern.fullmatch(data)


def slow_patterns(units: Sequence[str], longest: int, found: Mapping[str, re.Pattern[Any]]) -> Iterator[Slow]:
    """Patterns whose search grows too fast on something, each with the first shape that shows it."""
    shapes = [shape for unit in units for shape in plain(unit)]
    for name, pattern in found.items():
        work = partial(_used, pattern, uses(name, _own_source(name) or _whole_source()))
        several = (_slow(name, work, shape, longest) for shape in (*own(pattern), *shapes))
        yield from islice(filter(None, several), 1)


def _slow(name: str, work: Work, shape: Shape, longest: int) -> Slow | None:
    if seconds(work, shape(longest), WORTH * 2) < WORTH:
        return None  # the longest is nothing, so the shorter are
    return slow(name, work, shape, longest)


@cache
def _whole_source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(builder.__path__[0]).rglob("*.py")))
