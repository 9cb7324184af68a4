"""What editors correct, keep, drop, take out and move: carried out, logged on the page, and no address lost."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import ArchiveMaker, copy_project, run_builder
from editing import CommandLine, post
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from builder import cleaning, reading
from builder.cleaning.comparison import compare
from builder.cleaning.ledger import squash
from builder.config.curation import Correction
from builder.config.project import Project
from builder.model.article import Article
from builder.model.post import Post
from builder.problems import BuilderError
from builder.site.archives import read_archive
from builder.site.building import generate

BODY = """
<div class="share">分享到微信 分享到微博</div>
<p>监管部门五月一日发布移动支付新规，要求支付机构把商户与消费者的账户分开管理。</p>
<p>甲钱包春季活动从今天开始，老用户与新用户都可以参加，先到先得。</p>
<p><img src="https://example.org/scene.jpg" alt=""></p>
<p>新规自六月起施行，移动支付的限额也随之调整，由各地备案。</p>
<div class="recommend"><p>相关阅读</p><p><a href="/y">编者要留下的这一段恰好在推荐栏里面，讲的是移动支付。</a></p>
<p><a href="/x">别的新闻</a></p></div>
"""


def _read(body: str = BODY) -> Post:
    document, _ = reading.decode_document(post(1, body).encode(), "a.md")
    assert document
    return reading.parse_post(document)


def _clean(correction: Correction | None, body: str = BODY) -> Article:
    return cleaning.clean(_read(body), {}, correction=correction)


class TestBlocks:
    """Blocks kept and dropped by hand."""

    def test_a_dropped_block_is_gone_and_in_the_ledger(self) -> None:
        """The whole text, or its beginning with an ellipsis, and an image by its address; each under its own rule."""
        fix = Correction(why="广告", drop=("甲钱包春季活动…", "https://example.org/scene.jpg"))
        article = _clean(fix)
        assert "甲钱包春季活动" in _clean(None).text
        assert "甲钱包春季活动" not in article.text
        assert not article.images
        taken = [removal.text for removal in article.removals if removal.rule == "correction"]
        assert taken == [
            "甲钱包春季活动从今天开始，老用户与新用户都可以参加，先到先得。",
            "https://example.org/scene.jpg",
        ]
        assert not article.problems

    def test_a_kept_block_survives_the_rule_that_takes_its_surroundings(self) -> None:
        """Only the paragraph stays; what stood around it goes as before, and the account is exact."""
        wanted = "编者要留下的这一段恰好在推荐栏里面，讲的是移动支付。"
        assert wanted not in _clean(None).text
        article = _clean(Correction(why="正文", keep=(wanted,)))
        assert wanted in article.text
        assert "相关阅读" not in article.text
        assert "别的新闻" not in article.text
        assert "分享到" not in article.text
        assert not article.problems

    @pytest.mark.parametrize("field", ["keep", "drop"])
    def test_a_block_that_is_not_there_is_reported(self, field: str) -> None:
        """A word left out when copying is said, not silently ignored."""
        article = _clean(
            Correction(why="x", keep=("没有",)) if field == "keep" else Correction(why="x", drop=("没有",))
        )
        assert [problem.code for problem in article.problems] == ["correction-without-block"]

    def test_white_space_script_and_width_do_not_count(self) -> None:
        """Copied from the page in the other script, a block is found all the same."""
        article = _clean(
            Correction(why="广告", drop=("甲錢包春季活動從今天開始，　老用戶與新用戶都可以參加，先到先得。",))
        )
        assert "甲钱包春季活动" not in article.text

    @settings(deadline=None, max_examples=60)
    @given(st.data())
    def test_whatever_is_kept_or_dropped_the_account_is_exact(self, data: st.DataObject) -> None:
        """Any choice of blocks: the kept ones are in the text, the dropped ones are not, nothing is lost."""
        lines = [squash("".join(piece.text for piece in line)) for line in compare(_read(), {})]
        texts = [line for line in lines if not line.startswith("http")]
        keep = data.draw(st.sets(st.sampled_from(texts)))
        drop = data.draw(st.sets(st.sampled_from(texts))) - keep
        article = _clean(Correction(why="x", keep=tuple(sorted(keep)), drop=tuple(sorted(drop))))
        assert not [problem for problem in article.problems if problem.code != "no-text"]
        assert all(block in squash(article.text) for block in keep)
        assert not any(block in squash(article.text) for block in drop)


class TestComparison:
    """What ``explain --html`` shows."""

    def test_every_line_is_whole_and_what_stays_is_the_article(self) -> None:
        """Put together the pieces are the raw lines; without what rules took they are the clean text."""
        lines = compare(_read(), {})
        raw = "".join(piece.text for line in lines for piece in line)
        for text in ("分享到微信", "相关阅读", "甲钱包春季活动", "新规自六月起施行"):
            assert text in raw
        kept = squash("".join(piece.text for line in lines for piece in line if not piece.rule))
        assert kept == squash(_clean(None).text) + "https://example.org/scene.jpg"

    def test_the_page_is_safe_and_asks_nobody(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """Hostile text stays text, no script runs, nothing is fetched, and each removal names its rule."""
        evil = (
            BODY
            + '<p>&lt;script&gt;alert(1)&lt;/script&gt; "><img src=x onerror=alert(1)></p><script>alert(2)</script>'
        )
        project = make_archive({"sub/a.md": post(1, evil, title="<script>alert(3)</script>")})
        said = command_line(project, "explain", "--html", "seeds/sub/a.md")
        tree = html.fromstring(said.out)
        assert not tree.xpath("//script | //img | //iframe | //link | //*[@src]")
        assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
            "default-src 'none'; style-src 'unsafe-inline'"
        ]
        assert "sub/a.md" in str(tree.xpath("string(//h1)"))
        assert tree.xpath("//del[contains(., '分享到微信')]/following-sibling::small")
        assert said.code == 0

    def test_english_labels_on_request(self, make_archive: ArchiveMaker, command_line: CommandLine) -> None:
        """The page can be in English, and so can the lines."""
        project = make_archive({"a.md": post(1)})
        said = command_line(project, "explain", "--html", "--language", "en", "seeds/a.md")
        assert "Text of the raw file" in said.out
        assert "## Taken for an article" in command_line(project, "explain", "--language", "en", "seeds/a.md").out

    @pytest.mark.parametrize("path", ["seeds", "seeds/missing.md"])
    def test_one_file_at_a_time(self, make_archive: ArchiveMaker, command_line: CommandLine, path: str) -> None:
        """A folder, or nothing, is wrong use."""
        assert command_line(make_archive({"a.md": post(1)}), "explain", "--html", path).code == 2


def _write(project: Project, text: str) -> None:
    (project.curation / "corrections.yml").write_text(text, encoding="utf-8")


def _correct(project: Project, identifier: str, text: str) -> None:
    folder = project.curation / "corrections"
    folder.mkdir(exist_ok=True)
    (folder / f"{identifier}.yml").write_text(f"{text}\n", encoding="utf-8")


def _page(project: Project, identifier: str) -> str:
    return (project.docs / "articles" / f"{identifier}.md").read_text(encoding="utf-8")


class TestAddresses:
    """Every address that was once published leads somewhere."""

    def test_corrections_are_logged_on_the_page_with_who_and_why(self, make_archive: ArchiveMaker) -> None:
        """Each field that was corrected, dropped blocks included."""
        project = make_archive({"a.md": post(1, BODY)})
        _write(project, "seeds:\n  a.md: {why: 原文如此, who: 张三, title: 对的标题, drop: [甲钱包春季活动…]}\n")
        entry = generate(project)[0].entries[0]
        assert entry.corrected == (("drop", "原文如此 — 张三"), ("title", "原文如此 — 张三"))
        page = _page(project, entry.id)
        assert "标题：原文如此 — 张三" in page
        assert "删去的段落：原文如此 — 张三" in page

    @pytest.mark.parametrize("form", ["own", "single"])
    def test_a_seed_deleted_on_purpose_leaves_a_page(self, make_archive: ArchiveMaker, form: str) -> None:
        """Reason, name and digest stand at the old address, escaped; lists do not name it. The single file counts."""
        project = make_archive({"a.md": post(1), "b.md": post(2)})
        gone = next(entry for entry in generate(project)[0].entries if entry.article.path == "a.md")
        (project.seeds / "a.md").unlink()
        said = f"why: 应<b>要求</b>撤下, who: 李四, sha256: {gone.article.sha256}"
        if form == "own":
            _correct(project, gone.id, f"{{{said}, removed: true}}")
        else:
            _write(project, f"removed:\n  {gone.id}: {{{said}}}\n")
        archive = generate(project)[0]
        assert [stone.id for stone in archive.tombstones] == [gone.id]
        page = _page(project, gone.id)
        assert "本文已撤下" in page
        assert "应&lt;b&gt;要求&lt;/b&gt;撤下" in page
        assert "李四" in page
        assert gone.article.sha256 in page
        assert gone.article.title not in page
        assert gone.id not in (project.docs / "articles" / "index.md").read_text(encoding="utf-8")
        assert not (project.docs / "raw" / f"{gone.id}.txt").exists()

    def test_an_excluded_seed_leaves_a_page_too(self, make_archive: ArchiveMaker) -> None:
        """Its address says why, and its text is nowhere."""
        project = make_archive({"a.md": post(1), "b.md": post(2)})
        identifier = next(entry.id for entry in read_archive(project).entries if entry.article.path == "a.md")
        _write(project, "seeds:\n  a.md: {why: 与本档案无关, exclude: true}\n")
        generate(project)
        assert "与本档案无关" in _page(project, identifier)
        assert "商户与消费者" not in _page(project, identifier)

    def test_renaming_and_moving_change_no_address(self, make_archive: ArchiveMaker) -> None:
        """With an address of the original, without one, and without any metadata at all."""
        contents = {"a.md": post(1), "b.md": post(2, without="from"), "c.md": "只有一段移动支付的文字，没有别的。\n"}
        project = make_archive(contents)
        before = sorted(entry.id for entry in read_archive(project).entries)
        (project.seeds / "2021").mkdir()
        for number, name in enumerate(contents):
            (project.seeds / name).rename(project.seeds / "2021" / f"改名{number}.md")
        assert sorted(entry.id for entry in read_archive(project).entries) == before

    @pytest.mark.site
    def test_a_moved_address_redirects_under_a_sub_path(self, make_archive: ArchiveMaker) -> None:
        """A static page at the old address leads on by a relative link, without a script."""
        project = make_archive({"a.md": post(1)})
        new = read_archive(project).entries[0].id
        _write(
            project,
            f"moved:\n  articles/aaaaaaaaaa.html: articles/{new}.html\n  sources/old.html: articles/{new}.html\n",
        )
        done = run_builder(project, "build", environment={"SITE_URL": "https://example.org/sub/path/"})
        assert done.code == 0, done.err
        for old, there in (("articles/aaaaaaaaaa", f"{new}.html"), ("sources/old", f"../articles/{new}.html")):
            page = html.fromstring((project.root / "site" / f"{old}.html").read_bytes())
            assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == f"0; url={there}"
            assert page.xpath("//a/@href") == [there]
            assert page.xpath("string(//meta[@name='robots']/@content)") == "noindex"


NAMES = ("again.md", "另一个名字.html", "2021/05/deep.txt", "A.MD", "a (1).md", "x.markdown")
BARE = "只有一段移动支付的文字，没有别的，也没有网址。\n"


class TestWithdrawn:
    """What was withdrawn stays withdrawn, whatever its file is called."""

    @pytest.mark.parametrize("content", [post(1), post(1, without="from"), BARE], ids=["address", "none", "bare"])
    @pytest.mark.parametrize("known_by", ["identifier", "address", "digest"])
    def test_it_comes_back_under_no_name(self, make_archive: ArchiveMaker, content: str, known_by: str) -> None:
        """Six names, one in a sub-folder: each is an error that names the file, and nothing of it is published.

        An entry holds it by the name of its own file, and, under any other name, by address or digest.
        """
        project = make_archive({"a.md": content, "b.md": post(2)})
        gone = next(entry for entry in read_archive(project).entries if entry.article.path == "a.md")
        if known_by == "address" and not gone.article.url:
            pytest.skip("it has none")
        held = {"address": f", address: '{gone.article.url}'", "digest": f", sha256: [{gone.article.sha256}]"}
        identifier = gone.id if known_by == "identifier" else "aaaaaaaaaa"
        _correct(project, identifier, f"{{why: 应要求撤下, removed: true{held.get(known_by, '')}}}")
        (project.seeds / "a.md").unlink()
        for name in NAMES:
            (project.seeds / name).parent.mkdir(parents=True, exist_ok=True)
            (project.seeds / name).write_text(content, encoding="utf-8")
        archive = generate(project)[0]
        assert [entry.article.path for entry in archive.entries] == ["b.md"]
        told = [problem for problem in archive.problems if problem.code == "removed-but-present"]
        assert {problem.path for problem in told} == {f"seeds/{name}" for name in NAMES}
        assert {problem.severity for problem in told} == {"error"}
        words = gone.article.text[:8].encode()
        leaks = [path for path in project.docs.rglob("*") if path.is_file() and words in path.read_bytes()]
        assert not [path for path in leaks if "raw" in path.parts and gone.id in path.name]
        assert not [path for path in leaks if path.name == f"{gone.id}.md"]

    def test_another_crawl_of_the_same_address_is_known_too(self, make_archive: ArchiveMaker) -> None:
        """Other bytes, other title, the same original: it is the same article."""
        project = make_archive({"a.md": post(1)})
        gone = read_archive(project).entries[0]
        _correct(project, gone.id, "{why: 应要求撤下, removed: true}")
        (project.seeds / "a.md").write_text(post(1, title="换了标题再传", author="乙报"), encoding="utf-8")
        assert not read_archive(project).entries

    @pytest.mark.parametrize("form", ["own", "single"])
    def test_what_is_left_out_stays_so_when_it_is_renamed_or_copied(
        self, make_archive: ArchiveMaker, form: str
    ) -> None:
        """The file may stay: a notice for each, and no page. The single file's entry covers copies of its seed."""
        project = make_archive({"a.md": post(1), "b.md": post(2)})
        entry = next(entry for entry in read_archive(project).entries if entry.article.path == "a.md")
        if form == "own":
            _correct(project, entry.id, "{why: 与本档案无关, exclude: true}")
            (project.seeds / "a.md").rename(project.seeds / "renamed.md")
        else:
            _write(project, "seeds:\n  a.md: {why: 与本档案无关, exclude: true}\n")
        (project.seeds / "copy.md").write_text(post(1, title="同一网址"), encoding="utf-8")
        archive = read_archive(project)
        assert [each.article.path for each in archive.entries] == ["b.md"]
        assert [problem.code for problem in archive.problems if "b.md" not in problem.path] == ["excluded"] * 2
        assert [stone.id for stone in archive.tombstones] == [entry.id]

    def test_documents_are_withdrawn_like_articles(self, built: Project, tmp_path: Path) -> None:
        """By their identifier, and by their digest."""
        project = copy_project(tmp_path / "archive")
        plan = read_archive(built).plans[0]
        _correct(project, plan.identifier, "{why: 应要求撤下, removed: true}")
        archive = read_archive(project)
        assert not archive.plans
        assert [problem.path for problem in archive.problems if problem.severity == "error"] == [f"seeds/{plan.path}"]


