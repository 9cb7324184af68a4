"""The manual says what the program does: every command, option, key and problem code in it exists, and the reverse."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest
import yaml
from conftest import ARCHIVE, ROOT

from builder.__main__ import NAMES, commands
from builder.config.curation import Correction, Moved, SourceProfile, Vocabulary
from builder.config.schemas import SHAPES, schemas
from builder.problems import DEFAULT, catalogue, wordings

COMMANDS = {name: command for name in NAMES if (command := commands.get_command(click.Context(commands), name))}
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
CALL = re.compile(r"(?:\.venv/bin/)?python -m builder +([^\n`]+)")


def _code(text: str) -> Iterator[str]:
    """Everything set as code: spans and indented lines."""
    yield from re.findall(r"`([^`\n]+)`", text)
    yield from re.findall(r"(?m)^ {4,}(\S.*)$", text)


def _calls() -> list[tuple[str, str]]:
    """Every call of the program in manual and README, with its page."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (*PAGES, ROOT / "README.md")}
    return [(name, call) for name, text in texts.items() for call in CALL.findall(text)]


def test_every_call_in_the_manual_is_understood() -> None:
    """Command, options and number of arguments are the program's own."""
    calls = _calls()
    assert len(calls) >= 10
    for page, call in calls:
        name, *arguments = shlex.split(call.split(" > ")[0].split("#")[0])
        if not name.isascii():
            continue
        command = COMMANDS.get(name)
        assert command, f"{page}: {call}"
        _understands(command, [argument for argument in arguments if argument.startswith("-")], f"{page}: {call}")


def _understands(command: click.Command, options: list[str], where: str) -> None:
    known = {option for parameter in command.params for option in parameter.opts}
    assert {option.split("=")[0] for option in options} <= known, where


def test_every_command_and_option_stands_in_the_table() -> None:
    """The maintainers' table names each command with each of its options, and no other."""
    text = (MANUAL / "maintainers.md").read_text(encoding="utf-8")
    rows = {
        found[1]: found[2] for found in re.finditer(r"(?m)^\| `([a-z-]+)` \|.*?\|(.*)\|$", text) if found[1] in COMMANDS
    }
    assert set(rows) == set(COMMANDS)
    for name, command in COMMANDS.items():
        options = {
            option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts
        }
        assert set(re.findall(r"`(--[a-z-]+)`", rows[name])) == {
            option for option in options if option.startswith("--")
        }


def test_every_option_named_anywhere_exists() -> None:
    """An option in running text belongs to some command, or to git or make in the same line of code."""
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    for page in PAGES:
        for code in _code(page.read_text(encoding="utf-8")):
            if re.fullmatch(r"--[a-z][a-z-]+", code):
                assert code in known, f"{page.name}: {code}"


def test_every_make_target_exists() -> None:
    """``make x`` in manual and README is a target of the Makefile."""
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for path in (*PAGES, ROOT / "README.md"):
        for code in _code(path.read_text(encoding="utf-8")):
            for target in re.findall(r"(?:^|\s)make ([a-z]+)", code):
                assert target in targets, f"{path.name}: {target}"


def test_every_path_named_exists() -> None:
    """Files and folders of the project that the manual names are there."""
    for page in PAGES:
        for code in _code(page.read_text(encoding="utf-8")):
            if re.fullmatch(r"(?:builder|curation|docs|tests|\.github)/[\w./-]*", code):
                root = ARCHIVE.root if code.startswith("curation/") else ROOT
                assert (root / code).exists(), f"{page.name}: {code}"


def _examples(page: Path) -> Iterator[dict[str, object]]:
    """Each indented block that is YAML with a mapping of a known kind."""
    for block in re.split(r"\n[ \t]*\n", page.read_text(encoding="utf-8")):
        lines = block.splitlines()
        indent = min(len(line) - len(line.lstrip()) for line in lines)
        text = "\n".join(line[indent:] for line in lines if not line.lstrip().startswith("#"))
        if indent >= _CODE and re.match(r"(why|moved|topics|name):", text):
            yield yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # text alone


_CODE = 4


def test_examples_of_curation_are_valid() -> None:
    """What an editor copies out of the manual is accepted."""
    found = [example for page in PAGES for example in _examples(page)]
    assert len(found) >= 5
    for example in found:
        first = next(iter(example))
        shape = {"topics": Vocabulary, "name": SourceProfile, "why": Correction, "moved": Moved}[first]
        msgspec.convert(example, shape, strict=False)


def test_every_correction_key_is_explained() -> None:
    """The editors' table has a row for each key of a correction that concerns articles."""
    text = (MANUAL / "editors.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"(?m)^\| `(\w+)` \|", text))
    wanted = set(wordings(DEFAULT)["schemas"]["Correction"]) - {"about", "why", "who", "repairs", "doubts"}
    assert rows == wanted


class TestProblemCodes:
    """The page of problem codes."""

    text = (MANUAL / "problems.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("code", catalogue())
    def test_every_code_has_an_example_and_a_cure(self, code: str) -> None:
        """Its section has an anchor of its name, its severity, an example and what to do."""
        section = re.search(rf"(?m)^### {code} {{ #{code} }}\n((?:(?!^##).*\n)+)", self.text)
        assert section, f"docs/manual/problems.md lacks {code}"
        severity = {"error": "错误", "warning": "警告", "notice": "提示"}[catalogue()[code]]
        assert f"**{severity}**" in section[1]
        assert re.search(r"(?m)^- 例：\S.{5,}", section[1])
        assert re.search(r"(?m)^- 怎么办：\S.{2,}", section[1])

    def test_no_other_code_is_explained(self) -> None:
        """A code that is gone is gone from the manual too."""
        assert set(re.findall(r"(?m)^### ([a-z0-9-]+) ", self.text)) == set(catalogue())


class TestSchemas:
    """JSON Schemas for editors' tools."""

    def test_the_files_are_those_the_types_make(self) -> None:
        """``builder schema`` would change nothing, wherever the archive keeps them."""
        folder = ROOT / "curation" / "schemas"
        if not folder.is_dir():
            pytest.skip("this archive keeps no schemas")
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == dict(schemas(DEFAULT))

    def test_every_key_is_described(self) -> None:
        """No property of any schema is without words for editors, and no words are left over."""
        used = {}
        for content in schemas(DEFAULT).values():
            for name, part in json.loads(content)["$defs"].items():
                used[name] = {"about", *part.get("properties", {})}
                assert all(value.get("description") for value in part.get("properties", {}).values())
        assert used == {name: set(said) for name, said in wordings(DEFAULT)["schemas"].items()}

    def test_the_editor_knows_which_file_follows_which(self) -> None:
        """VS Code's settings name a schema for each kind of file."""
        mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
        assert {Path(schema).stem for schema in mapped} == set(SHAPES)
