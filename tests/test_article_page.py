"""The article's page in parts: evidence, ledger, pictures, copies elsewhere, neighbours."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article

from builder.model.archive import Archive, Entry, Source, Topic
from builder.model.article import Evidence, Image, Removal, TopicAssignment
from builder.pages import times
from builder.pages.adjacent import rows_of
from builder.pages.articles import _copies, _ledger, evidence
from builder.pages.bodies import page_body, with_anchors


def test_a_term_is_named_where_the_reader_meets_it_first() -> None:
    """Title before lead before text, each term once; what an editor has set comes first."""
    found = (
        Evidence("监管", "body", 9, ""),
        Evidence("监管", "title", 1, ""),
        Evidence("约谈", "lead", 2, ""),
        Evidence("约谈", "body", 3, ""),
        Evidence("整改", "body", 1, ""),
    )
    places = [(place, [item.term for item in items]) for place, items in evidence(TopicAssignment("t", 1.0, found))]
    assert places == [("title", ["监管"]), ("lead", ["约谈"]), ("body", ["整改"])]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([None, "tags"]), st.text(max_size=400)), max_size=20))
def test_the_ledger_names_every_removal_in_order(removals: list[tuple[str, str | None, str]]) -> None:
    """Adjacent of one rule share a row; every removal's beginning stands there, none is reordered."""
    rows = _ledger([Removal(rule, text, field) for rule, field, text in removals])
    told = "\n".join(text for _, _, text in rows)
    place = 0
    for _, _, text in removals:
        place = told.index(text[:240], place)
    assert all(one[:2] != other[:2] for one, other in itertools.pairwise(rows))


class TestAnchors:
    """Identifiers of paragraphs."""

    @given(
        st.lists(st.sampled_from(["一段。", "又一段。", "> 引文。", "# 题", "- 项", "<pre>甲\n\n乙</pre>"]), max_size=8)
    )
    def test_only_paragraphs_get_one_and_it_is_their_own(self, blocks: list[str]) -> None:
        """Without its attribute lists the text is what it was; no two names are the same."""
        marked = with_anchors("\n\n".join(blocks))
        assert re.sub(r"\n(?:> )?\{: #[^}]+ \}", "", marked) == "\n\n".join(blocks)
        names = re.findall(r"\{: #([^ ]+) \}", marked)
        assert len(names) == len(set(names)) == sum(block[0] in "一又>" for block in blocks)

    def test_a_name_stays_when_other_paragraphs_change(self) -> None:
        """It is drawn from the paragraph alone."""
        alone = with_anchors("留下的一段。").split("\n")[1]
        assert alone in with_anchors("新的一段。\n\n留下的一段。\n\n另一段。")


class TestPictures:
    """Images in the page."""

    @pytest.mark.parametrize(
        ("markdown", "page"),
        [
            (
                "![甲](https://e.org/a.jpg)",
                (
                    '[![甲](https://e.org/a.jpg){ loading="lazy" '
                    'referrerpolicy="no-referrer" }]'
                    '(https://e.org/a.jpg){ .enlarge rel="noreferrer" }'
                ),
            ),
            (
                "![](../a.png)",
                ('[![](../a.png){ loading="lazy" }](../a.png){ .enlarge rel="noreferrer" aria-label="大图" }'),
            ),
            ("<pre>![x](y)</pre>", "<pre>![x](y)</pre>"),
            ("[链接](https://e.org/)", "[链接](https://e.org/)"),
            ("快看\\![链接](https://e.org/)", "快看\\![链接](https://e.org/)"),
        ],
    )
    def test_an_image_leads_to_itself(self, markdown: str, page: str) -> None:
        """Marked, linked, named where it has no words of its own; verbatim text and links stay as they are."""
        assert str(page_body(markdown, "大图")) == page

    def test_feeds_get_images_without_links(self) -> None:
        """Without a name for the link there is none."""
        assert "enlarge" not in page_body("![甲](https://e.org/a.jpg)")

    def test_a_picture_of_our_own_says_its_size(self) -> None:
        """Its box stands before it arrives; of a remote one nobody knows."""
        images = [Image("../pictures/a.png", "x", size=(800, 1100)), Image("https://e.org/b.png", "y")]
        body = page_body("![](../pictures/a.png) ![](https://e.org/b.png)", "", images)
        assert 'width="800" height="1100"' in body
        assert body.count("width=") == 1


def test_copies_elsewhere_are_plain_addresses() -> None:
    """Built from the address alone, without its fragment; none where no address is known."""
    assert [address for _, address in _copies("https://e.org/a?b=c#d")] == [
        "https://web.archive.org/web/*/https://e.org/a?b=c",
        "https://archive.today/https://e.org/a?b=c",
    ]
    assert _copies(None) == ()


def test_neighbours_stand_next_in_source_and_topic() -> None:
    """Newer and older in each list; a list in which an article is alone says nothing."""
    one, two, three = (
        Entry(article(), str(number) * 10, source, ("t",)) for number, source in ((1, "s"), (2, "s"), (3, "alone"))
    )
    archive = Archive(
        (one, two, three),
        (Source("s", "甲", (), "", "", (one, two)), Source("alone", "", (), "", "", (three,))),
        (Topic("t", "专题", "", "", (), (), (one, two, three)),),
        (),
    )
    rows = rows_of(archive)["2" * 10]
    assert [(row.kind, row.newer, row.older) for row in rows] == [("source", one, None), ("topic", one, three)]
    assert [row.kind for row in rows_of(archive)["3" * 10] if row.newer or row.older] == ["topic"]


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("监管部门要求平台立即停止。\n\n" * 100, "zh-Hans", ("characters", 1300, 3)),
        ("The harbour board met on Monday. " * 120, "en-GB", ("words", 720, 3)),
        ("蚂蚁集团与 Alipay 在 2021 年 4 月 12 日再次被约谈，整改方案随后公布。", "zh-Hans", ("characters", 37, 1)),
        ("", "en", ("words", 0, 1)),
    ],
)
def test_a_text_is_as_long_as_its_script_counts(text: str, language: str, said: tuple[str, int, int]) -> None:
    """Characters where words are written without spaces, else words; the time to read follows."""
    assert times.length(text, language) == said
