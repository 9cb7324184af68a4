"""Footnotes: whichever program linked sign and note, they are a pair in Markdown and lead to each other on the page."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown
from test_whole_pages import FIRST, SECOND, article, page

from builder.pages.bodies import page_body, with_anchors

SAID = "见《晨江县志》卷二。"
PAIRS = {
    "wiki": (
        '<sup id="cite_ref-a_1-0"><a href="#cite_note-a-1"><i>[</i>1<i>]</i></a></sup>',
        '<ol><li id="cite_note-a-1"><span>^ <a href="#cite_ref-a_1-0"><sup>a</sup></a></span> <q>{}</q></li></ol>',
    ),
    "blocks of WordPress": (
        '<sup><a href="#e1-f2" id="e1-f2-link">1</a></sup>',
        '<ol><li id="e1-f2">{} <a href="#e1-f2-link">↩︎</a></li></ol>',
    ),
    "a plugin of WordPress": (
        '<span id="note-1" class="margin"></span><span><a href="#bottom-1"><sup>1</sup></a></span>',
        '<ol><li><span id="bottom-1"></span>{}<a href="#note-1"></a></li></ol>',
    ),
    "Pandoc": (
        '<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
        '<section><ol><li id="fn1"><p>{}<a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section>',
    ),
    "Kramdown": (
        '<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup>',
        '<div><ol><li id="fn:1"><p>{}&nbsp;<a href="#fnref:1">&#8617;</a></p></li></ol></div>',
    ),
    "newsletters": (
        '<a id="anchor-1" href="#footnote-1">1</a>',
        '<div><a id="footnote-1" href="#anchor-1">1</a><div><p>{}</p></div></div>',
    ),
    "Word": (
        '<a href="#_ftn1" name="_ftnref1"><span><span>[1]</span></span></a>',
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> {}</p></div>',
    ),
    "a page saved with whole addresses": (
        '<a href="https://e.org/7.html#n1" id="s1">[1]</a>',
        '<p><a name="n1"></a><a href="https://e.org/7.html#s1">[1]</a>{}</p>',
    ),
    "no way back, but the same number": ('<a href="#n1">[1]</a>', '<div id="n1"><b>1.</b> <span>{}</span></div>'),
    "a number that is no link": ('<a href="#n1" id="s1">(1)</a>', '<p id="n1">1、{}<a href="#s1">返回</a></p>'),
    "a mark": ('<a href="#n" id="s">*</a>', '<p id="n"><a href="#s">*</a> {}</p>'),
}  # fmt: skip


def codes(text: str) -> list[tuple[str, str]]:
    """What a link of the page leads to, and its own name."""
    return [(found[1], found[2]) for found in re.finditer(r'<a id="([^"]+)" href="#([^"]+)">', text)]


@pytest.mark.parametrize("program", PAIRS)
def test_sign_and_note_become_a_pair(program: str) -> None:
    """Numbers, arrows and letters that only lead back go, and nothing is lost beside them."""
    sign, note = PAIRS[program]
    made = page(f"<h1>茶山修路</h1><p>{FIRST}{sign}</p><p>{SECOND}</p>{note.format(SAID)}")
    assert re.sub(r"</?q>", "", made.markdown) == f"{FIRST}[^1]\n\n{SECOND}\n\n[^1]: {SAID}"
    assert "ledger-mismatch" not in {problem.code for problem in made.problems}


@pytest.mark.parametrize(
    ("sign", "note"),
    [
        ('<a href="#n1">[1]</a>', f'<p id="n1">{SAID}</p>'),
        ('<a href="#n1" id="s1">上文</a>', f'<p id="n1">{SAID}<a href="#s1">下文</a></p>'),
        ('<sup><a href="#n9" id="s1">1</a></sup>', f'<p id="n1">{SAID}<a href="#s1">↩</a></p>'),
        ('<a href="#n1" id="s1">1</a>', f'<h2 id="n1"><a href="#s1">1</a> 桥</h2><p>{SAID}</p>'),
        (
            '<sup><a href="#n1" id="s1">1</a></sup>',
            f'<ol><li id="n1">{SAID}<a href="#s1">↩</a></li><li>无号。</li></ol>',
        ),
        (
            '<sup><a href="#n1" id="s1">1</a></sup>',
            f'<table><tr><td id="n1">{SAID}<a href="#s1">↩</a></td></tr></table>',
        ),
    ],
)
def test_what_is_no_pair_stays_text(sign: str, note: str) -> None:
    """No way back and no number, words, another place, chapters, lists of which only a part are notes."""
    made = page(f"<h1>茶山修路</h1><p>{FIRST}{sign}</p><p>{SECOND}</p>{note}<p>{SECOND}</p>")
    assert "[^" not in made.markdown
    assert SAID in made.text


def test_footnotes_of_markdown_stay_footnotes() -> None:
    """With all their paragraphs; in code, and where sign or note is missing, they are text."""
    text = f"{FIRST}[^1]又[^甲-2]`[^1]`\n\n[^1]: {SAID}\n[^甲-2]: 一段\n\n    二段\n\n{SECOND}[^3]\n\n[^4]: 无号"
    made = article(f"---\ntitle: 茶山修路\n---\n{text}\n\n```\n[^1]: 码\n```\n", path="a.md")
    assert made.markdown.startswith(
        f"{FIRST}[^1]又[^甲-2]<code>\\[^1\\]</code>\n\n[^1]: {SAID}\n\n[^甲-2]: 一段\n\n    二段\n\n{SECOND}\\[^3\\]"
    )
    assert "\\[^4\\]: 无号\n\n<pre>[^1]: 码\n</pre>" in made.markdown
    assert f"又[甲-2][^1]\n[1] {SAID}\n[甲-2] 一段\n二段" in made.text


def test_on_the_page_each_leads_to_the_other() -> None:
    """Whether the archive has an extension for footnotes or not; the second sign of a note leads there, too."""
    text = "甲[^1]乙[^①]丙[^1]\n\n[^1]: 一段[^①]\n\n    - 项\n\n[^①]: 二\n\n<pre>[^1]\n[^1]: 码</pre>"
    shown = markdown(page_body(with_anchors(text)), extensions=["tables", "attr_list"])
    links = codes(shown)
    names = [name for name, _ in links]
    assert links[:3] == [("fnref-1", "fn-1"), ("fnref-①", "fn-①"), ("fnref-1-2", "fn-1")]
    assert len(names) == len(set(names)) == 6
    assert {target for _, target in links} <= set(names)
    assert "<li>项</li>" in shown
    assert "<pre>[^1]\n[^1]: 码</pre>" in shown


@given(
    st.lists(
        st.sampled_from([sign for pair in PAIRS.values() for sign in pair] + ["<p>", "</p>", "<li>", SAID]), max_size=9
    )
)
def test_whatever_stands_where_nothing_is_lost(pieces: list[str]) -> None:
    """Signs without notes, notes in notes, the same name twice."""
    made = page(f"<h1>茶山修路</h1><p>{FIRST}</p>{''.join(pieces)}<p>{SECOND}</p>")
    assert "ledger-mismatch" not in {problem.code for problem in made.problems}
    shown = html.unescape(re.sub(r"\[\^[^\]]+\]:?|<[^>]*>|\\", "", made.markdown))
    assert shown.count("卷二") == made.text.count("卷二")
