"""The front matter dialects: where one begins and ends, and what its keys say, as plain text."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from builder.mending import mended
from builder.patterns import pattern
from builder.problems import Problem
from builder.reading.loose import read_loosely
from builder.reading.words import meanings, plain_key, words

_JSON_OPENING = pattern(r"\s*\{(?=\s*\")")
_KEY = pattern(r"""["']?([^\W\d][^\n:=："'#{}\[\]]{0,40}?)["']?[ \t]*(?:[:：]|=)""")
_CUT_TITLE = pattern(r"(?m)^title:[ \t]+([^\s\"'|>&*!\[{#][^\n]{0,500}?)[ \t]+#[^\n]{1,500}$")
_NESTED_ON_A_LINE = pattern(r"(?m)^(?:(?:[^-?:\n]|[-?:](?! ))*[-?:] ){100}")
_MOST_NESTED = 1000
_DEEPEST = 20
_MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a body."""

    values: Mapping[str, object]  # Every key with plain text, lists and mappings
    end: int  # Index in the text where the body begins
    problems: tuple[Problem, ...] = ()  # What could not be read strictly


class _PlainHandler(BaseHandler):
    """Takes the rules off a front matter that was found before."""

    FM_BOUNDARY = re.compile(r"\A[^\n]*\n|^[^\n]*\n?\Z", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        """Take off the first and the last line, which are the rules."""
        return text.split("\n", 1)[1].rpartition("\n")[0], ""


class _YamlHandler(_PlainHandler):
    """YAML whose dates, numbers and truth values stay what the crawler wrote."""

    def load(self, fm: str) -> dict[str, object]:
        """Parse YAML.

        Raises:
            yaml.YAMLError: It is none, or nests deeper than its parser can bear.
        """
        if _too_deep(fm):
            raise yaml.YAMLError("nested too deeply")
        loaded = yaml.load(fm, Loader=yaml.CBaseLoader)  # noqa: S506  # the base loader builds text, lists, mappings only
        return loaded if isinstance(loaded, dict) else {}


def _too_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > _MOST_NESTED or _NESTED_ON_A_LINE.search(text) is not None


class _TomlHandler(_PlainHandler):
    """TOML, dates as text."""

    def load(self, fm: str) -> dict[str, object]:
        """Parse TOML.

        Raises:
            tomllib.TOMLDecodeError: It is none.
        """
        return tomllib.loads(fm)


_HANDLERS: Mapping[str, BaseHandler] = {"---": _YamlHandler(), "+++": _TomlHandler()}
"""The dialects, by the rule that opens and closes one; YAML's own end of a document closes as well."""
_OPENING = pattern(rf"(?:[ \t\u3000]*\n)*({'|'.join(map(re.escape, _HANDLERS))})[ \t]*\n")
_CLOSING = {
    rule: re.compile(rf"(?m)^(?:{re.escape(rule)}{'|[.]{3}' if rule == '---' else ''})[ \t]*(?:\n|\Z)")
    for rule in _HANDLERS
}


def read_front_matter(text: str, path: str) -> FrontMatter:
    """Read the front matter at the head of a text.

    Args:
        text: The decoded file.
        path: Names the file in problems.

    Returns:
        Its values; none, and an end of 0, where the text has no front matter.
    """
    opening = _OPENING.match(text)
    if not opening:
        return _json(text) or _unopened(text, path)
    rule = opening[1]
    inner_start = opening.end()
    limit = inner_start + words().limits.front_matter_characters
    closing = _CLOSING[rule].search(text, inner_start, limit)
    inner = text[inner_start : closing.start() if closing else inner_start + _unclosed(text[inner_start:limit])]
    if not _has_keys(inner):
        return FrontMatter({}, closing.end() if closing and not inner.strip() else 0)
    if closing is None:
        values = read_loosely(inner)
        return FrontMatter(values, inner_start + len(inner), (Problem("front-matter-unclosed", path, 1),))
    lines_above = text.count("\n", 0, inner_start)
    values, problems = _parse(rule, text[opening.start(1) : closing.end()], inner, path, lines_above)
    return FrontMatter(values, closing.end(), problems)


def _parse(
    rule: str, block: str, inner: str, path: str, above: int
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Strictly where possible, else with slips mended, else key by key; so many lines of the file stand above."""
    try:
        values, _ = frontmatter.parse(block, handler=_HANDLERS[rule])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        broken = Problem("front-matter-broken", path, above + 1 + (mark.line if mark else 0))
        return (_mended(inner, path, above) if rule == "---" else None) or (read_loosely(inner), (broken,))
    if not values:
        return read_loosely(inner), ()
    return {**_as_text(values), **(_uncut_title(inner, values) if rule == "---" else {})}, ()


def _mended(inner: str, path: str, above: int) -> tuple[Mapping[str, object], tuple[Problem, ...]] | None:
    """What YAML says once slips are put right, and each line as it should be; None where it is none even then."""
    if _too_deep(inner):
        return None
    text, right = mended(inner, lambda name: plain_key(name) in meanings())
    try:
        values = _YamlHandler().load(text) if right else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    said = [Problem("front-matter-line", path, above + 1 + number, {"right": right[number]}) for number in right]
    return ({**_as_text(values), **_uncut_title(text, values)}, tuple(said)) if values else None


def _uncut_title(inner: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """The title with what YAML takes for a comment: no crawler comments on a headline, but headlines number series."""
    line = _CUT_TITLE.search(inner)
    return {"title": line[0].split(":", 1)[1].strip()} if line and values.get("title") == line[1].strip() else {}


def _json(text: str) -> FrontMatter | None:
    """A front matter in JSON: an object with a known key at the very top; None where there is none."""
    start = _JSON_OPENING.match(text)
    limit = words().limits.front_matter_characters
    if start is None or text.count("{", 0, limit) + text.count("[", 0, limit) > _MOST_NESTED:
        return None
    try:
        values, end = json.JSONDecoder(strict=False).raw_decode(text[:limit], start.end() - 1)
    except (ValueError, RecursionError):
        return None
    known = isinstance(values, dict) and any(plain_key(key) in meanings() for key in values)
    return FrontMatter(_as_text(values), end) if known else None


def _unopened(text: str, path: str) -> FrontMatter:
    """A front matter whose first rule is missing: known keys from the first line to a rule."""
    closing = _CLOSING["---"].search(text, 0, words().limits.front_matter_characters)
    if not closing or closing.start() == 0:
        return FrontMatter({}, 0)
    inner = text[: closing.start()]
    lines = [line for line in inner.split("\n") if line.strip()]
    keys = [match for line in lines if (match := _KEY.match(line))]
    if len(keys) < len(lines) or not any(plain_key(match[1]) == "title" for match in keys):
        return FrontMatter({}, 0)
    return FrontMatter(read_loosely(inner), closing.end(), (Problem("front-matter-unopened", path, 1),))


def _has_keys(inner: str) -> bool:
    """Whether the first line that says anything is a key: below a mere rule there is prose."""
    for line in inner.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            key = _KEY.match(line.lstrip("\t"))
            return key is not None and (not line.startswith("\t") or plain_key(key[1]) in meanings())
    return False


def _unclosed(inner: str) -> int:
    """Where a front matter without a second rule ends: at the first blank line after a known key."""
    position, known = 0, False
    for line in inner.split("\n"):
        key = _KEY.match(line)
        if known and not line.strip():
            break
        known = known or (key is not None and plain_key(key[1]) in meanings())
        position += len(line) + 1
    return min(position, len(inner)) if known else 0


class _Budget:
    """How many values may still be taken over: an alias can stand for thousands."""

    def __init__(self) -> None:
        self.left = _MOST_VALUES


def _as_text(values: Mapping[str, object]) -> Mapping[str, object]:
    taken = _plain(values, _Budget(), 0)
    return taken if isinstance(taken, dict) else {}


def _plain(value: object, budget: _Budget, depth: int) -> object:
    """The value with every scalar as text, as far as the budget reaches."""
    budget.left -= 1
    if budget.left < 0 or depth > _DEEPEST:
        return ""
    if isinstance(value, Mapping):
        return {str(key): _plain(item, budget, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, budget, depth + 1) for item in value]
    return str(value)
