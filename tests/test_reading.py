"""Reading: any bytes become a document or a problem, any front matter a post, any date a day or an instant."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from machines import SEEDS

from builder.markup import front_matter
from builder.model.post import Post, RawDocument
from builder.problems import catalogue
from builder.reading import decode_document, discover, parse_post, read_document
from builder.reading.addresses import sort_addresses
from builder.reading.dates import read_date
from builder.reading.front_matter import read_front_matter
from builder.reading.outlets import read_byline
from builder.reading.titles import clean_title, without_outlet
from builder.reading.words import meanings, plain_key, words

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
PROSE = (
    "监管部门昨天发布公告，要求企业在六个月内完成整改。记者从发布会上获悉，相关细则将于下月公布，各地随后执行。\n" * 3
)
TRADITIONAL = (
    "監管部門昨天發布公告，要求企業在六個月內完成整改。記者從發布會上獲悉，相關細則將於下月公布，各地隨後執行。\n" * 3
)


def document(text: str | bytes, path: str = "post.md") -> RawDocument:
    """The document that a file's text or bytes become."""
    decoded, problems = decode_document(text.encode() if isinstance(text, str) else text, path)
    assert decoded, problems
    return decoded


def post(text: str | bytes, path: str = "post.md") -> Post:
    """The post that a file's text or bytes become."""
    return parse_post(document(text, path))


def codes(read: Post | RawDocument) -> set[str]:
    """The codes of what reading complains of."""
    return {problem.code for problem in read.problems}