class TestOwnFiles:
    """A correction is a file of its own, named by the article."""

    def test_it_holds_on_to_the_article_and_not_to_the_files_name(self, make_archive: ArchiveMaker) -> None:
        """Fields, blocks and the choice of topics survive renaming; no address changes."""
        project = make_archive({"a.md": post(1, BODY, without="from")})
        before = read_archive(project).entries[0]
        fix = "{why: 原文如此, title: 对的标题, url: 'https://example.org/found', drop: [甲钱包春季活动…], topics: []}"
        _correct(project, before.id, fix)
        (project.seeds / "a.md").rename(project.seeds / "renamed.md")
        after = read_archive(project).entries[0]
        assert (after.id, after.article.title, after.topics) == (before.id, "对的标题", ())
        assert after.article.url == "https://example.org/found"
        assert "甲钱包春季活动" in before.article.text
        assert "甲钱包春季活动" not in after.article.text
        assert [field for field, _ in after.corrected] == ["drop", "title", "topics", "url"]

    def test_it_goes_before_the_single_file(self, make_archive: ArchiveMaker) -> None:
        """Where both speak of an article, its own file is heard."""
        project = make_archive({"a.md": post(1)})
        _write(project, "seeds:\n  a.md: {why: 旧, title: 旧的}\n")
        _correct(project, read_archive(project).entries[0].id, "{why: 新, title: 新的}")
        assert read_archive(project).entries[0].article.title == "新的"

    def test_a_form_is_valid_once_a_reason_is_given(
        self, make_archive: ArchiveMaker, command_line: CommandLine
    ) -> None:
        """``correct`` writes it; every line behind a mark of comment may be used as it stands; it is kept."""
        title = '括号 [x] # "引号": - &锚'
        project = make_archive({"a.md": post(1, BODY, title=f"'{title}'")})
        said = command_line(project, "correct", "seeds/a.md")
        file = project.root / said.out.strip()
        form = file.read_text(encoding="utf-8")
        with pytest.raises(BuilderError, match="why：不能是空的"):
            read_archive(project)
        used = re.sub(r"(?m)^# (?=(title|date|source|author|url|topics|drop|keep|address|sha256):)", "", form)
        file.write_text(used.replace('why: ""', "why: 核对过"), encoding="utf-8")
        entry = read_archive(project).entries[0]
        assert entry.article.title == title
        assert file.name == f"{entry.id}.yml"
        assert command_line(project, "correct", "seeds/a.md").out == said.out
        assert "核对过" in file.read_text(encoding="utf-8")


