"""Cleaning: golden pairs of raw posts and articles, the ledger, repetition, sources, languages, profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from builder import cleaning, reading
from builder.cleaning.body import parse
from builder.cleaning.chain import CHAIN
from builder.cleaning.islands import close_islands
from builder.cleaning.language import language_of
from builder.cleaning.ledger import Ledger
from builder.cleaning.naming import rule_of_name
from builder.config.curation import MoveRule, SourceProfile
from builder.model.article import Article
from builder.model.post import Post
from builder.problems import BuilderError

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "cleaning"
CASES = sorted(folder.name for folder in GOLDEN.iterdir())


def read(path: Path) -> Post:
    """A raw post from disk."""
    document = reading.read_document(path, path.name)[0]
    assert document
    return reading.parse_post(document)


def make_post(tmp_path: Path, body: str, *, front: str = "", name: str = "post.md") -> Post:
    """A raw post with a title, a date and an address, unless the front matter says otherwise."""
    path = tmp_path / name
    path.write_text(f"---\n{front or FRONT}---\n{body}\n", encoding="utf-8")
    return read(path)


FRONT = """title: 河上的桥
date: 2020-05-01T08:00:00Z
from: https://paper.example.com/a/1
author: 河岸报
tags: [ 河岸报 ]
"""


def clean(post: Post, profiles: Mapping[str, SourceProfile] | None = None) -> Article:
    """An article, with nothing learned."""
    return cleaning.clean(post, profiles or {})


def codes(article: Article) -> list[str]:
    """Codes of an article's problems."""
    return [problem.code for problem in article.problems]


@pytest.mark.parametrize("case", CASES)
def test_golden_pair(case: str) -> None:
    """The raw post of each folder becomes the article beside it."""
    raw = next(path for path in sorted((GOLDEN / case).iterdir()) if path.name != "article.md")
    article = clean(read(raw))
    assert article.markdown.strip() == (GOLDEN / case / "article.md").read_text(encoding="utf-8").strip()
    assert "ledger-mismatch" not in codes(article)


def test_rules_have_unique_names() -> None:
    """Every rule of the chain has a name of its own."""
    names = [name for name, _ in CHAIN]
    assert len(set(names)) == len(names)


def test_ledger_says_rule_text_and_where_it_went(tmp_path: Path) -> None:
    """What is taken stands in the ledger with its rule, and with the field that holds it now."""
    post = make_post(
        tmp_path, "<div><p>桥修好了，昨天通车。</p><p>责任编辑：方凯</p><p>- THE END -</p><script>x()</script></div>"
    )
    taken = {(entry.rule, entry.text, entry.moved_to) for entry in clean(post).removals}
    assert taken == {("credit", "责任编辑：方凯", "editor"), ("end-mark", "- THE END -", None), ("script", "x()", None)}


def test_ledger_that_does_not_add_up_is_noticed() -> None:
    """Text that goes without an entry, and text that changes its place, both break the ledger."""
    lost, moved, kept = (parse("<p>桥修好了</p><p>昨天通车</p>", "html").root for _ in range(3))
    ledgers = [Ledger(root) for root in (lost, moved, kept)]
    for paragraph in list(lost.iter("p"))[:1]:
        paragraph.text = None
    body = moved.find("body")
    assert body is not None
    body.append(body[0])
    assert [ledger.is_exact(root) for ledger, root in zip(ledgers, (lost, moved, kept), strict=True)] == [
        False,
        False,
        True,
    ]


def test_credit_line_names_the_source_and_the_carrier(tmp_path: Path) -> None:
    """The outlet that a line credits wrote the post; the one in the front matter carried it."""
    profiles = {"bank": SourceProfile(name="河岸报"), "hill": SourceProfile(name="山城报", aliases=("山城日报",))}
    article = clean(make_post(tmp_path, "<p>桥修好了，昨天通车。</p><p>（文章来源：山城日报）</p>"), profiles)
    assert (article.source, article.carrier) == ("山城报", "河岸报")


def test_host_names_the_source_before_the_front_matter_does(tmp_path: Path) -> None:
    """The original's host is better evidence than what a crawler calls the outlet; subdomains count."""
    profiles = {"paper": SourceProfile(name="纸报", hosts=("example.com",)), "bank": SourceProfile(name="河岸报")}
    assert clean(make_post(tmp_path, "<p>桥修好了。</p>"), profiles).source == "纸报"


def test_source_without_profile_keeps_its_raw_name(tmp_path: Path) -> None:
    """An outlet that no one has described is shown as the file calls it."""
    assert clean(make_post(tmp_path, "<p>桥修好了。</p>")).source == "河岸报"


