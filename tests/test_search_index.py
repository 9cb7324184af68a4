"""The files of the index: coding, shards, segments, damage."""

from __future__ import annotations

import gzip
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_samples import NAMES, RECORDS, opened, reading, record

from builder.model.search import SearchNames
from builder.search import IndexFileError, query, write_index
from builder.search.bundling import module_names
from builder.search.coding import Lists, decode, encode, from_bytes, to_bytes
from builder.search.publishing import search_files
from builder.search.shards import read_shard, shard_name, write_shards
from builder.search.units import UNIT_LENGTH, cut

POSTINGS = st.dictionaries(st.integers(0, 5000), st.integers(0, 2), min_size=1).map(
    lambda found: dict(sorted(found.items()))
)
WORDS = "信贷公园城市湖滨增资开放报道居民出门见绿水系相通技术导览游客扫码第一"


@given(st.lists(POSTINGS, min_size=1, max_size=5), st.integers(5001, 9000))
def test_lists_are_coded_and_back(lists: list[dict[int, int]], units: int) -> None:
    """Whatever the postings, what is written is read."""
    bits = from_bytes(to_bytes([encode(list(weights), _weighted(weights), units) for weights in lists]))
    place = 0
    for weights in lists:
        read, place = decode(bits, place, units)
        assert read == _postings(weights)


def _weighted(weights: dict[int, int]) -> list[int]:
    return [place << 2 | weight for place, weight in enumerate(weights.values()) if weight]


def _postings(weights: dict[int, int]) -> list[int]:
    return [unit << 2 | weight for unit, weight in weights.items()]


@given(
    st.dictionaries(st.text("甲乙丙ab1𠮷", min_size=1, max_size=3), POSTINGS, min_size=1, max_size=40),
    st.integers(1, 200),
)
def test_every_key_is_found_in_its_shard(lists: dict[str, dict[int, int]], size: int) -> None:
    """The directory leads to the shard with the key's list, whatever the size of shards."""
    gathered = Lists()
    for key, weights in lists.items():
        gathered.units[key].extend(weights)
        gathered.weighted[key].extend(_weighted(weights))
    directory, shards = write_shards(gathered, 5001, size)
    assert list(directory.starts) == sorted(directory.starts)
    for key, weights in lists.items():
        name = shard_name(directory, key)
        assert name
        assert read_shard(shards[name], 5001, name)[key] == _postings(weights)


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


def test_a_new_article_rewrites_few_files() -> None:
    """In an archive of 800 articles, the newest one changes less than a tenth of the index."""
    chosen = random.Random(3)  # noqa: S311  # a seeded shuffle, no secret
    records = [
        record(
            f"r{number}",
            "标题",
            "".join(chosen.choices(WORDS, k=200)),
            date=f"{2015 + number // 100}-{number % 9 + 1:02}-11",
        )
        for number in range(800)
    ]
    before = write_index(records, SearchNames())
    after = write_index([*records, record("new", "新来的", "公园信贷，" * 40, date="2026-01-01")], SearchNames())
    changed = {name for name in after if before.get(name) != after[name]}
    assert sum(len(after[name]) for name in changed) < sum(map(len, after.values())) / 10
    assert not any(name.startswith("main/") for name in changed)


def test_a_correction_moves_no_other_unit() -> None:
    """A corrected title changes that article's file of text and no other's."""
    before = write_index(RECORDS, NAMES)
    after = write_index([record("aaaa", "湖滨信贷增资获准", "湖滨信贷获准增资。"), *RECORDS[1:]], NAMES)
    assert len([name for name in after if name.startswith("texts/") and before.get(name) != after[name]]) == 1


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"<html>" + data, lambda _: None])
@pytest.mark.parametrize("kind", ["root.gz", "main/", "texts/"])
def test_damage_is_reported(kind: str, damage: object) -> None:
    """A file of the index that is cut short, replaced or missing raises an error that names it."""
    files = dict(write_index(RECORDS, NAMES))
    for name in [name for name in files if name.startswith(kind)]:
        damaged = damage(files.pop(name))  # type: ignore[operator]  # one of the functions above
        if damaged is not None:
            files[name] = damaged
    with pytest.raises(IndexFileError, match=kind):
        query(reading(files), "湖滨信贷")


def test_a_shard_with_false_bits_is_reported() -> None:
    """A shard that unpacks but holds too few bits is no shard."""
    with pytest.raises(IndexFileError, match=r"x\.gz"):
        read_shard(gzip.compress("\t甲乙\n\n".encode() + b"\x80"), 10, "x.gz")


def test_published_files_lie_in_one_folder() -> None:
    """Index, scripts and the theme's own index are published below ``search/``."""
    files = search_files(RECORDS, NAMES)
    assert {
        "search/worker.js",
        "search/page.js",
        "search/box.js",
        "search/search_index.json",
        "search/data/root.gz",
    } <= set(files)
    assert all(name.startswith("search/") for name in files)


def test_scripts_need_no_evaluation_and_no_modules() -> None:
    """The published scripts are classic ones that a strict Content-Security-Policy lets run."""
    for name, content in search_files((), NAMES).items():
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
