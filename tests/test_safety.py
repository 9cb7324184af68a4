"""Slips of an editor's hand: what would empty the site is refused, and the preview keeps going."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, ArchiveMaker, run_builder
from editing import CommandLine, free_port, git, post, under_git

from builder.config.project import Project, find_project
from builder.problems import BuilderError
from builder.site.building import generate

PORT = free_port()


def _emptied_vocabulary(project: Project) -> None:
    (project.curation / "topics.yml").write_text("topics: {}\n", encoding="utf-8")


def _deleted_vocabulary(project: Project) -> None:
    (project.curation / "topics.yml").unlink()


def _deleted_sources(project: Project) -> None:
    shutil.rmtree(project.curation / "sources")


def _emptied_seeds(project: Project) -> None:
    for path in project.seeds.iterdir():
        path.unlink()


def _most_seeds_gone(project: Project) -> None:
    for path in sorted(project.seeds.iterdir())[:7]:
        path.unlink()


SLIPS = [_emptied_vocabulary, _deleted_vocabulary, _deleted_sources, _emptied_seeds, _most_seeds_gone]


@pytest.fixture
def archive(make_archive: ArchiveMaker) -> Project:
    """Twelve posts, with this project's vocabulary and sources."""
    return make_archive({f"{n}.md": post(n) for n in range(12)})


class TestLosses:
    """An emptied vocabulary, a deleted folder, most seeds gone."""

    @pytest.mark.parametrize("slip", SLIPS)
    def test_a_slip_is_refused_and_the_pages_stay(self, archive: Project, slip: Callable[[Project], None]) -> None:
        """Compared with what was generated before, the message names what is gone; no page is touched."""
        generate(archive)
        before = {path: path.read_bytes() for path in archive.docs.rglob("*.md")}
        slip(archive)
        with pytest.raises(BuilderError, match=r"现在还有 \d+.*像是误删.*--allow-empty"):
            generate(archive)
        assert {path: path.read_bytes() for path in archive.docs.rglob("*.md")} == before

    @pytest.mark.parametrize("slip", SLIPS)
    def test_a_slip_is_seen_in_a_pull_request(
        self, archive: Project, command_line: CommandLine, slip: Callable[[Project], None]
    ) -> None:
        """On a machine that has generated nothing yet, git knows what was there."""
        under_git(archive)
        slip(archive)
        for command in (["check", "--changed-since", "HEAD"], ["build", "--since", "HEAD"]):
            said = command_line(archive, *command)
            assert said.code == 2
            assert "像是误删" in said.err
        assert not (archive.docs / "articles").exists()

    def test_confirmed_it_is_done(self, archive: Project) -> None:
        """With the option the same loss is carried out, and the next run needs no option."""
        generate(archive)
        _emptied_vocabulary(archive)
        generate(archive, confirmed=True)
        assert not list((archive.docs / "topics").glob("[!i]*.md"))
        generate(archive)

    def test_ordinary_changes_need_no_confirmation(self, archive: Project) -> None:
        """A few seeds, a few topics and the only seed of a small archive replaced: that is editing."""
        generate(archive)
        for path in sorted(archive.seeds.iterdir())[:3]:
            path.unlink()
        generate(archive)

    def test_the_first_push_has_nothing_to_compare_with(self, archive: Project, command_line: CommandLine) -> None:
        """GitHub gives a row of zeros for the commit before the first; that is no revision."""
        under_git(archive)
        git(archive, "rev-parse", "HEAD")
        _emptied_vocabulary(archive)
        said = command_line(archive, "build", "--since", "0" * 40)
        assert "像是误删" not in said.err
        assert (archive.docs / "articles").exists()

    def test_a_vanished_folder_of_seeds_is_named(self, archive: Project) -> None:
        """The message says which folder is gone, and how to get it back."""
        shutil.rmtree(archive.seeds)
        with pytest.raises(BuilderError, match=r"seeds/ 不见了"):
            find_project(archive.root)


@pytest.fixture
def preview(make_archive: ArchiveMaker) -> Iterator[tuple[Project, subprocess.Popen[str], Path]]:
    """A preview of one post, running."""
    project = make_archive({"good.md": post(1)})
    log = project.root / "log.txt"
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", "serve", "--port", str(PORT)],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=stream,
            text=True,
        )
        try:
            _wait(lambda: "移动支付新规的第1天" in _home())
            yield project, process, log
        finally:
            process.terminate()
            process.wait(timeout=120)


def _home() -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=10) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def _wait(condition: Callable[[], bool], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


@pytest.mark.site
def test_the_preview_shows_problems_and_goes_on(preview: tuple[Project, subprocess.Popen[str], Path]) -> None:
    """A broken seed, then broken curation, then both mended: each time one rebuild, said in page and terminal."""
    project, process, log = preview
    bar = 'id="builder-problems"'
    (project.seeds / "bad.md").write_bytes(b"")
    _wait(lambda: "seeds/bad.md [empty-file]" in _home())
    assert "移动支付新规的第1天" in _home()
    topics = (project.curation / "topics.yml").read_text(encoding="utf-8")
    (project.curation / "topics.yml").write_text(topics.replace("topics:", "topisc:"), encoding="utf-8")
    _wait(lambda: "不认识的键“topisc”" in _home())
    assert "移动支付新规的第1天" in _home(), "the last good site stays"
    (project.curation / "topics.yml").write_text(topics, encoding="utf-8")
    _wait(lambda: "[empty-file]" in _home() and "topisc" not in _home())
    (project.seeds / "bad.md").unlink()
    _wait(lambda: "empty-file" not in _home())
    _wait(lambda: log.read_text(encoding="utf-8").count("预览：") >= 5)
    said = log.read_text(encoding="utf-8")
    assert process.poll() is None
    assert said.count("seeds/bad.md [empty-file]") == 1, "only what is new is said again"
    assert said.count("topisc") == 1
    assert said.count("预览：") == 5, "the first, and what each of four changes led to"
    assert "Traceback" not in said
    assert bar not in (project.docs / "index.md").read_text(encoding="utf-8"), "pages themselves say nothing of it"


@pytest.mark.site
def test_an_own_build_leaves_no_bar(make_archive: ArchiveMaker) -> None:
    """The published site knows nothing of the preview's bar."""
    project = make_archive({"good.md": post(1), "bad.md": ""})
    assert run_builder(project, "build").code == 1
    assert "builder-problems" not in (project.root / "site" / "index.html").read_text(encoding="utf-8")
