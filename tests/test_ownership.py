"""Nothing is written to or removed from a place that this archive did not make, and no link is followed there."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from conftest import ArchiveMaker, run_builder
from editing import CommandLine, git, post, under_git

from builder import paths
from builder.cache import BrokenCacheError, opened, sealed
from builder.config.project import Project

pytestmark = pytest.mark.site
PLACES = ("site", ".cache", "curation", "docs", *(f"docs/{place}" for place in paths.GENERATED))
INNER = (
    "site/articles",
    "site/assets",
    "docs/articles/old",
    "docs/raw/x.txt",
    ".cache/results",
    "curation/sources",
    ".theme",
)


@pytest.fixture
def archive(make_archive: ArchiveMaker) -> Project:
    """Two posts."""
    return make_archive({f"{n}.md": post(n) for n in range(2)})


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """Somebody's folder beside the archive."""
    folder = tmp_path / "precious"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "a.txt").write_text("dear", encoding="utf-8")
    (folder / "index.html").write_text("mine", encoding="utf-8")
    return folder


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def finished(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the built archive."""
    root = tmp_path_factory.mktemp("finished") / "archive"
    shutil.copytree(built.root, root)
    return Project(root)


@pytest.mark.parametrize("place", [*PLACES, *INNER])
def test_a_link_is_refused(finished: Project, precious: Path, command_line: CommandLine, place: str) -> None:
    """Wherever a link stands in the place of a folder or file of ours, the build stops and its target stays whole."""
    before, link = _content(precious), finished.root / place
    link.parent.mkdir(parents=True, exist_ok=True)
    aside = finished.root / "aside"
    there = link.exists()
    if there:
        link.rename(aside)
    link.symlink_to(precious if "." not in link.name[1:] else precious / "index.html")
    said = command_line(finished, "build")
    link.unlink()
    if there:
        aside.rename(link)
    assert said.code == 2
    assert f"{place}: 是符号链接" in said.err
    assert _content(precious) == before


def test_seeds_as_a_link_are_refused(archive: Project, precious: Path, command_line: CommandLine) -> None:
    """A folder elsewhere would be published."""
    shutil.rmtree(archive.seeds)
    archive.seeds.symlink_to(precious)
    assert "seeds: 是符号链接" in command_line(archive, "build").err


def test_a_written_page_may_not_lead_outside(archive: Project, precious: Path, command_line: CommandLine) -> None:
    """A link below ``docs/`` would publish any file of the machine; one to another page beside it is an editor's."""
    (archive.docs / "leak.md").symlink_to(precious / "letters" / "a.txt")
    assert "docs/leak.md: 是符号链接" in command_line(archive, "build").err
    (archive.docs / "leak.md").unlink()
    (archive.docs / "robots-note.txt").write_text("own", encoding="utf-8")
    (archive.docs / "same.txt").symlink_to(archive.docs / "robots-note.txt")
    assert run_builder(archive, "build").code == 0


@pytest.mark.parametrize("place", ["site/index.html", "docs/index.md", "docs/articles/mine.md", "docs/data/own.csv"])
def test_what_somebody_else_made_is_refused(archive: Project, command_line: CommandLine, place: str) -> None:
    """A folder that the builder never made is not emptied."""
    own = archive.root / place
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("# mine\n", encoding="utf-8")
    said = command_line(archive, "build")
    assert said.code == 2
    assert "不是由程序生成的" in said.err
    assert own.read_text(encoding="utf-8") == "# mine\n"


def test_what_an_earlier_version_made_is_adopted(archive: Project) -> None:
    """Folders of which nothing is noted, but with the builder's own list of checksums, are ours."""
    assert run_builder(archive, "build").code == 0
    shutil.rmtree(archive.root / ".cache")
    (archive.seeds / "1.md").unlink()
    assert run_builder(archive, "build").code == 0
    pages = {path.name for path in (archive.root / "site" / "articles").glob("*.html")} - {"index.html"}
    assert len(pages) == 1


def test_what_a_first_build_left_unfinished_is_ours(archive: Project, command_line: CommandLine) -> None:
    """Nothing but the note says so: no list of checksums has been written yet."""
    settings = archive.mkdocs.read_text(encoding="utf-8")
    archive.mkdocs.write_text(settings.replace("  - 关于: about.md", "  - 关于: gone.md"), encoding="utf-8")
    assert command_line(archive, "build").code == 2, "MkDocs warns"
    (archive.root / "site" / "half.html").write_text("half", encoding="utf-8")
    (archive.docs / "SHA256SUMS").unlink()
    archive.mkdocs.write_text(settings, encoding="utf-8")
    assert command_line(archive, "build").code == 0
    assert not (archive.root / "site" / "half.html").exists()


def test_a_cache_in_the_repository_is_refused(archive: Project, command_line: CommandLine) -> None:
    """What git tracks may have come with a contribution: build and check stop and say how to go on."""
    assert command_line(archive, "check").code == 0
    under_git(archive)
    git(archive, "add", "-f", ".cache")
    for command in ("build", "check"):
        said = command_line(archive, command)
        assert said.code == 2
        assert "git rm -r --cached .cache" in said.err
    git(archive, "rm", "-r", "-q", "--cached", ".cache")
    assert command_line(archive, "check").code == 0


def test_a_forged_cache_is_not_believed(archive: Project, tmp_path: Path) -> None:
    """Another machine's cache, with a script in every value and untracked: no value of it is used."""
    elsewhere = {"XDG_STATE_HOME": str(tmp_path / "elsewhere")}
    assert run_builder(archive, "build", environment=elsewhere).code == 0
    for file in (archive.root / ".cache").rglob("*"):
        if file.is_file() and file.read_bytes()[:6] == b"SQLite":
            subprocess.run(["sh", "-c", f"rm -f {file}-wal {file}-shm"], check=True)
    with sqlite3.connect(archive.root / ".cache" / "results") as forged:
        rows = forged.execute("SELECT name, key, value FROM kept").fetchall()
        assert any("移动支付新规".encode() in value for _, _, value in rows)
        for name, key, value in rows:
            other = value.replace("移动支付新规".encode(), b"<script>alert(1)")
            forged.execute("UPDATE kept SET value = ? WHERE name = ? AND key = ?", (other, name, key))
    forged.close()
    done = run_builder(archive, "build")
    assert done.code == 0, done.err
    pages = [path.read_text(encoding="utf-8") for path in (archive.root / "site").rglob("*.html")]
    assert not [page for page in pages if "<script>alert(1)" in page]
    assert [page for page in pages if "移动支付新规" in page]


def test_an_authenticated_value_counts_in_its_place_only() -> None:
    """Cut, changed, or moved to another key it is damage."""
    stored = sealed(b"value", "shelf", b"key")
    assert opened(stored, "shelf", b"key") == b"value"
    for wrong, place in ((stored[:-1], b"key"), (stored[:5], b"key"), (stored, b"other"), (b"", b"key")):
        with pytest.raises(BrokenCacheError):
            opened(wrong, "shelf", place)
    with pytest.raises(BrokenCacheError):
        opened(stored, "shel", b"fkey")


def test_the_secret_lies_outside_and_is_the_user_s_alone(archive: Project, tmp_path: Path) -> None:
    """No other user may read it, it is made once, and without a place for it a build only takes longer."""
    state = tmp_path / "state"
    for _ in range(2):
        assert run_builder(archive, "build", environment={"XDG_STATE_HOME": str(state)}).code == 0
    file = state / "archive-builder" / "secret"
    assert file.stat().st_mode & 0o077 == 0
    assert len(file.read_bytes()) == 32
    assert not re.search(re.escape(file.read_bytes()), (archive.root / ".cache" / "results").read_bytes())
    (tmp_path / "no-folder").write_bytes(b"")
    done = run_builder(archive, "build", environment={"XDG_STATE_HOME": str(tmp_path / "no-folder")})
    assert done.code == 0, done.err
