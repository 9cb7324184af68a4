"""Says in editors' words what is wrong with a file of ``curation/``: where, what was expected, which key was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import msgspec
import yaml

from builder.config.curation import Address, Digest, PageId, Slug, TopicTerm, WebAddress
from builder.patterns import pattern
from builder.problems import Wording

_PLACE = pattern(r" - at `(?:key(?:` in `| in )?)?\$([^`]*)`$")
_STEP = pattern(r"\.(\w+)|\[(\d+)\]|\[(\.\.\.)\]")
_TYPES = frozenset({"str", "int", "float", "bool", "array", "object", "null"})
_WORDINGS = (
    (re.compile(r"Object missing required field `(\w+)`"), "key-missing"),
    (re.compile(r"Expected `([\w| ]+)`, got `(\w+)`"), "value-other-type"),
    (re.compile(r"Expected `str` matching regex '(.+)'"), "value-malformed"),
    (re.compile(r"Expected `(?:array|str|object)` of length >= \d+"), "value-empty"),
    (re.compile(r"Invalid enum value '(.*)'"), "value-not-allowed"),
)
_FORMS = {
    get_args(form)[1].pattern: code
    for form, code in (
        (Slug, "form-slug"),
        (TopicTerm, "form-term"),
        (PageId, "form-page-id"),
        (Digest, "form-digest"),
        (WebAddress, "form-web-address"),
        (Address, "form-address"),
    )
}
"""What a value must be that does not match its pattern, in words."""
_UNKNOWN = pattern(r"Object contains unknown field `(.*?)`")

Step = str | int


def explain(path: Path, text: str, data: object, shape: type[msgspec.Struct], message: str) -> Wording:
    """One line that says where, what and what to do, of what the validation said of a file."""
    found = _PLACE.search(message)
    steps = _concrete(data, shape, found[1] if found else "")
    unknown = _UNKNOWN.match(message)
    said = _worded(_PLACE.sub("", message))
    if unknown:
        near = difflib.get_close_matches(unknown[1], _known_keys(shape), n=1, cutoff=0.5)
        steps = [*steps, unknown[1]]
        said = Wording("key-unknown", {"key": unknown[1]})
        cure = Wording("meant", {"near": near[0]}) if near else Wording("keys-there-are", {"keys": _keys_of(shape)})
    else:
        cure = Wording("see-manual")
    inside = " › ".join(str(step) for step in (steps[:-1] if unknown else steps))
    place = f"{path}{_line(text, steps)}"
    values: dict[str, str | Wording] = {"place": place, "inside": inside, "said": said, "cure": cure}
    return Wording("curation-mistake-inside" if inside else "curation-mistake", values)


def _worded(message: str) -> Wording:
    for shape, code in _WORDINGS:
        found = shape.match(message)
        if found:
            return Wording(code, {f"part{number}": _typed(group) for number, group in enumerate(found.groups(), 1)})
    return Wording("verbatim", {"line": message})


def _typed(group: str) -> Wording:
    """Names of types in the editors' language; anything else as it is."""
    form = _FORMS.get(group.replace("\\\\", "\\").replace("\\'", "'"))
    if form:
        return Wording(form)
    names = [each.strip() for each in group.split("|")]
    if not all(name in _TYPES for name in names):
        return Wording("verbatim", {"line": group})
    said = Wording(f"type-{names[0]}")
    for name in names[1:]:
        said = Wording("either", {"one": said, "other": Wording(f"type-{name}")})
    return said


def _concrete(data: object, shape: type[msgspec.Struct], written: str) -> list[Step]:
    """The way to the fault, with the keys that the validation leaves open found by trying each alone."""
    steps: list[Step] = []
    for name, number, opened in _STEP.findall(written):
        if opened:
            culprit = next((key for key in _keys(data, steps) if _fails(data, shape, steps, key)), None)
            if culprit is None:
                break
            steps.append(culprit)
        else:
            steps.append(name or int(number))
    return steps


def _keys(data: object, steps: Sequence[Step]) -> list[str]:
    inner = _at(data, steps)
    return [key for key in inner if isinstance(key, str)] if isinstance(inner, dict) else []


def _fails(data: object, shape: type[msgspec.Struct], steps: Sequence[Step], key: str) -> bool:
    """Whether the file is still wrong with this key alone at this place."""
    try:
        msgspec.convert(_only(data, steps, key), shape)
    except msgspec.ValidationError:
        return True
    return False


def _only(data: object, steps: Sequence[Step], key: str) -> object:
    if not steps:
        return {key: data[key]} if isinstance(data, dict) else data
    if isinstance(data, dict):
        return {each: _only(value, steps[1:], key) if each == steps[0] else value for each, value in data.items()}
    if isinstance(data, list):
        return [_only(value, steps[1:], key) if index == steps[0] else value for index, value in enumerate(data)]
    return data


def _at(data: object, steps: Sequence[Step]) -> object:
    for step in steps:
        if isinstance(data, list) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def _line(text: str, steps: Sequence[Step]) -> str:
    """The line of the last key on the way that stands in the text; the first line where none does."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = 0
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return f":{line + 1}"


def _known_keys(shape: type[msgspec.Struct]) -> list[str]:
    """Every key of the shape and of the shapes inside it."""
    schema = msgspec.json.schema(shape)
    return sorted({key for part in schema["$defs"].values() for key in part.get("properties", {})})


def _keys_of(shape: type[msgspec.Struct]) -> str:
    return ", ".join(_known_keys(shape))
