"""The readers of each kind of container: invented files of every kind become the articles that they hold."""

from __future__ import annotations

import json
import plistlib
from pathlib import Path

import container_samples as made
import pytest
from test_containers import article, taken

from builder.containers import open_bytes
from builder.containers.docx_numbering import formatted

TEXT = "沿岸十二个村庄的居民将在三年内用上清水，渡口照常开放。"


def texts(name: str, data: bytes) -> list[str]:
    """The raw text of each part."""
    return [part.data.decode() for part in open_bytes(data, name).parts]


class TestWord:
    """Word documents."""

    def test_automatic_numbers_are_written_out(self, tmp_path: Path) -> None:
        """Chapters and articles count as Word counts them; articles go on over chapters, items begin anew."""
        body = "".join([
            made.numbered("总则", 1), made.numbered(TEXT, 1, 1), made.numbered("其一", 1, 2),
            made.numbered("其二", 1, 2),
            made.numbered("分则", 1), made.numbered(TEXT, 1, 1), made.numbered("其三", 1, 2),
        ])  # fmt: skip
        found = article(tmp_path, "办法.docx", made.docx(made.paragraph("说明文字。") + body)).text.split("\n")
        assert [line[:4] for line in found[1:]] == [
            "第一章\u3000",
            "第一条\u3000",
            "（一）其",
            "（二）其",
            "第二章\u3000",
            "第二条\u3000",
            "（一）其",
        ]

    def test_a_list_starts_where_it_says_and_bullets_are_a_list(self, tmp_path: Path) -> None:
        """A start, a number of two levels, and points."""
        body = (
            made.numbered("甲项", 2) + made.numbered("乙项", 2, 1) + made.numbered("点一", 3) + made.numbered("点二", 3)
        )
        found = article(tmp_path, "a.docx", made.docx(made.paragraph(TEXT) + body)).markdown
        assert "3\\. 甲项" in found
        assert "3.1 乙项" in found
        assert "- 点一\n- 点二" in found.replace("* ", "- ")

    def test_changes_count_as_accepted_and_are_said(self, tmp_path: Path) -> None:
        """What was put in stays, what was struck out goes."""
        struck = "<w:del><w:r><w:delText>五年内</w:delText></w:r></w:del>"
        body = f"<w:p><w:r><w:t>三年内</w:t></w:r>{struck}<w:ins><w:r><w:t>建成。</w:t></w:r></w:ins></w:p>"
        found = article(tmp_path, "a.docx", made.docx(made.paragraph(TEXT) + body))
        assert "三年内建成。" in found.text
        assert "五年内" not in found.text
        assert "changes-accepted" in {problem.code for problem in found.problems}

    def test_tables_notes_boxes_and_hidden_text(self, tmp_path: Path) -> None:
        """A cell that spans stands once, a note's text at the end, a box behind its paragraph, hidden text nowhere."""
        cell = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>年份</w:t></w:r></w:p></w:tc>"
        pair = "".join(f"<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>" for word in ("甲年", "乙年"))
        inner = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
        box = f"<w:p><w:r><w:pict>{inner}</w:pict></w:r></w:p>"
        note = '<w:p><w:r><w:t>见注</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
        hidden = made.paragraph("不给人看", run="<w:vanish/>")
        said = '<w:footnote w:id="7"><w:p><w:r><w:t>注的文字</w:t></w:r></w:p></w:footnote>'
        footnotes = f"<w:footnotes {made.WORD}>{said}</w:footnotes>"
        body = made.paragraph(TEXT) + f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{pair}</w:tr></w:tbl>" + box + note + hidden
        found = article(tmp_path, "a.docx", made.docx(body, files={"word/footnotes.xml": footnotes}))
        assert found.text.count("年份") <= 2
        assert "甲年" in found.text
        assert "框中文字" in found.text
        assert "见注[1]" in found.text.replace(" ", "")
        assert "[1] 注的文字" in found.text
        assert "不给人看" not in found.text

    def test_the_title_is_found_where_a_reader_sees_it(self, tmp_path: Path) -> None:
        """The largest centred line at the head; the issuer above it and the mark of an annex are none."""
        head = made.paragraph("附件3") + "".join(
            made.paragraph(line, '<w:jc w:val="center"/>', '<w:sz w:val="44"/>')
            for line in ("新华县水利委员会", "河道管理办法")
        )
        assert article(tmp_path, "附件.docx", made.docx(head + made.paragraph(TEXT))).title == "河道管理办法"

    @pytest.mark.parametrize("run", ["<w:b/>", '<w:sz w:val="36"/>'])
    def test_a_first_line_set_apart_is_the_title(self, tmp_path: Path, run: str) -> None:
        """In bold, or larger than the text; a plain one is none."""
        text = made.paragraph(TEXT) * 3
        assert article(tmp_path, "a.docx", made.docx(made.paragraph("渡口记", run=run) + text)).title == "渡口记"
        assert not article(tmp_path, "b.docx", made.docx(made.paragraph("渡口记") + text)).title

    @pytest.mark.parametrize(
        ("number", "form", "shown"),
        [(12, "chineseCounting", "十二"), (0, "chineseCounting", "零"), (10, "chineseLegalSimplified", "拾"),
         (20, "ideographDigital", "二〇"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"),
         (3, "decimalEnclosedCircle", "③"), (7, "decimalZero", "07"), (5, "unheard-of", "5")],
    )  # fmt: skip
    def test_numbers_are_written_in_their_format(self, number: int, form: str, shown: str) -> None:
        """Each format of ECMA-376 as Word shows it."""
        assert formatted(number, form) == shown


class TestPdf:
    """PDF files."""

    def test_lines_become_paragraphs_and_page_numbers_go(self, tmp_path: Path) -> None:
        """A short line or an indent ends a paragraph; the largest line is the title."""
        lines = [
            (150, 780, 24, "Canal works begin"),
            (96, 730, 12, "The county began to clear the old canal yesterday, and twelve vil-"),
            (72, 714, 12, "lages on its banks are to have clean water within three years, as the"),
            (72, 698, 12, "water board says."),
            (96, 682, 12, "The ferry runs as before, twice in the morning and twice at night, all"),
            (72, 666, 12, "through the works."),
            (290, 40, 10, "- 1 -"),
        ]
        found = article(tmp_path, "a.pdf", made.pdf(lines))
        assert found.title == "Canal works begin"
        assert found.text.split("\n") == [
            (
                "The county began to clear the old canal yesterday, and twelve villages on its banks are to have clean "
                "water within three years, as the water board says."
            ),
            "The ferry runs as before, twice in the morning and twice at night, all through the works.",
        ]
        assert "pdf-furniture" in {problem.code for problem in found.problems}

    @pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\n" + bytes(range(256)) * 40])
    def test_a_damaged_file_is_a_problem(self, data: bytes) -> None:
        """Whatever PDFium does with it, it does in a process of its own."""
        opened = open_bytes(data, "a.pdf")
        assert opened.parts == ()
        assert [problem.code for problem in opened.problems] in (["container-broken"], ["container-no-text"])


class TestPackages:
    """ZIP files."""

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
    def test_each_file_is_opened_and_named_in_any_encoding(self, tmp_path: Path, encoding: str) -> None:
        """Names as Windows writes them; what macOS adds is no file."""
        data = made.packed({"運河/甲.txt": TEXT, "運河/乙.html": made.page(), "__MACOSX/._a": "x"}, encoding)
        intake = taken(tmp_path, "a.zip", data)
        assert {each.path for each in intake.articles} == {"a.zip!運河/甲.txt", "a.zip!運河/乙.html"}
        assert not [problem for problem in intake.problems if problem.severity != "notice"]

    def test_a_container_in_it_is_opened_too_but_not_for_ever(self) -> None:
        """MHTML in a ZIP file is read; ZIP files in ZIP files end at the limit."""
        data = made.packed({"a.mhtml": made.mhtml(made.page()), "b.txt": TEXT})
        assert [part.kind for part in open_bytes(data, "a.zip").parts] == ["mhtml", "plain"]
        for _ in range(6):
            data = made.packed({"inner.zip": data})
        assert [problem.code for problem in open_bytes(data, "a.zip").problems] == ["container-too-deep"]

    def test_no_name_leads_out(self) -> None:
        """A path out of the package is none."""
        opened = open_bytes(
            made.packed({"../../etc/a.txt": TEXT, "/root/b.txt": TEXT, "c:/d.txt": TEXT, "ok.txt": TEXT}), "a.zip"
        )
        assert [part.member for part in opened.parts] == ["root/b.txt", "ok.txt"]

    def test_a_bomb_is_not_unpacked(self) -> None:
        """Far more than such a file may hold is refused while it is being unpacked."""
        opened = open_bytes(made.packed({"a.txt": bytes(300 * 1024 * 1024)}), "a.zip")
        assert [problem.code for problem in opened.problems] == ["container-bomb"]


class TestFeeds:
    """RSS, Atom, JSON Feed."""

    def test_each_entry_is_an_article_under_its_own_name(self, tmp_path: Path) -> None:
        """Title, day, address and outlet come from the feed; identity does not hang on the place in it."""
        item = (
            "<item><title>题目{n}</title><link>https://news.example.cn/{n}.html</link><guid>id-{n}</guid>"
            "<pubDate>Mon, 05 Sep 2016 0{n}:00:00 +0800</pubDate><dc:creator>王小明</dc:creator>"
            "<description>短</description><content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
        )
        items = [item.format(n=number, text=TEXT) for number in (1, 2)]
        frame = (
            '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>运河报</title>{}</channel></rss>'
        )
        first = taken(tmp_path, "a.xml", frame.format("".join(items)).encode()).articles
        again = taken(tmp_path, "b.xml", frame.format("".join(reversed(items))).encode()).articles
        assert {(each.title, each.url, each.source) for each in first} == {
            (f"题目{n}", f"https://news.example.cn/{n}.html", "运河报") for n in (1, 2)
        }
        assert [each.published.iso[:10] for each in first if each.published] == ["2016-09-05", "2016-09-05"]
        assert TEXT in first[0].text
        assert {each.identifier or each.url for each in first} == {each.identifier or each.url for each in again}

    def test_a_blogs_export_holds_what_was_published(self, tmp_path: Path) -> None:
        """Drafts and uploads stay out; blank lines part paragraphs."""
        item = "<item><title>{0}</title><wp:status>{0}</wp:status><wp:post_type>{1}</wp:post_type>{2}</item>"
        body = f"<content:encoded><![CDATA[{TEXT}\n\n<b>又一段。</b>]]></content:encoded>"
        kinds = (("publish", "post"), ("draft", "post"), ("inherit", "attachment"))
        items = "".join(item.format(status, kind, body) for status, kind in kinds)
        data = f'<rss xmlns:wp="http://w/" xmlns:content="http://c/"><channel><title>志</title>{items}</channel></rss>'
        found = taken(tmp_path, "a.xml", data.encode()).articles
        assert [each.title for each in found] == ["publish"]
        assert found[0].text.splitlines() == [TEXT, "又一段。"]

    def test_atom_and_json(self, tmp_path: Path) -> None:
        """XHTML in Atom, text in JSON Feed."""
        atom = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>运河报</title><entry><title>甲</title><id>tag:1</id>'
            '<link rel="enclosure" href="https://a.example/x.mp3"/><link href="https://a.example/1"/>'
            "<updated>2020-01-02T00:00:00Z</updated><published>2020-01-01T00:00:00Z</published>"
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>'
        )
        found = article(tmp_path, "a.atom", atom.encode())
        assert (found.title, found.url, found.text) == ("甲", "https://a.example/1", TEXT)
        assert found.published is not None
        assert found.published.iso.startswith("2020-01-01")
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "运河报", "items": [
            {"id": "1", "url": "https://a.example/2",
             "title": "乙", "content_text": f"{TEXT}<b>", "date_published": "2021-03-04"}
        ]}  # fmt: skip
        found = article(tmp_path, "a.json", json.dumps(feed).encode())
        assert (found.title, found.url, found.text) == ("乙", "https://a.example/2", f"{TEXT}<b>")


