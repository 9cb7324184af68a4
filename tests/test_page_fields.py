"""What whole pages say of themselves: title, time, source, carrier and author, in the forms that newsrooms print."""

from __future__ import annotations

import json

import pytest

from builder.cleaning import clean
from builder.model.article import Article
from builder.model.post import RawDocument
from builder.reading import parse_post
from builder.reading.dates import day_of_address, read_date
from builder.reading.html_page import read_html_page
from builder.reading.page_titles import page_title

TEXTS = {
    "zh": "茶山上的小路修了三年，终于在今年春天通到了山顶，背茶的人不必再绕过整座山谷，路面也比从前宽了许多。",
    "ja": "茶山へ登る小道の工事は三年かかり、この春にようやく山頂まで通じた。費用の半分は住民が出し合ったという。",
    "ko": "차밭으로 오르는 오솔길 공사는 삼 년이 걸려 올봄에야 산꼭대기까지 이어졌다. 비용의 절반은 주민들이 모았다.",
    "en": "The road up the tea mountain took three years to build, and half of the money came from the villagers.",
}


def page(masthead: str, head: str = "", language: str = "zh", begin: str = "", end: str = "") -> Article:
    """A saved page: a head, a headline, a masthead, two paragraphs, what stands behind them."""
    text = TEXTS[language]
    body = f"<h1>茶山修路</h1><div>{masthead}</div><div><p>{begin}{text}</p><p>{text[::-1]}</p></div>{end}"
    raw = f"<!DOCTYPE html><html><head><title>茶山修路</title>{head}</head><body>{body}</body></html>"
    document = RawDocument(path="a.html", sha256="0" * 64, size=len(raw), encoding="utf-8", text=raw)
    return clean(parse_post(document), {})


@pytest.mark.parametrize(
    ("masthead", "begin", "author"),
    [
        ("<span>記者林小茶、王一山／台北報導</span>", "", "林小茶、王一山"),
        ("2021-03-05", "〔記者林小茶／台北報導〕", "林小茶"),
        ("2021-03-05", "（茶社記者林小茶台北5日電）", "林小茶"),
        ("茶山记者 林小茶 王一山 2021-03-05 08:30", "", "林小茶 王一山"),
        ("<b>홍길동 기자</b> 2021.03.05. 오전 8:30", "", "홍길동"),
        (
            "<span class='byline'>By <a href='/1'>Ann Roe</a> and <a href='/2'>Bo Low</a></span>",
            "",
            "Ann Roe and Bo Low",
        ),
        ("<p>By <a href='/1'>Ann Roe</a>, Tea Correspondent</p><p>5 March 2021</p>", "", "Ann Roe"),
        ("<span class='author'>Posted by</span> <time>2021-03-05</time>", "", None),
        ("<span>编辑：林小茶</span> 2021-03-05", "", None),
        ("<p>文 | 林小茶</p><p>编辑 | 王一山</p>", "", "林小茶"),
        ("<p>□ 本报记者 林小茶</p>", "", "林小茶"),
        ("2021-03-05 来源：茶报 记者 林小茶 通讯员 王一山", "", "林小茶 王一山"),
        ("<p>取材・文：山田太郎　写真：鈴木花子</p>", "", "山田太郎"),
    ],
)
def test_newsrooms_sign_in_their_own_ways(masthead: str, begin: str, author: str | None) -> None:
    """Roles, places and words around names are no part of them; where only such words stand, nobody is named."""
    assert page(masthead, begin=begin).author == author


@pytest.mark.parametrize(
    ("masthead", "language", "source"),
    [
        ("2021-03-05 08:30 <span>老茶说茶</span>", "zh", "老茶说茶"),
        ("2021-03-05 08:30 来源：互联网", "zh", ""),
        ("<span>July 30, 2019</span> <span>1:16 pm</span>", "en", ""),
        ("<span>読了時間 3 分</span> <span>2021.03.05</span>", "ja", ""),
        ("Veröffentlicht am 2021-03-05", "en", ""),
        ("2021-03-05 <a href='/category/tea' rel='category'>茶事</a>", "zh", ""),
        ("2021-03-05 <p>来源丨茶乡日报</p>", "zh", "茶乡日报"),
        ("<li>發布日期：110-03-05</li><li>發布單位：水利局</li>", "zh", "水利局"),
    ],
)
def test_what_stands_beside_a_date_is_not_always_a_source(masthead: str, language: str, source: str) -> None:
    """An account is; a time, a section, a label without a name, "the internet" are not."""
    assert page(masthead, language=language).source == source


