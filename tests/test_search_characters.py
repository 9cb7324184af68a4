"""What the search takes for text: folding, punctuation, keys."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from builder.folding import fold
from builder.search.characters import located, plain, verbatim
from builder.search.foldmap import fold_map
from builder.search.gathering import Reading, gather
from builder.search.grams import needed_grams

VECTORS = yaml.safe_load((ROOT / "tests" / "data" / "search_vectors.yml").read_text(encoding="utf-8"))
MIXED = st.text(st.sampled_from("蚂蟻集團、。“ 　\n5Gg科ab1.é𠮷①ﬁ豈") | st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_vectors(vector: dict[str, str]) -> None:
    """Folding, punctuation and keys are as the shared examples say."""
    assert plain(vector["text"]) == vector["plain"]
    assert sorted(needed_grams(vector["plain"])) == sorted(vector["keys"])


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


@given(MIXED, st.data())
def test_every_part_of_a_text_has_its_keys_there(text: str, data: st.DataObject) -> None:
    """Whatever part of a text is looked for, the keys that are looked up are among the text's."""
    read = plain(text)
    start = data.draw(st.integers(0, len(read)))
    part = read[start : data.draw(st.integers(start, len(read)))].strip()
    assert set(needed_grams(part)) <= dict(gather([(0, Reading(read))])).keys()


def test_the_fold_map_holds_what_the_archive_can_need() -> None:
    """Only characters whose simplified form occurs are kept, and they fold as everywhere else."""
    sources, targets = fold_map("蚂团a")
    pairs: list[tuple[str, str]] = []
    source = target = 0
    for source_step, target_step in zip(sources, targets, strict=True):
        source, target = source + source_step, target + target_step
        pairs.append((chr(source), chr(target)))
    assert ("螞", "蚂") in pairs
    assert ("團", "团") in pairs
    assert {target for _, target in pairs} == {"蚂", "团"}
    assert all(fold(source) == target for source, target in pairs)
