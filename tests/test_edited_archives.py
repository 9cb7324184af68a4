"""Whatever editors do to an archive, its workflows end well, and no test of the program minds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, serving
from editing import post
from workflow_runner import SITE, Runner, clone, git

from builder.config.project import Project
from builder.site.archives import read_archive

pytestmark = pytest.mark.site
ENGLISH = """---
title: "The ferry opens, part {n}"
date: 2020-0{n}-11T10:00:00Z
author: The Harbour Gazette
from: https://gazette.example/{n}
---
<p>The ferry opened on Monday, {n} years after the first plan. Crowds stood along the quay and watched the boats.</p>
"""
TRADITIONAL = """---
title: 渡輪第{n}號通航
date: 2020-0{n}-11T10:00:00+08:00
author: 港灣日報
from: https://harbour.example/{n}
---
<p>渡輪第{n}號星期一通航，市民沿著碼頭觀看。市長表示，票價不會調整，每天可以載運二千人次，碼頭也將延長開放時間。</p>
"""
READERS = re.compile(r'ROOT / "(?:seeds|curation|mkdocs\.yml)|Project\(ROOT\)')
LOOKING = ("tests/test_golden.py::test_the_first_archives_files_become_theirs", "tests/test_manual.py")
"""The only tests that look into the repository's own archive; they take it as it is."""


