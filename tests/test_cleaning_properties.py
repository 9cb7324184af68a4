"""What holds for any body at all: the ledger adds up, cleaning twice is cleaning once, no kept word is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import markdown
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from builder import cleaning, reading
from builder.cleaning.ledger import squash
from builder.model.article import Article
from builder.model.post import Post

GOLDEN = Path(__file__).parent / "golden" / "cleaning"
RAW = next(path for path in (GOLDEN / "feed-footer").iterdir() if path.name != "article.md")
TAGS = ["p", "div", "span", "a", "b", "li", "ul", "h2", "blockquote", "section", "td", "table", "noscript", "form"]
NAMES = ["", " class=share", " class=content", " id=ad-1", " style=display:none", " href=/tag/a", " class=tags"]
WORDS = [
    "桥修好了，昨天通车。", "责任编辑：方凯", "延伸阅读", "#话题#", "© 2020 河岸报", "2020-05-01", "（完）", "1986. 年",
    "{{< video >}}", "*星号*", "a & b < c", "　　", "\n\n", "Read more", "返回首页", "<img src='a.jpg'>", "<br>",
    "<script>x</script>", "<iframe src='//v/1'></iframe>", "<img data-src='b.jpg' src='data:image/gif;base64,R0'>",
    "&nbsp;", "&#8;", "</div>", "<p>", "[a](b)",
]  # fmt: skip


def post_with(body: str, body_format: str = "html") -> Post:
    """A real post with another body."""
    document = reading.read_document(RAW, "post.md")[0]
    assert document
    return replace(reading.parse_post(document), body=body, body_format=body_format)  # type: ignore[arg-type]  # one of two


def clean(body: str, body_format: str = "html") -> Article:
    """An article, with nothing learned."""
    return cleaning.clean(post_with(body, body_format), {})


@st.composite
def element(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    """An element around some of what may stand inside."""
    tag, name = draw(st.sampled_from(TAGS)), draw(st.sampled_from(NAMES))
    return f"<{tag}{name}>{''.join(draw(st.lists(inside, max_size=4)))}</{tag}>"


BODIES = st.lists(st.recursive(st.sampled_from(WORDS) | st.text(max_size=12), element, max_leaves=12), max_size=6).map(
    "".join
)


@settings(deadline=None, max_examples=200)
@given(BODIES, st.sampled_from(["html", "markdown"]))
@example("<A<script>x</script>", "html")
def test_ledger_is_exact_for_any_body(body: str, body_format: str) -> None:
    """Kept, moved and removed text together are the raw text, whatever the body is."""
    assert "ledger-mismatch" not in [problem.code for problem in clean(body, body_format).problems]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_make_a_page_or_a_problem(data: bytes) -> None:
    """No bytes make cleaning raise."""
    body = data.decode("utf-8", "replace").replace("\x00", "")
    clean(body)
    clean(body, "markdown")


SENTENCES = st.text(st.sampled_from("桥修好了昨天通车河水涨到二楼abc 12，。*_#[]<>"), min_size=30, max_size=60)


@settings(deadline=None, max_examples=80)
@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_cleaning_twice_is_cleaning_once(sentences: list[str]) -> None:
    """A clean article, put back as a body, stays as it is."""
    body = "".join(f"<p>{html.tostring(_paragraph(text), encoding='unicode')}</p>" for text in sentences)
    once = clean(f"{body}<p>责任编辑：方凯</p><p>- THE END -</p>")
    again = clean(markdown.markdown(once.markdown, extensions=["tables"]))
    assert squash(again.text) == squash(once.text)


@settings(deadline=None, max_examples=80)
@given(BODIES)
def test_no_kept_word_is_lost_in_markdown(body: str) -> None:
    """The page that the Markdown makes says every word that the plain text says."""
    article = clean(body)
    page = "".join(
        html.fragment_fromstring(markdown.markdown(article.markdown, extensions=["tables"]), "div").itertext()
    )
    words = re.findall(r"[^\W_]+", article.text)
    assert [word for word in words if word not in squash(page)] == []


def _paragraph(text: str) -> html.HtmlElement:
    span = html.Element("span")
    span.text = text
    return span
