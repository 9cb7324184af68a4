"""Every label and every problem is worded in every language."""

from __future__ import annotations

import json
import pickle
import re
import string
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml
from conftest import ROOT, copy_project, run_builder

from builder.config.curation import MoveRule
from builder.languages import labels
from builder.problems import BuilderError, Problem, Wording, catalogue
from builder.site.theme import LABELS, theme_files


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_languages_have_the_same_labels_with_the_same_placeholders() -> None:
    """No label is missing in a language, and none loses a value on the way."""
    chinese, english = labels("zh"), labels("en")
    assert set(chinese) == set(english)
    assert {key: _placeholders(text) for key, text in chinese.items()} == {
        key: _placeholders(text) for key, text in english.items()
    }


def test_every_problem_has_a_severity_and_both_wordings() -> None:
    """A problem can be said in Chinese and in English, with the same values."""
    for code, entry in catalogue().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert entry["severity"] in {"error", "warning", "notice"}
        assert _placeholders(entry["zh"]) == _placeholders(entry["en"]), code


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
    with pytest.raises(BuilderError, match="zh 和 en"):
        labels("fr")


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
    for code, entry in catalogue().items():
        values = dict.fromkeys(_placeholders(entry["zh"]), "x")
        assert "curation/" not in Problem(code, "seeds/a.txt", values=values).statement() or code == "excluded"


ERRORS = yaml.safe_load((ROOT / "builder" / "languages" / "errors.yml").read_text(encoding="utf-8"))


def test_every_error_is_worded_in_both_languages_and_used() -> None:
    """What stops the program can be said in Chinese and in English, with the same values; no wording is left over."""
    for code, entry in ERRORS.items():
        assert set(entry) == {"zh", "en"}, code
        assert _placeholders(entry["zh"]) == _placeholders(entry["en"]), code
        assert not re.search(r"[\u3400-\u9fff]", entry["en"]), code
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
