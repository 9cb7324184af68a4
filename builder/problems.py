"""Defects in content (Problem, collected) and in use or configuration (BuilderError, stops at once)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, cast

import yaml

Severity = Literal["error", "warning", "notice"]
Language = Literal["zh", "en"]
_LISTED: Mapping[Language, str] = {"zh": "；", "en": "; "}
_CLAUSE_END = re.compile(r"。|; |\. ")
_ORDER: Mapping[str, int] = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Wording:
    """Something to be said in the language that is asked for.

    Attributes:
        code: Key of ``builder/languages/errors.yml``.
        values: What the placeholders are filled with: texts, other wordings, or a list of them.
    """

    code: str
    values: Mapping[str, str | Wording | tuple[Wording, ...]] = field(default_factory=dict)

    def message(self, language: Language = "zh") -> str:
        """In one language."""
        return _errors()[self.code][language].format_map({key: _in(language, it) for key, it in self.values.items()})


def _in(language: Language, value: str | Wording | tuple[Wording, ...]) -> str:
    if isinstance(value, tuple):
        return _LISTED[language].join(each.message(language) for each in value)
    return value.message(language) if isinstance(value, Wording) else value


class BuilderError(Exception):
    """Wrong use or wrong configuration: the message says file, line, what is wrong and what to do; a line for each."""

    def __init__(self, *said: Wording) -> None:
        """What is wrong."""
        super().__init__(*said)
        self.said = said

    def message(self, language: Language = "zh") -> str:
        """All of it, in one language."""
        return "\n".join(each.message(language) for each in self.said)

    def __str__(self) -> str:
        """All of it, in Chinese."""
        return self.message()


class SeedChangedError(Exception):
    """A seed is not what it was when this run first read it: what was made of it counts for nothing."""

    def __init__(self, path: str) -> None:
        """Take its path below ``seeds/``."""
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect in the content of one file.

    Attributes:
        code: Key of ``builder/languages/problems.yml``, where severity and wording stand.
        path: POSIX path of the file, below the project's folder.
        line: 1-based line, where known.
        values: What the wording's placeholders are filled with.
    """

    code: str
    path: str
    line: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How bad: an error keeps something from being published, a warning is a doubt, a notice informs."""
        return cast("Severity", catalogue()[self.code]["severity"])

    def message(self, language: Language = "zh") -> str:
        """What is wrong and what to do, in one line."""
        wording: str = catalogue()[self.code][language]
        return wording.format_map({key: _one_line(value) for key, value in self.values.items()})

    def statement(self, language: Language = "zh") -> str:
        """What is wrong, for readers: the wording's first clause; what an editor should do comes after it."""
        wording: str = catalogue()[self.code][language]
        first = _CLAUSE_END.split(wording, maxsplit=1)[0].rstrip("。.")
        return (first[0].upper() + first[1:]).format_map({key: _one_line(value) for key, value in self.values.items()})

    def line_text(self, language: Language = "zh") -> str:
        """The whole problem as the one line that editors read: ``path:line [code] message``."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{_one_line(place)} [{self.code}] {self.message(language)}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Path, line, severity, code: the order in which problems are printed."""
        return (self.path, self.line or 0, _ORDER[self.severity], self.code, repr(sorted(self.values.items())))


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems and drop those said twice."""
    unique = {problem.sort_key: problem for problem in problems}
    return tuple(unique[key] for key in sorted(unique))


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every problem code with its severity and its wording per language."""
    text = files("builder").joinpath("languages/problems.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)  # safe, and faster
    return loaded


@cache
def _errors() -> Mapping[str, Mapping[Language, str]]:
    text = files("builder").joinpath("languages/errors.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[Language, str]] = yaml.load(text, Loader=yaml.CSafeLoader)  # safe, and faster
    return loaded


def _one_line(value: str) -> str:
    """Raw text inside a message: one line, no control characters, of bounded length."""
    line = "".join(character if character.isprintable() else " " for character in str(value))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


_LONGEST = 200
