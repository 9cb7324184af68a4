"""Keeping the index up to date: the result is that of building it anew, and little is rewritten."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import NAMES, RECORDS, record

from builder.model.search import SearchNames, SearchRecord, SearchSection
from builder.search import IndexChange, update_index, write_index
from builder.search.writing import stub_of

WORDS = "信贷公园城市湖滨增资开放报道居民出门见绿水系相通技术导览游客扫码第一"
LETTERS = "蚂螞蟻集團科技、。 \n5Gg1𠮷"


@dataclass
class Kept:
    """An index with its state, as a caller keeps it."""

    files: dict[str, bytes] = field(default_factory=dict)
    state: bytes | None = None
    loaded: list[str] = field(default_factory=list)

    def update(self, records: Iterable[SearchRecord], names: SearchNames = NAMES) -> IndexChange:
        """Bring it up to date."""
        known = {one.id: one for one in records}
        stubs = [stub_of(one, repr(one).encode()) for one in known.values()]
        self.loaded.clear()

        def load(identifier: str) -> SearchRecord:
            self.loaded.append(identifier)
            return known[identifier]

        change = update_index(stubs, load, names, self._read, self.state)
        if change.whole:
            self.files.clear()
        self.files.update(change.files)
        for path in change.removed:
            del self.files[path]
        self.state = change.state
        return change

    def _read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(2, "No such file", path)
        return self.files[path]


def _text(chosen: random.Random, length: int) -> str:
    return "".join(chosen.choices(WORDS, k=length))


def _many(count: int) -> list[SearchRecord]:
    chosen = random.Random(3)  # noqa: S311  # a seeded shuffle, no secret
    return [
        record(f"r{number}", "标题", _text(chosen, 200), date=f"{2015 + number // 100}-{number % 9 + 1:02}-11")
        for number in range(count)
    ]


_STEP = st.tuples(
    st.sets(st.integers(0, 15)),
    st.lists(
        st.tuples(
            st.integers(0, 15),
            st.text(LETTERS, max_size=6),
            st.text(LETTERS, max_size=60),
            st.sampled_from([0, 0, 0, 0, 1100, 5000]),
            st.sampled_from(["", "2019-05-13", "2021-04-13T08:00:00+08:00", "2022-05-01"]),
        ),
        max_size=8,
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_STEP, min_size=2, max_size=5))
def test_an_update_gives_what_a_clean_build_gives(
    steps: list[tuple[set[int], list[tuple[int, str, str, int, str]]]],
) -> None:
    """Whatever is added, changed and removed, and however often: the files are byte for byte those made anew."""
    kept = Kept()
    known: dict[int, SearchRecord] = {}
    for gone, come in steps:
        for number in gone:
            known.pop(number, None)
        for number, title, text, longer, date in come:
            known[number] = record(f"r{number}", title, text + "城市公园" * longer, date=date)
        kept.update(known.values())
        clean = Kept()
        clean.update(known.values())
        assert kept.files == clean.files
        assert kept.state == clean.state


@pytest.mark.parametrize(
    "change",
    [
        lambda records: [*records, record("new", "新来的", "公园信贷，" * 40, date="2026-01-01")],
        lambda records: [*records, record("new", "新来的", "公园信贷，" * 40, date="2016-01-01")],
        lambda records: records[1:],
        lambda records: [replace(records[0], title="改过的标题"), *records[1:]],
        lambda records: [replace(records[400], date="2011-01-01"), *records[:400], *records[401:]],
    ],
    ids=["newest", "between", "removed", "corrected", "redated"],
)
def test_one_article_costs_little(change: Callable[[list[SearchRecord]], list[SearchRecord]]) -> None:
    """In an archive of 800 articles, one more, one less or a changed one loads no other and rewrites few files."""
    kept = Kept()
    kept.update(_many(800), SearchNames())
    before = dict(kept.files)
    changed = change(_many(800))
    done = kept.update(changed, SearchNames())
    assert not done.whole
    assert len(kept.loaded) <= 1
    assert all(before.get(path) != data for path, data in done.files.items())
    assert sum(path.startswith("texts/") for path in done.files) < 12
    assert kept.files == write_index(changed, SearchNames())


@pytest.mark.parametrize(("changed", "whole"), [(150, False), (400, True)])
def test_a_large_index_of_which_much_is_new_is_made_anew(changed: int, whole: bool) -> None:  # noqa: FBT001  # a case's expectation
    """Either way the bytes are those of a clean build; to bring half of it up to date would take twice the memory."""
    kept, records = Kept(), _many(800)
    kept.update(records, SearchNames())
    after = [replace(one, title="改过的标题") for one in records[:changed]] + records[changed:]
    assert kept.update(after, SearchNames()).whole == whole
    assert kept.files == write_index(after, SearchNames())


def test_nothing_changed_writes_nothing() -> None:
    """The same records again, in another order, write and remove nothing."""
    kept = Kept()
    kept.update(RECORDS)
    done = kept.update(reversed(RECORDS))
    assert (done.files, done.removed, kept.loaded) == ({}, (), [])


def test_other_names_rewrite_the_root_alone() -> None:
    """Aliases and topics' labels stand in one file."""
    kept = Kept()
    kept.update(RECORDS)
    assert list(kept.update(RECORDS, SearchNames({"loans": "贷款"})).files) == ["root.gz"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda kept: setattr(kept, "state", b"\xc1 no state"),
        lambda kept: setattr(kept, "state", kept.state[:-9]),
        lambda kept: setattr(kept, "state", None),
        lambda kept: kept.files.pop("root.gz"),
        lambda kept: kept.files.update(_others(kept.files, "root.gz")),
        lambda kept: [kept.files.pop(path) for path in list(kept.files) if path.startswith("shards/")],
        lambda kept: kept.files.update({path: data[:-5] for path, data in kept.files.items() if path[0] == "s"}),
        lambda kept: kept.files.update({path: data[5:] for path, data in kept.files.items() if path[0] == "t"}),
        lambda kept: kept.files.update(_others(kept.files, "shards/")),
    ],
    ids=["foreign", "cut", "none", "rootless", "exchanged", "shardless", "cut shards", "damaged texts", "other shards"],
)
def test_what_is_damaged_is_made_anew(harm: Callable[[Kept], object]) -> None:
    """With a state or files that are gone, damaged or another index's, the result is that of a clean build."""
    kept = Kept()
    kept.update(RECORDS)
    harm(kept)
    changed = [*RECORDS[1:], record("ffff", "新来的", "公园信贷。"), replace(RECORDS[0], title="湖滨信贷")]
    assert kept.update(changed).whole
    assert kept.files == write_index(changed, NAMES)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_writer_that_was_stopped_is_made_good(data: st.DataObject) -> None:
    """Whichever of an update's files were written before it was stopped, the next update is that of a clean build."""
    kept = Kept()
    kept.update(RECORDS)
    state, files = kept.state, dict(kept.files)
    kept.update([*RECORDS, record("ffff", "新来的", "公园信贷。")])
    changed = {path: content for path, content in kept.files.items() if files.get(path) != content}
    written = data.draw(st.sets(st.sampled_from(sorted(changed))))
    kept.files, kept.state = {**files, **{path: changed[path] for path in written}}, state
    after = [*RECORDS[1:], record("ffff", "后来的", "公园里的信贷。", date="2011-01-01")]
    kept.update(after)
    assert kept.files == write_index(after, NAMES)


def _others(files: Mapping[str, bytes], start: str) -> dict[str, bytes]:
    """Files of another index of the same size."""
    others = write_index([replace(one, sections=(SearchSection(one.address, "别的"),)) for one in RECORDS], NAMES)
    return {path: data for path, data in others.items() if path.startswith(start) and path in files}
