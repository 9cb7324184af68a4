"""Says in editors' words what is wrong with a file of ``curation/``: where, what was expected, which key was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
import yaml

_PLACE = re.compile(r" - at `(?:key(?:` in `| in )?)?\$(.*?)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[(\.\.\.)\]")
_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "bool": "true 或 false",
    "array": "列表",
    "object": "键和值",
    "null": "空",
}
_WORDINGS = (
    (re.compile(r"Object missing required field `(\w+)`"), "缺少必填的“{0}”"),
    (re.compile(r"Expected `([\w| ]+)`, got `(\w+)`"), "应当是{0}，写成了{1}"),
    (re.compile(r"Expected `str` matching regex '(.+)'"), "不合规定的写法（{0}）"),
    (re.compile(r"Expected `(?:array|str|object)` of length >= \d+"), "不能是空的"),
    (re.compile(r"Invalid enum value '(.*)'"), "不能写“{0}”"),
)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*?)`")

Step = str | int


def explain(path: Path, text: str, data: object, shape: type[msgspec.Struct], message: str) -> str:
    """One line that says where, what and what to do.

    Args:
        path: The file.
        text: Its content.
        data: The same, parsed.
        shape: What it should have been.
        message: What the validation said.
    """
    place = _PLACE.search(message)
    steps = _concrete(data, shape, place[1] if place else "")
    unknown = _UNKNOWN.match(message)
    said = _worded(_PLACE.sub("", message))
    if unknown:
        near = difflib.get_close_matches(unknown[1], _known_keys(shape), n=1, cutoff=0.5)
        steps = [*steps, unknown[1]]
        said = f"不认识的键“{unknown[1]}”"
        cure = f"是不是“{near[0]}”？" if near else "请参照手册改正。"
    else:
        cure = "请参照手册改正。"
    inside = " › ".join(str(step) for step in (steps[:-1] if unknown else steps))
    return f"{path}{_line(text, steps)}: {f'{inside}：' if inside else ''}{said}。{cure}"


def _worded(message: str) -> str:
    for pattern, wording in _WORDINGS:
        found = pattern.match(message)
        if found:
            return wording.format(*(_typed(group) for group in found.groups()))
    return message


def _typed(group: str) -> str:
    """Names of types in the editors' language; anything else as it is."""
    names = [each.strip() for each in group.split("|")]
    return " 或 ".join(_TYPES[name] for name in names) if all(name in _TYPES for name in names) else group


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
