"""The other script: what changes is script and quotation marks, and it can be laid over the original."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.conversion import OTHER, WHITE_SPACE, bare, convert, phrase

HAN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("发髮后後里裡干乾“”「」　\n "),
    max_size=200,
)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("理发与发展", "理髮與發展"),
        ("干部在里面吃干粮", "幹部在裡面吃乾糧"),
        ("皇后以后", "皇后以後"),
        ("他说“好”，又说‘行’", "他說「好」，又說『行』"),
        ("信息网络软件", "信息網絡軟件"),
    ],
)
def test_phrases_decide_and_words_stay(simplified: str, traditional: str) -> None:
    """A character follows its phrase, quotation marks follow the script, no word is swapped for another."""
    assert phrase(simplified, "zh-Hans") == traditional
    assert phrase(traditional, "zh-Hant") == simplified


def test_apostrophes_are_no_quotation_marks() -> None:
    """English inside a Chinese text keeps its apostrophe."""
    assert phrase("Ant Group’s 应用", "zh-Hans") == "Ant Group’s 應用"


@settings(deadline=None)
@given(HAN, st.sampled_from(sorted(OTHER)))
def test_the_result_can_be_laid_over_the_original(text: str, language: str) -> None:
    """Lengths and shifts account for every character, in order, and no white space is left."""
    converted = convert(text, language)
    original = bare(text)
    grown = sum(after - before for _, before, after in converted.shifts)
    assert len(converted.text) == len(original) + grown
    assert not WHITE_SPACE.search(converted.text)
    ends = [0, *(start + before for start, before, _ in converted.shifts)]
    assert all(start >= end for (start, _, _), end in zip(converted.shifts, ends, strict=False))
    assert not ends[-1] > len(original)