def _write(root: Path, name: str, content: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(content, encoding="utf-8")


def _seeds(root: Path) -> list[Path]:
    return sorted(path for path in (root / "seeds").rglob("*") if path.is_file())


def _article(root: Path) -> None:
    _write(root, "seeds/2021-05.md", post(5))


def _article_in_a_folder(root: Path) -> None:
    _write(root, "seeds/2021/五月/新规.md", post(6))


def _topic(root: Path) -> None:
    path = root / "curation" / "topics.yml"
    text = path.read_text(encoding="utf-8") if path.exists() else "topics:\n"
    new = "topics:\n  night-economy:\n    label: 夜间经济\n    terms: [夜间经济, 夜市, 移动支付]\n"
    _write(root, "curation/topics.yml", re.sub(r"(?m)^topics:\n", new, text))


def _corrected(root: Path, what: str) -> None:
    if not _entries(root):
        _write(root, "seeds/a.txt", post(7))
    _write(root, f"curation/corrections/{_entries(root)[0]}.yml", f"why: 与原件不符\n{what}\n")


def _entries(root: Path) -> list[str]:
    return [entry.id for entry in read_archive(Project(root)).entries]


def _correction(root: Path) -> None:
    _corrected(root, "title: 对的标题\ndate: 2021-04-14")


def _withdrawal(root: Path) -> None:
    _corrected(root, "exclude: true")


def _removed(root: Path) -> None:
    for path in _seeds(root)[:1]:
        path.unlink()


def _renamed(root: Path) -> None:
    for path in _seeds(root)[:1]:
        path.rename(path.with_name(f"改名{path.suffix}"))


def _replaced(root: Path, language: str, text: str) -> None:
    for name in ("seeds", "curation"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "seeds").mkdir()
    _write(root, "seeds/.gitkeep", "")
    for number in range(1, 4) if text else ():
        _write(root, f"seeds/{number}.md", text.format(n=number))
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    _write(root, "mkdocs.yml", re.sub(r"(?m)^  language: .*$", f"  language: {language}", settings))


EDITS: dict[str, Callable[[Path], None]] = {
    "an article": _article,
    "an article in a folder": _article_in_a_folder,
    "a topic": _topic,
    "a correction": _correction,
    "a seed removed": _removed,
    "a seed renamed": _renamed,
    "an article withdrawn": _withdrawal,
    "an English archive": lambda root: _replaced(root, "en", ENGLISH),
    "a Traditional archive": lambda root: _replaced(root, "zh-TW", TRADITIONAL),
    "an empty archive": lambda root: _replaced(root, "zh", ""),
}


def _committed(runner: Runner, kind: str) -> str:
    """Carry out an edit and commit it; returns the commit before."""
    before = git(runner.root, "rev-parse", "HEAD")
    EDITS[kind](runner.root)
    git(runner.root, "add", "-A", "seeds", "curation", "mkdocs.yml")
    git(runner.root, "commit", "-q", "--allow-empty", "-m", kind)
    return before


@pytest.mark.slow
@pytest.mark.parametrize("kind", EDITS)
def test_every_step_of_every_archive_workflow_ends_well(tmp_path: Path, kind: str) -> None:
    """Preview, publishing, the weekly check; what replaces or empties it stops first, and goes on confirmed."""
    runner = clone(tmp_path, own=True)
    before = _committed(runner, kind)
    loses = kind.endswith("archive")
    if loses:
        for name, job in (("preview", "preview"), ("publish", "build")):
            with pytest.raises(AssertionError, match=r"像是误删|像是誤刪|looks like a slip"):
                runner.run(name, job, before=before, pages=SITE)
    runner.run("preview", "preview", before=before, confirmed="yes" if loses else "")
    runner.run("publish", "build", before="" if loses else before, pages=SITE)
    with serving(runner.root / "site") as address:
        runner.run("weekly", "verify", pages=address)
    assert "Traceback" not in "".join(runner.said)


@pytest.mark.slow
@pytest.mark.parametrize("kind", EDITS)
def test_the_tests_that_look_at_the_archive_stay_green(tmp_path: Path, kind: str) -> None:
    """In a copy of this repository after each kind of edit; the rest of the suite never looks there."""
    runner = clone(tmp_path, own=False)
    _committed(runner, kind)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", *LOOKING],
        cwd=runner.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_other_test_looks_there() -> None:
    """Seeds, curation and configuration of the repository are named in no other test."""
    looking = [path.name for path in (ROOT / "tests").glob("*.py") if READERS.search(path.read_text(encoding="utf-8"))]
    assert set(looking) <= {"test_golden.py", "test_manual.py", "test_scaffold.py", Path(__file__).name}


class TestGitHub:
    """What GitHub makes of a repository beside the usual."""

    def test_while_pages_are_off_all_is_built_and_nothing_published(self, tmp_path: Path) -> None:
        """The first run of a new repository is green and says in one sentence what to click; so is the weekly check."""
        runner = clone(tmp_path, own=True)
        runner.run("publish", "build")
        runner.run("weekly", "verify")
        assert sum("请在仓库的 Settings → Pages 里把 Source 设为 GitHub Actions" in said for said in runner.said) == 2

    def test_after_a_force_push_the_parent_stands_in(self, tmp_path: Path) -> None:
        """A commit that no branch holds any more is said to be gone, and the site is built."""
        runner = clone(tmp_path, own=True)
        _committed(runner, "an article")
        runner.run("publish", "build", before="deadbeef" * 5, pages=SITE)
        assert sum("没有版本 deadbeefde" in said for said in runner.said) == 1

    def test_after_a_force_push_an_emptied_archive_still_stops(self, tmp_path: Path) -> None:
        """The comparison that stands in guards as the missing one would have."""
        runner = clone(tmp_path, own=True)
        for path in _seeds(runner.root)[:4]:
            path.unlink()
        git(runner.root, "commit", "-q", "-a", "-m", "误删")
        with pytest.raises(AssertionError, match="像是误删"):
            runner.run("publish", "build", before="deadbeef" * 5, pages=SITE)

    def test_a_shallow_clone_is_enough(self, tmp_path: Path) -> None:
        """Without any history the preview is made, and everything counts as new."""
        (tmp_path / "whole").mkdir()
        whole = clone(tmp_path / "whole", own=True)
        runner = clone(tmp_path, own=False)
        shutil.rmtree(runner.root)
        address = f"file://{whole.root}"
        subprocess.run(["git", "clone", "-q", "--depth", "1", address, runner.root], check=True)
        (runner.root / ".venv").symlink_to(whole.root / ".venv")
        runner.run("preview", "preview", before="deadbeef" * 5)
