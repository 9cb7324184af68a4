"""Kinds of bad file: each says exactly what it should, harms nothing else, and the rest is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder.config.project import Project
from builder.problems import BuilderError
from builder.site.archives import read_archive

CASES = sorted((Path(__file__).parent / "broken").iterdir())
GOOD = """---
title: 移动支付新规出台
date: 2021-05-01T09:00:00+08:00
author: 甲报
from: https://example.org/good
---
<p>监管部门发布移动支付新规，要求支付机构回归本源，自五月一日起施行。</p>
"""
TOPICS = "topics:\n  payment: {label: 移动支付, terms: [移动支付]}\n"


def _lines(project: Project) -> list[str]:
    """Every problem of an archive as editors read it, or what stopped the program."""
    try:
        archive = read_archive(project)
    except BuilderError as error:
        return str(error).replace(f"{project.root}/", "").splitlines()
    assert "移动支付新规出台" in {entry.article.title for entry in archive.entries}, "the good one is published"
    assert not any("good.md" in problem.path for problem in archive.problems)
    return [f"{problem.severity} {problem.line_text()}" for problem in archive.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_kind_of_bad_file_gives_exactly_its_lines(case: Path, tmp_path: Path) -> None:
    """What a case's ``expected.txt`` says is all that is said, line by line; the good file is published."""
    root = tmp_path / "archive"
    shutil.copytree(case, root, symlinks=True)
    (root / "seeds" / "good.md").write_text(GOOD, encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: 档案\nuse_directory_urls: false\n", encoding="utf-8")
    (root / "curation").mkdir(exist_ok=True)
    if not (root / "curation" / "topics.yml").exists():
        (root / "curation" / "topics.yml").write_text(TOPICS, encoding="utf-8")
    assert _lines(Project(root)) == (case / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_there_are_at_least_thirty_kinds() -> None:
    """Empty, damaged, mistyped, missing, twice, hostile: thirty kinds and more."""
    assert len(CASES) >= 30
