"""Archives of their own: begun by one command, upgraded without a lost address or a touched line, examined."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_project, run_builder
from editing import CommandLine, git, post
from lxml import html

from builder.archive.identity import identifier_of, short_hash
from builder.config.project import Project, load_curation
from builder.paths import GENERATED
from builder.problems import BuilderError, languages
from builder.scaffold import origin
from builder.scaffold.files import Choices, archive_files, begin
from builder.scaffold.origin import ScaffoldManifest, file_digest, read_manifest, write_manifest
from builder.site.archives import read_archive
from builder.site.building import generate

CHINESE = re.compile(r"[\u3400-\u9fff\u3001\u3002\uff08-\uff1f\u300a-\u300f]")
PLACE = "https://github.com/user/program@" + "0" * 40
ENGLISH = """---
title: The ferry opens, part {number}
date: 2020-0{number}-11T10:00:00Z
author: The Harbour Gazette
from: https://gazette.example/{number}
---
<p>The ferry opened on Monday after three years of work. Crowds stood along the quay and watched the first boats.</p>
<p>The mayor said that it would carry two thousand people a day, and that the fare would not change.</p>
"""


def _begun(folder: Path, language: str = "zh") -> Project:
    begin(folder, Choices(language, "档案", PLACE))
    return Project(folder)


class TestInit:
    """``init`` writes an archive that builds."""

    @pytest.mark.site
    def test_a_new_archive_builds_at_once(self, tmp_path: Path) -> None:
        """Before there is any post: pages, search and data of an empty archive, without a complaint."""
        project = _begun(tmp_path / "a", "zh-Hant")
        built = run_builder(project, "build")
        assert built.code == 0, built.err
        assert 'lang="zh-Hant"' in (project.root / "site" / "about.html").read_text(encoding="utf-8")

    @pytest.mark.site
    def test_an_english_archive_holds_no_chinese(self, tmp_path: Path) -> None:
        """Files, pages, and what commands say: with English posts nothing anywhere is in Chinese. MkDocs is strict."""
        root = tmp_path / "harbour"
        begun = run_builder(Project(tmp_path), "init", "harbour", "--language", "en", "--program", PLACE)
        assert (begun.code, begun.out) == (0, ""), begun.err
        written = {path: path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()}
        assert not [path for path, text in written.items() if CHINESE.search(text)]
        for number in (1, 2, 3):
            (root / "seeds" / f"{number}.md").write_text(ENGLISH.format(number=number), encoding="utf-8")
        built = run_builder(Project(root), "build")
        assert built.code == 0, built.err
        assert not CHINESE.search(built.out + built.err)
        pages = sorted((root / "site").rglob("*.html"))
        assert len(pages) > 10
        assert not [path for path in pages if CHINESE.search(_visible(path))]

    @pytest.mark.parametrize("language", languages())
    def test_every_file_is_as_it_is_meant(self, tmp_path: Path, language: str) -> None:
        """Curation is valid, what is generated is ignored, schemas are wired, the program is pinned."""
        project = _begun(tmp_path / "a", language)
        curation = load_curation(project)
        assert not curation.sources
        assert not curation.vocabulary.topics
        ignored = re.findall(r"(?m)^/docs/(.+?)/?$", (project.root / ".gitignore").read_text(encoding="utf-8"))
        assert sorted(ignored) == sorted(GENERATED)
        mapped = json.loads((project.root / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
        assert all((project.root / schema).is_file() for schema in mapped)
        program = (project.root / "program.txt").read_text(encoding="utf-8")
        assert f"archive-builder @ git+{PLACE}" in program.splitlines()
        for path in (project.root / "curation").glob("*.yml"):
            used = "\n".join(_uncommented(path.read_text(encoding="utf-8")))
            assert yaml.safe_load(used), path
        assert not [path for path in project.root.rglob("*") if path.is_file() and b"[[" in path.read_bytes()]

    def test_the_repositorys_own_workflows_are_those(self) -> None:
        """One source: what runs for the first archive is what ``init`` writes, but for how the program is installed."""
        written = archive_files(Choices("zh", "x", "", here=True))
        for name in ("preview", "publish", "weekly"):
            path = f".github/workflows/{name}.yml"
            assert written[path].decode() == (ROOT / path).read_text(encoding="utf-8"), name

    @pytest.mark.parametrize("language", languages())
    def test_its_workflows_are_sound(self, tmp_path: Path, language: str) -> None:
        """Actionlint finds nothing, in either language; the program is installed by its pin, libraries by hashes."""
        project = _begun(tmp_path / "a", language)
        git(project, "init", "-q")
        linter = Path(sys.executable).parent / "actionlint"
        done = subprocess.run([linter, "-no-color"], cwd=project.root, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")
        for path in (project.root / ".github" / "workflows").iterdir():
            jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
            runs = "\n".join(str(step.get("run", "")) for job in jobs for step in job["steps"])
            assert "--require-hashes -r requirements.txt" in runs
            assert "--no-deps -r program.txt" in runs
            assert "make " not in runs

    def test_the_lock_is_the_programs_own(self) -> None:
        """What an archive installs is what the program is tested with."""
        (named,) = re.findall(r"^-r (.+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
        assert archive_files(Choices("en", "x", PLACE))["requirements.txt"] == (ROOT / named).read_bytes()

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        """A folder that holds one of the files is refused whole."""
        (tmp_path / "README.md").write_text("mine", encoding="utf-8")
        with pytest.raises(BuilderError, match=r"README\.md: 已经有这个文件"):
            _begun(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["README.md"]

    def test_a_machines_own_path_is_no_origin(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Out of a wheel or a folder nothing is pinned, and the file says what to write; a repository is."""
        said = {"url": f"file://{tmp_path}/x.whl", "archive_info": {}}

        class Installed:
            def read_text(self, _name: str) -> str:
                return json.dumps(said)

        monkeypatch.setattr(origin, "distribution", lambda _: Installed())
        assert origin.origin() == ""
        said.clear()
        said.update({"url": "https://github.com/user/program.git", "vcs_info": {"vcs": "git", "commit_id": "0" * 40}})
        assert origin.origin() == PLACE
        unknown = archive_files(Choices("en", "x", ""))["program.txt"].decode()
        assert not [line for line in unknown.splitlines() if not line.startswith("#")]

    @pytest.mark.parametrize("text", ["file:///x@main", "/home/x@main", "https://github.com/user@main", "x", "-e ."])
    def test_what_is_no_place_is_refused(self, tmp_path: Path, command_line: CommandLine, text: str) -> None:
        """``--program`` takes a repository and a revision, nothing of this machine."""
        assert command_line(Project(tmp_path), "init", "a", "--program", text).code == 2
        assert not (tmp_path / "a").exists()