@pytest.mark.parametrize(
    ("masthead", "published", "updated"),
    [
        ("发布时间：2021-03-05 08:30 更新时间：2021-03-06 09:00", "2021-03-05T08:30", "2021-03-06T09:00"),
        ("更新时间：2021-03-06 09:00 发布时间：2021-03-05 08:30", "2021-03-05T08:30", "2021-03-06T09:00"),
        ("2021年3月5日 8時30分 公開 2021年3月6日 9時00分 更新", "2021-03-05T08:30", "2021-03-06T09:00"),
        ("最終更新日：2021年3月6日", "2021-03-06", None),
        (
            "PUBLISHED: 09:29 GMT, 5 March 2021 | UPDATED: 19:08 GMT, 5 March 2021",
            "2021-03-05T09:29:00Z",
            "2021-03-05T19:08:00Z",
        ),
        ("<span title='2021-03-05 08:30'>3小时前</span>", "2021-03-05T08:30", None),
    ],
)
def test_publication_and_update_are_told_apart(masthead: str, published: str, updated: str | None) -> None:
    """Labels stand before dates or behind them; a page that only says when it was last changed is as old as that."""
    made = page(masthead)
    assert made.published is not None
    assert made.published.stated == published
    assert next(iter(made.credits.get("updated", ())), None) == updated


def test_a_date_without_a_label_may_be_that_of_a_change() -> None:
    """Where the head knows both, and the page prints one, the printed one is not taken for the other."""
    head = "".join(
        f"<meta itemprop='{name}' content='2021-03-0{day}T08:30:12'>"
        for name, day in (("datePublished", 5), ("dateModified", 6))
    )
    made = page(f"{head}<p>8:30 a.m. GMT March 6, 2021</p>")
    assert made.published is not None
    assert made.published.stated == "2021-03-05T08:30:12"


def test_government_pages_say_it_by_the_names_their_guidelines_give() -> None:
    """ContentSource wrote it, SiteName carried it; the login of a clerk is no author."""
    pairs = {
        "SiteName": "茶县人民政府",
        "ContentSource": "县水利局",
        "PubDate": "2021-03-05 08:30",
        "Author": "cxadmin",
    }
    made = page("", "".join(f"<meta name='{name}' content='{value}'>" for name, value in pairs.items()))
    assert (made.source, made.carrier, made.author) == ("县水利局", "茶县人民政府", None)
    assert made.published is not None
    assert made.published.stated == "2021-03-05T08:30"


def test_an_editor_in_the_head_is_no_author() -> None:
    """Publishing systems put whoever filed a page into its head; the page says what he is."""
    made = page("2021-03-05", "<meta name='author' content='林小茶'>", end="<p>责任编辑：林小茶</p>")
    assert made.author is None


def test_linked_data_is_read_as_a_graph() -> None:
    """People and publishers that are only referred to are found; articles come before the pages that hold them."""
    graph = [
        {"@type": "WebPage", "datePublished": "2020-01-01", "author": {"@id": "#nobody"}},
        {"@type": "NewsArticle", "headline": "路", "author": {"@id": "#ann"}, "publisher": {"@id": "#tea"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Roe"},
        {"@type": "Organization", "@id": "#tea", "name": "茶报"},
    ]
    text = f"<html><script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"
    said = dict(read_html_page(text)["JSON-LD"])
    assert (said["author"], said["publisher"], said["datePublished"]) == ("Ann Roe", "茶报", "2020-01-01")


def test_names_of_parts_are_not_the_articles() -> None:
    """In microdata the name of a picture or of another thing is no headline, that of the author is the author."""
    part = "<div itemprop='{0}' itemscope><meta itemprop='name' content='{1}'></div>"
    parts = part.format("author", "Ann Roe") + part.format("image", "Client Company")
    assert read_html_page(f"<html><body itemscope>{parts}")["microdata"] == [("author", "Ann Roe")]


@pytest.mark.parametrize(
    ("document", "headings", "title"),
    [
        ("茶县政府 - 茶山修路三年终于通到山顶", ("茶县政府", "茶山修路三年终于通到山顶"), "茶山修路三年终于通到山顶"),
        ("茶山修路【图】_茶乡网", ("茶山修路",), "茶山修路"),
        ("Tea mountain › Tea Club", ("Tea mountain",), "Tea mountain"),
        ("New road for tea-growers", ("",), "New road for tea-growers"),
    ],
)
def test_sites_stand_before_titles_and_behind_them(document: str, headings: tuple[str, ...], title: str) -> None:
    """The site's name goes, also where it is a heading of its own; a hyphen in a word parts nothing."""
    assert page_title((), document, headings, ("茶县政府",)).title == title


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2021年3月5日(金) 9時39分", "2021-03-05T09:39"),
        ("2021.03.05. 오후 3:05", "2021-03-05T15:05"),
        ("令和3年3月5日", "2021-03-05"),
        ("平成元年1月8日", "1989-01-08"),
        ("2020-07-01 HKT 15:41", "2020-07-01T15:41:00+08:00"),
        ("2021-03-05 (Friday) 09:39", "2021-03-05T09:39"),
        ("7:01AM BST 15 May 2013", "2013-05-15T07:01:00+01:00"),
        ("Thursday 6 June 2013 22.34 GMT", "2013-06-06T22:34:00Z"),
        ("6:02 AM, June 7, 2013", "2013-06-07T06:02"),
        (f"2021-03-05 {'mon' * 60}x", "2021-03-05"),
    ],
)
def test_dates_are_read_as_they_are_printed(text: str, stated: str) -> None:
    """Weekdays, halves of days, eras and zones in front of a time; what only begins like weekdays costs no more."""
    read = read_date(text)
    assert read is not None
    assert read.stated == stated


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://tea.example/2021/03/05/road.html", "2021-03-05"),
        ("https://tea.example/c/2021-03/05/content_1.htm", "2021-03-05"),
        ("https://tea.example/n1/2021/0305/c1.html", "2021-03-05"),
        ("https://tea.example/t20210305_1.html", "2021-03-05"),
        ("https://tea.example/2021/03/road", None),
        ("https://tea.example/20211399", None),
    ],
)
def test_an_address_may_hold_the_day(address: str, day: str | None) -> None:
    """Whole days in a path are read; months alone and other numbers are not."""
    read = day_of_address(address)
    assert (read.iso if read else None) == day