class TestReports:
    """Where readers report errors."""

    def test_each_article_links_to_a_prefilled_issue_and_the_corrections(
        self, make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The repository comes from the environment, as the workflow gives it; titles cannot break the address."""
        monkeypatch.setenv("ARCHIVE_REPOSITORY", "https://github.com/user/archive")
        project = make_archive({"sub/a.md": post(1, title='"引号" & <b> 与#号')})
        entry = generate(project)[0].entries[0]
        tree = html.fromstring(_page(project, entry.id))
        report, edit = [str(link.attrib["href"]) for link in tree.iter("a") if "github.com" in str(link.attrib["href"])]
        new = parse_qs(urlsplit(edit).query)
        assert urlsplit(edit).path == "/user/archive/new/main"
        assert new["filename"] == [f"curation/corrections/{entry.id}.yml"]
        assert yaml.safe_load(new["value"][0]) == {"why": "", "who": ""}
        assert entry.article.sha256 in new["value"][0]
        asked = parse_qs(urlsplit(report).query)
        assert urlsplit(report).path == "/user/archive/issues/new"
        assert asked["title"] == [f"更正：{entry.article.title}"]
        assert f"articles/{entry.id}.html" in asked["body"][0]
        assert "seeds/sub/a.md" in asked["body"][0]

    def test_a_correction_that_is_there_is_edited(
        self, make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The link leads to the file in which it stands, its own or the single one."""
        monkeypatch.setenv("ARCHIVE_REPOSITORY", "https://github.com/user/archive")
        project = make_archive({"a.md": post(1), "b.md": post(2)})
        identifiers = {entry.article.path: entry.id for entry in read_archive(project).entries}
        _correct(project, identifiers["a.md"], "{why: x, title: y}")
        _write(project, "seeds:\n  b.md: {why: x, title: y}\n")
        generate(project)
        edit = "https://github.com/user/archive/edit/main/curation/corrections"
        assert f'{edit}/{identifiers["a.md"]}.yml"' in _page(project, identifiers["a.md"])
        assert f'{edit}.yml"' in _page(project, identifiers["b.md"])

    def test_without_a_repository_there_is_no_link(
        self, make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is guessed."""
        monkeypatch.delenv("ARCHIVE_REPOSITORY", raising=False)
        project = make_archive({"a.md": post(1)})
        assert 'class="reports"' not in _page(project, generate(project)[0].entries[0].id)

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "http://github.com/a/b", "https://github.com/only"])
    def test_an_address_that_is_no_repository_is_refused(
        self, make_archive: ArchiveMaker, command_line: CommandLine, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A wrong setting is said at once."""
        monkeypatch.setenv("ARCHIVE_REPOSITORY", address)
        said = command_line(make_archive({"a.md": post(1)}), "build")
        assert said.code == 2
        assert "extra.archive.repository" in said.err


def test_settings_of_the_reports_ask_nobody() -> None:
    """``repo_url``, which makes readers' browsers call an API, is not used."""
    configuration = (Path(__file__).parents[1] / "mkdocs.yml").read_text(encoding="utf-8")
    assert not re.search(r"(?m)^repo_url", configuration)