class TestDiscover:
    """Which files are read."""

    def test_finds_posts_in_the_order_of_their_paths(self, tmp_path: Path) -> None:
        """Posts of every suffix are found in sub-folders, sorted; attachments and hidden files are passed over."""
        for name in ("b.md", "a/z.TXT", "a/c d.html", "a/p.css", ".gitkeep", ".hidden/x.md", "名\u3000.md"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("x")
        paths, problems = discover(tmp_path)
        assert [found.path for found in paths] == ["a/c d.html", "a/z.TXT", "b.md", "名\u3000.md"]
        assert problems == ()

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            (b"x\xff.md", "x\\xff.md"),
            (b"a\nb.md", "a\\u000ab.md"),
            ("a\u202eb.md".encode(), "a\\u202eb.md"),
            (b"\x1b[2J.md", "\\u001b[2J.md"),
        ],
    )
    def test_a_name_that_no_line_can_hold_is_reported(self, tmp_path: Path, name: bytes, shown: str) -> None:
        """A name that is no UTF-8, or holds control characters, is said so that it can be read; the rest is read."""
        (tmp_path / "good.md").write_text("x", encoding="utf-8")
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x", encoding="utf-8")
        paths, problems = discover(tmp_path)
        assert [found.path for found in paths] == ["good.md"]
        assert [(problem.code, problem.path) for problem in problems] == [("name-unusable", shown)]

    def test_reports_what_it_passes_over(self, tmp_path: Path) -> None:
        """Links out of the folder and links to nothing are problems, and nothing outside is read."""
        outside = tmp_path / "outside"
        seeds = tmp_path / "seeds"
        outside.mkdir()
        seeds.mkdir()
        (outside / "secret.md").write_text("x")
        (seeds / "file.md").symlink_to(outside / "secret.md")
        (seeds / "folder").symlink_to(outside)
        (seeds / "loop.md").symlink_to(seeds / "loop.md")
        (seeds / "gone.md").symlink_to(seeds / "nothing.md")
        paths, problems = discover(seeds)
        assert paths == ()
        assert {problem.path: problem.code for problem in problems} == {
            "file.md": "leads-outside",
            "folder": "leads-outside",
            "loop.md": "leads-outside",
            "gone.md": "leads-outside",
        }

    def test_follows_links_that_stay_inside(self, tmp_path: Path) -> None:
        """A link to a file of the same folder is a file like any other."""
        (tmp_path / "a.md").write_text("x")
        (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
        assert [found.path for found in discover(tmp_path)[0]] == ["a.md", "b.md"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_reports_folders_it_may_not_read(self, tmp_path: Path) -> None:
        """A folder without read permission is a problem, the rest is still read."""
        (tmp_path / "a.md").write_text("x")
        (tmp_path / "closed").mkdir(mode=0)
        paths, problems = discover(tmp_path)
        assert [found.path for found in paths] == ["a.md"]
        assert [problem.code for problem in problems] == ["unreadable"]

    def test_takes_one_file_as_it_is(self, tmp_path: Path) -> None:
        """A single file is read whatever its suffix."""
        (tmp_path / "a.text").write_text("x")
        (found,), problems = discover(tmp_path / "a.text")
        assert (found.file, found.path, problems) == (str(tmp_path / "a.text"), "a.text", ())


class TestDecode:
    """Bytes to text."""

    @pytest.mark.parametrize(
        ("encoding", "mark", "text", "guessed"),
        [
            ("utf-8", b"", PROSE, False),
            ("utf-8", b"\xef\xbb\xbf", PROSE, False),
            ("utf-16-le", b"\xff\xfe", PROSE, False),
            ("utf-16-be", b"\xfe\xff", TRADITIONAL, False),
            ("utf-16-le", b"", PROSE, True),
            ("gb18030", b"", PROSE, True),
            ("gbk", b"", "---\ntitle: 整改\n---\n" + PROSE, True),
            ("big5", b"", TRADITIONAL, True),
            ("big5", b"", "---\ntitle: 整改\n---\n<p>" + TRADITIONAL + "</p>", True),
        ],
    )
    def test_reads_every_encoding_of_chinese(self, encoding: str, mark: bytes, text: str, guessed: bool) -> None:  # noqa: FBT001  # a case's expectation
        """The text comes out whole; only where nothing but the bytes told the encoding, a notice says so."""
        read = document(mark + text.encode(encoding))
        assert read.text == text
        assert ("encoding-guessed" in codes(read)) == guessed

    def test_believes_a_declared_encoding(self) -> None:
        """A short page in Big5 that says so is read as Big5."""
        text = '<meta charset="big5"><p>整改</p>'
        assert document(text.encode("big5"), "a.html").text == text

    def test_makes_line_feeds_of_all_line_ends(self) -> None:
        """CRLF, lone CR, form feeds and Unicode's separators become line feeds."""
        assert document("一\r\n二\r三\x0c四\u2028五\u0085六".encode()).text == "一\n二\n三\n四\n五\n六"

    def test_drops_characters_of_no_text_and_says_so(self) -> None:
        """NUL and other control characters, also a mark in the middle, are gone; the notice counts them."""
        read = document(("一\0二\x03三\ufeff四" + PROSE).encode())
        assert read.text == "一二三四" + PROSE
        assert [(problem.code, problem.values) for problem in read.problems] == [("control-characters", {"count": "2"})]

    def test_keeps_damaged_text(self) -> None:
        """One broken character does not turn UTF-8 into another encoding; it shows, and a warning says so."""
        data = (PROSE * 5).encode()
        read = document(data[:-2])
        assert read.text.startswith(PROSE)
        assert (read.encoding, codes(read)) == ("utf-8", {"undecodable-bytes"})

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "empty-file"),
            (b" \r\n\t\n", "empty-file"),
            (b"\xef\xbb\xbf\n", "empty-file"),
            (b"\0\0\0\0", "empty-file"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary-file"),
            (b"abc" + bytes(range(32)) * 20, "binary-file"),
        ],
    )
    def test_says_why_a_file_is_no_text(self, data: bytes, code: str) -> None:
        """Empty and binary files are problems."""
        read, problems = decode_document(data, "x.md")
        assert read is None
        assert [problem.code for problem in problems] == [code]

    def test_refuses_what_is_too_large(self, tmp_path: Path) -> None:
        """A file beyond the limit is a problem, and no more of it is read than tells so."""
        path = tmp_path / "x.md"
        with path.open("wb") as file:
            file.truncate(1 << 33)
        read, problems = read_document(path, "x.md")
        assert read is None
        assert [problem.code for problem in problems] == ["too-large"]

    def test_says_that_a_file_is_gone(self, tmp_path: Path) -> None:
        """A file that cannot be opened is a problem."""
        assert [problem.code for problem in read_document(tmp_path / "x.md", "x.md")[1]] == ["unreadable"]

    def test_describes_the_bytes(self) -> None:
        """Digest and size are those of the raw bytes, not of the text."""
        read = document(b"a\r\n")
        assert (read.size, read.sha256) == (3, hashlib.sha256(b"a\r\n").hexdigest())


