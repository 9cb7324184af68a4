"""Long texts that are read in one pass come out as Python-Markdown would have them."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import markup
from builder.markup.escapes import Escapes
from builder.pages.bodies import page_body, with_anchors

PIECES = (
    "*", "_x_", "&lt;b&gt;", "&amp;lt;", "&copy;", "#", "[a](b)", "![a](b)", "`", "\\", "{: #id }", "|", "~~", "!",
    "字", "<b>粗</b>", "<em>a*b</em>", "<sup>2</sup>", "<code>a.b</code>", "<code>a*b</code>", "<br>", " ",
    '<a href="https://e.org/a_b?c&amp;copy;d(e)">x*y</a>', '<img src="https://e.org/a.png" alt="图[1]*">',
    "<del>z_</del>", "<ruby>漢<rt>hàn</rt></ruby>",
)  # fmt: skip
WRITTEN = (
    *PIECES,
    "`a`",
    "`a `",
    "`a`{: .b }",
    "字  \n字",
    "   \n",
    "``",
    "\\*",
    "\\`",
    "<!-- \\* -->",
    "<a title='\\*'>",
    "a < b",
)
LONG = 12_000


def converted(text: str, *extensions: Escapes) -> str:
    """A page's content."""
    return markdown.markdown(text, extensions=["tables", "attr_list", "toc", *extensions])


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_a_page_holds_comes_out_the_same(html: str) -> None:
    """Whatever raw text and its markup become, read in one pass or mark by mark."""
    page = str(page_body(with_anchors(markup.render(f"<p>{html}{'字' * LONG}</p>", "https://e.org/").markdown)))
    assert len(page) > LONG
    assert converted(page, Escapes()) == converted(page)


@given(st.lists(st.sampled_from(WRITTEN), max_size=20))
def test_what_people_write_comes_out_the_same(pieces: list[str]) -> None:
    """Also code of several quotation marks, comments, tags that hold escapes."""
    text = "".join(pieces) + "字" * LONG
    assert converted(text, Escapes()) == converted(text)


@pytest.mark.parametrize("unit", ["*", "&lt;", "<sup>1</sup>", "_a_", "|", "<code>a b</code> ", "<br>a"])
def test_marks_are_put_aside_at_once(unit: str) -> None:
    """The library finds none of them any more, so a paragraph of a million costs what it is long."""
    parsed = markdown.Markdown(extensions=[Escapes()])
    text = markup.render(f"<p>{unit * LONG}</p>", "https://e.org/").markdown
    parsed.convert(text)
    assert not parsed.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]  # the library's own processor


def test_code_side_by_side_is_one_piece() -> None:
    """Two quotation marks in a row would end neither."""
    assert markup.render("<p><code>a</code><code>b</code></p>", "https://e.org/").markdown == "`ab`"
