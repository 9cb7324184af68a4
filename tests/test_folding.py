"""Folding keeps offsets, is stable, and brings both scripts together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("螞蟻集團", "蚂蚁集团"),
        ("ＡＢＣ１２３", "abc123"),
        ("⼈⽣", "人生"),
        ("區塊鏈 IPO", "区块链 ipo"),
        ("豈", "岂"),
    ],
)
def test_scripts_and_forms_fold_together(written: str, folded: str) -> None:
    """Traditional, full-width, radical and compatibility forms fold to the plain character."""
    assert fold(written) == folded


@given(st.text())
def test_folding_keeps_length_and_is_idempotent(text: str) -> None:
    """Whatever the text, offsets stay put and folding twice changes nothing."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
