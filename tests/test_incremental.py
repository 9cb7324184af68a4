"""Whatever happens between two builds, the second ends where a clean build would have ended, to the byte."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, copy_project, run_builder
from pages_reading import tree_bytes

from builder.config.project import Project

sys.path.insert(0, str(ROOT / "tools"))

from made_posts import make_posts  # found through the path set above

_POSTS = 30
_STEPS = 5
_ROUNDS = int(os.environ.get("INCREMENTAL_ROUNDS", "1"))
"""Sequences of edits; ``make bench`` runs more."""


def _seeds(project: Project) -> list[Path]:
    return sorted(path for path in project.seeds.rglob("*") if path.is_file())


def _add(chance: random.Random, project: Project) -> None:
    text = chance.choice(_seeds(project)).read_text(encoding="utf-8")
    number = chance.randrange(10**6)
    text = re.sub(r"(?m)^(title: )", rf"\g<1>第{number}篇 ", re.sub(r"(example/)", rf"\g<1>{number}-", text, count=1))
    (project.seeds / f"added-{number}.txt").write_text(text, encoding="utf-8")


def _add_copy(chance: random.Random, project: Project) -> None:
    """The same identity twice."""
    shutil.copy(chance.choice(_seeds(project)), project.seeds / f"copy-{chance.randrange(10**6)}.txt")


def _change(chance: random.Random, project: Project) -> None:
    path = chance.choice(_seeds(project))
    path.write_text(
        path.read_text(encoding="utf-8") + "\n<p>蚂蚁集团又说了一句关于移动支付的话。</p>\n", encoding="utf-8"
    )


def _rename(chance: random.Random, project: Project) -> None:
    path = chance.choice(_seeds(project))
    path.rename(path.with_name(f"renamed-{chance.randrange(10**6)}{path.suffix}"))


def _delete(chance: random.Random, project: Project) -> None:
    chance.choice(_seeds(project)).unlink()


def _touch(chance: random.Random, project: Project) -> None:
    os.utime(chance.choice(_seeds(project)))


def _break(chance: random.Random, project: Project) -> None:
    chance.choice(_seeds(project)).write_bytes(b"\x00\x01\x02" * 50)


def _vocabulary(chance: random.Random, project: Project) -> None:
    file = project.curation / "topics.yml"
    word = chance.choice(("监管部门", "第三季度", "数字经济统计", "上市计划"))
    entry = f"  made-{chance.randrange(10**6)}:\n    label: {word}的专题\n    terms: [{word}]\n"
    file.write_text(re.sub(r"(?m)^topics:\n", f"topics:\n{entry}", file.read_text(encoding="utf-8")), encoding="utf-8")


def _profile(chance: random.Random, project: Project) -> None:
    name = f"profile-{chance.randrange(10**6)}"
    text = f"name: {chance.choice(('东江日报', '西岭财经网', '南湖日报'))}\naliases: [{name}]\n"
    (project.curation / "sources" / f"{name}.yml").write_text(text, encoding="utf-8")


def _correction(chance: random.Random, project: Project) -> None:
    path = chance.choice(_seeds(project)).relative_to(project.seeds).as_posix()
    what = chance.choice(("title: 改过的题目", "date: 2019-05-06", "topics: []", "exclude: true", "canonical: true"))
    file = project.curation / "corrections.yml"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if f'"{path}"' in text:
        return
    entry = f'  "{path}":\n    why: 测试\n    {what}\n'
    found = re.search(r"(?m)^seeds:\s*(\{\})?\s*\n", text)
    changed = text[: found.start()] + "seeds:\n" + entry + text[found.end() :] if found else f"{text}\nseeds:\n{entry}"
    file.write_text(changed, encoding="utf-8")


def _settings(chance: random.Random, project: Project) -> None:
    text = project.mkdocs.read_text(encoding="utf-8")
    name = f"site_name: 档案{chance.randrange(100)}"
    project.mkdocs.write_text(re.sub(r"(?m)^site_name: .*$", name, text), encoding="utf-8")


def _hand_written(chance: random.Random, project: Project) -> None:
    with (project.docs / "about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n又一句{chance.randrange(100)}。\n")


def _laid_theme(chance: random.Random, project: Project) -> None:
    """Somebody changes the archive's copy of the theme, which the next build mends."""
    with (project.root / ".theme" / "main.html").open("a", encoding="utf-8") as file:
        file.write(f"{{# {chance.randrange(100)} #}}\n")