class TestPlainText:
    """Text without markup in mail and feeds, and header fields that break the rules."""

    def test_a_mail_of_text_is_no_markdown(self, tmp_path: Path) -> None:
        """Its lines end where they were ended, not where they were wrapped; a signature's dashes make no heading."""
        wrapped = "the committee met on the first day of the month and found that the dyke\r\nholds.\r\n"
        text = f"各位代表：\r\n\r\n此致\r\n敬礼\r\n\r\n{wrapped}\r\n办公室\r\n-- \r\n* 甲\r\n"
        head = "From: a@b.cn\r\nSubject: 会议通知\r\nDate: Mon, 3 May 2021 09:00:00 +0800\r\nMIME-Version: 1.0\r\n"
        data = f"{head}Content-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
        found = article(tmp_path, "a.eml", data.encode("gbk"))
        assert found.title == "会议通知"  # eight bits in the field itself, as some programs write
        assert found.text.splitlines()[1:3] == ["此致", "敬礼"]
        assert "the dyke holds." in found.text
        assert "#" not in found.markdown
        assert found.text.endswith("甲")

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_whom_a_forwarded_message_was_sent_to_stays_out(self, tmp_path: Path, kind: str) -> None:
        """Its recipients' addresses go, in text and in HTML; a line without an address stays."""
        fields = ["From: 李四", "To: 王五 <w@b.cn>", "抄送：a@b.cn", "收件人：各位代表"]
        rows = [f"<div><b>{label}:</b> {value}</div>" for label, _, value in (field.partition(":") for field in fields)]
        body = "\r\n".join([*fields, "", TEXT]) if kind == "plain" else "".join([*rows, f"<p>{TEXT}</p>"])
        body = body.replace("<w@b.cn>", "&lt;w@b.cn&gt;") if kind == "html" else body
        head = f"From: a@b.cn\r\nSubject: 转发\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        found = article(tmp_path, "a.eml", f"{head}Date: Mon, 3 May 2021 09:00:00 +0800\r\n\r\n{body}".encode())
        assert "@" not in found.text
        assert TEXT in found.text
        assert "各位代表" in found.text

    def test_titles_and_links_of_feeds_are_resolved(self, tmp_path: Path) -> None:
        """A title in HTML is read as text; a relative link stands below the feed's base; plain text has paragraphs."""
        atom = (
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example.org/"><title>河</title><entry>'
            '<title type="html">桥与&lt;em&gt;船&lt;/em&gt; 1 &amp;lt; 2</title><link href="/a.html"/><id>tag:1</id>'
            "<updated>2021-05-02T00:00:00Z</updated><content>船在下游，桥在上游。</content></entry></feed>"
        )
        found = article(tmp_path, "a.xml", atom.encode())
        assert (found.title, found.url) == ("桥与船 1 < 2", "https://blog.example.org/a.html")
        item = {"id": "1", "title": "甲", "content_text": "第一段。\n\n第二段。"}
        feed = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item]})
        assert article(tmp_path, "a.json", feed.encode()).text.splitlines() == ["第一段。", "第二段。"]


