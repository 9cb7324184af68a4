"""Gathering postings in bulk gives what counting key by key does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.search.characters import plain
from builder.search.gathering import Postings, Reading, gather

TEXTS = st.text("蚂蟻集團、。 \n5Gg1é𠮷①", max_size=40).map(plain)
READINGS = st.builds(Reading, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), TEXTS)


def _keys(text: str) -> Counter[str]:
    """Characters and pairs, and triples of letters and digits, none of them across a gap."""
    pairs = [text[at : at + length] for length in (1, 2) for at in range(len(text) - length + 1)]
    return Counter([*(key for key in pairs if " " not in key), *re.findall(r"(?=([15gé]{3}))", text)])


def _counted(readings: Sequence[tuple[int, Reading]]) -> dict[str, Postings]:
    found: dict[str, Postings] = {}
    for slot, reading in readings:
        counts, title = _keys(reading.text), _keys(reading.title)
        for key in [*counts, *title, *(key for line in reading.lines for key in _keys(line))]:
            found.setdefault(key, {})[slot] = 2 if key in title else int(counts[key] > 3)
    return found


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 1 << 20), READINGS, max_size=6))
def test_gathering_gives_what_counting_gives(readings: dict[int, Reading]) -> None:
    """Every key of text, credits and title, with its weight in each unit, in the slots' order."""
    ordered = sorted(readings.items())
    gathered = dict(gather(ordered))
    assert gathered == _counted(ordered)
    assert all(list(postings) == sorted(postings) for postings in gathered.values())