def _visible(path: Path) -> str:
    """A page's text, its attributes that are read out or shown, and what its head says."""
    tree = html.fromstring(path.read_bytes())
    shown = ("alt", "title", "aria-label", "placeholder", "content", "data-options")
    attributes = (str(value) for element in tree.iter() for name, value in element.items() if name in shown)
    return "\n".join([*map(str, tree.itertext()), *attributes])


def _uncommented(text: str) -> list[str]:
    """A curation file with its example in force and its empty mapping gone."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if re.match(r"# [a-z]+:$", line))
    return [line.removeprefix("# ") for line in lines[first:] if line.startswith("# ")]


class TestUpgrade:
    """``upgrade`` brings what ``init`` wrote up to date and nothing else."""

    def test_only_what_the_program_wrote_is_renewed(self, tmp_path: Path, command_line: CommandLine) -> None:
        """Untouched files follow, changed ones stay with the difference shown, deleted ones stay deleted."""
        project = _begun(tmp_path / "a")
        now = archive_files(Choices("zh", "档案", PLACE))
        for path in ("docs/editors.md", ".gitattributes"):
            (project.root / path).write_bytes(b"# as an earlier version wrote it\n")
        known = read_manifest(project.root)
        written = file_digest(b"# as an earlier version wrote it\n")
        earlier = {**known.files, "docs/editors.md": written, ".gitattributes": written}
        write_manifest(project.root, ScaffoldManifest("0.0.1", "zh", earlier))
        (project.root / ".gitattributes").write_bytes(b"# mine\n")
        (project.root / "README.md").write_bytes(b"# my archive\n")
        (project.root / ".vscode/extensions.json").unlink()
        told = command_line(project, "upgrade", "--dry-run")
        assert (project.root / "docs/editors.md").read_bytes() == b"# as an earlier version wrote it\n"
        said = command_line(project, "upgrade")
        assert said.out == told.out
        assert (project.root / "docs/editors.md").read_bytes() == now["docs/editors.md"]
        assert (project.root / ".gitattributes").read_bytes() == b"# mine\n"
        assert (project.root / "README.md").read_bytes() == b"# my archive\n"
        assert not (project.root / ".vscode/extensions.json").exists()
        assert "更新 docs/editors.md" in said.lines
        assert "-# as an earlier version wrote it" in said.lines
        assert "你们改过，没有动（新版会这样写） .gitattributes" in said.lines
        assert "README.md" not in said.out
        again = command_line(project, "upgrade")
        assert "更新" not in again.out

    @pytest.mark.site
    def test_an_older_archive_loses_no_address(self, tmp_path: Path) -> None:
        """One of the version before, as it lay on a disk: every page, raw file, record and feed it had answers.

        Then articles without an address were named after outlet, date and headline, documents after their number;
        all corrections stood in one file, by seed; theme, styles and scripts lay in the archive.
        """
        project = copy_project(tmp_path / "archive")
        old = _made_older(project)
        before = _pages(project)
        assert {f"raw/{old['bare.md']}.txt", "data/plans/plan-055e88d147.json"} <= before
        shutil.rmtree(project.root / "site")
        done = run_builder(project, "upgrade")
        assert done.code == 0, done.err
        built = run_builder(project, "build")
        assert built.code == 0, built.err
        assert before - _pages(project) == set()
        archive = read_archive(project)
        entry = next(each for each in archive.entries if each.article.path == "bare.md")
        assert entry.article.title == "改对的标题"
        page = (project.root / "site" / "articles" / f"{old['bare.md']}.html").read_text(encoding="utf-8")
        assert f"url={entry.id}.html" in page
        raw = project.root / "site" / "raw"
        assert (raw / f"{old['bare.md']}.txt").read_bytes() == (raw / f"{entry.id}.txt").read_bytes()
        assert [stone.why for stone in archive.tombstones] == ["与本档案无关", "应要求撤下"]
        assert not (project.curation / "corrections.yml").exists()
        assert {path.stem for path in (project.curation / "plans").iterdir()} == {archive.plans[0].slug}
        assert len(archive.plans[0].repairs) > len(read_archive(copy_project(tmp_path / "plain")).plans[0].repairs) - 1
        assert not [problem for problem in archive.problems if problem.severity == "error"]
        assert "custom_dir: .theme" in project.mkdocs.read_text(encoding="utf-8")

    def test_without_anything_generated_the_old_rule_tells(self, tmp_path: Path, command_line: CommandLine) -> None:
        """A fresh clone holds no page; the names that the version before gave are worked out."""
        project = copy_project(tmp_path / "archive", seeds=False)
        (project.seeds / "bare.md").write_text(post(1, without="from"), encoding="utf-8")
        entry = read_archive(project).entries[0]
        old = short_hash(f"post:甲报\n2021-05-02T09:00:00+08:00\n{entry.article.title_original}")
        assert command_line(project, "upgrade").code == 0
        assert load_curation(project).corrections.moved == {f"articles/{old}.html": f"articles/{entry.id}.html"}

    def test_an_address_found_later_keeps_the_old_one(self, tmp_path: Path, command_line: CommandLine) -> None:
        """Reading improves: an article whose bytes named it gets its address; corrections and redirects follow."""
        project = copy_project(tmp_path / "archive", seeds=False)
        (project.seeds / "a.md").write_text(post(1), encoding="utf-8")
        generate(project)
        entry = read_archive(project).entries[0]
        old = identifier_of(None, entry.article.sha256)
        _rename_everywhere(project.docs, entry.id, old)
        (project.curation / "corrections").mkdir(exist_ok=True)
        (project.curation / "corrections" / f"{old}.yml").write_text("why: x\ntitle: 改对的标题\n", encoding="utf-8")
        assert command_line(project, "upgrade").code == 0
        archive = read_archive(project)
        assert archive.entries[0].article.title == "改对的标题"
        assert archive.moved == {f"articles/{old}.html": f"articles/{entry.id}.html"}
        assert command_line(project, "upgrade").lines == []


def _pages(project: Project) -> set[str]:
    """Every address that others may have written down: pages, raw files, data, feeds."""
    site = project.root / "site"
    kept = [*site.rglob("*.html"), *(path for name in ("raw", "data", "feeds") for path in (site / name).rglob("*.*"))]
    return {path.relative_to(site).as_posix() for path in kept}


def _rename_everywhere(docs: Path, old: str, new: str) -> None:
    """Generated pages as if an article had had another identifier."""
    for path in sorted(docs.rglob("*")):
        if path.is_file() and old in path.name:
            path.rename(path.with_name(path.name.replace(old, new)))
    for path in docs.rglob("*"):
        if path.is_file() and path.suffix in {".md", ".json"}:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def _made_older(project: Project) -> dict[str, str]:
    """Make an archive what the version before would have left; gives the identifiers it had, by seed."""
    seeds = {"bare.md": post(1, without="from"), "out.md": post(2, without="from"), "gone.md": post(3)}
    for name, content in seeds.items():
        (project.seeds / name).write_text(content, encoding="utf-8")
    (project.seeds / "gone.md").unlink()
    gone = identifier_of("https://example.org/3", "")
    shutil.rmtree(project.curation / "corrections")
    text = (ROOT / "tests/archive/curation/corrections/vy5r6r2zbe.yml").read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    single = {
        "seeds": {
            "bare.md": {"why": "原文如此", "title": "改对的标题"},
            "out.md": {"why": "与本档案无关", "exclude": True},
            "plans/005-规划.txt": document,
        },
        "removed": {gone: {"why": "应要求撤下"}},
    }
    (project.curation / "corrections.yml").write_text(yaml.safe_dump(single, allow_unicode=True), encoding="utf-8")
    done = run_builder(project, "build")
    assert done.code == 0, done.err
    archive = read_archive(project)
    renamed = {archive.plans[0].slug: "plan-055e88d147"}
    old = {}
    for entry in archive.entries:
        if not entry.article.url:
            written = entry.article.published.original if entry.article.published else ""
            original = entry.article.title_original
            old[entry.article.path] = short_hash(f"post:{entry.article.source}\n{written}\n{original}")
            renamed[entry.id] = old[entry.article.path]
    excluded = next(stone.id for stone in archive.tombstones if stone.id != gone)
    renamed[excluded] = "aaaaaaaaaa"
    (project.curation / "plans" / f"{archive.plans[0].slug}.yml").rename(project.curation / "plans/plan-055e88d147.yml")
    for folder in (project.docs, project.root / "site"):
        for now, then in renamed.items():
            for path in sorted(folder.rglob(f"*{now}*"), reverse=True):
                path.rename(path.with_name(path.name.replace(now, then)))
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix in {".md", ".json", ".html"}:
                said = path.read_text(encoding="utf-8")
                for now, then in renamed.items():
                    said = said.replace(now, then)
                path.write_text(said, encoding="utf-8", newline="\n")
    settings = project.mkdocs.read_text(encoding="utf-8").replace("custom_dir: .theme", "custom_dir: builder/theme")
    styles = "extra_css:\n  - assets/stylesheets/archive.css\n  - assets/stylesheets/lists.css\n"
    project.mkdocs.write_text(f"{settings}{styles}", encoding="utf-8")
    shutil.rmtree(project.root / ".theme")
    shutil.rmtree(project.root / ".cache")
    return old


class TestDoctor:
    """``doctor`` says what is missing and how to cure it."""

    def test_a_new_archive_lacks_nothing_but_seeds(self, tmp_path: Path, command_line: CommandLine) -> None:
        """Every line is good; an empty folder of seeds could be better."""
        said = command_line(_begun(tmp_path / "a"), "doctor")
        assert said.code == 0
        assert [line for line in said.lines if not line.startswith("[好]")] == [
            "[可以] seeds/ 还没有原始文件。把抓取的文件放进 seeds/。"
        ]

    @pytest.mark.parametrize(
        ("path", "text", "told"),
        [
            ("program.txt", "# nothing\n", "program.txt 里没有写程序从哪里来"),
            ("program.txt", "archive-builder @ file:///home/x/y.whl\n", "只在一台电脑上有"),
            (
                "mkdocs.yml",
                "site_name: x\nuse_directory_urls: false\ntheme: {name: material, language: zh}\n",
                "不是 .theme",
            ),
            ("mkdocs.yml", "site_name: x\n", "use_directory_urls: false"),
            ("curation/topics.yml", "topcs: {}\n", "是不是“topics”"),
        ],
    )
    def test_each_fault_has_its_cure(
        self, tmp_path: Path, command_line: CommandLine, path: str, text: str, told: str
    ) -> None:
        """The line names the fault, and the command ends with 1."""
        project = _begun(tmp_path / "a")
        (project.root / path).write_text(text, encoding="utf-8")
        said = command_line(project, "doctor")
        assert said.code == 1
        assert told in next(line for line in said.lines if line.startswith("[缺]"))

    def test_outside_of_an_archive_it_says_so(self, tmp_path: Path, command_line: CommandLine) -> None:
        """The machine is looked at all the same."""
        said = command_line(Project(tmp_path), "doctor")
        assert said.code == 1
        assert said.lines[0] == "[好] Python"
        assert "builder init" in said.lines[-1]


def test_the_wheel_is_whole_and_small(tmp_path: Path) -> None:
    """Every file of the package that git has is in it with the manual, nothing else is, in at most two megabytes."""
    pytest.importorskip("setuptools", "80")
    build_meta = pytest.importorskip("setuptools.build_meta")
    copy = tmp_path / "program"
    tracked = git(
        Project(ROOT), "ls-files", "builder", "docs/manual", "pyproject.toml", "README.md", "LICENSE"
    ).splitlines()
    for name in tracked:
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        name = build_meta.build_wheel(str(tmp_path))
    with zipfile.ZipFile(tmp_path / name) as wheel:
        held = {each for each in wheel.namelist() if each.startswith("builder/")}
    parts = (each.replace("docs/manual/", "builder/manual/") for each in tracked if (ROOT / each).is_file())
    assert held == {each for each in parts if each.startswith("builder/")}
    assert (tmp_path / name).stat().st_size <= 2 * 1024 * 1024
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert declared["scripts"] == {"builder": "builder.__main__:main"}
