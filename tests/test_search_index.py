"""The files of the index: lists, places, units, parts; the same from whatever stood before."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from search_samples import NAMES, RECORDS, record, stub_of, write_index

from builder.model.search import SearchNames, SearchRecord
from builder.problems import wordings
from builder.search.bundling import BUNDLES, engine_files
from builder.search.catalogue import ROOT
from builder.search.keys import TITLE, handles_of, postings_of
from builder.search.postings import write_shards
from builder.search.segments import divided
from builder.search.slots import slots_of
from builder.search.units import UNIT_LENGTH, cut
from builder.search.writing import IndexChange, update_index

WORDS = "信贷公园城市湖滨增资开放报道居民出门见绿水系相通技术导览游客扫码第一"


def test_units_cover_the_text() -> None:
    """The units' own texts, one behind the other, are the text; each also holds the beginning of the next."""
    text = "\n".join(WORDS * 20 + str(number) for number in range(12))
    units = cut(record("x", "t", text))
    assert "".join(unit.text[: unit.length] for unit in units) == text
    assert all(unit.length <= UNIT_LENGTH for unit in units)
    for unit, following in pairwise(units):
        overlap = unit.text[unit.length :]
        assert overlap
        assert following.text.startswith(overlap)


def test_a_title_is_flagged_and_a_word_is_whole() -> None:
    """A key says whether it stands in the title; letters make words, not pairs; no pair lies across two fields."""
    postings = postings_of([(0, cut(record("x", "公园 Plan", "公园开放，Planning 5G网"))[0])], {})
    pairs = {
        (chr(posting >> 46), chr(posting >> 28 & 0x3FFFF)): posting & 0x3F
        for posting in postings.pairs.tolist()
        if posting >> 28 & 0x3FFFF
    }
    assert pairs["公", "园"] & TITLE
    assert not pairs["开", "放"] & TITLE
    assert ("g", "网") in pairs
    assert ("网", "公") not in pairs
    assert {"plan", "planning", "5g"} == set(postings.spelled)


def test_in_large_archives_a_usual_character_alone_finds_where_it_tells() -> None:
    """In the title, the lead and the lines; an unusual one, and every pair, wherever they stand."""
    unit = cut(record("x", "公园", "引" * 160 + "园林水榭"))[0]
    every, telling = (set(_keys(postings_of([(0, unit)], {}, is_large=is_large).pairs)) for is_large in (False, True))
    assert every - telling == {"林", "水"}
    assert {"榭", "园", "林水"} <= telling


def _keys(pairs: npt.NDArray[np.uint64]) -> list[str]:
    return [f"{chr(posting >> 46)}{chr(posting >> 28 & 0x3FFFF)}".rstrip("\0") for posting in pairs.tolist()]


def test_addresses_are_found_by_their_parts() -> None:
    """Scheme, ``www.`` and fragment do not matter; the last part counts by itself, with and without its ending."""
    assert handles_of(["HTTPS://www.example.org/a/story-2021.html#x"]) == {
        "example.org/a/story-2021.html",
        "story-2021.html",
        "story-2021",
    }


def test_the_same_records_give_the_same_bytes() -> None:
    """The order in which records come, and the clock, do not show."""
    assert write_index(RECORDS, NAMES) == write_index(reversed(RECORDS), NAMES)


def _many(count: int) -> list[SearchRecord]:
    days = [f"{2010 + number % 12}-{1 + number % 9:02}-{1 + number % 27:02}" for number in range(count)]
    return [record(f"m{number:05}", f"第{number}号", f"{WORDS}{number}", date=days[number]) for number in range(count)]


def _updated(records: list[SearchRecord], files: Mapping[str, bytes], state: bytes | None) -> IndexChange:
    known = {one.id: one for one in records}
    stubs = [stub_of(one, repr(one).encode()) for one in records]
    return update_index(stubs, known.__getitem__, SearchNames(), files, state)