def _lose_some(folder: str) -> Callable[[random.Random, Project], None]:
    """Somebody deletes, cuts short or rewrites generated files."""

    def lose(chance: random.Random, project: Project) -> None:
        there = sorted(path for path in (project.root / folder).rglob("*") if path.is_file() and path.name != "lock")
        for path in chance.sample(there, min(3, len(there))):
            fate = chance.randrange(3)
            if fate == 0:
                path.unlink()
            elif fate == 1:
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            else:
                path.write_bytes(b"somebody else's")

    return lose


def _lose_generated_docs(chance: random.Random, project: Project) -> None:
    for path in chance.sample(sorted((project.docs / "articles").glob("*.md")), 2):
        path.write_text("# 被人改过", encoding="utf-8")
    (project.docs / "articles" / "foreign.md").write_text("# 外来的页面", encoding="utf-8")


def _forget(_: random.Random, project: Project) -> None:
    shutil.rmtree(project.root / ".cache")


EDITS = (
    _add, _add_copy, _change, _rename, _delete, _touch, _break, _vocabulary, _profile, _correction, _settings,
    _hand_written, _laid_theme, _lose_some("site"), _lose_some(".cache"), _lose_generated_docs, _forget,
)  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An archive of the real seeds and some made ones."""
    project = copy_project(tmp_path / "archive")
    make_posts(project.seeds / "made", _POSTS, seed=3)
    return project


def _clean(project: Project, target: Path) -> Project:
    """The same archive where nothing was ever built."""
    shutil.rmtree(target, ignore_errors=True)
    clean = copy_project(target, seeds=False)
    for name in ("seeds", "curation"):
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(project.root / name, target / name)
    shutil.copy(project.mkdocs, clean.mkdocs)
    shutil.copy(project.docs / "about.md", clean.docs / "about.md")
    return clean


def _same(project: Project, target: Path) -> None:
    """Build both, and compare every byte of pages and site, and what is said."""
    done = run_builder(project, "build", "--allow-empty")
    clean = _clean(project, target)
    anew = run_builder(clean, "build", "--allow-empty")
    assert done.code == anew.code, done.err + anew.err
    for folder in ("docs", "site"):
        ours, theirs = tree_bytes(project.root / folder), tree_bytes(clean.root / folder)
        assert sorted(ours) == sorted(theirs)
        assert [path for path in ours if ours[path] != theirs[path]] == []
    said, said_anew = (re.sub(r".*site.*\n|没有变化.*\n", "", one.err) for one in (done, anew))
    assert said == said_anew


@pytest.mark.parametrize("seed", range(_ROUNDS))
def test_any_edits_end_in_what_a_clean_build_makes(project: Project, tmp_path: Path, seed: int) -> None:
    """Seeds, curation, settings, templates, cache and site: after some edits at random, one build makes all right."""
    chance = random.Random(seed)  # noqa: S311  # the same edits each time
    assert run_builder(project, "build").code in {0, 1}
    waiting = list(EDITS)
    chance.shuffle(waiting)
    for _ in range(_STEPS):
        for edit in [waiting.pop() if waiting else chance.choice(EDITS) for _ in range(chance.randrange(3, 5))]:
            edit(chance, project)
        _same(project, tmp_path / "clean")


def test_killed_at_any_moment_the_next_build_is_right(project: Project, tmp_path: Path) -> None:
    """Builds that die halfway leave nothing behind that a later one believes."""
    chance = random.Random(5)  # noqa: S311  # likewise
    for _ in range(5):
        _add(chance, project)
        _change(chance, project)
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", "build"],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.2, 3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    _same(project, tmp_path / "clean")


def test_two_builds_at_once_do_not_hurt_each_other(project: Project, tmp_path: Path) -> None:
    """The second waits for the first, and both end well."""
    command = [sys.executable, "-m", "builder", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(command, cwd=project.root, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("没有变化" in one for one in said) == 1
    _same(project, tmp_path / "clean")
