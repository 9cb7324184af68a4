"""What the search takes for text: folding and punctuation, here and in the browser."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from builder.folding import fold
from builder.search.characters import located, plain, verbatim
from builder.search.foldmap import fold_map

VECTORS = yaml.safe_load((ROOT / "tests" / "data" / "search_vectors.yml").read_text(encoding="utf-8"))
MIXED = st.text(st.sampled_from("蚂蟻集團、。“ 　\n5Gg科ab1.é𠮷①ﬁ豈") | st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_vectors(vector: dict[str, str]) -> None:
    """Folding and punctuation are as the examples say."""
    assert plain(vector["text"]) == vector["plain"]


@given(MIXED)
def test_places_lead_back_to_the_original(text: str) -> None:
    """Each character that is searched lies where its place says, and both ways of reading agree."""
    read = located(text)
    assert read.plain == plain(text)
    assert all(character in {" ", fold(text[place])} for character, place in zip(read.plain, read.places, strict=True))
    exact = verbatim(text)
    assert all(
        character in {" ", fold(text[place])} for character, place in zip(exact.plain, exact.places, strict=True)
    )


@given(MIXED)
def test_reading_twice_changes_nothing(text: str) -> None:
    """What has been folded and stripped stays as it is."""
    assert plain(plain(text)) == plain(text)


def test_the_fold_map_holds_what_the_archive_can_need() -> None:
    """Only characters whose simplified form occurs are kept, and they fold as everywhere else."""
    sources, targets = fold_map(set(map(ord, "蚂团a")))
    pairs: list[tuple[str, str]] = []
    source = target = 0
    for source_step, target_step in zip(sources, targets, strict=True):
        source, target = source + source_step, target + target_step
        pairs.append((chr(source), chr(target)))
    assert ("螞", "蚂") in pairs
    assert ("團", "团") in pairs
    assert {target for _, target in pairs} == {"蚂", "团"}
    assert all(fold(source) == target for source, target in pairs)
