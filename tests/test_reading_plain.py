"""Reading what has no front matter of a usual kind: plain text, JSON, file names, pages that only their text dates."""

from __future__ import annotations

import pytest

from builder.cleaning import clean
from builder.model.post import Post
from builder.reading import decode_document, parse_post


def post(text: str, path: str = "post.md") -> Post:
    """The post that a file's text becomes."""
    document = decode_document(text.encode(), path)[0]
    assert document
    return parse_post(document)


def codes(read: Post) -> set[str]:
    """The codes of what reading complains of."""
    return {problem.code for problem in read.problems}


HEADLINE = "夜渡船票价不变"
TEXT = "夜渡船的票价今年不变，仍为两元，柴油涨价的部分由市里补贴，船期也和去年一样，每二十分钟一班。"
LINES = "票价今年不变，仍为两元。\n柴油涨价由市里补贴。\n"


@pytest.mark.parametrize(
    "below",
    ["2019年4月2日 江城晚报 记者 方舟", "来源：江城晚报", "2019-04-02", ""],
    ids=["date and names", "label", "date", "blank line"],
)
def test_a_first_line_above_a_masthead_is_the_headline(below: str) -> None:
    """It is the title where date, label or blank line follow, and it is said that it was taken from the text."""
    read = post(f"{HEADLINE}\n{below}\n\n{LINES}", "a.txt")
    assert (read.title, "title-from-text" in codes(read)) == (HEADLINE, True)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("来源：江城晚报\n渡轮通航\n\n2021年5月3日", ("江城晚报", "2021-05-03", None)),
        ("2021年5月3日\n渡轮通航\n来源：江城晚报", ("江城晚报", "2021-05-03", None)),
        ("渡轮通航\n江城晚报  2021年5月3日 第三版", ("江城晚报", "2021-05-03", None)),
        ("渡轮通航\n（2021年5月3日 江城晚报 记者 林小茶）", ("江城晚报", "2021-05-03", "林小茶")),
        ("渡轮通航\n\n作者：林小茶 | 江城晚报 | 2021-05-03", ("江城晚报", "2021-05-03", "林小茶")),
        ("渡輪通航\n江城晚報 民國110年5月3日", ("江城晚報", "2021-05-03", None)),
        ("The ferry opens\nThe Harbour Gazette, 3 May 2021", ("The Harbour Gazette", "2021-05-03", None)),
        ("The ferry opens\nBy Tom Reed | May 3, 2021 | The Gazette", ("The Gazette", "2021-05-03", "Tom Reed")),
        ("The ferry opens\n\nBy Tom Reed\nMay 3, 2021", ("", "2021-05-03", "Tom Reed")),
    ],
)  # fmt: skip
def test_a_masthead_says_who_and_when_and_leaves_the_text(head: str, said: tuple[str, str, str | None]) -> None:
    """Whatever the order of headline, names and date; with or without labels."""
    article = clean(post(f"{head}\n\n{TEXT}\n", "a.txt"), {})
    assert article.published
    assert (article.source, article.published.iso, article.author) == said
    assert article.title in {"渡轮通航", "渡輪通航", "The ferry opens"}
    assert article.text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "2021年5月3日 公司成立",
        "我 2021年5月3日 来到江城大学。",
        "2021年5月3日，江城日报社成立",
        "江城大桥 2021年5月3日 晴",
    ],
)
def test_a_sentence_with_a_date_is_no_masthead(line: str) -> None:
    """Only names of which one is known for what it is stand beside a masthead's date."""
    assert line in clean(post(f"大事记\n\n{line}\n\n{TEXT}\n", "a.txt"), {}).text


@pytest.mark.parametrize("text", [f"{LINES}\n{LINES}", "2019-04-02\n\n票价不变。\n", "来源：江城晚报\n\n票价不变。\n"])
def test_a_sentence_a_date_and_a_label_are_no_headline(text: str) -> None:
    """A first line that is one of them gives no title."""
    assert post(text, "a.txt").title == ""