class TestDialects:
    """Front matter in all its shapes; the post is the same."""

    @pytest.mark.parametrize(
        "head",
        [
            "---\ntitle: 整改\ndate: 2021-04-13\ntags: [甲, 乙]\n---\n",
            "\n---\ntitle: '整改'\ndate: 2021-04-13\ntags:\n - 甲\n - 乙\n---\n",
            "---\n\ntitle: 整改\n\ndate: 2021-04-13\n\ntags: 甲, 乙\n\n---\n",
            '---\n# 注释\ntitle: "整改"\n# 又\ndate: 2021-04-13 # 当天\ntags: [甲, 乙]\n...\n',
            '+++\n# 注释\ntitle = "整改"\ndate = 2021-04-13\ntags = ["甲", "乙"]\n+++\n',
            "---  \nTitle : 整改\nDATE: 2021-04-13\nTags: 甲、乙\n---  \n",
            '---\ntitle: """"""\'整改\'""""""\ndate: 2021-04-13\ntags: [甲, 乙]\n---\n',
            '---\ntitle: "整改"\ntitle: "又"\ndate: 2021-04-13\ntags:\n- 甲\n- 乙\nx: [\n---\n',
            "title: 整改\ndate: 2021-04-13\ntags: [甲, 乙]\n---\n",
            "---\ntitle: 整改\ndate: 2021-04-13\ntags: [甲, 乙]\n\n",
            "---\n标题：整改\n日期：2021-04-13\n标签：甲, 乙\n---\n",
        ],
    )
    def test_says_the_same_in_every_dialect(self, head: str) -> None:
        """YAML with blank and comment lines, broken YAML, TOML, missing rules and Chinese keys are read alike."""
        read = post(head + "正文")
        assert (read.title, read.published and read.published.iso, read.tags) == ("整改", "2021-04-13", ("甲", "乙"))
        assert read.body.strip() == "正文"
        assert read.document.text.endswith(f"\n{read.body}")

    def test_knows_a_key_however_the_lists_write_it(self) -> None:
        """Whoever adds ``publish_at`` to the lists has it read."""
        assert set(meanings()) == {plain_key(key) for keys in words().keys.values() for key in keys}

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('---\ntitle: "a\n---\nx', "front-matter-broken"),
            ('---\ntitle: """a"b\n---\nx', "front-matter-line"),
            ("+++\ntitle = a\n+++\nx", "front-matter-broken"),
            ("---\ntitle: a\n\nx", "front-matter-unclosed"),
            ("title: a\ndate: 2021-01-01\n---\nx", "front-matter-unopened"),
            ("x", "no-front-matter"),
        ],
    )
    def test_says_what_it_had_to_mend(self, text: str, code: str) -> None:
        """What a strict reader would refuse is reported."""
        assert code in codes(post(text))

    @pytest.mark.parametrize(
        ("line", "right"),
        [
            ("title：整改", "title: 整改"),
            ("\ttitle: 整改", "title: 整改"),
            ("title: 支付: 整改", 'title: "支付: 整改"'),
            ("title: [支付] 整改", 'title: "[支付] 整改"'),
            ('title: "支付"整改', "title: '\"支付\"整改'"),
        ],
    )
    def test_says_how_a_line_should_be_written(self, line: str, right: str) -> None:
        """A slip in YAML is read as it was meant, and the line that the editor is given says the same as YAML."""
        read = post(f"---\nauthor: 甲报\n{line}\ndate: 2021年5月2日\n---\n正文")
        assert [(it.line, it.values["right"]) for it in read.problems if it.code == "front-matter-line"] == [(3, right)]
        assert read.title == post(f"---\n{right}\n---\n正文").title
        assert read.title.endswith("整改")
        assert read.published
        assert read.published.iso == "2021-05-02"

    @given(st.text("题: \t：\"'[]{}-#&*|a\n", max_size=40))
    def test_mending_never_fails(self, text: str) -> None:
        """Whatever a front matter holds, it is read, and what is proposed is one line."""
        read = read_front_matter(f"---\ntitle: 支付: 整改\n{text}\n---\nx", "a.md")
        assert all("\n" not in problem.values.get("right", "") for problem in read.problems)

    def test_keeps_every_scalar_as_text(self) -> None:
        """Dates, numbers and truth values stay what the crawler wrote, in YAML and in TOML."""
        yaml = post("---\ndate: 2021-04-13T01:44:58.654Z\ncomments: True\nid: 007\nx: ~\n---\n").front_matter
        toml = post("+++\ndate = 2021-04-13T01:44:58Z\ndraft = true\nid = 7\n+++\n").front_matter
        assert yaml == {"date": "2021-04-13T01:44:58.654Z", "comments": "True", "id": "007", "x": "~"}
        assert toml == {"date": "2021-04-13 01:44:58+00:00", "draft": "True", "id": "7"}

    def test_leaves_a_mere_rule_alone(self) -> None:
        """A text that begins with a thematic break has no front matter, and loses nothing."""
        text = "---\n\n一段话。\n\n---\n\n又一段。\n"
        assert post(text).body == text

    def test_bounds_nesting_and_aliases(self) -> None:
        """Front matter that would crash the parser or grow without end is read line by line, or cut."""
        for text in ("a: " + "[" * 60_000, "a: " + "- " * 30_000, "a: " + "{b: " * 15_000):
            assert post(f"---\ntitle: 整改\n{text}\n---\nx").title == "整改"
        laughs = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
        assert len(repr(post(f"---\ntitle: 整改\n{laughs}---\nx").front_matter)) < 1_000_000
        assert post("---\ntitle: 整改\na: &a [*a]\n---\nx").title == "整改"

    def test_reads_a_headline_with_rule_and_date_line(self) -> None:
        """Without front matter, the headline, a date line and labelled lines say what there is; the body keeps them."""
        text = "# 整改方案公布\n\n---\n\n2021年4月13日\n来源：示例报\n作者：张三\n原文链接：https://example.org/a\n\n正文。\n"
        read = post(text)
        assert (read.title, read.published and read.published.iso, read.author) == (
            "整改方案公布",
            "2021-04-13",
            "张三",
        )
        assert (read.outlet_names[0], read.url, read.body) == ("示例报", "https://example.org/a", text)

    def test_reads_underlined_headlines(self) -> None:
        """A headline over a rule counts as one, too."""
        assert post("整改方案公布\n=====\n2021-04-13\n\n正文。").title == "整改方案公布"

    def test_reads_whole_pages(self) -> None:
        """An HTML page's JSON-LD, OpenGraph and meta give the metadata; its body is all of it."""
        linked = (
            '{"@graph":[{"@type":"NewsArticle","headline":"整改 &amp; 方案","datePublished":"2021-04-13T01:44:58Z"}]}'
        )
        page = (
            f'<!doctype html>\n<html><head><meta charset="utf-8"><title>整改方案 - 示例网</title>'
            f'<meta property="og:site_name" content="示例网"><meta name="author" content="张三">'
            f'<link rel="canonical" href="https://example.org/a"><meta name="keywords" content="甲,乙">'
            f'<script type="application/ld+json">{linked}</script></head><body class="x">\n<p>正文</p></body></html>'
        )
        read = post(page, "a.html")
        assert (read.title, read.published and read.published.iso) == ("整改 & 方案", "2021-04-13T01:44:58Z")
        assert (read.url, read.author, read.outlet_names[0]) == ("https://example.org/a", "张三", "示例网")
        assert (read.tags, read.body_format, read.body) == (("甲", "乙"), "html", page)
        assert read.body == page

    def test_tells_html_bodies_from_markdown(self) -> None:
        """A body that begins and ends with tags is HTML, also under a link header; one with Markdown around is not."""
        head = "---\ntitle: x\n---\n"
        assert (
            post(head + "<!--1595491203000-->\n[x](https://e.org/)\n------\n\n<div>\n正文\n</div>\n").body_format
            == "html"
        )
        assert post(head + "<div>正文</div>\n\n[回](../)\n").body_format == "markdown"
        assert post(head + "正文，1 < 2。").body_format == "markdown"


