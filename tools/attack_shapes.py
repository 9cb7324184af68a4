"""Hostile inputs that a pattern's own grammar suggests: what leads to each of its repetitions, and what that takes.

``[^。]*`` behind ``来源：`` is never reached by characters alone: the text must begin as the pattern does.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from attack_growth import UNITS, Shape

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
_MANY = 4
"""A repetition of fewer is none: one of four in one of four has a hundred readings of a text."""
_LEAST = 200
"""Of a repetition that wants more than so many, so many are written."""
_ALWAYS = frozenset(" \na1一，")
"""Of the characters that a class takes these are tried, and those that the pattern names."""
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_CLASSES = ("NOT_LITERAL", "ANY", "IN", "CATEGORY")
Items = Sequence[tuple[Any, Any]]


def plain(unit: str) -> tuple[Shape, Shape]:
    """A unit alone, and behind and before other text."""
    return Shape(unit), Shape(unit, "x", "\0")


def own(pattern: re.Pattern[Any]) -> list[Shape]:
    """Shapes for each long repetition in a pattern: its beginning once, and again and again."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(source, pattern.flags)
    grammar = _Grammar(tree.state, _ALWAYS.union(source))
    found: dict[Shape, None] = {}
    for before, body in grammar.repetitions(tree, ""):
        for unit in grammar.units(body, before):
            found[Shape(unit, before, "\0")] = None
            found[Shape(before + unit, "", "\0")] = None
    return list(found)


@dataclass
class _Grammar:
    """A parsed pattern, by which texts are made."""

    state: Any
    signs: frozenset[str]
    groups: dict[int, str] = field(default_factory=dict)

    def repetitions(self, items: Items, before: str) -> Iterator[tuple[str, Items]]:
        """What is repeated without a narrow bound, with a text that leads to it."""
        for kind, detail in items:
            for inner in _inner(str(kind), detail):
                yield from self.repetitions(inner, before)
            if str(kind) in _REPEATS and int(detail[1]) >= _MANY:
                yield before, detail[2]
            before = self._text([(kind, detail)], before)

    def units(self, body: Items, before: str) -> list[str]:
        """Texts that a repetition takes, such as what leads to it."""
        takes = self._matcher(body)
        tried = [unit for unit in (*UNITS, before) if (len(unit) > 1 or unit in self.signs) and takes(unit)]
        return list(dict.fromkeys(filter(None, [*tried, self._text(body, "")])))

    def _text(self, items: Items, text: str) -> str:
        """A text that is continued as some part of a pattern wants."""
        for kind, detail in items:
            name = str(kind)
            if name == "LITERAL":
                text += chr(detail)
            elif name in _CLASSES:
                text += self._character(kind, detail)
            elif name in _REPEATS:
                text += self._text(detail[2], "") * min(int(detail[0]), _LEAST)
            elif name == "GROUPREF":
                text += self.groups.get(detail, "")
            elif name == "ASSERT" and (detail[0] > 0 or text):
                continue  # what lies ahead is written when it comes
            else:
                begun = len(text)
                text = self._text(next(iter(_inner(name, detail)), ()), text)
                if name == "SUBPATTERN" and detail[0]:
                    self.groups[detail[0]] = text[begun:]
        return text

    def _character(self, kind: Any, detail: Any) -> str:  # noqa: ANN401  # of a module without types
        takes = self._matcher([(kind, detail)])
        tried = ("a", "1", "一", " ", *sorted(self.signs), *UNITS, *map(chr, range(0x3000)))
        return next((each for each in tried if len(each) == 1 and takes(each)), "")

    def _matcher(self, items: Items) -> Callable[[str], bool]:
        with suppress(Exception):  # a reference to a group outside: such a part stands for nothing alone
            compiled = _compiler.compile(_parser.SubPattern(self.state, list(items)), self.state.flags)
            return lambda text: compiled.fullmatch(text) is not None
        return lambda _: False


def _inner(name: str, detail: Any) -> list[Items]:  # noqa: ANN401  # of a module without types
    """The parts within a part."""
    if name == "BRANCH":
        return list(detail[1])
    if name == "SUBPATTERN":
        return [detail[-1]]
    if name in _REPEATS:
        return [detail[2]]
    if name == "ATOMIC_GROUP":
        return [detail]
    if name == "ASSERT":
        return [detail[1]]
    return []