def test_lines_of_plain_text_are_kept_unless_a_margin_broke_them() -> None:
    """Ragged lines are the author's; lines of one width that end in mid-sentence come from a margin."""
    wrapped = "\n".join(["The night ferry will cross every forty minutes from July the city"] * 6)
    assert post(f"{HEADLINE}\n\n{LINES * 3}", "a.txt").body_format == "text"
    assert post(wrapped, "a.txt").body_format == "markdown"
    assert post(f"{HEADLINE}\n\n{LINES * 3}", "a.md").body_format == "markdown"
    assert post(f"---\ntitle: {HEADLINE}\n---\n{LINES * 3}", "a.txt").body_format == "markdown"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("400529_夜渡 | 末班船的灯.md", "夜渡 | 末班船的灯"),
        ("2020-05-01-The last ferry home.md", "The last ferry home"),
        ("article_38369.md", ""),
        ("index.md", ""),
    ],
)
def test_a_file_name_gives_the_title_that_nothing_else_gives(name: str, title: str) -> None:
    """Behind number and date; a name of one word is none, and a title in the text comes first."""
    read = post("<p>灯亮了一夜。</p>", name)
    assert (read.title, "title-from-name" in codes(read)) == (title, bool(title))
    assert post(f"# {HEADLINE}\n\n灯亮了一夜。", name).title == HEADLINE


@pytest.mark.parametrize(
    ("name", "day"), [("2024-8-6-a.md", "2024-08-06"), ("20240806.md", "2024-08-06"), ("2024-8-123.md", None)]
)
def test_a_file_name_dates_a_post_with_months_of_one_digit_too(name: str, day: str | None) -> None:
    """Year, month and day, parted or of eight digits."""
    published = post("---\ntitle: 甲\n---\n灯亮了一夜。", name).published
    assert (published.iso if published else None) == day


def test_a_row_of_a_table_dates_nothing() -> None:
    """A date followed by a comma and values is data."""
    read = post("# 账本\n\n```\n2024-06-01,早餐,12.5\n```\n", "2024-07-03-账本.md")
    assert read.published
    assert read.published.iso == "2024-07-03"


def test_json_is_a_front_matter() -> None:
    """An object with known keys at the very top; other braces are text."""
    read = post('{\n  "title": "夜渡",\n  "date": "2020-05-01",\n  "tags": ["船"]\n}\n\n灯亮了一夜。\n')
    assert (read.title, read.tags, read.body.strip()) == ("夜渡", ("船",), "灯亮了一夜。")
    assert post('{"水位": 3}\n\n灯亮了一夜。').body.startswith("{")
    assert post('{"title": 灯亮了一夜。').body.startswith("{")


def test_a_number_in_a_headline_is_no_comment() -> None:
    """YAML cuts an unquoted value at a number sign; a headline keeps it, other keys keep YAML's reading."""
    read = post("---\ntitle: 河的来信 #43｜渡口\ndate: 2024-05-06 # 周一\n---\n灯亮了一夜。")
    assert read.title == "河的来信 #43｜渡口"
    assert read.published
    assert read.published.iso == "2024-05-06"


@pytest.mark.parametrize(("date", "said"), [("05/04/2020", True), ("24/04/2020", False), ("05/05/2020", False)])
def test_a_date_whose_day_and_month_could_change_places_is_doubted(date: str, said: bool) -> None:  # noqa: FBT001  # a case's expectation
    """Day first is what is read, and said where the other order is a date as well."""
    assert ("date-ambiguous" in codes(post(f"---\ntitle: 甲\ndate: {date}\n---\n灯亮了一夜。"))) == said


@pytest.mark.parametrize(
    ("title", "wanted"),
    [("夜渡停航-江城新闻网", "夜渡停航"), ("夜渡停航_江城日报", "夜渡停航"), ("2020-2021夜渡", "2020-2021夜渡")],
)
def test_a_page_title_loses_the_name_of_its_site(title: str, wanted: str) -> None:
    """A short name behind a rule that ends as outlets' names do, on whole pages."""
    assert post(f"<html><head><title>{title}</title></head><body><p>灯</p></body></html>", "a.html").title == wanted


@pytest.mark.parametrize(
    "line", ["[原文链接](https://a.example.org/1)", "[https://a.example.org/1](https://a.example.org/1)"]
)
def test_a_link_to_the_original_gives_the_address(line: str) -> None:
    """Words that name the original may stand inside the link, or the link may carry its own address."""
    assert post(f"{line}\n\n<p>灯亮了一夜。</p>\n", "400529_末班船的灯.md").url == "https://a.example.org/1"
