"""The files of an archive as this version of the program writes them, in the archive's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import jinja2

from builder.config.schemas import schemas
from builder.files import replace
from builder.languages import labels
from builder.paths import GENERATED
from builder.problems import BuilderError, Wording
from builder.scaffold.origin import ScaffoldManifest, file_digests, requirement, version, write_manifest

_TEMPLATE = ".j2"
_HIDDEN = "dot."
"""Begins the names here of what begins with a dot in an archive: who builds a wheel leaves hidden files out."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What an archive's files depend on."""

    language: str  # Of the archive
    name: str  # The archive's
    origin: str  # Repository and revision of the program, as ``https://host/owner/name@commit``; empty where unknown
    here: bool = False  # Whether the archive lies in the program's own checkout


def archive_files(choices: Choices) -> dict[str, bytes]:
    """Every file of a new archive, by its path below the archive's folder."""
    environment = _environment(choices)
    written = {f"curation/schemas/{name}": content for name, content in schemas(choices.language).items()}
    for path, source in _below(files("builder.scaffold") / "files", ""):
        text = source.read_text(encoding="utf-8")
        if path.endswith(_TEMPLATE):
            text = environment.from_string(text).render()
        written[path.removesuffix(_TEMPLATE).replace(_HIDDEN, ".")] = text.encode()
    return written


def _environment(choices: Choices) -> jinja2.Environment:
    """Square brackets, since a workflow's own expressions stand between braces; nothing here is shown by a browser."""
    environment = jinja2.Environment(  # noqa: S701  # YAML and Markdown that people read and edit
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    said = labels(choices.language)
    environment.globals["label"] = said.__getitem__
    environment.globals["comment"] = partial(_comment, said)
    environment.globals["generated"] = GENERATED
    environment.globals["name"] = choices.name
    environment.globals["language"] = choices.language
    environment.globals["requirement"] = requirement(choices.origin)
    environment.globals["here"] = choices.here
    return environment


def _comment(said: Mapping[str, str], key: str, indent: str = "") -> str:
    """A label as lines of comment."""
    return "\n".join(f"{indent if number else ''}# {line}" for number, line in enumerate(said[key].strip().split("\n")))


def _below(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _below(each, f"{above}{each.name}/")
        else:
            yield f"{above}{each.name}", each


def begin(folder: Path, choices: Choices) -> list[str]:
    """Write a new archive; whatever lies in the folder already must be none of its files. Gives the paths written.

    Raises:
        BuilderError: A file stands where one of the archive's belongs, or the disk refuses.
    """
    files = archive_files(choices)
    if folder.exists() and not folder.is_dir():
        raise BuilderError(Wording("init-no-folder", {"folder": str(folder)}))
    there = next((path for path in sorted(files) if (folder / path).exists() or (folder / path).is_symlink()), None)
    if there:
        raise BuilderError(Wording("init-in-the-way", {"path": str(folder / there)}))
    try:
        for path, content in files.items():
            replace(f"{folder}/{path}", content)
        write_manifest(folder, ScaffoldManifest(version(), choices.language, file_digests(files)))
    except OSError as error:
        raise BuilderError(
            Wording("unwritable", {"path": str(error.filename), "reason": str(error.strerror)})
        ) from error
    return sorted(files)
