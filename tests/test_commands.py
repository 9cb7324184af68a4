"""The command line on wrong input: one clear line each, nothing else harmed, and the promised exit codes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ARCHIVE, ROOT, ArchiveMaker, copy_project, run_builder
from editing import free_port
from machines import SEEDS

from builder.archive.intake import take_in
from builder.config.project import Project, load_curation
from builder.site.archives import read_archive

GOOD = """---
title: 移动支付新规出台
date: 2021-04-13T09:00:00+08:00
author: 甲报
from: https://example.org/good
---
<p>监管部门发布移动支付新规，要求支付机构回归本源，自五月一日起施行。</p>
"""


def _post(**changes: str) -> str:
    """A post like the good one, with other front matter."""
    fields = {
        "title": "另一篇报道",
        "date": "2021-04-14",
        "author": "甲报",
        "from": "https://example.org/other",
    } | changes
    lines = [f"{key}: {value}" for key, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", "<p>移动支付的正文在这里，讲的是另外一件与支付有关的事情。</p>", ""])


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "empty file": ("", "seeds/bad.md [empty-file] 文件是空的"),
    "binary file": (bytes(range(256)) * 20, "seeds/bad.md [binary-file] 不是文本文件"),
    "invalid YAML": (_post(title='"没有合上的引号'), "[front-matter-broken]"),
    "no title": (_post(title=""), "seeds/bad.md [no-title] 没有标题"),
    "no date": (_post(date=""), "seeds/bad.md [no-date] 没有发布日期"),
    "an unreadable date": (_post(date="很久以前"), "看不懂日期“很久以前”"),
    "the same post twice": (GOOD.replace("date: 2021-04-13", "date: 2021-04-15"), "[same-identity] 与 seeds/"),
}


@pytest.mark.parametrize(("content", "line"), BROKEN.values(), ids=BROKEN.keys())
def test_a_bad_file_gets_one_clear_line_and_harms_nothing_else(
    make_archive: ArchiveMaker, content: str | bytes, line: str
) -> None:
    """Each kind of bad file is named once by its own problem, and the good one is published all the same."""
    project = make_archive({"good.md": GOOD, "bad.md": content})
    done = run_builder(project, "check")
    said = [text for text in done.out.splitlines() if line in text]
    assert len(said) == 1, done.out
    archive = read_archive(project)
    assert any(entry.article.title.startswith("移动支付新规") for entry in archive.entries)
    assert done.code == (1 if any(problem.severity == "error" for problem in archive.problems) else 0)
    assert not done.err.count("Traceback")


def test_a_link_out_of_the_seeds_is_not_followed(make_archive: ArchiveMaker, tmp_path: Path) -> None:
    """A symbolic link that leads outside is reported, and what it points to is not published."""
    secret = tmp_path / "secret.md"
    secret.write_text(_post(title="外面的文件"), encoding="utf-8")
    project = make_archive({"good.md": GOOD})
    (project.seeds / "link.md").symlink_to(secret)
    archive = read_archive(project)
    assert [entry.article.title for entry in archive.entries] == ["移动支付新规出台"]
    assert [problem.path for problem in archive.problems if problem.code == "leads-outside"] == ["seeds/link.md"]


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder that anyone may enter, and, where we are root, the rights of nobody: root may read everything."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    root = os.geteuid() == 0
    yield folder
    if root:
        os.seteuid(0)
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def test_an_unreadable_directory_is_reported(ordinary_user: Path) -> None:
    """A folder without permission is one problem; the other files are read."""
    project = copy_project(ordinary_user / "archive", seeds=False)
    (project.seeds / "good.md").write_text(GOOD, encoding="utf-8")
    take_in(project.seeds, load_curation(project))  # so that no module is loaded by the other user, who may not
    closed = project.seeds / "closed"
    closed.mkdir()
    closed.chmod(0o000)
    if os.geteuid() == 0:
        os.seteuid(65534)
    archive = read_archive(project)
    assert [problem.path for problem in archive.problems if problem.code == "unreadable"] == ["seeds/closed"]
    assert len(archive.entries) == 1


class TestExitCodes:
    """0 done, 1 problems in the content, 2 wrong use or configuration."""

    @pytest.mark.parametrize(
        "arguments",
        [["convert"], ["convert", "no-such-file"], ["nonsense"], ["build", "--nonsense"], ["serve", "--port", "0"]],
    )
    def test_wrong_use_is_2(self, make_archive: ArchiveMaker, arguments: list[str]) -> None:
        """Missing, unknown and impossible arguments say how to call it right."""
        done = run_builder(make_archive({"good.md": GOOD}), *arguments)
        assert done.code == 2
        assert "Usage" in done.err
        assert "Traceback" not in done.err

    def test_wrong_configuration_is_2_and_writes_nothing(self, make_archive: ArchiveMaker) -> None:
        """A mistyped key stops before any page is written."""
        project = make_archive({"good.md": GOOD})
        (project.curation / "topics.yml").write_text("topic: {}\n", encoding="utf-8")
        done = run_builder(project, "build")
        assert done.code == 2
        assert "topics.yml:1: 不认识的键“topic”" in done.err
        assert "是不是“topics”" in done.err
        assert not (project.docs / "articles").exists()

    def test_outside_an_archive_is_2(self, tmp_path: Path) -> None:
        """A command in the wrong folder says so in one line."""
        done = run_builder(Project(tmp_path), "check")
        assert (done.code, len(done.err.splitlines())) == (2, 1)

    def test_a_good_archive_is_0_and_a_bad_file_is_1(self, make_archive: ArchiveMaker) -> None:
        """Warnings and notices do not fail a check, errors do."""
        project = make_archive({"good.md": GOOD})
        assert run_builder(project, "check").code == 0
        (project.seeds / "empty.md").write_bytes(b"")
        assert run_builder(project, "check").code == 1
        assert run_builder(project, "build").code == 1
        assert (project.root / "site" / "index.html").is_file()


class TestConvert:
    """Clean Markdown to standard output, for pipes."""

    def test_json_has_one_object_a_line_sorted_by_path(self, tmp_path: Path) -> None:
        """The whole folder, articles and plans, with the documented keys."""
        done = run_builder(copy_project(tmp_path), "convert", "--json", "seeds")
        records = [json.loads(line) for line in done.out.splitlines()]
        assert [record["file"] for record in records] == [path.relative_to(ARCHIVE.seeds).as_posix() for path in SEEDS]
        article = {
            "file",
            "kind",
            "title",
            "published",
            "source",
            "author",
            "url",
            "lang",
            "topics",
            "images",
            "markdown",
            "removed",
            "problems",
        }
        plan = {
            "file",
            "kind",
            "title",
            "doc_number",
            "issuers",
            "date",
            "outline",
            "paragraphs",
            "paragraphs_repaired",
            "targets",
        }
        for record in records:
            assert set(record) >= (article if record["kind"] == "article" else plan)

    def test_a_single_file_is_known_by_its_name(self, make_archive: ArchiveMaker) -> None:
        """For a file, ``file`` is its name, and Markdown comes with front matter."""
        project = make_archive({"sub/good.md": GOOD})
        assert json.loads(run_builder(project, "convert", "--json", "seeds/sub/good.md").out)["file"] == "good.md"
        text = run_builder(project, "convert", "seeds/sub/good.md").out
        assert text.startswith("---\ntitle: 移动支付新规出台\n")
        assert "监管部门发布移动支付新规" in text

    def test_explain_names_the_rules_and_the_evidence(self, tmp_path: Path) -> None:
        """What was removed, by which rule, and why these topics."""
        project = copy_project(tmp_path)
        done = run_builder(project, "explain", str(project.seeds / SEEDS[0].name))
        assert "被移除的内容" in done.out
        assert "标题 ·" in done.out


def test_an_english_archive_is_told_in_english_what_slows_or_stops_a_build(make_archive: ArchiveMaker) -> None:
    """Unasked: why MkDocs makes the whole site, and what is wrong with the configuration."""
    project = make_archive({"good.md": GOOD})
    configuration = project.mkdocs.read_text(encoding="utf-8").replace("language: zh", "language: en")
    project.mkdocs.write_text(configuration, encoding="utf-8")
    assert "MkDocs made the whole site" not in run_builder(project, "build").err
    project.mkdocs.write_text(configuration.replace("plugins: []", "plugins: [search]"), encoding="utf-8")
    assert "MkDocs made the whole site anew, which takes longer" in run_builder(project, "build").err
    (project.curation / "topics.yml").write_text("topcs: {}\n", encoding="utf-8")
    for command in ("build", "serve"):
        assert "unknown key “topcs”" in run_builder(project, command).err


def test_serving_stops_on_interrupt_and_follows_a_new_file(make_archive: ArchiveMaker) -> None:
    """A dropped file is published by one rebuild, and Ctrl-C ends with 0 and no traceback."""
    project = make_archive({"good.md": GOOD})
    port, log = free_port(), project.root / "log.txt"
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what a shell runs behind it
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", "serve", "--port", str(port)],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=stream,
        )
    try:
        _wait_for(lambda: "预览：" in log.read_text(encoding="utf-8"))  # the port is taken before the first build
        (project.seeds / "new.md").write_text(_post(title="新来的文章", date=""), encoding="utf-8")
        _wait_for(lambda: log.read_text(encoding="utf-8").count("预览：") > 1)
        assert "新来的文章" in (project.docs / "index.md").read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    said = log.read_text(encoding="utf-8")
    assert process.returncode == 0, said
    assert "Traceback" not in said
    first, second = said.split(f"预览：http://127.0.0.1:{port}/（按 Ctrl-C 结束）\n")[:2]
    assert "correction-without-seed" in first or "篇文章" in first
    assert "seeds/new.md [no-date]" in second
    assert "good.md" not in second


def test_a_taken_port_is_said_before_anything_is_built(make_archive: ArchiveMaker) -> None:
    """One line with what to do, exit code 2, and no page written."""
    project = make_archive({"good.md": GOOD})
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = run_builder(project, "serve", "--port", str(holder.getsockname()[1]))
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert "--port" in done.err
    assert not (project.docs / "articles").exists()


def _wait_for(condition: object, seconds: float = 120) -> None:
    """Wait until something holds, or fail."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
