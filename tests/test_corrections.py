"""What editors correct, keep, drop, take out and move: carried out, logged on the page, and no address lost."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ArchiveMaker, run_builder
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
from builder.site.archives import read_archive
from builder.site.generating import generate

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
    return cleaning.clean(_read(body), {}, cleaning.Repetition(), correction)


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
        lines = [squash("".join(piece.text for piece in line)) for line in compare(_read(), {}, cleaning.Repetition())]
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
        lines = compare(_read(), {}, cleaning.Repetition())
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
        """The page can be in English."""
        said = command_line(make_archive({"a.md": post(1)}), "explain", "--html", "--language", "en", "seeds/a.md")
        assert "Text of the raw file" in said.out

    @pytest.mark.parametrize("path", ["seeds", "seeds/missing.md"])
    def test_one_file_at_a_time(self, make_archive: ArchiveMaker, command_line: CommandLine, path: str) -> None:
        """A folder, or nothing, is wrong use."""
        assert command_line(make_archive({"a.md": post(1)}), "explain", "--html", path).code == 2


def _write(project: Project, text: str) -> None:
    (project.curation / "corrections.yml").write_text(text, encoding="utf-8")


def _page(project: Project, identifier: str) -> str:
    return (project.docs / "articles" / f"{identifier}.md").read_text(encoding="utf-8")


class TestAddresses:
    """Every address that was once published leads somewhere."""

    def test_corrections_are_logged_on_the_page_with_who_and_why(self, make_archive: ArchiveMaker) -> None:
        """Each field that was corrected, dropped blocks included."""
        project = make_archive({"a.md": post(1, BODY)})
        _write(project, "seeds:\n  a.md: {why: 原文如此, who: 张三, title: 对的标题, drop: [甲钱包春季活动…]}\n")
        entry = generate(project).archive.entries[0]
        assert entry.corrected == (("drop", "原文如此 — 张三"), ("title", "原文如此 — 张三"))
        page = _page(project, entry.id)
        assert "标题：原文如此 — 张三" in page
        assert "删去的段落：原文如此 — 张三" in page

    def test_a_seed_deleted_on_purpose_leaves_a_page(self, make_archive: ArchiveMaker) -> None:
        """Reason, name and digest stand at the old address, escaped; lists do not name it."""
        project = make_archive({"a.md": post(1), "b.md": post(2)})
        gone = next(entry for entry in generate(project).archive.entries if entry.article.path == "a.md")
        (project.seeds / "a.md").unlink()
        _write(
            project,
            f"removed:\n  {gone.id}: {{why: 应<b>要求</b>撤下, who: 李四, sha256: {gone.article.sha256}}}\n",
        )
        archive = generate(project).archive
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


class TestReports:
    """Where readers report errors."""

    def test_each_article_links_to_a_prefilled_issue_and_the_corrections(
        self, make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The repository comes from the environment, as the workflow gives it; titles cannot break the address."""
        monkeypatch.setenv("ARCHIVE_REPOSITORY", "https://github.com/user/archive")
        project = make_archive({"sub/a.md": post(1, title='"引号" & <b> 与#号')})
        entry = generate(project).archive.entries[0]
        tree = html.fromstring(_page(project, entry.id))
        report, edit = [str(link.attrib["href"]) for link in tree.iter("a") if "github.com" in str(link.attrib["href"])]
        assert edit == "https://github.com/user/archive/edit/main/curation/corrections.yml"
        asked = parse_qs(urlsplit(report).query)
        assert urlsplit(report).path == "/user/archive/issues/new"
        assert asked["title"] == [f"更正：{entry.article.title}"]
        assert f"articles/{entry.id}.html" in asked["body"][0]
        assert "seeds/sub/a.md" in asked["body"][0]

    def test_without_a_repository_there_is_no_link(
        self, make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is guessed."""
        monkeypatch.delenv("ARCHIVE_REPOSITORY", raising=False)
        project = make_archive({"a.md": post(1)})
        assert 'class="reports"' not in _page(project, generate(project).archive.entries[0].id)

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
