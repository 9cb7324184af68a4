"""Raw HTML that is set aside before Python-Markdown reads it comes out as Python-Markdown would have it."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.publishing.raw_blocks import RawBlocks

PIECES = (
    '<section id="k">\n<p>k</p>\n</section>\n\n', "<p>y</p>\n", '<div id="b"><p>x</p></div>\n\n', "\n\ntext ", "<div>",
    "</div>", "<ul>\n<li>", "</li>\n</ul>\n", "<hr>", "<!-- c -->", "<!--", "-->", "&amp;", "&", "&#", "a < b", "<em>",
    "</em>", "\n", "    ", "  ", "`<div>`", "# head", "> - item", "<script>", "</script>", "<", ">", "<div\n", "<?x",
    "{: #id }", "<DIV>", "<input id='why'>", "<pre>\n\n  <b></pre>\n\n", "<p>a</p> tail\n",
)  # fmt: skip


def converted(text: str, *extensions: RawBlocks) -> str:
    """A page's content."""
    return markdown.markdown(text, extensions=["tables", "attr_list", "toc", *extensions])


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_any_mixture_comes_out_the_same(text: str) -> None:
    """Blocks side by side, one in another, never closed, amid text, comments, code and tags that hold anything."""
    assert converted(text, RawBlocks()) == converted(text)


@pytest.mark.parametrize(
    "text", ['<p id="one">x</p>\n\n# y\n', "<div>\n<a name='one'>x</a>\n</div>\ntext", "<p class='c'\nid = one>x</p>\n"]
)
def test_anchors_of_blocks_are_known(text: str) -> None:
    """However they are written."""
    blocks = RawBlocks()
    converted(text, blocks)
    assert blocks.anchors == {"one"}
