"""Near-duplicates across outlets and scripts, and related articles: found, few, and in linear work."""

from __future__ import annotations

import cProfile
import dataclasses
import random
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import opencc
import pytest
from conftest import ARCHIVE, ArchiveMaker
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_samples import related, same_stories
from samples import article

from builder.archive.assembly import assemble
from builder.archive.intake import take_in
from builder.config.curation import Correction, Corrections
from builder.config.project import Project, load_curation
from builder.linking.thresholds import duplicate_thresholds, related_thresholds
from builder.model.archive import Archive, Entry
from builder.site.building import generate

SHARED = Path(__file__).parents[2] / "shared"
STORY = (
    "杭州市政府与一家支付公司昨日签署战略合作协议，双方将在移动支付和信用体系等领域开展合作。"
    "市长在仪式上表示，杭州要建成全球一流的金融科技中心，欢迎更多企业参与城市建设。"
    "公司董事长说，将把新的研究院设在滨江区，三年内投入十亿元，招聘两千名工程师。"
    "当地金融监管部门介绍，试点项目须在风险可控的前提下先行先试，成熟一个推出一个。"
)
OTHER = (
    "北部山区连日大雪，三条高速公路封闭，铁路部门加开列车疏散滞留旅客。"
    "气象台预报未来两天气温继续下降，提醒居民防寒，学校停课一天。"
    "电力公司出动两百名抢修人员，截至傍晚已恢复九成用户的供电。"
)


def _entry(identifier: str, text: str, day: str | None = "2021-04-13", **changes: object) -> Entry:
    topics = tuple(map(str, changes.pop("topics", ())))  # type: ignore[call-overload]  # a tuple
    return Entry(article(text=text, published=day, path=f"{identifier}.txt", **changes), identifier, "s", topics)


def _groups(entries: Sequence[Entry]) -> list[list[str]]:
    return [[entry.id for entry in group] for group in same_stories(entries)]


def _words(seed: int, count: int) -> str:
    """Text that resembles nothing: random characters from the start of the Chinese block."""
    return "".join(random.Random(seed).choices([chr(0x4E00 + number) for number in range(3000)], k=count))  # noqa: S311  # no secret


@pytest.fixture(scope="module")
def seeds() -> Archive:
    """The tests' own archive."""
    curation = load_curation(ARCHIVE)
    return assemble(take_in(ARCHIVE.seeds, curation), curation)


def test_the_same_story_in_the_other_script_is_found() -> None:
    """Traditional characters with Taiwan's wording, another lead and another sign-off are the same report."""
    there = f"（本台綜合報導）{opencc.OpenCC('s2twp').convert(STORY)}（編輯：某某）"
    assert _groups([_entry("b", there, "2021-04-14"), _entry("a", STORY), _entry("c", OTHER)]) == [["a", "b"]]


def test_the_earliest_article_leads_and_undated_ones_never_do() -> None:
    """Whatever the order of the files, the first of a group is the earliest that has a date."""
    entries = [_entry("a", STORY, None), _entry("b", STORY, "2021-04-15"), _entry("c", STORY, "2021-04-14")]
    assert {tuple(map(tuple, _groups(order))) for order in (entries, entries[::-1])} == {(("c", "b", "a"),)}


def test_a_shared_ending_does_not_make_one_story() -> None:
    """Two reports above the same long background of the same outlet stay two."""
    background = STORY * 3
    first, second = _words(1, 300), _words(2, 300)
    assert not _groups([_entry("a", first + background), _entry("b", second + background)])
    assert _groups([_entry("a", first + background), _entry("b", first + background)]) == [["a", "b"]]


def test_a_note_inside_a_survey_and_short_texts_are_no_duplicates() -> None:
    """A paragraph quoted in a long article is not that article, and a line of boilerplate says too little."""
    assert not _groups([_entry("a", STORY), _entry("b", STORY + _words(3, 2000))])
    assert not _groups([_entry("a", "网页暂时无法显示，请稍后再试。"), _entry("b", "网页暂时无法显示，请稍后再试。")])


def _comparisons(entries: Sequence[Entry]) -> int:
    """How many pairs of articles are compared while they are grouped."""
    profile = cProfile.Profile()
    profile.runcall(same_stories, entries)
    return sum(each.callcount for each in profile.getstats() if getattr(each.code, "co_name", "") == "_same")


def test_a_story_told_many_times_costs_one_comparison_each() -> None:
    """Followers never stand in the buckets: a thousand copies are compared with their leader, not with each other."""
    entries = [_entry(f"{number:04}", f"{STORY}（第{number}次转载）") for number in range(1000)]
    assert len(_groups(entries)[0]) == 1000
    assert _comparisons(entries) == 999


def test_candidates_are_bounded_even_where_everything_looks_alike() -> None:
    """Articles that share their background but are no duplicates are compared with a fixed number of others."""
    entries = [_entry(f"{number:04}", _words(number, 220) + _words(9999, 800)) for number in range(200)]
    assert not _groups(entries)
    assert 0 < _comparisons(entries) <= len(entries) * duplicate_thresholds().candidates


