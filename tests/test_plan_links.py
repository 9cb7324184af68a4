"""Links between articles and plans, and the index of names."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ARCHIVE, copy_project, run_builder
from linking_samples import index_of_names, link_plans
from machines import real_archive
from samples import article

from builder.config.curation import Entities, Entity, Term, Vocabulary
from builder.config.project import load_curation
from builder.documents.parsing import parse
from builder.linking.names import Names, propose
from builder.model.archive import Archive, Entry
from builder.model.links import PlanLink
from builder.model.plan import Plan
from builder.model.post import RawDocument

TEXT = """澄湖市水乡振兴规划

一、总则

本规划所称水乡，是指湖区各镇。古桥、湿地、书屋都在其列，书屋为先。

二、守护湿地

各镇完善湿地巡护，湿地名录每年更新，候鸟监测逐步覆盖，书屋设在岸边，书屋兼作驿站。

三、修缮古桥

古桥由各镇分期修缮。书屋、古桥、湿地一并列入名录，书屋另行安排。
"""
VOCABULARY = Vocabulary(
    topics={
        "wetlands": Term(label="湿地", terms=("湿地", "候鸟保护"), weak=("候鸟",)),
        "bookshops": Term(label="书屋", terms=("书屋",)),
    }
)


def plan() -> Plan:
    """A plan with one topic at home in a section and one spread over all."""
    return parse(RawDocument("plan.txt", "", 0, "utf-8", TEXT))


def entry(text: str, identifier: str = "a") -> Entry:
    """An article with a text."""
    return Entry(article(title="消息", text=text), identifier, "jia", ())


def links(text: str, entities: Entities | None = None) -> list[tuple[str, str]]:
    """Section and topic of each link of an article."""
    found = link_plans([plan()], [entry(text)], VOCABULARY, entities or Entities())
    return [(link.eid, link.words[0].topic) for link in found]


class TestLinks:
    """Articles and sections."""

    def test_shared_words_link_to_the_topics_home(self) -> None:
        """An article that uses a topic's word twice is linked to the section that speaks of it most, with quotes."""
        (link,) = link_plans([plan()], [entry("湿地公园开放。游客说，濕地很美。")], VOCABULARY, Entities())
        assert (link.eid, link.article) == ("sec-2", "a")
        assert link.words[0].article_quote == "湿地公园开放"
        assert "湿地" in link.words[0].plan_quote
        assert link.words[0].eid == "sec-2-p1"

    def test_a_mention_in_passing_makes_no_link(self) -> None:
        """One word once is not enough."""
        assert links("记者路过湿地。") == []

    def test_a_spread_topic_has_no_home(self) -> None:
        """A topic that the plan mentions everywhere is linked nowhere."""
        assert links("书屋开了。书屋很好。书屋卖书。") == []

    def test_a_topics_other_words_need_a_shared_hint(self) -> None:
        """Other words of the topic link only where a weaker word is shared."""
        assert links("候鸟保护志愿者上岗，候鸟保护站落成。") == [("sec-2", "wetlands")]

    def test_naming_the_subject_links_the_whole(self) -> None:
        """An article that names the plan's subject is linked to the plan, and then one shared word suffices."""
        entities = Entities(entities={"revival": Entity(name="水乡振兴", kind="programme")})
        assert links("水乡振兴启动，湿地先行。", entities) == [("", "revival"), ("sec-2", "wetlands")]

    def test_seeds(self) -> None:
        """The tests' own archive gives the links that readers expect, and none besides."""
        archive, curation = real_archive(), load_curation(ARCHIVE)
        numbers = {each.id: each.article.path[:3] for each in archive.entries}
        found = link_plans(archive.plans, archive.entries, curation.vocabulary, curation.entities)
        assert sorted((numbers[link.article], link.eid) for link in found) == [
            ("001", "sec-2-1"),
            ("001", "sec-6-1"),
            ("002", "sec-2-1"),
            ("002", "sec-6-2"),
            ("003", "sec-2-1"),
            ("003", "sec-6-1"),
            ("004", "sec-5-2"),
        ]
        assert all(quoted(link, archive) for link in found)


def quoted(link: PlanLink, archive: Archive) -> bool:
    """Whether both quotes stand in what they are quoted from."""
    texts = {each.id: f"{each.article.title}\n{each.article.text}" for each in archive.entries}
    paragraphs = {paragraph.eid: paragraph.repaired for one in archive.plans for paragraph in one.paragraphs()}
    return all(
        words.article_quote.strip("…") in texts[link.article]
        and (not words.eid or words.plan_quote.strip("…") in paragraphs[words.eid])
        for words in link.words
    )


class TestNames:
    """The index of names."""

    NAMES = Names(
        Entities(
            entities={
                "ant": Entity(name="蚂蚁集团", kind="organisation", aliases=("蚂蚁金服", "蚂蚁")),
                "lake": Entity(name="澄湖", kind="place"),
            }
        )
    )

    @pytest.mark.parametrize(
        ("text", "counts"),
        [
            ("螞蟻集團與澄湖", {"ant": 1, "lake": 1}),
            ("蚂 蚁 金服，蚂蚁集团", {"ant": 2}),
            ("别的公司", {}),
        ],
    )
    def test_finds_every_form(self, text: str, counts: dict[str, int]) -> None:
        """Aliases, the other script and stray white space are found; an alias within a name counts once."""
        assert self.NAMES.in_text(text) == counts

    def test_index_lists_paragraphs_and_articles(self) -> None:
        """A name's mentions are paragraphs of plans and articles."""
        found = {
            each.slug: [(one.kind, one.eid) for one in each.mentions]
            for each in index_of_names(self.NAMES, [plan()], [entry("澄湖的蚂蚁。")])
        }
        assert found == {"ant": [("article", "")], "lake": [("article", "")]}

    def test_proposes_unknown_names(self) -> None:
        """Names that end like one, and works, are proposed; known ones are not."""
        texts = ["鼓励澄湖古桥研究院参与，依托《水乡风貌导则》。", "湖区桥梁学院与湖区桥梁学院。"]
        proposals = propose(texts, self.NAMES)
        assert [(each.name, each.kind, each.count) for each in proposals] == [
            ("湖区桥梁学院", "organisation", 2),
            ("水乡风貌导则", "work", 1),
        ]


def test_command_lists_what_is_not_entered(tmp_path: Path) -> None:
    """``names`` proposes a work that the plan cites once it is taken out of the index, and not before."""
    project = copy_project(tmp_path / "archive")
    work = "澄湖省金融产业发展规划"
    before = run_builder(project, "names", "--json")
    entities = project.curation / "entities.yml"
    lines = [line for line in entities.read_text(encoding="utf-8").split("\n") if work not in line]
    entities.write_text("\n".join(lines), encoding="utf-8")
    after = run_builder(project, "names", "--json")
    assert (before.code, after.code) == (0, 0)
    assert work not in before.out
    assert work in after.out