class TestDates:
    """Dates as they are written."""

    @pytest.mark.parametrize(
        ("written", "iso"),
        [
            ("2021-04-13T01:44:58.654Z", "2021-04-13T01:44:58.654Z"),
            ("2022-01-12 20:28:54 +0800", "2022-01-12T20:28:54+08:00"),
            ("2019-10-17T07:46:13+01:00", "2019-10-17T07:46:13+01:00"),
            ("Mon, 12 Apr 2021 19:37:14 GMT", "2021-04-12T19:37:14Z"),
            ("Tue, 13 Apr 2021 09:44:00 EST", "2021-04-13T09:44:00-05:00"),
            ("Mon Apr 12 2021 19:37:14 GMT+0800 (China Standard Time)", "2021-04-12T19:37:14+08:00"),
            ("Mon Apr 12 19:37:14 UTC 2021", "2021-04-12T19:37:14Z"),
            ("北京时间 2021年4月13日 下午3:05", "2021-04-13T15:05:00+08:00"),
            ("1595491203000", "2020-07-23T08:00:03Z"),
            ("2018-05-14 15:24", "2018-05-14"),
            ("2020-07-22T00:29:08", "2020-07-22"),
            ("2021-04-13T09:44:00 CST", "2021-04-13"),
            ("2019-2-6", "2019-02-06"),
            ("2018-02-24  +0800", "2018-02-24"),
            ("2021/4/13 (星期二) 上午 10:30", "2021-04-13"),
            ("22/07/2020 - 17:50", "2020-07-22"),
            ("04/25/2020", "2020-04-25"),
            ("２０２１年４月１３日", "2021-04-13"),
            ("二〇二一年四月二十三日", "2021-04-23"),
            ("民國110年4月13日", "2021-04-13"),
            ("中華民國一百一十年十二月三十一日", "2021-12-31"),
            ("民國元年1月1日", "1912-01-01"),
            ("令和3年4月13日", "2021-04-13"),
            ("令和元年５月１日（水）", "2019-05-01"),
            ("㋿六年十一月五日 10時30分", "2024-11-05"),
            ("平成31/4/30", "2019-04-30"),
            ("昭和六十四年一月七日", "1989-01-07"),
            ("1090820", "2020-08-20"),
            ("20200820", "2020-08-20"),
            ("April 13, 2021 9:44 AM", "2021-04-13"),
            ("Sept. 5, 2020", "2020-09-05"),
            ("5th May 2020", "2020-05-05"),
        ],
    )
    def test_reads_days_and_instants(self, written: str, iso: str) -> None:
        """An instant where an offset is said, else the day; the original is kept and no offset invented."""
        published = read_date(written)
        assert published
        assert (published.iso, published.original) == (iso, written)
        assert published.sort_key

    @pytest.mark.parametrize(
        "written", ["", "+0800", "2021-13-45", "2021-02-29", "0000-00-00", "9999-99-99", "昨天", "12:30"]
    )
    def test_reads_no_date_where_there_is_none(self, written: str) -> None:
        """What is in no calendar is no date."""
        assert read_date(written) is None

    @given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
    @settings(deadline=None)
    def test_reads_what_python_writes(self, moment: object, minutes: int) -> None:
        """Any ISO 8601 instant is read as that instant."""
        offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
        from_iso = str(moment)[:19].replace(" ", "T") + offset
        published = read_date(from_iso)
        if 1901 < int(from_iso[:4]) < 2198:
            assert published
            assert published.instant
            assert published.instant.isoformat() == from_iso

    @given(st.text())
    @settings(deadline=None)
    def test_never_fails(self, text: str) -> None:
        """Any text is a date or none, and a date is in the calendar."""
        published = read_date(text)
        assert published is None or published.day.year > 1899

    def test_falls_back_to_marker_and_name(self) -> None:
        """Without a readable date, the crawler's mark counts, then the file's name; each is said."""
        marked = post("---\ntitle: x\ndate: +0800\n---\n<!--1595491203000-->\n正文")
        named = post("---\ntitle: x\n---\n正文", "a/-202205262391921712.md")
        assert (marked.published and marked.published.iso, named.published and named.published.iso) == (
            "2020-07-23T08:00:03Z",
            "2022-05-26",
        )
        assert {"date-unreadable", "date-from-marker"} <= codes(marked)
        assert "date-from-name" in codes(named)


