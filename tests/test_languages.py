"""Every label and every problem is worded in every language."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import click
import opencc
import pytest
import yaml
from conftest import ROOT, copy_project, run_builder
from lxml import html

from builder.__main__ import NAMES, commands
from builder.config.curation import MoveRule
from builder.config.project import Project
from builder.languages import labels
from builder.problems import (
    DEFAULT,
    BuilderError,
    Problem,
    Wording,
    catalogue,
    languages,
    resolve,
    wordings,
)
from builder.search.scanning import read_question
from builder.site.theme import LABELS, theme_files


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _leaves(section: object, above: str = "") -> dict[str, str]:
    """Every text of a language by its way of keys."""
    if not isinstance(section, dict):
        return {above: str(section)}
    return {key: text for name, inner in section.items() for key, text in _leaves(inner, f"{above}/{name}").items()}


OTHERS = [tag for tag in languages() if tag != DEFAULT]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    """No text is missing in a language, none is left over, and none loses a value on the way."""
    ours, other = _leaves(wordings(DEFAULT)), _leaves(wordings(language))
    assert sorted(ours.keys() ^ other.keys()) == []
    for key in ours:
        assert _placeholders(ours[key]) == _placeholders(other[key]), key


def test_english_is_english_and_traditional_is_traditional() -> None:
    """No Chinese stands in the English file but the names of the two scripts; no form of the mainland in the other."""
    chinese = re.compile(r"[\u3400-\u9fff\u3001\u3002\uff08-\uff1f]")
    quoted = re.compile("“[^”]*”")
    said = {key for key, text in _leaves(wordings("en")).items() if chinese.search(quoted.sub("", text))}
    assert not {key for key in said if "/switch_" not in key and key != "/problems/plan-no-title"}  # names a title page
    simplified = opencc.OpenCC("s2tw")
    other = {
        key: text
        for key, text in _leaves(wordings("zh-Hant")).items()
        if "/switch_" not in key and simplified.convert(text) != text
    }
    assert not other


@pytest.mark.parametrize(
    ("tag", "file"),
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-Hans", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"),
        ("zh-Hant", "zh-Hant"), ("zh_TW", "zh-Hant"), ("en", "en"), ("en-GB", "en"), ("EN", "en"),
    ],
)  # fmt: skip
def test_any_tag_finds_its_file(tag: str, file: str) -> None:
    """By itself, by its script, by its first part."""
    assert resolve(tag) == file


def test_every_problem_has_a_severity_and_a_wording() -> None:
    """A problem can be said in every language, and its code is a word."""
    for code, severity in catalogue().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert severity in {"error", "warning", "notice"}
    assert set(catalogue()) == set(wordings(DEFAULT)["problems"])


@pytest.mark.parametrize("language", languages())
def test_help_is_said_in_every_language(language: str, tmp_path: Path) -> None:
    """``--help`` of all and of each command: what the file says, each option explained."""
    said = wordings(language)["help"]
    shown = run_builder(Project(tmp_path), "check", "--help", "--language", language)
    assert "".join(said["check"]["about"].split()) in "".join(shown.out.split())
    top = run_builder(Project(tmp_path), "--help", environment={"LC_ALL": f"{language.replace('-', '_')}.UTF-8"})
    assert "".join(said["builder"]["about"].split()) in "".join(top.out.split())
    for name in NAMES:
        command = commands.get_command(click.Context(commands), name)
        assert command
        options = {option.name for option in command.params if isinstance(option, click.Option)}
        assert set(said[name]) == {"about", *map(str, options)}, name


def test_every_code_used_is_declared_and_every_declared_code_is_used() -> None:
    """Code and catalogue name the same problems."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "builder").rglob("*.py"))
    source += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "builder").rglob("[wk]*s.yml"))
    unused = {
        code
        for code in catalogue()
        if f'"{code}"' not in source and f": {code}" not in source and f"{code}: [" not in source
    }
    assert not unused


def test_every_field_that_cleaning_moves_text_to_has_a_name() -> None:
    """Pages can name each credit: the roles of the word lists, of profiles, and of what reading finds."""
    words = yaml.safe_load((ROOT / "builder" / "cleaning" / "words.yml").read_text(encoding="utf-8"))
    roles = {
        *words["credits"],
        "tags",
        "copyright",
        "byline",
        "url",
        "title",
        *get_args(get_type_hints(MoveRule)["to"]),
    }
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "builder" / "cleaning").rglob("*.py"))
    roles |= set(re.findall(r"""(?:take|take_line)\([^()]*"[a-z-]+", "([a-z]+)\"""", code))
    assert {f"credit_{role}" for role in roles} <= set(labels("zh"))


def test_an_unknown_language_is_refused_with_a_cure() -> None:
    """A theme language without labels stops at once and says which ones there are."""
    with pytest.raises(BuilderError, match=", ".join(languages())):
        labels("fr")


@pytest.mark.parametrize("language", languages())
def test_the_search_understands_its_own_examples(language: str) -> None:
    """A word before a colon that a language offers readers is one that the search takes for a field."""
    said = wordings(language)["searching"]
    asked = [
        read_question(said[f"in_{field}"].format(value="x")).groups[0][0] for field in ("source", "topic", "title")
    ]
    assert [(term.plain, term.field) for term in asked] == [("x", "source"), ("x", "topics"), ("x", "title")]


