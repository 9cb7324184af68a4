"""Markup: the Markdown of clean HTML reads, in Python-Markdown, exactly as the HTML did."""

from __future__ import annotations

import html
from pathlib import Path

import frontmatter
import lxml.html
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_reading import PLAIN, SITE, html_of, squashed, strangers

from builder.markup import escape_inline, front_matter, render
from builder.markup.allowlist import allowed
from builder.model.article import Image
from builder.reading import discover, parse_post, read_document

BASE = "https://example.org/news/1.html"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
_PAIRS = (Path(__file__).parent / "data" / "markup.txt").read_text(encoding="utf-8")

_MARKS = """
# ## ### * ** *** _ __ ` `` ``` ~ ~~ ~~~ < > & [ ] ( ) ! ![ ]( ]: { } {: .x} | || - -- --- = === + . 1. 12) \\ \\\\ : ::
!!! ??? [TOC] [^1]: *[a]: --8<-- /// $$ ^ @ %} {{ }} http://a.b/ a@b.c &lt; &amp; &#60; &copy &copy; <b> </b> <div>
<script> <!-- --> <? <![CDATA[ ]]> 中 文 。 “ ” （ ） a b 1
"""
_INLINE = "b strong i em sub sup a code ruby rt del q span kbd"
_BLOCKS = "p div h1 h3 blockquote pre li td section center"
LAYOUT = [" ", "  ", "    ", "\n", "\n\n", "\t", "\u3000", "\xa0", "\u200b", "\u2028", "\x1c", "\0"]
PIECES = st.sampled_from([*_MARKS.split(), *LAYOUT]) | st.text(max_size=3)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
INLINE = [*_INLINE.split(), 'a href="http://e.org/a_b*c?x=1&amp;copy=2"', 'a href="/r"']
BLOCKS = [*_BLOCKS.split(), "ul li", "ol li", "table tr td", "table tr th", "figure figcaption", "dl dt"]


def element(names: str, contents: list[str]) -> str:
    """Contents, each in the innermost element, together in the outer ones."""
    *outer, inner = names.split() if " " in names and "=" not in names else [names]
    middle = "".join(f"<{inner}>{content}</{inner.split()[0]}>" for content in contents)
    return "".join(f"<{name}>" for name in outer) + middle + "".join(f"</{name}>" for name in reversed(outer))


LEAVES = (
    TEXTS.map(html.escape) | st.just("<br>") | TEXTS.map(lambda text: f'<img src="x.png" alt="{html.escape(text)}">')
)
FRAGMENTS: st.SearchStrategy[str] = st.recursive(
    LEAVES,
    lambda inner: st.builds(element, st.sampled_from([*INLINE, *BLOCKS]), st.lists(inner, max_size=3)),
    max_leaves=10,
)
DOCUMENTS = st.lists(FRAGMENTS, max_size=4).map("\n".join)


def visible(fragment: str) -> str:
    """The text of HTML, squashed."""
    return (
        squashed(lxml.html.fragment_fromstring(fragment, create_parent="div").text_content())
        if fragment.strip()
        else ""
    )


@pytest.mark.parametrize("pair", _PAIRS.split("\n.\n\n")[0:], ids=lambda pair: pair.strip().split("\n.\n")[0][-40:])
def test_pairs(pair: str) -> None:
    """Each pair of HTML and Markdown in ``data/markup.txt`` holds, and says the same text."""
    _, source, expected = pair.rstrip(".\n").split("\n.\n")
    rendered = render(source.strip("\n"), BASE)
    assert rendered.markdown == expected
    assert squashed(html_of(rendered.markdown).text_content()) == visible(allowed(source))


@given(DOCUMENTS)
@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
def test_no_word_is_lost_in_markdown_and_back(document: str) -> None:
    """Whatever the tree, Python-Markdown gives back its text, no element or attribute more, and so does plain text."""
    rendered = render(document, BASE)
    wanted = visible(allowed(document))
    assert squashed(rendered.text) == wanted
    for extensions in (PLAIN, SITE):
        tree = html_of(rendered.markdown, extensions)
        assert squashed(tree.text_content()) == wanted
        assert strangers(tree) == []