def test_a_day_from_the_address_is_said_to_be_one() -> None:
    """Where a page prints no date the address's is taken, with a notice."""
    made = page("", "<link rel='canonical' href='https://tea.example/2021/03/05/road.html'>")
    assert made.published is not None
    assert made.published.iso == "2021-03-05"
    assert "date-from-address" in {problem.code for problem in made.problems}


NOTES = """
source: {url}|author:|  - "[[林小茶]]"|published: 2021-03-05|created: 2024-01-01 => 2021-03-05; ; 林小茶
url: {url}|author: [林小茶, 王一山]|date: 2024-01-01|date_published: 2021-03-05 => 2021-03-05; ; 林小茶, 王一山
title: 茶|url: {url}|mp_name: 老茶说茶|date: 2021-03-05 => 2021-03-05; 老茶说茶; None
# 茶山修路||URL: {url}|Created: January 1, 2024 10:11 AM => None; ; None
# 茶山修路||原创 林小茶 [老茶说茶](javascript:;) _2021-03-05_ _浙江_ => 2021-03-05; 老茶说茶; 林小茶
> 公众号：老茶说茶|> 作者：林小茶|> 发布时间：2021-03-05||--- => 2021-03-05; 老茶说茶; 林小茶
"""


@pytest.mark.parametrize("note", NOTES.strip().split("\n"))
def test_notes_say_who_wrote_the_page_not_who_clipped_it(note: str) -> None:
    """Accounts and authors are read in the forms of exporters; the day of clipping is no publication."""
    head, _, wanted = note.partition(" => ")
    head = head.replace("|", "\n").format(url="https://tea.example/road.html")
    head = head if head[0] in "#>" else f"---\n{head}\n---"
    text = f"{head}\n\n{TEXTS['zh']}\n\n{TEXTS['zh'][::-1]}\n"
    document = RawDocument(path="a.md", sha256="0" * 64, size=len(text), encoding="utf-8", text=text)
    made = clean(parse_post(document), {})
    found = (made.published.stated if made.published else None, made.source, made.author)
    assert "; ".join(map(str, found)) == wanted


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("时间：2021年3月5日 08:30　来源：茶山日报　作者：林小茶　责任编辑：王一山", "林小茶"),
        ("作者：林小茶　来源：茶山日报　发布日期：2021-03-05 08:30　浏览：123次", "林小茶"),
        ("作者：林小茶 来源：茶山日报 2021-03-05 08:30", "林小茶"),
        ("来源：茶山日报 | 作者：林小茶 | 2021年3月5日 08:30", "林小茶"),
        ("来源：茶山日报 2021-03-05 08:30", None),
    ],
)
def test_one_line_may_say_everything(name: str, line: str, author: str | None) -> None:
    """Several labels and a date on one line under the headline, in a page and in plain text."""
    text = TEXTS["zh"]
    page_of = f"<title>茶山修路</title><h1>茶山修路</h1><p>{line}</p><p>{text}</p><p>{text[::-1]}</p>"
    raw = page_of if name == "a.html" else f"茶山修路\n\n{line}\n\n{text}\n\n{text[::-1]}\n"
    document = RawDocument(path=name, sha256="0" * 64, size=len(raw), encoding="utf-8", text=raw)
    article = clean(parse_post(document), {})
    published = article.published
    assert published
    assert (article.source, article.author) == ("茶山日报", author)
    assert (published.iso[:10], published.clock) == ("2021-03-05", "08:30")
    assert "茶山日报" not in article.text
