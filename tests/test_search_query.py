"""Answers: exact, quoted, near, widened, filtered."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from conftest import copy_project, run_builder
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import opened, record

from builder.config.project import Project
from builder.model.search import SearchNames, SearchRecord
from builder.search import Answer, query
from builder.search.characters import plain
from builder.search.parsing import parse

INDEX = opened()
A, B, C = (f"articles/{letter * 4}.html" for letter in "abc")
LETTERS = "蚂螞蟻集團团科技金融、。“”  \n5Gga1.-é𠮷"


def found(text: str, **options: object) -> list[str]:
    """Identifiers of the hits."""
    return [hit.address[9:13] for hit in _ask(text, **options).hits]


def _ask(text: str, **options: object) -> Answer:
    return query(INDEX, text, **options)  # type: ignore[arg-type]  # the options of query


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("林晚", [A]),
        ("刘捷", [B]),
        ("劉捷", [B]),
        ("城市公园昨", [C]),
        ("5g技术", [C]),
        ("182.28亿元", [A]),
        ("82.28", [A]),
        ("money20/20", [B]),
        ("oney", [B]),
        ("扫", [C]),
        ("镜湖日报 市委", [B]),
        ("湖政函2019", ["plans/p/index.html"]),
        ("横向到边纵向到底", ["plans/p/sec-2.html#sec-2-p1"]),
        ("第一记者", [A]),
        ('"第一记者"', []),
        ('"第一。记者"', [A]),
        ("「第一。记者」", [A]),
        ("“居第一” 增资", [A]),
        ("2020", []),
        ("镕基林晚", []),
        ("、。", []),
        ("", []),
    ],
)
def test_queries(text: str, expected: list[str]) -> None:
    """Each query finds what truly holds it, in either script, and nothing else."""
    assert [hit.place for hit in _ask(text).hits if not hit.near] == expected


@st.composite
def _archives(draw: st.DrawFn) -> tuple[list[SearchRecord], str]:
    texts = draw(st.lists(st.text(LETTERS, max_size=80), min_size=1, max_size=6))
    whole = plain(draw(st.sampled_from(texts)))
    start = draw(st.integers(0, len(whole)))
    part = whole[start : start + draw(st.integers(2, 8))]
    return [record(f"{number}", "题", text, source="") for number, text in enumerate(texts)], part


@settings(max_examples=60, deadline=None)
@given(_archives())
def test_every_part_is_found_and_nothing_that_lacks_it(archive: tuple[list[SearchRecord], str]) -> None:
    """Against a plain scan: each folded substring of two or more characters is found, wherever it stands."""
    records, part = archive
    terms = [term.plain for term in parse(part)]
    holds = {entry.address for entry in records if all(term in plain(entry.sections[0].text) for term in terms)}
    answer = query(opened(records, SearchNames()), part, limit=50)
    exact = {hit.address for hit in answer.hits if not hit.near}
    assert exact == (holds if terms else set())
    assert answer.near or not terms or answer.total == len(holds)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1 << 30))
def test_phrases_across_units_are_found(seed: int) -> None:
    """In a text of several units, a phrase is found wherever it begins, at the cuts as well."""
    chosen = random.Random(seed)  # noqa: S311  # a seeded shuffle, no secret
    text = "".join(chosen.choices("蚂蚁集团科技金融市场开放", k=9000))
    index = opened([record("long", "题", text), record("none", "题", "无关")], SearchNames())
    for start in (3990, 3999, 7995, chosen.randrange(8900)):
        for length in (2, 9, 63, 90):
            answer = query(index, text[start : start + length])
            assert [hit.address for hit in answer.hits if not hit.near] == ["articles/long.html"]


def test_a_hit_in_a_plan_leads_to_its_paragraph() -> None:
    """The address carries the paragraph's fragment, and its heading is named, beyond the first unit as well."""
    hit = _ask("横向到边纵向到底").hits[0]
    assert hit.place == "plans/p/sec-2.html#sec-2-p1"
    assert hit.section == "二 保障"
    assert ("横向到边、纵向到底", True) in hit.excerpt


