"""Reads YAML files into the types of ``curation``, with errors that name file, line, key and the nearest known key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from builder.characters import without_controls
from builder.config.mistakes import explain
from builder.mending import mended
from builder.problems import BuilderError, Wording

Loaded = TypeVar("Loaded", bound=msgspec.Struct)
_LARGEST = 4 * 1024 * 1024


class _TwiceError(yaml.constructor.ConstructorError):
    """A key stands twice; the problem is its name."""


class _PlainLoader(yaml.CSafeLoader):
    """Plain text, lists and mappings only; a key given twice is an error and dates stay text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002  # PyYAML's signature
        """Refuse a key that stands twice: YAML would silently keep the last one."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise _TwiceError(None, None, str(key), key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load(path: Path, shape: type[Loaded]) -> Loaded:
    """Read and validate one file of ``curation/``; where it is missing the shape's defaults apply.

    Raises:
        BuilderError: The file cannot be read, is no YAML, or does not fit the shape.
    """
    text = _text(path)
    data = _parse(path, text)
    try:
        return msgspec.convert({} if data is None else _cleared(data), shape)
    except msgspec.ValidationError as error:
        raise BuilderError(explain(path, text, data, shape, str(error))) from error


def _cleared(value: object) -> object:
    """Data without the control characters that YAML can write as escapes."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_cleared(each) for each in value]
    if isinstance(value, dict):
        return {_cleared(key): _cleared(each) for key, each in value.items()}
    return value


def load_or_note(path: Path, shape: type[Loaded], wrong: list[Wording]) -> Loaded | None:
    """One file; None, and a line more in ``wrong``, where it is wrong."""
    try:
        return load(path, shape)
    except BuilderError as error:
        wrong.extend(error.said)
        return None


def load_plainly(path: Path) -> dict[str, object]:
    """A file as what YAML makes of it, whatever its shape; empty where it is missing or holds no mapping.

    Raises:
        BuilderError: It cannot be read or is no YAML.
    """
    data = _parse(path, _text(path))
    return data if isinstance(data, dict) else {}


def _text(path: Path) -> str:
    if not path.exists():
        return ""
    try:
        if path.stat().st_size > _LARGEST:
            raise BuilderError(Wording("curation-too-large", {"path": str(path)}))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BuilderError(Wording("curation-unreadable", {"path": str(path), "reason": str(error)})) from error


def _parse(path: Path, text: str) -> object:
    """What YAML makes of it; a rule of hyphens above and below does not matter."""
    try:
        first, *more = [*yaml.load_all(text, Loader=_PlainLoader)] or [None]
    except yaml.YAMLError as error:
        raise BuilderError(*_refusal(path, text, error)) from error
    if any(each is not None for each in more):
        raise BuilderError(Wording("curation-no-yaml", {"place": str(path), "reason": Wording("several-documents")}))
    slips = _slips(path, text) if isinstance(first, str) else ()
    if slips:
        raise BuilderError(*slips)
    return first


def _refusal(path: Path, text: str, error: yaml.YAMLError) -> Sequence[Wording]:
    """Each line that should be written otherwise, as it should be; else where the parser stopped, and why."""
    slips = () if isinstance(error, _TwiceError) else _slips(path, text)
    if slips:
        return slips
    mark = getattr(error, "problem_mark", None)
    line = f":{mark.line + 1}" if mark else ""
    said = getattr(error, "problem", None) or str(error)
    what = Wording("key-twice", {"key": said}) if isinstance(error, _TwiceError) else said
    return [Wording("curation-no-yaml", {"place": f"{path}{line}", "reason": what})]


def _slips(path: Path, text: str) -> Sequence[Wording]:
    """Lines with the usual slips, as they should be; none where that does not make it YAML."""
    new, right = mended(text, lambda _: False, nested=True)
    try:
        yaml.load(new, Loader=_PlainLoader)  # noqa: S506  # a subclass of the safe loader
    except yaml.YAMLError:
        return ()
    places = ((f"{path}:{number + 1}", line) for number, line in right.items())
    return [Wording("curation-line", {"place": place, "right": line}) for place, line in places]
