"""What editors are told before anything is published: all of it, apart, folded, in either language, and on GitHub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ArchiveMaker
from editing import CommandLine, git, post, under_git
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import paths
from builder.commands import reviewing
from builder.config.project import Project
from builder.problems import Problem
from builder.site.archives import read_archive
from builder.site.building import generate


class TestList:
    """``check`` says everything once, the worst first."""

    def test_errors_come_before_warnings_before_notices(
        self, make_archive: ArchiveMaker, command_line: CommandLine
    ) -> None:
        """Each severity has its own heading with its number."""
        unmatched = post(3, "<p>天气预报说明天有雨，出门请带伞，山区注意落石。</p>", title="明天有雨")
        said = command_line(make_archive({"a.md": "", "b.md": post(2, date=None), "c.md": unmatched}), "check")
        headings = [line for line in said.lines if line and "[" not in line]
        assert headings[:2] == ["错误 1", "警告 1"]
        assert headings[2].startswith("提示 ")
        assert said.code == 1
        assert said.lines[1].startswith("seeds/a.md [empty-file] ")

    def test_an_archive_without_an_address_is_told_that_readers_cannot_reach_it(
        self, make_archive: ArchiveMaker, command_line: CommandLine
    ) -> None:
        """Mistakes could be reported to nobody."""
        project = make_archive({"b.md": post(2)})
        assert "no-report-address" not in command_line(project, "check").out
        settings = project.mkdocs.read_text(encoding="utf-8")
        project.mkdocs.write_text(settings.replace("contact: editors@archive.example", 'contact: ""'), encoding="utf-8")
        assert "mkdocs.yml [no-report-address]" in command_line(project, "check").out

    def test_what_repeats_is_folded_unless_asked_for(
        self, make_archive: ArchiveMaker, command_line: CommandLine
    ) -> None:
        """Of nine problems of one code five are shown, and a line says that there are four more."""
        project = make_archive({f"{n}.md": post(n, date=None) for n in range(9)})
        folded, full = command_line(project, "check"), command_line(project, "check", "--all")
        assert folded.out.count("[no-date] 没有") == 5
        assert "[no-date] 另有 4 处" in folded.out
        assert full.out.count("[no-date] 没有") == 9
        assert "另有" not in full.out

    def test_examples_of_a_profile_that_do_not_hold_are_named(
        self, make_archive: ArchiveMaker, command_line: CommandLine
    ) -> None:
        """What a profile promises to keep or to drop and does not is a warning at its file; the rest is silent."""
        project = make_archive({"a.md": post(1)})
        profile = project.curation / "sources" / "jia.yml"
        profile.write_text(
            "name: 甲的报\ndrop: ['.box']\nexamples:\n"
            "  - html: <div class='box'>盒子里的话。</div><p>盒子外的话。</p>\n"
            "    keeps: [盒子外的话, 盒子里的话]\n    drops: [盒子里, 盒子外]\n",
            encoding="utf-8",
        )
        for path in (["--all"], [str(profile)]):
            said = [line for line in command_line(project, "check", *path).lines if "example-" in line]
            assert [line.partition("，")[0] for line in said] == [
                "curation/sources/jia.yml [example-not-dropped] 例子说“盒子外”要删去",
                "curation/sources/jia.yml [example-not-kept] 例子说“盒子里的话”要留下",
            ]

    def test_english_on_request(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """The same problem in the other language, with the summary."""
        said = command_line(make_archive({"a.md": ""}), "check", "--language", "en")
        assert "seeds/a.md [empty-file] is empty; not published." in said.out
        assert said.err.startswith("errors: 1")

    @pytest.mark.parametrize("option", [("--format", "json"), ("--json",)])
    def test_json_is_one_object_for_each_problem(
        self, make_archive: ArchiveMaker, command_line: CommandLine, option: tuple[str, ...]
    ) -> None:
        """Machines get every problem, unfolded, with the documented keys."""
        project = make_archive({f"{n}.md": post(n, date=None) for n in range(9)})
        records = [json.loads(line) for line in command_line(project, "check", *option).lines]
        assert len([record for record in records if record["code"] == "no-date"]) == 9
        assert set(records[0]) == {"path", "line", "code", "severity", "message"}

    def test_all_files_of_curation_are_checked_at_once(
        self, make_archive: ArchiveMaker, command_line: CommandLine
    ) -> None:
        """Two wrong files are two lines."""
        project = make_archive({"a.md": post(1)})
        (project.curation / "topics.yml").write_text("topic: {}\n", encoding="utf-8")
        (project.curation / "corrections.yml").write_text("seed: {}\n", encoding="utf-8")
        said = command_line(project, "check")
        assert said.code == 2
        assert len([line for line in said.err.splitlines() if "不认识的键" in line]) == 2


class TestOneFile:
    """``check FILE`` is quick and speaks of that file alone."""

    def test_only_the_file_asked_for_is_spoken_of(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """The other file's problem is not mentioned, and folders may be asked for."""
        project = make_archive({"sub/a.md": post(1, date=None), "b.md": ""})
        said = command_line(project, "check", "seeds/sub/a.md")
        assert "seeds/sub/a.md [no-date]" in said.out
        assert "b.md" not in said.out
        assert said.code == 0
        assert "b.md" not in command_line(project, "check", "seeds/sub").out

    @pytest.mark.parametrize(
        ("again", "said", "code"),
        [
            (post(1), "seeds/b.md [identical-copy] 与 seeds/a.md 是同一个文件", 0),
            (post(1, date="2021-06-01"), "seeds/b.md [same-identity] 与 seeds/a.md 内容完全相同", 1),
            (post(1, title="换了标题"), "[version-undated]", 0),
        ],
        ids=["the same bytes", "the same words", "other words"],
    )
    def test_a_post_that_is_published_already_is_spoken_of(
        self, make_archive: ArchiveMaker, command_line: CommandLine, again: str, said: str, code: int
    ) -> None:
        """The page of the first one lies generated and names its seed: the new one is judged beside it."""
        project = make_archive({"a.md": post(1)})
        generate(project)
        (project.seeds / "b.md").write_text(again, encoding="utf-8")
        answer = command_line(project, "check", "seeds/b.md")
        assert said in answer.out
        assert answer.code == code
        assert command_line(project, "check", "seeds/a.md").code == 0

    def test_every_file_is_counted_once(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """What became of the files adds up to all of them, for the whole archive, a folder and a file."""
        fix = "seeds:\n  out.md: {why: 重复, exclude: true}\n"
        project = make_archive({"sub/a.md": post(1), "b.md": post(1), "c.md": "", "out.md": post(2), "d.md": post(3)})
        (project.curation / "corrections.yml").write_text(fix, encoding="utf-8")
        for name in (".keep", "Thumbs.db", "sub/图.css", "~$a、b.docx", "x.unknown"):
            (project.seeds / name).write_bytes(b"x")
        kinds = "文章 2，重复的 1，按更正不发布 1，系统或下载留下的 2，未发布 2（见上面各行）"
        ends = {
            (): f"10 个文件：{kinds}，附在别的文件旁边的（图片等）1，隐藏的 1",
            ("seeds/sub",): "2 个文件：文章 1，附在别的文件旁边的（图片等）1",
            ("seeds/d.md",): "1 个文件：文章 1",
            ("seeds/d.md", "--language", "en"): "files 1: articles 1",
        }
        for arguments, end in ends.items():
            assert command_line(project, "check", *arguments).err.splitlines()[-1] == end
        assert "个文件" not in command_line(project, "check", "curation/corrections.yml").err

    def test_corrections_of_the_file_count(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """A correction by the path below ``seeds/`` is found for a file in a folder, and no other is reported."""
        project = make_archive({"sub/a.md": post(1), "b.md": post(2)})
        fixes = "seeds:\n  sub/a.md: {why: 广告, drop: [没有这一段]}\n  b.md: {why: 原文, title: 标题}\n"
        (project.curation / "corrections.yml").write_text(fixes, encoding="utf-8")
        said = command_line(project, "check", "seeds/sub/a.md")
        assert [line.split("] ")[0] for line in said.lines if "[" in line] == [
            "seeds/sub/a.md [correction-without-block"
        ]

    def test_a_file_from_elsewhere_is_refused(
        self, make_archive: ArchiveMaker, command_line: CommandLine, tmp_path: Path
    ) -> None:
        """Only what can be published can be checked."""
        other = tmp_path / "other.md"
        other.write_text(post(1), encoding="utf-8")
        said = command_line(make_archive({"a.md": post(1)}), "check", str(other))
        assert said.code == 2
        assert "不在" in said.err


class TestGitHub:
    """Annotations and the step's summary."""

    def test_problems_become_annotations_and_a_summary(
        self,
        make_archive: ArchiveMaker,
        command_line: CommandLine,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        """File, line, code and message are where GitHub looks for them; errors come first."""
        summary = tmp_path / "summary.md"
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
        broken = post(2).replace("---\n", "", 1)
        said = command_line(make_archive({"b.md": broken, "c.md": ""}), "check", "--format", "github")
        assert (
            said.lines[0] == "::error file=seeds/c.md,line=1,title=empty-file::文件是空的，未发布。请补上内容或删去。"
        )
        assert any(
            line.startswith("::notice file=seeds/b.md,line=1,title=front-matter-unopened::") for line in said.lines
        )
        written = summary.read_text(encoding="utf-8")
        assert written.startswith("## 检查结果\n")
        assert "<code>seeds/c.md</code> <b>empty-file</b>" in written

    def test_wrong_configuration_marks_its_file(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """What stops the program is an annotation too."""
        project = make_archive({"a.md": post(1)})
        (project.curation / "topics.yml").write_text("\ntopic: {}\n", encoding="utf-8")
        said = command_line(project, "check", "--format", "github")
        assert said.code == 2
        assert said.lines[0].startswith("::error file=curation/topics.yml,line=2::不认识的键“topic”")

    @settings(deadline=None)
    @given(st.text(), st.text())
    def test_no_value_ends_a_command_or_begins_another(self, path: str, message: str) -> None:
        """Whatever a file is called or holds, one command is one line, and GitHub reads back exactly the values."""
        line = reviewing.command("error", {"file": path, "line": "1"}, message)
        assert len(line.split("\n")) == 1
        assert "\r" not in line
        _, properties, data = line.split("::", 2)
        file = properties.removeprefix("error file=").removesuffix(",line=1")
        assert "," not in file
        assert ":" not in file
        assert _unescaped(file) == path
        assert _unescaped(data) == message

    def test_a_summary_holds_no_markup_of_raw_text(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Tags, empty lines and Markdown in a title stay text."""
        summary = tmp_path / "summary.md"
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
        evil = Problem(
            "title-from-text", "seeds/<img src=x>.md", None, {"title": "<script>x</script>\n\n# 标题 [x](y)"}
        )
        reviewing.write_summary([evil], "zh")
        written = summary.read_text(encoding="utf-8")
        assert "<script" not in written
        assert "<img" not in written
        assert "\n\n#" not in written.removeprefix("## 检查结果\n")


def _unescaped(value: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        value = value.replace(code, character)
    return value


@pytest.fixture
def tracked(make_archive: ArchiveMaker) -> Project:
    """Three posts under git, one of them without a date."""
    return under_git(make_archive({"a.md": post(1), "b.md": post(2, date=None), "c.md": post(3)}))


class TestChangedSince:
    """A pull request hears of what it changes, and of nothing else."""

    def test_only_new_and_changed_files_are_spoken_of(self, tracked: Project, command_line: CommandLine) -> None:
        """The old warning is silent; a file that git does not know yet counts as new."""
        assert command_line(tracked, "check", "--changed-since", "HEAD").lines == []
        (tracked.seeds / "新的.md").write_text(post(4, date=None), encoding="utf-8")
        said = command_line(tracked, "check", "--changed-since", "main")
        assert next(line for line in said.lines if "[" in line).startswith("seeds/新的.md [no-date]")
        assert "b.md" not in said.out

    def test_harm_done_to_another_file_is_spoken_of(self, tracked: Project, command_line: CommandLine) -> None:
        """A copy with an earlier date pushes the old file out; that error names the new one."""
        (tracked.seeds / "d.md").write_text(post(1, date="2020-01-01"), encoding="utf-8")
        said = command_line(tracked, "check", "--changed-since", "HEAD")
        assert said.code == 1
        assert "seeds/a.md [same-identity] 与 seeds/d.md 内容完全相同" in said.out

    def test_a_deleted_seed_needs_a_word(self, tracked: Project, command_line: CommandLine) -> None:
        """Without one the vanished address is a warning that says what to write; written so, it is silent."""
        identifier = _identifier(tracked, "a.md")
        (tracked.seeds / "a.md").unlink()
        said = command_line(tracked, "check", "--changed-since", "HEAD")
        warning = next(line for line in said.lines if "[page-vanished]" in line)
        assert f"articles/{identifier}.html" in warning
        file = tracked.root / warning.split("请新建 ")[1].split("，")[0]
        digest = warning.split("sha256（")[1][:64]
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"why: 应要求撤下\nremoved: true\nsha256: {digest}\n", encoding="utf-8")
        assert "page-vanished" not in command_line(tracked, "check", "--changed-since", "HEAD").out

    def test_a_renamed_seed_is_no_loss(self, tracked: Project, command_line: CommandLine) -> None:
        """The address follows the post, not the file."""
        identifier = _identifier(tracked, "a.md")
        (tracked.seeds / "sub").mkdir()
        git(tracked, "mv", "seeds/a.md", "seeds/sub/另一个名字.md")
        assert "page-vanished" not in command_line(tracked, "check", "--changed-since", "HEAD").out
        assert _identifier(tracked, "sub/另一个名字.md") == identifier

    @pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "HEAD~99"])
    def test_an_unknown_revision_is_wrong_use(self, tracked: Project, command_line: CommandLine, revision: str) -> None:
        """Git's own options cannot be smuggled in."""
        said = command_line(tracked, "check", f"--changed-since={revision}")
        assert said.code == 2
        assert "git 里没有" in said.err
        assert not (tracked.root / "x").exists()


class TestChanges:
    """The list of pages that a change adds, alters and takes away."""

    def test_new_changed_and_removed_pages_are_listed(
        self, tracked: Project, command_line: CommandLine, tmp_path: Path
    ) -> None:
        """Each article by its address and title, as lines and as a page with links."""
        gone, kept = _identifier(tracked, "a.md"), _identifier(tracked, "b.md")
        (tracked.seeds / "a.md").unlink()
        (tracked.seeds / "b.md").write_text(post(2, title="改过的 <b>标题</b>"), encoding="utf-8")
        (tracked.seeds / "d.md").write_text(post(4), encoding="utf-8")
        said = command_line(tracked, "changes", "--since", "HEAD", "--html", str(tmp_path / "changes.html"))
        assert f"消失 articles/{gone}.html 移动支付新规的第1天" in said.lines
        assert f"改动 articles/{kept}.html 改过的 <b>标题</b>" in said.lines
        assert f"新增 articles/{_identifier(tracked, 'd.md')}.html 移动支付新规的第4天" in said.lines
        assert not any(_identifier(tracked, "c.md") in line and line.startswith("新增") for line in said.lines)
        page = (tmp_path / "changes.html").read_text(encoding="utf-8")
        assert f'<a href="articles/{kept}.html">改过的 &lt;b&gt;标题&lt;/b&gt;</a>' in page
        assert f'<a href="articles/{gone}.html"' not in page

    def test_nothing_changes_nothing(self, tracked: Project, command_line: CommandLine) -> None:
        """The same files make the same pages."""
        assert command_line(tracked, "changes", "--since", "HEAD").lines == []


def _identifier(project: Project, seed: str) -> str:
    return next(entry.id for entry in read_archive(project).entries if entry.article.path == seed)


class TestVerify:
    """A published site is compared with the seeds, page by page."""

    @pytest.mark.site
    def test_a_faithful_site_has_no_problem(self, built: Project, served: str, command_line: CommandLine) -> None:
        """From the folder and over the wire, under a sub-path."""
        assert command_line(built, "verify").code == 0
        said = command_line(built, "verify", served)
        assert (said.code, said.lines) == (0, [])

    @pytest.mark.parametrize(
        ("damage", "code"),
        [
            (lambda site, name: (site / "articles" / f"{name}.html").unlink(), "page-missing"),
            (lambda site, name: (site / "articles" / f"{name}.html").write_text("改过"), "page-differs"),
            (lambda site, name: (site / "raw" / f"{name}.txt").write_text("改过"), "raw-differs"),
            (lambda site, name: (site / "raw" / f"{name}.txt").unlink(), "raw-differs"),
            (
                lambda site, _: (site / "sitemap.xml").write_text("<loc>articles/aaaaaaaaaa.html</loc>"),
                "page-unexplained",
            ),
        ],
    )
    def test_each_kind_of_damage_is_named(
        self, make_archive: ArchiveMaker, command_line: CommandLine, damage: object, code: str
    ) -> None:
        """A page that is missing or altered, a raw file that is not the seed, a page without a seed."""
        project = make_archive({"a.md": post(1)})
        entry = read_archive(project).entries[0]
        site = project.root / "site"
        for name, content in {
            "index.html": "",
            f"articles/{entry.id}.html": f"<p>{entry.article.sha256}</p>",
            paths.raw(entry.id): post(1),
        }.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(content, encoding="utf-8")
        assert command_line(project, "verify").code == 0
        assert callable(damage)
        damage(site, entry.id)
        said = command_line(project, "verify", "site")
        assert said.code == 1
        assert f"[{code}]" in said.out

    def test_where_there_is_no_site_it_says_so(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """A wrong path is wrong use, not a thousand missing pages."""
        assert command_line(make_archive({"a.md": post(1)}), "verify", "nowhere").code == 2
