"""The archive's own words and other names: Pinyin, Zhuyin, homophones, like shapes, regions, numbers, dates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from search_samples import Engine, record

from builder.model.search import SearchNames
from builder.search.lexicon import Lookups, names_in, names_of, shortened, write_lexicon
from builder.search.packing import pack_json, unpack_json
from builder.search.words import words_in

RECORDS = [
    *(
        record(f"w{n}", "任志强谈垄断", f"任志强第{n}次谈到垄断行业。行业垄断由来已久，任志强这样说。")
        for n in range(4)
    ),
    *(record(f"c{n}", "芯片短缺", f"第{n}周，芯片短缺，芯片厂商涨价。") for n in range(4)),
    record("money", "增资", "获准增资182.28亿元，注册资本居第一。", date="2021-04-13"),
    record("twelve", "12港人", "12港人的家属发声。", date="2020-10-01"),
    record("bank", "央行", "湖滨中央银行（以下简称湖央行）今日宣布。湖央行称，", date="2020-10-02"),
]


@pytest.fixture(scope="module")
def engine(chromium: Browser) -> Iterator[Engine]:
    """The engine over the records above."""
    made = Engine(chromium)
    made.index(RECORDS, SearchNames(aliases={"湖港人士": ("12港人",)}))
    yield made
    made.page.close()


@pytest.mark.parametrize(
    ("typed", "name", "address"),
    [
        ("renzhiqiang", "任志强", "articles/w"),
        ("ren zhiqiang", "任志强", "articles/w"),
        ("rzq", "任志强", "articles/w"),
        ("ㄖㄣˋ ㄓˋ ㄑㄧㄤˊ", "任志强", "articles/w"),
        ("任志墙", "任志强", "articles/w"),
        ("拢断", "垄断", "articles/w"),
        ("晶片", "芯片", "articles/c"),
        ("18,228,000,000", "182.28亿", "articles/money"),
        ("十二港人", "12港人", "articles/twelve"),
        ("湖港人士", "12港人", "articles/twelve"),
        ("湖滨中央银行", "湖央行", "articles/bank"),
    ],
)
def test_what_was_meant_is_found_and_said(engine: Engine, typed: str, name: str, address: str) -> None:
    """Each other form leads to the article, says what it was taken for, and can be taken back."""
    answer = engine.answer(typed)
    assert answer["hits"][0]["address"].startswith(address)
    assert name in [other for said in answer["widened"] for other in said["names"]]
    without = engine.answer(typed, without=[other for said in answer["widened"] for other in said["names"]])
    assert name not in [other for said in without["widened"] for other in said["names"]]


def test_nothing_is_meant_that_is_not_there(engine: Engine) -> None:
    """What was typed is put right only where something has all of what comes of it."""
    assert engine.answer("拢断行业")["meant"] == ["垄断行业"]
    assert engine.answer("拢断新书")["meant"] == []


@pytest.mark.parametrize(
    "typed",
    [
        "2021年4月",
        "2021-04-13",
        "民國110年4月",
        "日期:2021",
        "2021-01..2021-12",
        "二零二一年四月",
        "民国一百一十年四月十三日",
    ],
)
def test_a_date_finds_what_was_published_then(engine: Engine, typed: str) -> None:
    """In any form; the months of other years are left out."""
    assert "articles/money.html" in engine.claimed(typed, limit=20)
    assert "articles/twelve.html" not in engine.claimed(typed, limit=20)


def test_words_stand_together_more_often_than_chance_has_it() -> None:
    """A word is found, a stretch that only happens to be common is not, nor a part of a word."""
    words = set(words_in([f"{one.title}\n{one.sections[0].text}" for one in RECORDS]))
    assert {"任志强", "垄断", "芯片"} <= words
    assert not {"志强", "强谈", "任志"} & words


def test_names_come_from_the_texts() -> None:
    """A full name begins behind punctuation, or where two texts agree that it does."""
    assert names_in(shortened("昨日，湖滨中央银行（以下简称湖央行）宣布")) == [("湖滨中央银行", "湖央行")]
    told, said = shortened("他告诉湖滨广播公司（LBC）"), shortened("据说湖滨广播公司（LBC）")
    assert names_in([*told, *said]) == [("湖滨广播公司", "LBC")]
    assert names_in(told) == []


def test_names_inside_one_another_are_no_other_names() -> None:
    """One finds what the other finds anyway."""
    assert names_of(["甲乙"], [("甲乙集团", "甲乙"), ("甲乙集团", "丙丁")], Lookups())[0] == "甲乙集团 丙丁"


def test_readings_are_those_of_the_word() -> None:
    """A character with two readings is read as its word has it."""
    files = {path: unpack_json(data, path) for path, data in write_lexicon(["重庆", "银行", "重要"], Lookups())}
    content = files["lexicon.gz"]
    special = files["lexicon/c.gz"]["special"] | files["lexicon/y.gz"]["special"]
    alone = dict(zip(content["characters"], content["readings"].split(" "), strict=True))
    assert special.get("重庆", f"{alone['重']} {alone['庆']}") == "chong qing"
    assert special.get("银行", f"{alone['银']} {alone['行']}") == "yin hang"
    assert content["zhuyin"]["ㄧㄣ"] == "yin"
    assert files["lexicon/z.gz"]["words"] == "重庆 重要"


def test_what_is_there_only_in_other_words_says_so(engine: Engine) -> None:
    """A hit that has another name of what was typed claims nothing letter for letter; one that has it itself does."""
    assert all(hit["isOther"] and not hit["near"] for hit in engine.answer("晶片")["hits"])
    assert not any(hit["isOther"] for hit in engine.answer("芯片")["hits"])


def test_words_are_whole() -> None:
    """A stretch that cuts the word before it is no word of its own."""
    lands, things = ("美国", "英国", "法国"), ("政府", "总统", "议会")
    others = map(chr, range(0x5600, 0x6200))  # a text has other characters too, so that words stand out
    joined = (land + thing for land in lands for thing in things)
    found = set(words_in(["，".join([*lands * 6, *things * 6, *joined, *others])] * 4))
    assert {*lands, *things} <= found
    assert not {land[-1] + thing for land in lands for thing in things} & found


def test_every_character_is_read_as_it_was_written(engine: Engine) -> None:
    """The browser reads packed JSON as it was, whatever characters it has: GBK is not quite the same everywhere."""
    text = "".join(chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000)
    read = """async (packed) => {
        const stream = new Blob([Uint8Array.from(packed, (character) => character.charCodeAt(0))]).stream();
        const bytes = await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
        return JSON.parse(new TextDecoder("gbk").decode(bytes));
    }"""
    assert engine.page.evaluate(read, pack_json(text).decode("latin-1")) == text