class TestTitles:
    """Headlines."""

    def test_decodes_and_collapses(self) -> None:
        """Entities, also twice encoded ones, are decoded, white space is one space, hidden marks are gone."""
        assert clean_title(" 甲&#x27;s \u3000 &amp;quot;乙&amp;quot;\n\u200b丙&nbsp;") == '甲\'s "乙" 丙'

    @pytest.mark.parametrize(
        ("title", "outlets", "address", "left"),
        [
            ("火箭首胜雷霆 – 示范国际广播电台 - SGR", ("示广",), "http://www.sgr.example//cn/x/y", "火箭首胜雷霆"),
            ("挑战者 - 报纸摘要", ("示广",), "http://a.example/%E6%8A%A5%E7%BA%B8%E6%91%98%E8%A6%81/2020-x", "挑战者"),
            ("How to hide - iSample", ("iSample",), None, "How to hide"),
            ("整改_示例网", ("示例网",), None, "整改"),
            ("[國際] 疫情反彈", ("國際",), None, "[國際] 疫情反彈"),
            ("导览：党支部", ("示例",), None, "导览：党支部"),
            ("槽边 | 先做个人吧", ("示例",), None, "槽边 | 先做个人吧"),
            ("中国 - 美国", ("示例",), "https://example.org/a", "中国 - 美国"),
            ("示例报", ("示例报",), None, "示例报"),
            ("美股 - 示例", ("示例", "国际示例网"), None, "美股"),
            ("美股 - 科技", ("示例", "蚁科技"), None, "美股 - 科技"),
            ("- 示例报", ("示例报",), None, "- 示例报"),
        ],
    )
    def test_takes_off_only_the_outlet(
        self, title: str, outlets: tuple[str, ...], address: str | None, left: str
    ) -> None:
        """A suffix goes where names, host or path vouch for it; labels and everything else stay."""
        assert without_outlet(title, outlets, outlets[:1], address) == left

    def test_keeps_the_original(self) -> None:
        """The headline as written stays beside the clean one."""
        read = post('---\ntitle: "甲  乙 - 示例报"\nauthor: 示例报\n---\nx')
        assert (read.title, read.title_original) == ("甲 乙", "甲  乙 - 示例报")