def test_excerpts_keep_the_original_script() -> None:
    """A Simplified query marks Traditional text as it is written."""
    hit = _ask("湖滨信贷 刘捷").hits[0]
    assert ("劉捷", True) in hit.excerpt
    assert ("湖濱信貸", True) in hit.title


def test_titles_come_first() -> None:
    """What has the words in its title precedes what only mentions them."""
    assert found("公园")[0] == "cccc"


def test_other_names_widen_visibly() -> None:
    """A name also finds its other name, behind the exact hits, and says so; two words may be a name."""
    answer = _ask("湖濱信貸")
    assert answer.widened == ("湖滨金服",)
    assert [(hit.address[9:13], hit.name) for hit in answer.hits] == [("bbbb", ""), ("aaaa", ""), ("dddd", "湖滨金服")]
    assert [hit.name for hit in _ask("lake credit").hits] == ["湖滨信贷", "湖滨信贷"]
    assert _ask('"湖滨信贷"').widened == ()


def test_near_matches_are_labelled() -> None:
    """Where nothing holds the whole, what holds most of it is near; where too little is there, nothing is."""
    answer = _ask("湖滨信贷昨日增资")
    assert answer.near
    assert answer.hits[0].address == "articles/aaaa.html"
    assert all(hit.near for hit in answer.hits)
    assert not _ask("公园里的大象跳舞").hits
    assert _ask("城市公园昨日开放游客可扫码贷款与此无关信贷").hits[0].address == "articles/cccc.html"


def test_filters_narrow_and_counts_say_what_else_there_is() -> None:
    """Filters hold together; a facet's counts ignore its own filter and heed the others."""
    answer = _ask("贷", filters={"source": "湖滨晚报", "topic": "loans"}, facets=True)
    assert [hit.address[9:13] for hit in answer.hits] == ["aaaa"]
    assert answer.facets["source"] == {"湖滨晚报": 1, "鏡湖日報": 1}
    assert answer.facets["topic"] == {"loans": 1, "parks": 1}
    assert answer.facets["year"] == {"2021": 1}
    assert found("贷", filters={"script": "zh-Hant"}) == ["bbbb"]
    assert found("贷", filters={"year": "2022"}) == ["cccc"]


def test_sorting_by_date_is_newest_first() -> None:
    """Undated records come last."""
    assert found("湖滨", sort="date") == ["bbbb", "cccc", "aaaa", "dddd"]


def test_counts_are_exact_or_say_that_they_are_not() -> None:
    """With more candidates than are read, the total is said to be approximate."""
    many = [record(f"m{number:03}", "题", f"第{number}号公告：城市公园昨日开放。") for number in range(40)]
    answer = query(opened(many, SearchNames()), "城市公园昨日", limit=10)
    assert len(answer.hits) == 10
    assert (answer.total, answer.exact) == (40, False)
    assert query(opened(many, SearchNames()), "城市公园昨日", limit=40).exact
    assert query(opened(many, SearchNames()), "公园", limit=10).exact


def test_long_and_hostile_queries_are_bounded() -> None:
    """A pasted page, lone quotation marks and control characters are answered, not raised."""
    for text in ("公园" * 5000, '"', "「公园", "\x00\x1f公园", "“”", "a " * 300):
        _ask(text)


@pytest.mark.site
def test_the_terminal_finds_what_the_site_finds(built: Project, tmp_path: Path) -> None:
    """``builder search`` reads the published index, widens visibly, and says what to do where there is none."""
    found = run_builder(built, "search", "钟望湖")
    assert (found.code, found.out.splitlines()[0][:4]) == (0, "镜湖获批")
    assert "也搜索了" in run_builder(built, "search", "澄湖支付").out
    lost = run_builder(copy_project(tmp_path / "archive"), "search", "钟望湖")
    assert (lost.code, "请先运行 build" in lost.err) == (2, True)
