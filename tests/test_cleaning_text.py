"""No word of a body is lost: what a parser would drop without a word is text, too."""

from __future__ import annotations

import pytest

from builder import cleaning, reading
from builder.model.article import Article


def clean(body: str) -> Article:
    """The article of a Markdown body below a front matter."""
    text = f"---\ntitle: 渡口\ndate: 2021-01-02\nfrom: https://paper.example.org/1\n---\n雾到中午才散。\n\n{body}\n"
    document = reading.decode_document(text.encode(), "a.md")[0]
    assert document
    return cleaning.clean(reading.parse_post(document), {})


@pytest.mark.parametrize(
    "body",
    [
        "[^1]: 船歌",
        "[问]: 船歌",
        "[问]:船歌",
        "<![CDATA[<p>船歌</p>]]>",
        "<title>船歌",
        "<xmp>船歌</xmp>",
        "<math><mi>船歌</mi></math>",
        "<view><text>船歌</text></view>",
        "<noframes>船歌</noframes>",
        "</船歌>",
        "<!船歌>",
        "<?船歌?>",
        ">" * 3000 + "船歌",
        "".join(f"{'  ' * level}- 层\n" for level in range(300)) + "  " * 300 + "- 船歌",
        "- " * 300 + "船歌",
        "<div>" * 1000 + "船歌",
        "```\n[甲]: 乙\n```\n\n[甲]: 船歌",
    ],
)
def test_a_word_stays_wherever_it_stands(body: str) -> None:
    """In notes, in elements of heads and formulas, in what looks like markup and is none, however deep."""
    article = clean(body)
    assert "船歌" in article.text
    assert "ledger-mismatch" not in {problem.code for problem in article.problems}


def test_addresses_of_references_are_no_text() -> None:
    """A reference to an address makes a link, and its line goes."""
    article = clean("见[档案][a]。\n\n[a]: https://paper.example.org/archive")
    assert "[档案](https://paper.example.org/archive)" in article.markdown
    assert "[a]" not in article.text
    assert article.text.endswith("见档案。")


def test_code_keeps_what_looks_like_a_note() -> None:
    """Inside a fence nothing is escaped."""
    assert "<pre>[甲]: 乙" in clean("```\n[甲]: 乙\n```").markdown