def test_byline_inside_a_paragraph_is_copied_and_stays(tmp_path: Path) -> None:
    """Names in a bracket at the end of a paragraph are metadata too, and text all the same."""
    article = clean(make_post(tmp_path, "<p>桥修好了，昨天通车。（编辑：石岚/沈朋达）1091224</p>"))
    assert article.credits["editor"] == ("石岚/沈朋达",)
    assert article.text.endswith("（编辑：石岚/沈朋达）1091224")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("联合国报告说，气候变化影响农业。", "zh-Hans"),
        ("聯合國報告說，氣候變化影響農業。", "zh-Hant"),
        ("专家认为，欧盟需要减少依賴美國。报告说，这会影响农业发展与贸易。", "zh-Hans"),
        ("The village keeps its ledger, and the ledger keeps the village.", "en"),
        ("Le village garde son registre et les enfants comptent dans la rue.", "fr"),
        ("駅前の古い時計は、きのう新しいものに替えられました。", "ja"),
        ("마을의 시계탑에 새 시계가 걸렸다.", "ko"),
        ("Деревня считает ласточек каждый май.", "ru"),
        ("12345", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    """The language is read from the text's own characters and words."""
    assert language_of(text) == language


def test_hint_decides_only_where_the_text_does_not() -> None:
    """A profile's script settles text that both scripts write alike, and nothing else."""
    assert language_of("上海市中心", "zh-Hant") == "zh-Hant"
    assert language_of("联合国报告说", "zh-Hant") == "zh-Hans"


def repeated(tmp_path: Path, footer: str, texts: Sequence[str]) -> list[Post]:
    """Posts of one source with the same footer."""
    bodies = [f"<p>{text}</p><p>短句</p>{footer.format(number)}" for number, text in enumerate(texts)]
    return [make_post(tmp_path, body, name=f"{number}.md") for number, body in enumerate(bodies)]


EIGHT = [f"第{name}件事，{name * 20}。" for name in "甲乙丙丁戊己庚辛"]


def test_footer_of_every_post_is_learned(tmp_path: Path) -> None:
    """A line that all posts of a source share, but for its digits, goes without a rule of its own."""
    posts = repeated(tmp_path, "<p>河岸报第{}期 每周五出版</p>", EIGHT)
    repetition = cleaning.learn(posts, {})
    article = cleaning.clean(posts[3], {}, repetition.of(posts[3]))
    assert "每周五出版" not in article.text
    assert [entry.rule for entry in article.removals] == ["repetition"]
    assert "每周五出版" in clean(posts[3]).text


def test_learning_does_not_depend_on_order(tmp_path: Path) -> None:
    """The same posts teach the same in any order."""
    posts = repeated(tmp_path, "<p>河岸报每周五出版</p>", EIGHT)
    assert cleaning.learn(posts, {}) == cleaning.learn(posts[::-1], {})


def test_story_filed_many_times_teaches_nothing(tmp_path: Path) -> None:
    """Copies of one post are one post: their text is no furniture."""
    story = "桥修好了，昨天上午通车，镇长第一个走过去，手里提着鞋。"
    posts = repeated(tmp_path, "<p>桥修好之后，孩子们不用再坐船上学。</p>", [story] * 8)
    assert cleaning.learn(posts, {}).lines == {}


def test_teasers_of_one_line_keep_it(tmp_path: Path) -> None:
    """A source that says the same single sentence every day still says it."""
    posts = [make_post(tmp_path, "<p>明日停水，请各户储水。</p>", name=f"{number}.md") for number in range(9)]
    repetition = cleaning.learn(posts, {})
    assert cleaning.clean(posts[0], {}, repetition.of(posts[0])).text == "明日停水，请各户储水。"


def test_farewell_page_is_a_problem_and_not_an_article(tmp_path: Path) -> None:
    """Posts without text under one title are pages that a server saved."""
    front = 'title: "告别读者"\ndate: ""\n'
    posts = [make_post(tmp_path, "", front=front, name=f"{number}.md") for number in range(4)]
    repetition = cleaning.learn(posts, {})
    assert all("error-page" in codes(cleaning.clean(post, {}, repetition.of(post))) for post in posts)


def test_story_about_an_error_is_no_error_page(tmp_path: Path) -> None:
    """A title that names an error does not make a long text one."""
    front = "title: 404 Not Found\ndate: 2020-05-01\nfrom: https://paper.example.com/a/1\n"
    assert "error-page" not in codes(clean(make_post(tmp_path, f"<p>{'这是一家书店的名字。' * 30}</p>", front=front)))
    assert "error-page" in codes(clean(make_post(tmp_path, "<p>nginx</p>", front=front)))


LINES = [
    ("分享到微信", "share"),
    ("分享到的，都是桥边的故事。", ""),
    ("更多内容，请关注我们的公众号", "subscription"),
    ("您收到此邮件是因为订阅了运河快讯。退订", "newsletter"),
    ("View this email in your browser", "newsletter"),
    ("更多内容要等到明天才公布。", ""),
    ("（完）", "end-mark"),
    ("桥修完了。", ""),
    ("欢迎转发本文", "share"),
    ("欢迎转发的人很多，她说。", ""),
    ("点击订阅成为会员", "subscription"),
    ("更多会员国将加入，总数达到三十个。", ""),
    ("Subscribe to our weekly paper", "subscription"),
    ("Subscribers to the paper number ten thousand.", ""),
    ("Join us on Telegram", "subscription"),
    ("Join us, the mayor told the crowd.", ""),
    ("Get the latest news by mail", "subscription"),
    ("Get the bridge done.", ""),
    ("会員登録はこちら", "subscription"),
    ("会員登録をした人は三千人を超えた。", ""),
]
"""Closing lines with the rule that takes them, and lines that only resemble them."""


@pytest.mark.parametrize(("line", "rule"), LINES)
def test_closing_line_goes_or_stays(tmp_path: Path, line: str, rule: str) -> None:
    """What furniture says goes by its rule, what an article says stays, at the very end as well."""
    article = clean(make_post(tmp_path, f"桥修好了。\n\n昨天通车。\n\n{line}"))
    assert [(entry.rule, entry.text) for entry in article.removals] == ([(rule, line)] if rule else [])


@pytest.mark.parametrize("name", ["post-tag-share", "content", "article", "shareholder-letter", "navajo", "adventure"])
def test_names_that_only_resemble_furniture(name: str) -> None:
    """Names are compared word by word: a part of a word says nothing."""
    assert rule_of_name(name) in {None, "share"}
    assert name == "post-tag-share" or rule_of_name(name) is None


def test_named_part_that_holds_the_text_stays(tmp_path: Path) -> None:
    """A wrapper whose class names furniture is no furniture when the article stands in it."""
    article = clean(make_post(tmp_path, f'<div class="sidebar-share"><p>{"桥修好了，昨天通车。" * 30}</p></div>'))
    assert "桥修好了" in article.text


def test_profile_rules(tmp_path: Path) -> None:
    """A profile keeps, drops and moves parts of its own outlet's posts, and each is in the ledger."""
    profile = SourceProfile(
        name="河岸报",
        keep=(".story",),
        drop=(".box",),
        move=(MoveRule(pattern=r"本报(\S{2,4})摄影", to="reporter"),),
        drop_patterns=(r"河岸报客户端.*",),
    )
    body = (
        '<div><p>栏外</p><div class="story"><p>桥修好了。</p><div class="box">盒子</div><p>本报石岚摄影</p>'
        "<p>河岸报客户端现已上线</p></div></div>"
    )
    article = clean(make_post(tmp_path, body), {"bank": profile})
    assert article.text == "桥修好了。"
    assert article.credits["reporter"] == ("石岚",)
    assert {entry.rule for entry in article.removals} == {"profile"}


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        (SourceProfile(name="河岸报", drop=("div[",)), r"bank\.yml: drop: “div\[”"),
        (SourceProfile(name="河岸报", drop_patterns=("(",)), r"bank\.yml: drop_patterns: “\(”"),
    ],
)
def test_profile_that_cannot_be_read_names_file_and_key(profile: SourceProfile, message: str) -> None:
    """A selector or pattern that cannot be read stops the build with the place where it stands."""
    with pytest.raises(BuilderError, match=message):
        cleaning.learn([], {"bank": profile})


def test_blank_lines_inside_html_do_not_end_it() -> None:
    """An element that Markdown would cut at a blank line is one block; Markdown inside one is left alone."""
    assert close_islands("<div>\n\n    <p>a</p>\n\n</div>\n\ntext").count("<!-- -->") == 2
    assert close_islands("<div>\n\n**a**\n\n</div>") == "<div>\n\n**a**\n\n</div>"


def test_deep_nesting_loses_no_word(tmp_path: Path) -> None:
    """A body nested deeper than any parser follows ends as plain text, with every word."""
    article = clean(make_post(tmp_path, "<div>" * 5000 + "<p>桥修好了。</p>" + "</div>" * 5000))
    assert article.text == "桥修好了。"


def test_address_behind_a_proxy_is_kept_in_both_forms(tmp_path: Path) -> None:
    """An image behind a proxy is shown from its own host; its raw address stays known."""
    image = clean(
        make_post(tmp_path, '<p>桥</p><p><img src="https://proxy.example/?url=img.example.com%2Fb.jpg"></p>')
    ).images[0]
    assert image.source == "https://img.example.com/b.jpg"
    assert image.original == "https://proxy.example/?url=img.example.com%2Fb.jpg"
