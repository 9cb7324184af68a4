"""Answers of the page's engine, in a browser: what is claimed, what comes near, the query language, filters, counts."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from search_samples import RECORDS, Engine, record, write_index

from builder.model.search import SearchNames, SearchRecord
from builder.search.characters import plain

pytestmark = pytest.mark.browser
A, B, C, D = (f"articles/{letter * 4}.html" for letter in "abcd")
PLAN = "plans/p/index.html"
LETTERS = "蚂螞蟻集團团科技金融、。“”  \n"


@pytest.fixture(scope="module")
def engine(chromium: Browser) -> Iterator[Engine]:
    """The engine over the sample records."""
    made = Engine(chromium)
    made.index()
    yield made
    made.page.close()


@pytest.fixture(scope="module")
def other(chromium: Browser) -> Iterator[Engine]:
    """An engine for records of a test's own."""
    made = Engine(chromium)
    yield made
    made.page.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("林晚", [A]),
        ("刘捷", [B]),
        ("劉捷", [B]),
        ("城市公园昨", [C]),
        ("5g技术", [C]),
        ("182.28亿元", [A]),
        ("money20/20", [B]),
        ("oney", []),
        ("oney20/20大会", [B]),
        ("g技术", [C]),
        ("g技术不", []),
        ("提供mon", [B]),
        ("扫", [C]),
        ("镜湖日报 市委", [B]),
        ("湖政函2019", [PLAN]),
        ("横向到边纵向到底", ["plans/p/sec-2.html#sec-2-p1"]),
        ("第一记者", [A]),
        ('"第一记者"', []),
        ('"第一。记者"', [A]),
        ("「第一。记者」", [A]),
        ("“居第一” 增资", [A]),
        ("湖滨信贷 -劉捷", [A, D]),
        ("林晚 OR 扫码", [A, C]),
        ("林晚|扫码", [A, C]),
        ("标题:旧闻", [D]),
        ("标题:林晚", []),
        ("来源:镜湖 湖滨", [B]),
        ("专题:公园 信贷", [B]),
        ("湖滨信贷 2021-01..2021-12", [A]),
        ("https://example.org/news/story20210413-77.html#top", [A]),
        ("story20210413-77", [A]),
        ("001_lake.txt", [A]),
        ("-林晚", [A]),
        ('"', []),
        ("2020", []),
        ("镕基林晚", []),
        ("、。", []),
        ("", []),
    ],
)
def test_what_is_claimed(engine: Engine, text: str, expected: list[str]) -> None:
    """Each query claims what truly holds it, in either script, and nothing else."""
    assert sorted(engine.claimed(text)) == sorted(expected)


@st.composite
def _archives(draw: st.DrawFn) -> tuple[list[SearchRecord], str]:
    texts = draw(st.lists(st.text(LETTERS, max_size=80), min_size=1, max_size=6))
    whole = plain(draw(st.sampled_from(texts)))
    start = draw(st.integers(0, len(whole)))
    part = whole[start : start + draw(st.integers(2, 8))]
    return [record(f"{number}", "题", text, source="") for number, text in enumerate(texts)], part


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archive=_archives())
def test_every_part_is_found_and_nothing_that_lacks_it(other: Engine, archive: tuple[list[SearchRecord], str]) -> None:
    """Against a plain scan: each folded substring of two or more characters is found, wherever it stands."""
    records, part = archive
    holds = {entry.address for entry in records if part and part in plain(entry.sections[0].text)}
    other.index(records, SearchNames())
    answer = other.answer(part, limit=50, facets=True)
    assert {hit["address"] for hit in answer["hits"] if not hit["near"]} == holds
    assert not holds or (answer["total"], answer["isExact"]) == (len(holds), True)


def test_a_phrase_cut_inside_a_word_is_found_where_no_whole_word_is(other: Engine) -> None:
    """What begins or ends inside a word or number claims what holds it, unless some text has it with whole words."""
    texts = {
        "ant": "Ant集团昨日上市。",
        "tenant": "Tenant集团昨日开业，到场者1234人，14人离场。",
        "day": "湖滨于2014年5月22日立碑。",
        **{f"other{n}": f"2014年5月2{n % 2}日，另一处在5月22日开园，1月5月2年。" * 3 for n in range(20)},
    }
    other.index([record(name, "题", text, source="") for name, text in texts.items()], SearchNames())
    for part, found in (
        ("ant集团", ["ant"]),
        ("nant集团昨", ["tenant"]),
        ("「nant集团」", ["tenant"]),
        ("到场者12", ["tenant"]),
        ("014年5月22", ["day"]),
        ("nant", []),
        ("nant集团上", []),
        ("014年5月22日立", ["day"]),  # widened to 14年
        ("014年5月3", []),
    ):
        assert other.claimed(part) == [f"articles/{name}.html" for name in found], part
    assert other.answer("014年5月22")["hits"][0]["address"] == "articles/day.html"


@pytest.mark.parametrize("seed", [1, 2])
def test_phrases_across_units_are_found(other: Engine, seed: int) -> None:
    """In a text of several units, a phrase is found wherever it begins, at the cuts as well."""
    chosen = random.Random(seed)  # noqa: S311  # a seeded shuffle, no secret
    text = "".join(chosen.choices("蚂蚁集团科技金融市场开放", k=9000))
    other.index([record("long", "题", text), record("none", "题", "无关")], SearchNames())
    for start in (3990, 3999, 7995, chosen.randrange(8900)):
        for length in (2, 9, 60):
            assert other.claimed(text[start : start + length]) == ["articles/long.html"]