@given(TEXTS)
@settings(deadline=None, max_examples=250)
def test_labels_read_as_written_anywhere(text: str) -> None:
    """A label is one line, and that text as paragraph, heading, list item, quotation, link, emphasis and cell."""
    label = escape_inline(text)
    assert "\n" not in label
    places = ["{}", "# {}", "- {}", "> {}", "2. {}", "[{}](http://e.org/)", "**{}**", "| |\n|---|\n| {} |"]
    for place in places if label else []:
        tree = html_of(place.format(label))
        assert squashed(tree.text_content()) == squashed(text)
        assert strangers(tree) == []


@given(
    st.dictionaries(
        st.text(max_size=9), st.text() | st.lists(st.text(), max_size=3) | st.booleans() | st.integers(), max_size=5
    )
)
@settings(deadline=None)
def test_front_matter_comes_back(mapping: dict[str, object]) -> None:
    """Any mapping survives being written and read as YAML, and its front matter ends where it should."""
    written = front_matter(mapping)
    assert yaml.safe_load(written.removeprefix("---\n").removesuffix("---\n")) == mapping
    if mapping:
        assert frontmatter.parse(f"{written}正文") == (mapping, "正文")


def test_pictures_know_where_they_come_from() -> None:
    """An image has its absolute address, the address as written, alternative text and caption."""
    image = '<img src="/a.jpg" data-original="https://proxy.example/?u=a.jpg" alt=" 一\n 二 ">'
    rendered = render(f"<figure>{image}<figcaption>说 明</figcaption></figure>", BASE)
    wanted = Image("https://example.org/a.jpg", "https://proxy.example/?u=a.jpg", "一 二", "说 明")
    assert rendered.images == (wanted,)


def test_files_beside_the_post_are_pictures_without_a_base() -> None:
    """A relative picture is one of the attachments, or, without an address to resolve it, no picture."""
    rendered = render('<img src="a.jpg" alt="甲"><img src="b.jpg" alt="乙">', None, {"a.jpg": "../../raw/a.jpg"})
    assert rendered.markdown == "![甲](../../raw/a.jpg)"
    assert [image.source for image in rendered.images] == ["../../raw/a.jpg"]


def test_relative_links_without_a_base_are_text() -> None:
    """A relative link that nothing can resolve leaves its words."""
    assert (
        render('<p><a href="../x">一</a><a href="https://e.org/">二</a></p>', None).markdown == "一[二](https://e.org/)"
    )


def test_excerpt_is_the_first_sentences() -> None:
    """The excerpt leaves headings and captions aside and ends with a sentence, or with an ellipsis."""
    sentences = (
        "<h2>题</h2><figure><img src='a'><figcaption>图说</figcaption></figure>" + "<p>第一句话在这里写完。</p>" * 30
    )
    excerpt = render(sentences, None).excerpt
    assert excerpt.startswith("第一句")
    assert excerpt.endswith("。")
    assert 40 < len(excerpt) <= 160
    assert render("<p>" + "长" * 500 + "</p>", None).excerpt == "长" * 120 + "…"
    assert render("<p>短。</p>", None).excerpt == "短。"


def test_empty_bodies_are_empty() -> None:
    """Nothing visible is nothing."""
    for body in (
        "",
        "  ",
        "<p></p>",
        "<script>x</script>",
        "<div><br></div>",
        "<ul><li></li></ul>",
        "<table><tr><td></td></tr></table>",
    ):
        assert render(body, BASE).markdown == ""


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<b>",
        "<ul><li>",
        "<blockquote>",
        "<table><tr><td>",
        "<pre>",
        "<a href=x>",
        "<br> ",
        "[",
        "*",
        "\\",
        "<ol><li>x</li>",
    ],
)
def test_cost_stays_in_bounds(unit: str) -> None:
    """A hundred thousand characters of one unit give at most ten times as many, and no error."""
    rendered = render(unit * (100_000 // len(unit)) + "末", BASE)
    assert len(rendered.markdown) < 1_000_000
    assert squashed(rendered.text).endswith("末")


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not beside the checkout")
def test_the_sample_reads_as_it_did() -> None:
    """Every tenth real body, uncleaned, gives back its text."""
    for found in discover(CORPUS)[0][::10]:
        read, _ = read_document(Path(found.file), found.path)
        post = parse_post(read) if read else None
        if post is not None and post.body_format == "html":
            rendered = render(post.body, post.url)
            assert squashed(html_of(rendered.markdown).text_content()) == visible(allowed(post.body)), found.path