class TestAddresses:
    """Where the original stands."""

    @pytest.mark.parametrize(
        ("candidates", "original", "carrier"),
        [
            (
                ("https://web.archive.org/web/20210703190435/https://e.org/a",),
                "https://e.org/a",
                "https://web.archive.org/web/20210703190435/https://e.org/a",
            ),
            (
                ("https://e.org/a", "https://web.archive.org/web/2021/https://e.org/b"),
                "https://e.org/a",
                "https://web.archive.org/web/2021/https://e.org/b",
            ),
            (("https://archive.ph/abc",), None, "https://archive.ph/abc"),
            (("http://10.0.0.1:8083/a.html",), None, "http://10.0.0.1:8083/a.html"),
            (("https://e.org/中文 a/",), "https://e.org/%E4%B8%AD%E6%96%87%20a/", None),
            (("//e.org/a",), "https://e.org/a", None),
            (("http://e.org//a%20b?x=1&y=[2]",), "http://e.org//a%20b?x=1&y=[2]", None),
            (("javascript:alert(1)", "ftp://e.org/", "e.org", "http://", "http://localhost/", "示例报"), None, None),
        ],
    )
    def test_tells_originals_from_mirrors(
        self, candidates: tuple[str, ...], original: str | None, carrier: str | None
    ) -> None:
        """A mirror's address yields the original inside it; what is no web address is none."""
        assert sort_addresses(candidates) == type(sort_addresses(()))(original, carrier)

    @pytest.mark.parametrize(
        ("body", "url", "carrier"),
        [
            ("原文来自示例周刊网站：~~[别的题目](https://e.org/136882)~~\n\n正文。", "https://e.org/136882", None),
            ("正文。\n\n<http://e.org/news/1,2.html>\n\n[返回首页](../)\n", "http://e.org/news/1,2.html", None),
            ("<p>正文</p>\n\n<http://sample.e.xyz/1>\n\n[返回首页](//sample.f.com/)\n", None, "http://sample.e.xyz/1"),
            ('<p>见<a href="https://e.org/a?b=1&amp;c=2">整改</a></p>', "https://e.org/a?b=1&c=2", None),
            ("图片来源：https://e.org/p.jpg 正文。", None, None),
            ("正文提到 https://e.org/x 的报道。", None, None),
        ],
    )
    def test_finds_the_original_in_the_text(self, body: str, url: str | None, carrier: str | None) -> None:
        """Without an address in front matter, a credit, a link under the headline's words or a lone address has it."""
        read = post(f"---\ntitle: 整改\n---\n{body}")
        assert (read.url, read.carrier_url) == (url, carrier)

    def test_reads_the_link_header(self) -> None:
        """A crawler's link header gives title and address where the front matter gives none, and stays in the body."""
        header = "<!--1595491203000-->\n[[政治] 整改](https://e.org/a)\n------\n"
        read = post(f"---\nlayout: post\n---\n{header}\n<div>正文</div>\n")
        assert (read.title, read.url, read.body.startswith(header)) == ("[政治] 整改", "https://e.org/a", True)


