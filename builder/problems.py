"""Defects in content (Problem, collected) and in use or configuration (BuilderError, stops at once)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from builder.data import load_data

Severity = Literal["error", "warning", "notice"]
Language = str
"""A tag of BCP 47, or what ``mkdocs.yml`` calls a theme's language: ``resolve`` finds the wording for it."""
DEFAULT = "zh-Hans"
_CLAUSE_END = re.compile(r"。|; |\. ")
_ORDER: Mapping[str, int] = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Wording:
    """Something to be said in the language that is asked for."""

    code: str  # Key of the wordings' ``errors``
    # What the placeholders are filled with: texts, other wordings, or a list of them
    values: Mapping[str, str | Wording | tuple[Wording, ...]] = field(default_factory=dict)

    def message(self, language: Language = DEFAULT) -> str:
        """In one language."""
        wording: str = wordings(language)["errors"][self.code]
        return wording.format_map({key: _in(language, it) for key, it in self.values.items()})


def _in(language: Language, value: str | Wording | tuple[Wording, ...]) -> str:
    if isinstance(value, tuple):
        between: str = wordings(language)["labels"]["semicolon"]
        return between.join(each.message(language) for each in value)
    return value.message(language) if isinstance(value, Wording) else value


class BuilderError(Exception):
    """Wrong use or wrong configuration: the message says file, line, what is wrong and what to do; a line for each."""

    def __init__(self, *said: Wording) -> None:
        """What is wrong."""
        super().__init__(*said)
        self.said = said

    def message(self, language: Language = DEFAULT) -> str:
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
    """A defect in the content of one file."""

    code: str  # Key of ``builder/problems.yml``, where its severity stands, and of the wordings' ``problems``
    path: str  # POSIX path of the file, below the project's folder
    line: int | None = None  # 1-based line, where known
    values: Mapping[str, str] = field(default_factory=dict)  # What the wording's placeholders are filled with

    @property
    def severity(self) -> Severity:
        """How bad: an error keeps something from being published, a warning is a doubt, a notice informs."""
        return catalogue()[self.code]

    def message(self, language: Language = DEFAULT) -> str:
        """What is wrong and what to do, in one line."""
        wording: str = wordings(language)["problems"][self.code]
        return wording.format_map({key: _one_line(value) for key, value in self.values.items()})

    def statement(self, language: Language = DEFAULT) -> str:
        """What is wrong, for readers: the wording's first clause; what an editor should do comes after it."""
        wording: str = wordings(language)["problems"][self.code]
        first = _CLAUSE_END.split(wording, maxsplit=1)[0].rstrip("。.")
        return (first[0].upper() + first[1:]).format_map({key: _one_line(value) for key, value in self.values.items()})

    def line_text(self, language: Language = DEFAULT) -> str:
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
def catalogue() -> Mapping[str, Severity]:
    """Every problem code with its severity."""
    return load_data("problems.yml", dict[str, Any])


@cache
def wordings(language: Language) -> Mapping[str, Mapping[str, Any]]:
    """Everything that is said in a language, by section: the content of its file in ``builder/languages``.

    Args:
        language: Any tag; what it says of region or script chooses among the files.

    Raises:
        BuilderError: There is no file for the language.
    """
    said = load_data(f"languages/{resolve(language)}.yml", dict[str, Any])
    sections = {name: section for name, section in said.items() if isinstance(section, dict)}
    return {"labels": {name: text for name, text in said.items() if name not in sections}, **sections}


@cache
def languages() -> tuple[str, ...]:
    """Tags of the languages that there are, one for each file."""
    names = (each.name for each in files("builder").joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in names if name.endswith(".yml")))


def resolve(language: Language) -> str:
    """Which file speaks a language.

    That of the tag itself, else of its script (as CLDR's likely subtags have it), else of its first part.

    Raises:
        BuilderError: There is none.
    """
    first, *rest = re.split("[-_.]", language)
    script = "Hant" if {"hant", "tw", "hk", "mo"}.intersection(map(str.lower, rest)) else "Hans"
    for tag in (language, f"{first.lower()}-{script}", first.lower()):
        if tag in languages():
            return tag
    raise BuilderError(Wording("language-unknown", {"language": language, "known": ", ".join(languages())}))


def _one_line(value: str) -> str:
    """Raw text inside a message: one line, no control characters, of bounded length."""
    line = "".join(character if character.isprintable() else " " for character in str(value))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


_LONGEST = 200