def test_no_label_has_been_forgotten() -> None:
    """Every label is asked for somewhere, by its name or by the beginning of its name."""
    kinds = (".py", ".j2", ".html")
    text = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "builder").rglob("*") if p.suffix in kinds)
    beginnings = tuple(re.findall(r"""["']([a-z_]+_)(?:["'] ?[~+]|\{)""", text))
    forgotten = {key for key in labels("zh") if f'"{key}"' not in text and f"'{key}'" not in text}
    forgotten -= set(re.findall(r"(?<![/\w])labels\.([a-z_]+)", text))
    assert not {key for key in forgotten if not key.startswith(beginnings)}


def test_the_theme_has_no_words_of_its_own() -> None:
    """Each word that the theme says comes out of the language files, in the archive's language."""
    theme = ROOT / "builder" / "theme"
    templates = {path: path.read_text(encoding="utf-8") for path in theme.rglob("*.html")}
    comments = re.compile(r"\{#.*?#\}", re.DOTALL)
    worded = {path.name for path, text in templates.items() if re.search(r"[\u3400-\u9fff]", comments.sub("", text))}
    assert not worded
    assert not [path.name for path, text in templates.items() if '== "en"' in text or "== 'en'" in text]
    laid = theme_files("en")[LABELS].decode()
    used = set(re.findall(r"(?<![/\w])labels\.([a-z_]+)", "\n".join(templates.values())))
    assert set(json.loads(laid.partition("=")[2].rpartition("%}")[0].rstrip("- "))) == used
    assert labels("en")["lost_lead"] in laid


def test_readers_are_told_what_is_wrong_and_not_what_editors_should_do() -> None:
    """A statement is the wording's first clause, with its values; what to do comes after it."""
    problem = Problem("only-mirror-url", "seeds/a.txt", values={"url": "http://mirror.example/a; b。c"})
    assert problem.statement() == "只有镜像的网址 http://mirror.example/a; b。c"
    assert problem.statement("en") == "Has only a mirror's address, http://mirror.example/a; b。c"
    for code in catalogue():
        values = dict.fromkeys(_placeholders(wordings(DEFAULT)["problems"][code]), "x")
        assert "curation/" not in Problem(code, "seeds/a.txt", values=values).statement() or code == "excluded"


ERRORS = wordings(DEFAULT)["errors"]


def test_every_error_is_used() -> None:
    """No wording of what stops the program is left over, and none is missing."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "builder").rglob("*.py"))
    used = set(re.findall(r'Wording\(\s*"([a-z-]+)"', source))
    assert used <= set(ERRORS)
    beginnings = tuple(re.findall(r'Wording\(f"([a-z]+-)\{', source))
    assert not {code for code in ERRORS if f'"{code}"' not in source and not code.startswith(beginnings)}


def test_errors_survive_the_way_between_processes() -> None:
    """An error raised in a worker says the same where it arrives."""
    error = BuilderError(Wording("emptied", {"lost": (Wording("held-seeds"), Wording("held-topics"))}))
    assert pickle.loads(pickle.dumps(error)).message("en") == error.message("en")  # noqa: S301  # our own bytes
    assert error.message("en").startswith("files in seeds/; topics in curation/topics.yml. This looks like a slip")


def test_wrong_curation_is_explained_in_english_when_asked(tmp_path: Path) -> None:
    """``--language en`` holds for what stops the program too: where, what, and which key was meant."""
    project = copy_project(tmp_path / "archive")
    (project.root / "curation" / "topics.yml").write_text("topcs: {}\n", encoding="utf-8")
    for option in (["--language", "en"], ["--language=en"]):
        done = run_builder(project, "check", *option)
        assert done.code == 2
        assert done.err.strip().endswith("topics.yml:1: unknown key “topcs”. Was “topics” meant?")
    assert "不认识的键“topcs”。是不是“topics”？" in run_builder(project, "check").err


def test_a_fourth_language_is_one_file(tmp_path: Path) -> None:
    """An archive in a language of its own is begun and built, its pages and its errors say the words of its file."""
    program = tmp_path / "program"
    shutil.copytree(ROOT / "builder", program / "builder", ignore=shutil.ignore_patterns("__pycache__"))
    said = yaml.safe_load((ROOT / "builder" / "languages" / "en.yml").read_text(encoding="utf-8"))
    said |= {"theme_language": "eo", "home": "Hejmo", "sources": "Fontoj"}
    said["errors"]["no-archive"] = "{folder}: ne estas arkivo."
    (program / "builder" / "languages" / "eo.yml").write_text(yaml.safe_dump(said), encoding="utf-8")

    def run(*arguments: str, folder: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(program), "LC_ALL": "eo.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "builder", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    assert "ne estas arkivo" in run("check").stderr
    assert run("init", "arkivo", "--language", "eo").returncode == 0
    archive = tmp_path / "arkivo"
    (archive / "seeds" / "unu.md").write_text(POST, encoding="utf-8")
    built = run("build", folder=archive)
    assert built.returncode == 0, built.stderr
    page = html.fromstring((archive / "site" / "index.html").read_bytes())
    assert page.get("lang") == "eo"
    assert {"Hejmo", "Fontoj"} <= {text.strip() for text in page.itertext()}


POST = """---
title: A ferry for the northern shore
date: 2024-05-06
source: Harbour Gazette
url: https://gazette.example/ferry
---

The ferry began to cross the strait on Monday, and the harbour board expects it to run all year.

Passengers said that the new line saves them the long way round the bay.
"""