class TestBylines:
    """Outlet or person."""

    @pytest.mark.parametrize(
        ("author", "filed", "outlet", "person"),
        [
            ("联合示例", ("联合示例",), "联合示例", None),
            ("(臺)中例社CNS", ("(臺)中例社CNS",), "中例社", None),
            ("快例（原例之家） - 最新新闻", ("新媒体", "快例（原例之家）", "最新新闻"), "快例", None),
            ("众例记者", ("众闻",), "众例", None),
            ("記者莊例", ("眾聞",), "眾聞", "莊例"),
            ("文在例", ("眾聞",), "眾聞", "文在例"),
            ("文：张例", ("示例",), "示例", "张例"),
            ("Josh Sample", ("数字例代",), "数字例代", "Josh Sample"),
            ("unknown", ("数字例代",), "数字例代", None),
            ("", (), "", None),
        ],
    )
    def test_tells_outlets_from_people(
        self, author: str, filed: tuple[str, ...], outlet: str, person: str | None
    ) -> None:
        """The author key names the outlet where categories repeat it or it ends like one; else it is a byline."""
        byline = read_byline(author, (), filed, ())
        assert byline.author == person
        assert outlet in (byline.outlets or ("",))


class TestDoubts:
    """What contradicts itself is said."""

    def test_says_what_is_missing(self) -> None:
        """No title, no date and no address are warnings."""
        assert {"no-title", "no-date", "no-url"} <= codes(post("---\ncomments: x\n---\n正文。"))

    @pytest.mark.parametrize(("url", "said"), [("a.example.cn/10", True), ("example.org", True), ("甲报", False)])
    def test_names_an_address_without_its_scheme(self, url: str, said: bool) -> None:  # noqa: FBT001  # a row of a table
        """What was written is said back; a word that is no address is not."""
        read = post(f"---\ntitle: 支付\nurl: {url}\n---\n正文。")
        assert ("url-without-scheme" in codes(read), "no-url" in codes(read)) == (said, not said)

    def test_says_that_a_title_is_punctuation(self) -> None:
        """A headline without a letter is a warning."""
        assert "title-is-punctuation" in codes(post("---\ntitle: “……”\n---\n正文。"))

    @pytest.mark.parametrize(("marker", "said"), [("1618278298000", False), ("1618328220000", True)])
    def test_compares_date_and_marker(self, marker: str, said: bool) -> None:  # noqa: FBT001  # a case's expectation
        """A mark of time hours away from the date is a warning, one of the same minute is not."""
        read = post(f"---\ntitle: x\ndate: 2021-04-13T01:44:58.654Z\n---\n<!--{marker}-->\n正文")
        assert ("date-marker-apart" in codes(read)) == said

    @pytest.mark.parametrize(
        ("date", "day", "said"),
        [
            ("Mon, 12 Apr 2021 19:37:14 GMT", "20210412", True),
            ("Mon, 12 Apr 2021 19:37:14 GMT", "20210413", False),
            ("Mon, 12 Apr 2021 09:37:14 GMT", "20210412", False),
            ("Mon, 12 Apr 2021 19:37:14 +0800", "20210412", False),
        ],
    )
    def test_doubts_a_gmt_that_pictures_contradict(self, date: str, day: str, said: bool) -> None:  # noqa: FBT001  # a case's expectation
        """A "GMT" by which it was tomorrow in China is doubted where the newest picture is of the day as written."""
        read = post(f"---\ntitle: x\ndate: {date}\n---\n<p>4月11日</p><img src='https://e.org/img/{day}/a.jpg'>")
        assert ("gmt-doubtful" in codes(read)) == said

    def test_says_that_only_a_mirror_is_known(self) -> None:
        """A mirror's address without the original's in it is a warning that names it."""
        assert "only-mirror-url" in codes(post("---\ntitle: x\nurl: https://archive.ph/abc\n---\n正文。"))


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_are_a_post_or_a_problem(data: bytes) -> None:
    """No bytes whatever make reading fail; every problem has its wording."""
    for prefix in (b"", b"---\ntitle: x\n", b"+++\n", b"<html>"):
        read, problems = decode_document(prefix + data, "x.md")
        assert (read is None) <= bool(problems)
        doubts = (*problems, *(parse_post(read).problems if read else ()))
        assert all(
            problem.code in catalogue() and problem.line_text("zh") and problem.line_text("en") for problem in doubts
        )


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
@settings(deadline=None)
def test_written_front_matter_is_read_back(title: str, other: str, tags: list[str]) -> None:
    """Text that our own writer put into front matter comes back as it was, but for what is no character of text."""
    fields = {"title": title, "x": other, "tags": tags}
    read = post(front_matter(fields) + "正文")
    expected = decode_document(front_matter(fields).encode(errors="surrogatepass"), "x")[0]
    assert expected is None or read.body == "正文"
    assert set(read.front_matter) == set(fields)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_reads_the_archives_own_seeds(path: Path) -> None:
    """Each seed has a title and knows where its body begins."""
    read, problems = read_document(path, path.name)
    assert read
    assert problems == ()
    parsed = parse_post(read)
    assert parsed.title
    assert read.text.endswith(parsed.body)


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not beside the checkout")
def test_reads_the_whole_sample() -> None:
    """Every real post is read, and all but a few have title and date."""
    posts = [parse_post(read) for each in discover(CORPUS)[0] if (read := read_document(Path(each.file), each.path)[0])]
    assert len(posts) >= 947
    assert sum(bool(read.title) for read in posts) >= len(posts) - 2
    assert sum(bool(read.published) for read in posts) >= len(posts) - 8
