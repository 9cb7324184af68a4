"""Opening files: what each is, which parts it holds, what it states of them; and nothing that only looks like one."""

from __future__ import annotations

import base64
import email.policy
from email.message import EmailMessage
from pathlib import Path

import container_samples as made
import pytest
from conftest import ArchiveMaker, run_builder
from hypothesis import given
from hypothesis import strategies as st

from builder.archive.intake import Intake, take_in
from builder.config.curation import Corrections, Entities, Vocabulary
from builder.config.project import Curation, load_curation
from builder.containers import open_bytes
from builder.containers.kinds import kinds
from builder.containers.sniffing import sniff
from builder.model.article import Article

NOTHING = Curation({}, Vocabulary(topics={}), Corrections(), Entities())


def taken(folder: Path, name: str, data: bytes) -> Intake:
    """What one file becomes."""
    (folder / name).write_bytes(data)
    return take_in(folder / name, NOTHING)


def article(folder: Path, name: str, data: bytes) -> Article:
    """The one article of a file."""
    intake = taken(folder, name, data)
    assert [problem.code for problem in intake.problems if problem.severity == "error"] == []
    (only,) = intake.articles
    return only


class TestPages:
    """Pages as browsers save them."""

    @pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html", "a.txt", "a", "a.bin"])
    def test_mhtml_is_known_by_its_bytes(self, tmp_path: Path, name: str) -> None:
        """Whatever it is called, its page is read: title from the page, address from the header."""
        found = article(tmp_path, name, made.mhtml(made.page()))
        assert found.title == "运河治理工程开工"
        assert found.url == made.ADDRESS
        assert found.published is None
        assert all(sentence in found.text for sentence in made.SENTENCES)
        assert "=E8" not in found.markdown

    def test_the_subject_stands_in_where_the_page_has_no_title(self, tmp_path: Path) -> None:
        """The header's subject is a title only then."""
        assert article(tmp_path, "a.mhtml", made.mhtml(made.page(title=""))).title == "另一个标题"

    def test_a_copy_on_a_disk_has_no_address(self, tmp_path: Path) -> None:
        """``file:`` says where a copy lay."""
        found = article(tmp_path, "a.mht", made.mhtml(made.page(), address="file:///C:/Users/wang/a.htm"))
        assert found.url is None

    @pytest.mark.parametrize(
        "mark",
        [
            f"<!-- saved from url=(0042){made.ADDRESS} -->",
            (
                f"<!--\n Page saved with SingleFile \n url: {made.ADDRESS}\n"
                " saved date: Thu May 04 2023 08:00:00 GMT+0800 (中国标准时间)\n-->"
            ),
        ],
    )
    def test_the_mark_above_a_page_gives_its_address(self, tmp_path: Path, mark: str) -> None:
        """Browsers' mark of the web and SingleFile's comment."""
        for saved in (f"<!DOCTYPE html>\n{mark}\n{made.page()[15:]}", f"{mark}\n{made.page()}"):
            found = article(tmp_path, "a.html", saved.encode())
            assert (found.url, found.published) == (made.ADDRESS, None)

    @pytest.mark.parametrize("name", ["a.xhtml", "a.shtml", "a.php", "a"])
    def test_a_page_is_a_page_whatever_it_is_called(self, tmp_path: Path, name: str) -> None:
        """HTML under the names that servers use, or none."""
        assert article(tmp_path, name, made.page().encode()).title == "运河治理工程开工"

    def test_the_files_beside_a_saved_page_are_no_posts(self, make_archive: ArchiveMaker) -> None:
        """What a browser put into a folder beside the page is neither read nor reported; another such folder is."""
        project = make_archive(
            {
                "运河.html": f"<!-- saved from url=(0042){made.ADDRESS} -->{made.page()}",
                "运河_files/style.dat": "x",
                "运河_files/frame.html": made.page(),
                "别的_files/frame.html": made.page(title="别的题目"),
            }
        )
        done = run_builder(project, "check", "--json")
        assert "style.dat" not in done.out + done.err
        assert "运河_files" not in done.out + done.err
        intake = take_in(project.seeds, load_curation(project))
        assert [each.path for each in intake.articles] == ["别的_files/frame.html", "运河.html"]


