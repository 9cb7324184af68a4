"""The files of the index: coding, slots, shards, damage."""

from __future__ import annotations

import gzip
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import NAMES, RECORDS, opened, reading, record

from builder.search import IndexFileError, query, write_index
from builder.search.bundling import module_names
from builder.search.coding import decode, encode
from builder.search.lists import changed_list, decode_list, encode_list
from builder.search.publishing import engine_files
from builder.search.shards import pack_shard, unpack_shard
from builder.search.slots import Placed, layout
from builder.search.units import UNIT_LENGTH, cut

POSTINGS = st.dictionaries(st.integers(0, 5000), st.integers(0, 2), min_size=1).map(
    lambda found: dict(sorted(found.items()))
)
WORDS = "信贷公园城市湖滨增资开放报道居民出门见绿水系相通技术导览游客扫码第一"


@given(POSTINGS, st.integers(5001, 9000), st.integers(0, 700))
def test_lists_are_coded_and_back(weights: dict[int, int], slots: int, start: int) -> None:
    """Whatever the postings, what is written is read, in the slots' order."""
    moved = {start + slot: weight for slot, weight in weights.items()}
    found = decode(encode(list(moved), list(moved.values()), slots, start), slots, start)
    assert list(found.items()) == list(moved.items())


@settings(deadline=None)
@given(st.sampled_from([0, 3, 255, 256, 300, 1030, 4096]), st.integers(0, 400), st.integers(0, 1 << 30))
def test_a_changed_list_is_the_list_of_what_changed(most: int, changes: int, seed: int) -> None:
    """Short or long, growing or shrinking: changing a list in place gives the bytes of coding it anew."""
    chosen = random.Random(seed)  # noqa: S311  # a seeded choice, no secret
    before = {slot: chosen.choice((0, 0, 0, 1, 2)) for slot in sorted(chosen.sample(range(4096), most))}
    removed = set(chosen.sample(sorted(before), min(len(before), chosen.randint(0, changes))))
    kept = {slot: weight for slot, weight in before.items() if slot not in removed}
    free = [slot for slot in range(4096) if slot not in kept]
    added = {slot: chosen.choice((0, 1, 2)) for slot in chosen.sample(free, min(len(free), chosen.randint(0, changes)))}
    after = dict(sorted({**kept, **added}.items()))
    data = encode_list(before, 4096) if before else b""
    changed = changed_list(data, 4096, removed, added)
    assert changed == (encode_list(after, 4096) if after else b"")
    assert not after or list(decode_list(changed, 4096).items()) == list(after.items())


def test_a_list_that_lacks_what_is_to_go_is_refused() -> None:
    """What is to be removed must be there: else index and state do not belong together."""
    for count in (3, 900):
        with pytest.raises(ValueError, match="list"):
            changed_list(encode_list(dict.fromkeys(range(count), 0), 1024), 1024, {1000}, {})


@given(st.dictionaries(st.text("甲乙丙ab1𠮷", min_size=1, max_size=3), st.binary(max_size=600), max_size=40))
def test_shards_are_packed_and_back(lists: dict[str, bytes]) -> None:
    """A shard gives back each key's list, whatever the order of keys."""
    packed = pack_shard(lists)
    assert unpack_shard(packed, "x.gz") == lists
    assert pack_shard(dict(reversed(lists.items()))) == packed


@settings(deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(0, 40), st.integers(1, 9)), max_size=60), st.data())
def test_records_lie_apart_and_stay(wanted: list[tuple[int | None, int]], data: st.DataObject) -> None:
    """No two records share a slot, order of entry does not matter, and taking one out moves few."""
    placed = [Placed(f"r{number}", day, units) for number, (day, units) in enumerate(wanted)]
    size, slots = layout(placed)
    taken = [slot for one in placed for slot in range(slots[one.id], slots[one.id] + one.units)]
    assert len(set(taken)) == len(taken)
    assert all(slot < size for slot in taken)
    assert layout(data.draw(st.permutations(placed))) == (size, slots)


def test_the_newest_record_moves_no_other() -> None:
    """A short record behind all others in time takes a free slot; one between them moves a few at the most."""
    placed = [Placed(f"r{number}", number // 3, 1 + number % 3) for number in range(900)]
    size, slots = layout(placed)
    assert layout([*placed, Placed("new", 301, 1)]) == (
        size,
        {**slots, "new": layout([*placed, Placed("new", 301, 1)])[1]["new"]},
    )
    _, others = layout([*placed, Placed("new", 4, 1)])
    assert sum(slots[name] != others[name] for name in slots) < 20


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


def test_the_same_records_give_the_same_bytes() -> None:
    """The order in which records come, and the clock, do not show."""
    assert write_index(RECORDS, NAMES) == write_index(reversed(RECORDS), NAMES)


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"<html>" + data, lambda _: None])
@pytest.mark.parametrize("kind", ["root.gz", "shards/", "texts/"])
def test_damage_is_reported(kind: str, damage: object) -> None:
    """A file of the index that is cut short, replaced or missing raises an error that names it."""
    files = dict(write_index(RECORDS, NAMES))
    for name in [name for name in files if name.startswith(kind)]:
        damaged = damage(files.pop(name))  # type: ignore[operator]  # one of the functions above
        if damaged is not None:
            files[name] = damaged
    with pytest.raises(IndexFileError, match=kind):
        query(reading(files), "湖滨信贷")


def test_a_shard_with_false_lengths_is_reported() -> None:
    """A shard that unpacks but holds less than it says is no shard."""
    for content in ("甲\n\n\n".encode() + b"\x09\x00\x00\x80", "甲\n".encode(), b"\xff\n\n\n"):
        with pytest.raises(IndexFileError, match=r"x\.gz"):
            unpack_shard(gzip.compress(content), "x.gz")


def test_published_files_lie_in_one_folder() -> None:
    """Scripts and the theme's own index are published below ``search/``."""
    files = engine_files()
    assert {"search/worker.js", "search/page.js", "search/box.js", "search/search_index.json"} <= set(files)
    assert all(name.startswith("search/") for name in files)


def test_scripts_need_no_evaluation_and_no_modules() -> None:
    """The published scripts are classic ones that a strict Content-Security-Policy lets run."""
    for name, content in engine_files().items():
        if name.endswith(".js"):
            text = content.decode()
            assert not any(word in text for word in ("eval(", "new Function", "import ", "\nexport ", "innerHTML"))


def test_an_empty_archive_has_an_index() -> None:
    """Without records every query finds nothing, and nothing fails."""
    assert query(opened(()), "公园").hits == ()


def test_no_name_stands_twice_in_a_bundle() -> None:
    """Modules laid one behind the other share a scope, so that a name may be declared only once among them."""
    for start in ("worker.js", "page.js", "box.js"):
        declared = module_names(start)
        assert len(declared) == len(set(declared)), sorted(name for name in declared if declared.count(name) > 1)