def test_a_hit_in_a_plan_leads_to_its_paragraph(engine: Engine) -> None:
    """The address carries the paragraph's fragment, and its heading is named, beyond the first unit as well."""
    hit = engine.answer("横向到边纵向到底")["hits"][0]
    assert (hit["place"], hit["section"]) == ("plans/p/sec-2.html#sec-2-p1", "二 保障")
    assert ["横向到边、纵向到底", True] in hit["excerpt"]


def test_a_plan_is_one_hit_with_its_best_sections(engine: Engine) -> None:
    """Beside the passage shown, the other sections that hold the words are named with their addresses."""
    hit = next(hit for hit in engine.answer("城市 管护")["hits"] if hit["kind"] == "plan")
    places = {hit["place"], *(other["place"] for other in hit["others"])}
    assert len([place for place in places if place.startswith("plans/p/sec-")]) == len(places) >= 1


def test_excerpts_keep_the_original_script(engine: Engine) -> None:
    """A Simplified query marks Traditional text as it is written."""
    hit = engine.answer("湖滨信贷 刘捷")["hits"][0]
    assert ["劉捷", True] in hit["excerpt"]
    assert ["湖濱信貸", True] in hit["title"]


def test_titles_come_first(engine: Engine) -> None:
    """What has the words in its title precedes what only mentions them."""
    assert engine.claimed("公园")[:2] == [C, PLAN] or engine.claimed("公园")[0] in {C, PLAN}


def test_a_passing_mention_does_not_hide_the_article_about_it(other: Engine) -> None:
    """What is about every part of a phrase precedes a long text that has the phrase once, and both are shown."""
    about = record(
        "about", "湖滨信贷上市喊停", "湖滨信贷原定上市，监管部门昨日喊停，上市暂停，湖滨信贷股价下跌。暂停多久，未说。"
    )
    mention = record("mention", "一周综述", "本周大事很多。" * 150 + "另外，湖滨信贷暂停上市。" + "别的不提。" * 150)
    other.index([about, mention, *(record(f"x{n}", "无关", "天气晴朗，适合出行。") for n in range(9))], SearchNames())
    hits = other.answer("湖滨信贷暂停上市")["hits"]
    assert [(hit["address"], hit["near"]) for hit in hits[:2]] == [
        ("articles/about.html", True),
        ("articles/mention.html", False),
    ]


def test_what_only_comes_near_is_labelled(engine: Engine) -> None:
    """Where nothing holds the whole, what holds most of it is shown as near, and nothing is claimed."""
    answer = engine.answer("湖滨信贷昨日增资")
    assert (answer["near"], answer["total"]) == (True, 0)
    assert answer["hits"][0]["address"] == A
    assert all(hit["near"] for hit in answer["hits"])


def test_filters_narrow_and_counts_say_what_else_there_is(engine: Engine) -> None:
    """Filters hold together; a facet's counts ignore its own filter and heed the others."""
    answer = engine.answer("贷款", filters={"topic": "parks"}, facets=True)
    assert [hit["address"] for hit in answer["hits"] if not hit["near"]] == [C]
    assert answer["facets"]["year"] == {"2022": 1}
    assert engine.claimed("湖滨信贷", filters={"script": "zh-Hant"}) == [B]
    assert engine.claimed("公园", filters={"year": "2022"}) == [C]


def test_sorting_by_date_is_newest_first(engine: Engine) -> None:
    """Undated records come last."""
    assert engine.claimed("湖滨", sort="date") == [B, C, A, D]


def test_counts_are_exact_or_say_at_least(other: Engine) -> None:
    """A word's count is that of its list; of a phrase's candidates some are read, and the rest is not claimed."""
    many = [record(f"m{number:03}", "题", f"第{number}号公告：城市公园昨日开放。") for number in range(60)]
    other.index(many, SearchNames())
    answer = other.answer("城市公园昨日", limit=10, facets=True)
    assert len(answer["hits"]) == 10
    assert (answer["total"] <= 60, answer["isExact"]) == (True, False)
    assert (other.answer("公园")["total"], other.answer("公园")["isExact"]) == (60, True)


def test_long_and_hostile_queries_are_bounded(engine: Engine) -> None:
    """A pasted page, lone quotation marks and control characters are answered, not raised."""
    for text in (
        "公园" * 5000,
        '"',
        "「公园",
        "\x00\x1f公园",
        "“”",
        "a " * 300,
        "来源:",
        "-",
        "|",
        "OR",
        "..",
        '-"',
        '标题:"公园',
    ):
        assert "answer" in engine.says(text)


def test_what_is_missing_is_said(other: Engine) -> None:
    """One missing file leaves the rest of the answer, which says so; without the root there is none."""
    files = dict(write_index(RECORDS, SearchNames()))
    texts = [name for name in files if "/texts/" in name]
    other.read({name: data for name, data in files.items() if name != texts[0]})
    assert other.answer("湖滨")["isPart"]
    other.read({name: data for name, data in files.items() if name != "root.gz"})
    assert other.says("湖滨")["fault"] == "fault"


def test_an_empty_archive_answers(other: Engine) -> None:
    """Without records every query finds nothing, and nothing fails."""
    other.index([], SearchNames())
    assert other.answer("公园")["hits"] == []