class TestMail:
    """Mail."""

    def test_gives_subject_day_and_sender_and_nobody_else(self, tmp_path: Path) -> None:
        """Whom it was sent to stands nowhere, nor does an address of mail."""
        found = article(tmp_path, "a.eml", made.mail(made.page()))
        assert (found.title, found.source) == ("运河治理工程开工", "运河快讯")
        assert found.published is not None
        assert found.published.iso.startswith("2016-11-22T09:30")
        assert all(sentence in found.text for sentence in made.SENTENCES)
        assert not [word for word in ("4711", "王小明", "bulletin@") if word in repr(found)]

    @pytest.mark.parametrize("charset", ["gb2312", "big5", "iso-2022-jp", "utf-8"])
    def test_is_read_in_the_charset_it_declares(self, tmp_path: Path, charset: str) -> None:
        """The header says the encoding; the HTML inside need not."""
        words = "今日水位上升三尺，渡口明日停航。" * 3
        found = article(tmp_path, "a.eml", made.mail(f"<html><body><p>{words}</p></body></html>", charset=charset))
        assert words in found.text

    def test_a_subject_may_hold_more_than_its_charset_allows(self, tmp_path: Path) -> None:
        """Programs write GBK and call it GB2312."""
        subject = base64.b64encode("朱镕基谈运河".encode("gbk")).decode()
        data = made.mail(made.page(), "X-SUBJECT-X").replace(b"X-SUBJECT-X", f"=?gb2312?B?{subject}?=".encode())
        assert article(tmp_path, "a.eml", data).title == "朱镕基谈运河"

    def test_attached_documents_and_messages_are_opened(self, tmp_path: Path) -> None:
        """Each is read as a file of its own kind; names that stand twice are told apart; signatures are left."""
        report = made.docx(made.paragraph("运河清淤报告") + made.paragraph("".join(made.SENTENCES)))
        inner = email.message_from_bytes(made.mail(made.page(), "闸门来信"), policy=email.policy.default)
        assert isinstance(inner, EmailMessage)
        files: list[tuple[str, bytes] | EmailMessage] = [("报告.docx", report), ("报告.docx", report)]
        files += [("smime.p7s", b"0\x82\x01"), ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), inner]
        intake = taken(tmp_path, "a.eml", made.mail(made.page(), attached=files))
        assert [each.path for each in intake.articles] == [
            "a.eml", "a.eml!报告.docx", "a.eml!报告.docx (2)", "a.eml!闸门来信",
        ]  # fmt: skip
        assert ("save-as-docx", "a.eml!旧.doc") in {(each.code, each.path) for each in intake.problems}
        assert "4711" not in repr(intake.articles)

    def test_a_post_with_a_head_of_fields_is_no_mail(self) -> None:
        """Crawlers write ``Title:`` and ``Date:`` above a text, and some ``From:``."""
        assert sniff(b"Title: x\nDate: 2020-01-01\nFrom: https://a.example\n\ntext") == ""


class TestUnread:
    """What is not read is said in one line each, with what to do."""

    @pytest.mark.parametrize(
        ("suffix", "code"),
        [(suffix, code) for code, suffixes in kinds().unread_suffixes.items() for suffix in sorted(suffixes)],
    )
    def test_each_unread_kind_says_what_to_save_it_as(self, suffix: str, code: str) -> None:
        """One problem, and the way out in it."""
        opened = open_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), f"a{suffix}")
        assert (opened.parts, [problem.code for problem in opened.problems]) == ((), [code])
        assert any(way in opened.problems[0].message() for way in ("再放进来", "重新打包"))

    @given(st.binary(max_size=400), st.sampled_from(["", ".txt", ".html", ".mhtml", ".xyz", ".eml"]))
    def test_any_bytes_are_parts_or_a_problem(self, data: bytes, suffix: str) -> None:
        """Nothing raises, nothing vanishes."""
        opened = open_bytes(data, f"a{suffix}")
        assert opened.parts or opened.problems

    @given(st.lists(st.sampled_from([
        b"MIME-Version: 1.0\r\n", b"Content-Type: multipart/related; boundary=x\r\n", b"Content-Type: text/html\r\n",
        b"Content-Transfer-Encoding: base64\r\n", b"Subject: =?utf-8?B?////?=\r\n", b"\r\n", b"--x\r\n", b"--x--\r\n",
        b"Content-Location: http://[::1/a\r\n", b"<p>\xff\xfe</p>", b'Content-Type: text/html; charset="\x00"\r\n',
    ]), max_size=24))  # fmt: skip
    def test_any_message_is_parts_or_a_problem(self, pieces: list[bytes]) -> None:
        """However its parts are nested, cut off or mislabelled."""
        opened = open_bytes(b"MIME-Version: 1.0\r\nMessage-ID: <1>\r\n" + b"".join(pieces), "a.eml")
        assert opened.parts or opened.problems