@given(st.lists(st.text(max_size=80), max_size=6), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_groups_share_no_article_and_ignore_order(texts: list[str], order: random.Random) -> None:
    """For any texts, groups are disjoint, each has at least two, and the order of the input does not matter."""
    entries = [_entry(f"{number:02}", text * 4) for number, text in enumerate(texts)]
    groups = _groups(entries)
    members = [identifier for group in groups for identifier in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)
    order.shuffle(entries)
    assert _groups(entries) == groups


def test_the_two_reports_of_one_event_are_related_not_duplicates(seeds: Archive) -> None:
    """Of four articles, the two on the event of April 2021 are each other's relatives, and no two are one story."""
    by_path = {entry.article.path[:3]: entry for entry in seeds.entries}
    assert by_path["002"].id in by_path["001"].related
    assert by_path["001"].id in by_path["002"].related
    assert not any(entry.story for entry in seeds.entries)


def _told_twice(make_archive: ArchiveMaker) -> Project:
    """An archive of one story in two outlets, and an article that shares its beginning."""
    head = "---\ntitle: {title}\ndate: {day}\nauthor: {outlet}\n---\n{text}\n"
    return make_archive(
        {
            "late.md": head.format(title="转载", day="2021-04-14", outlet="乙报", text=STORY),
            "early.md": head.format(title="首发", day="2021-04-13", outlet="甲报", text=STORY),
            "near.md": head.format(title="战略合作协议之后", day="2021-04-15", outlet="甲报", text=STORY[:60] + OTHER),
        }
    )


def test_groups_reach_the_archive(make_archive: ArchiveMaker) -> None:
    """Assembling an archive fills each article's story and its related articles; an editor may choose the main one."""
    project = _told_twice(make_archive)
    curation = load_curation(project)
    entries = {entry.article.path: entry for entry in assemble(take_in(project.seeds, curation), curation).entries}
    ids = {path: entry.id for path, entry in entries.items()}
    assert entries["early.md"].story == entries["late.md"].story == (ids["early.md"], ids["late.md"])
    assert entries["near.md"].story == ()
    chosen = Corrections(seeds={"late.md": Correction(why="全文", canonical=True)})
    again = assemble(take_in(project.seeds, curation), dataclasses.replace(curation, corrections=chosen)).entries
    assert {entry.story for entry in again} == {(), (ids["late.md"], ids["early.md"])}
    assert len(set(entries["near.md"].related) & {ids["early.md"], ids["late.md"]}) == 1


def test_pages_lead_from_each_telling_to_the_others(make_archive: ArchiveMaker) -> None:
    """Each article of a story links the others under one heading, and a related article under another."""
    project = _told_twice(make_archive)
    entries = {entry.article.path: entry.id for entry in generate(project)[0].entries}
    page = (project.docs / "articles" / f"{entries['late.md']}.md").read_text(encoding="utf-8")
    told, _, others = page.partition('<h2 id="same-story">')[2].partition('<h2 id="related">')
    assert f'href="{entries["early.md"]}.html"' in told
    assert f'href="{entries["near.md"]}.html"' in others.partition("</section>")[0]


def test_related_articles_are_few_and_bear_on_the_article() -> None:
    """Rare words in common bring articles together; what shares nothing stays apart; of a story one is shown."""
    texts = {"a": STORY, "b": STORY[:60] + _words(5, 300), "c": OTHER, "d": _words(6, 300)}
    entries = [_entry(identifier, text, title=text[:12]) for identifier, text in texts.items()]
    copy = _entry("e", STORY + "。", title=STORY[:12])
    stories = same_stories([*entries, copy])
    found = related([*entries, copy], stories)
    assert found["a"] == ("b",)
    assert found["e"] == ("b",)
    assert found["b"] == ("a",)
    assert found["c"] == found["d"] == ()


def test_related_articles_are_at_most_as_many_as_shown() -> None:
    """However many articles are alike, only a few are named, and none is its own relative."""
    entries = [_entry(f"{number:02}", STORY[:80] + _words(number, 60)) for number in range(30)]
    found = related(entries)
    assert {len(others) for others in found.values()} == {related_thresholds().shown}
    assert all(identifier not in others for identifier, others in found.items())


def test_topics_in_common_bring_nearer() -> None:
    """With the same words in common, the article that shares topics comes first."""
    same = STORY[:60]
    entries = [
        _entry("a", same + _words(1, 100), topics=("pay",)),
        _entry("b", same + _words(2, 100)),
        _entry("c", same + _words(3, 100), topics=("pay",)),
    ]
    assert related(entries)["a"] == ("c", "b")


def test_work_does_not_explode_with_common_words() -> None:
    """Words that every article has are passed over: memory for a thousand near-identical articles stays bounded."""
    entries = [_entry(f"{number:04}", STORY) for number in range(1000)]
    tracemalloc.start()
    found = related(entries)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not any(found.values())
    assert peak < 50_000_000


@pytest.mark.shared
def test_real_articles_of_another_script_are_found_and_nothing_else() -> None:
    """Of real posts, re-scripted copies are found again, nearly all; no two different stories become one."""
    if not SHARED.is_dir():
        pytest.skip("no annotated corpus beside the checkout")
    posts = [
        post
        for folder in ("cna-trad", "rti-trad", "dw", "reuters-cn")
        for post in take_in(SHARED / "corpus" / folder, load_curation(ARCHIVE)).articles
        if len(post.text) > 80
    ]
    converter = opencc.OpenCC("tw2sp")
    originals = [Entry(post, f"{number:04}", "s", ()) for number, post in enumerate(posts)]
    copies = [
        _entry(f"{entry.id}-copy", f"（本台综合报道）{converter.convert(entry.article.text)}")
        for entry in originals
        if entry.article.language == "zh-Hant"
    ]
    groups = _groups([*originals, *copies])
    assert all(len({identifier[:4] for identifier in group}) == 1 for group in groups)
    assert len(groups) >= 0.98 * len(copies) > 100