class TestOthers:
    """Notes, web archives, crawls, books, tables."""

    def test_notes(self, tmp_path: Path) -> None:
        """Every note is an article, under the address that it was clipped from."""
        note = (
            "<note><title>题目{n}</title><content><![CDATA[<?xml version='1.0'?><en-note><div>{text}</div></en-note>]]>"
            "</content><created>20160730T221314Z</created><note-attributes>"
            "<source-url>https://news.example.cn/{n}</source-url></note-attributes></note>"
        )
        data = f"<?xml version='1.0'?><en-export>{''.join(note.format(n=n, text=TEXT) for n in (1, 2))}</en-export>"
        found = taken(tmp_path, "a.enex", data.encode()).articles
        assert {(each.title, each.url, each.text) for each in found} == {
            (f"题目{n}", f"https://news.example.cn/{n}", TEXT) for n in (1, 2)
        }

    @pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
    def test_web_archives(self, tmp_path: Path, form: plistlib.PlistFormat) -> None:
        """Safari's, in either form of property list."""
        page = {
            "WebResourceData": made.page().encode("gb18030"),
            "WebResourceURL": made.ADDRESS,
            "WebResourceTextEncodingName": "gbk",
        }
        found = article(tmp_path, "a.webarchive", plistlib.dumps({"WebMainResource": page}, fmt=form))
        assert (found.title, found.url) == ("运河治理工程开工", made.ADDRESS)

    @pytest.mark.parametrize("compressed", [True, False])
    def test_crawls(self, tmp_path: Path, compressed: bool) -> None:  # noqa: FBT001  # a parameter of the test
        """Pages that were answered are articles; requests and pictures are none. A WACZ file says which pages count."""
        other = "https://news.example.cn/b.html"
        data = made.warc({made.ADDRESS: made.page(), other: made.page("另一页")}, compressed=compressed)
        found = taken(tmp_path, "a.warc.gz" if compressed else "a.warc", data).articles
        assert {each.url for each in found} == {made.ADDRESS, other}
        listed = json.dumps({"url": made.ADDRESS, "ts": "2024-01-02T03:04:05Z"})
        wacz = made.packed(
            {"archive/data.warc.gz": data, "pages/pages.jsonl": '{"format":"json-pages-1.0"}\n' + listed}
        )
        assert [each.url for each in taken(tmp_path, "a.wacz", wacz).articles] == [made.ADDRESS]

    def test_a_damaged_crawl_gives_what_stands_before(self) -> None:
        """Cut off in the middle, its first pages are still read, and the loss is said."""
        data = made.warc({made.ADDRESS: made.page(), "https://news.example.cn/b.html": made.page()}, compressed=False)
        opened = open_bytes(data[:-80], "a.warc")
        assert len(opened.parts) in {1, 2}

    def test_books(self, tmp_path: Path) -> None:
        """One work, its chapters in the order of the spine."""
        opf = (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>运河记</dc:title><dc:creator>王小明</dc:creator><dc:date>2011-09-01</dc:date></metadata><manifest>"
            '<item id="b" href="b%20.xhtml"/><item id="a" href="a.xhtml"/></manifest>'
            '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
        )
        chapter = '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{0}</h1><p>{1}</p></body></html>'
        data = made.packed({
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="o/c.opf"/></container>',
            "o/c.opf": opf,
            "o/a.xhtml": chapter.format("第二章", "其二" + TEXT), "o/b .xhtml": chapter.format("第一章", TEXT),
        })  # fmt: skip
        found = article(tmp_path, "a.epub", data)
        assert (found.title, found.author) == ("运河记", "王小明")
        assert found.published is not None
        assert found.published.iso == "2011-09-01"
        assert found.text.split("\n") == ["第一章", TEXT, "第二章", f"其二{TEXT}"]

    @pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), ("\t", "gb18030"), (";", "utf-8")])
    def test_tables(self, tmp_path: Path, delimiter: str, encoding: str) -> None:
        """A table page under the file's name, whatever parts its cells."""
        rows = [["年份", "站名", "水位"], ["1998", "甲站", "3.2"], ["1999", "乙站", "2.9"]]
        data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
        found = article(tmp_path, "水位.csv", data)
        assert found.title == "水位"
        assert "甲站" in found.markdown
        assert "|" in found.markdown
