"""What posts of one source share is furniture; what a column has in every issue is not."""

from __future__ import annotations

from collections.abc import Callable

from builder import cleaning, reading
from builder.model.article import Article

NAMES = "陈林黄张李王吴刘蔡杨"
ISSUES = 8


def clean_all(body: Callable[[str], str]) -> list[Article]:
    """The articles of so many issues of one source, each with its own text, cleaned with what all of them teach."""
    texts = [
        f"---\ntitle: 第{name}期\ndate: 2021-01-0{number}\nfrom: https://column.example.org/{number}\nauthor: 河岸报\n"
        f"---\n{body(name)}\n"
        for number, name in enumerate(NAMES[:ISSUES], start=1)
    ]
    return learned(texts, "md")


def learned(texts: list[str], suffix: str) -> list[Article]:
    """The articles of some files, cleaned with what all of them teach."""
    documents = [reading.decode_document(text.encode(), f"{number}.{suffix}")[0] for number, text in enumerate(texts)]
    posts = [reading.parse_post(document) for document in documents if document]
    repetition = cleaning.learn(posts, {})
    return [cleaning.clean(post, {}, repetition.of(post)) for post in posts]


def test_sections_of_a_column_keep_their_headings() -> None:
    """A heading that stands in every issue stays where what it heads does, and so does its entry in the contents."""
    articles = clean_all(
        lambda name: (
            f"- {name}家的船\n- 国内简讯\n\n## 头条\n\n{name}家的船昨天靠岸，卸下三十箱橘子。\n\n"
            f"## 国内简讯\n\n{name}家的磨坊修好了水车，周一开工。"
        )
    )
    assert all("## 国内简讯" in article.markdown and "- 国内简讯" in article.markdown for article in articles)


def test_a_heading_goes_with_what_it_heads() -> None:
    """A repeated heading above a repeated text is furniture with it."""
    articles = clean_all(
        lambda name: (
            f"<p>{name}家的船昨天靠岸，卸下三十箱橘子。</p><h3>关于本报</h3><p>一九八二年创刊，逢周三出版。</p>"
        )
    )
    assert all("关于本报" not in article.text and "创刊" not in article.text for article in articles)
    assert all(f"{name}家" in article.text for name, article in zip(NAMES, articles, strict=False))


def test_an_ending_longer_than_the_text_goes() -> None:
    """A description of one line loses all that stands below it in every post, and keeps its line."""
    footer = "<br>频道主页在每周四更新，内容由三人小组制作。<br>配乐：河岸四重奏，指挥方舟，演奏于旧仓库。"
    articles = clean_all(
        lambda name: f"<div>{name}家的船昨天靠岸了，卸下橘子{'，人都来看' * NAMES.index(name)}。{footer}</div>"
    )
    assert all(
        "配乐" not in article.text and f"{name}家" in article.text
        for name, article in zip(NAMES, articles, strict=False)
    )


def test_what_the_pages_of_an_outlet_share_is_no_text_of_theirs() -> None:
    """Sentences that stand right above and below the text of every saved page of a site go from all of them."""
    site = "<meta property='og:site_name' content='河岸报'>"
    articles = learned(
        [
            f"<!DOCTYPE html><html><head><title>{name}家的船靠岸了</title>{site}</head><body>"
            f"<h1>{name}家的船靠岸了</h1><div><p>欢迎读者来到河岸，本报逢周三出版，请互相转告。</p>"
            f"<p>{name}家的船昨天靠岸，卸下三十箱橘子，岸上的人都跑来看热闹。</p>"
            f"<p>{name}家的人说，明年春天还要再来一趟，那时带的是种子和农具。</p>"
            "<p>读到这里的朋友，记得给自己倒一杯热茶再走。</p></div></body></html>"
            for name in NAMES
        ],
        "html",
    )
    assert all("欢迎读者" not in article.text and "热茶" not in article.text for article in articles)
    assert all("靠岸" in article.text and "种子和农具" in article.text for article in articles)