def test_a_new_article_rewrites_the_small_part_alone() -> None:
    """The newest articles have a part of their own."""
    records = _many(2100)
    newer = [*records, record("newest", "最新", "最新的一篇", date="2022-01-01")]
    assert set(divided([stub_of(one, b"") for one in newer])) == {"all", "new"}
    first = _clean(records)
    change = _updated(newer, first.files, first.state)
    assert change.files.keys() > {"new/lists/0.gz", ROOT}
    assert not any(name.startswith("all/") for name in change.files)


@pytest.mark.parametrize("number", [100, 600])
def test_whatever_has_changed_the_files_are_those_of_a_clean_build(number: int) -> None:
    """Articles that come, change, grow and go, one after the other; most files are left alone."""
    records = _many(number)
    old = record("old", "旧闻一则", "此前未见之字：囍。" + WORDS * 300, date="2015-05-05")
    edits = (
        [*records, old],
        [*records, dataclasses.replace(old, title="旧闻两则", date="")],
        [*records, dataclasses.replace(old, handles=("https://a.example/old-news.html",))],
        [*records[1:], dataclasses.replace(old, sections=records[0].sections)],
        records[2:],
    )
    change = _clean(records)
    files = dict(change.files)
    for edited in edits:
        change = _updated(edited, files, change.state)
        assert not change.whole
        assert len([name for name in change.files if "/texts/" in name]) < 10
        files = {name: data for name, data in {**files, **change.files}.items() if name not in change.removed}
        assert files == _clean(edited).files


def test_records_keep_their_slots() -> None:
    """Whatever comes or goes moves hardly another record, and no two share a slot, however long they are."""
    units = {f"r{number}": 1 + number % 3 + 40 * (number % 50 == 0) for number in range(400)}
    slots, room = slots_of(units)
    taken = [slot + at for one, slot in slots.items() for at in range(units[one])]
    assert len(taken) == len(set(taken))
    assert max(taken) < room
    more = [slots_of({**units, f"new{number}": 2})[0] for number in range(20)]
    assert sum(after[one] != slots[one] for after in more for one in slots) < 4 * len(more)


def _clean(records: list[SearchRecord]) -> IndexChange:
    return _updated(records, {}, None)


def test_a_damaged_state_or_a_missing_file_means_a_clean_build() -> None:
    """Whatever does not fit is not trusted."""
    first = _clean(_many(501))
    records = [*_many(501), record("more", "又一篇", "又来一篇")]
    cut_short = {**first.files, "all/lists/3.gz": first.files["all/lists/3.gz"][:40]}
    for files, state in (({}, first.state), (first.files, b"\xff"), (cut_short, first.state)):
        change = _updated(records, files, state)
        assert change.whole
        assert change.files == _clean(records).files


def test_shards_hold_every_key_once() -> None:
    """Each unit's keys lie in the shards, however many there are."""
    postings = postings_of([(number, cut(one)[0]) for number, one in enumerate(RECORDS)], {})
    assert len(dict(write_shards(postings, 1, range(1)))) == 1
    assert len(dict(write_shards(postings, 7, range(7)))) == 7
    assert len(np.unique(postings.pairs >> np.uint64(28))) > 100


def test_scripts_need_no_evaluation_and_no_modules() -> None:
    """The published scripts are classic ones that a strict Content-Security-Policy lets run."""
    for name, content in engine_files(wordings("zh")["searching"]).items():
        assert name.startswith("search/")
        if name.endswith(".js"):
            text = content.decode()
            assert not any(word in text for word in ("eval(", "new Function", "import ", "\nexport ", "innerHTML"))


def test_no_name_stands_twice_in_a_bundle() -> None:
    """Modules laid one behind the other share a scope, so that a name may be declared only once among them."""
    for start in BUNDLES:
        sources = "".join(_sources(start, {}).values())
        declared = re.findall(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", sources, re.MULTILINE)
        assert len(declared) == len(set(declared)), sorted(name for name in declared if declared.count(name) > 1)


def _sources(module: str, known: dict[str, str]) -> dict[str, str]:
    """A module and all it imports, by name."""
    known[module] = resources.files("builder.search").joinpath("assets", module).read_text(encoding="utf-8")
    for imported in re.findall(r'^import .* from "\./([\w.]+)";', known[module], re.MULTILINE):
        if imported not in known:
            _sources(imported, known)
    return known
