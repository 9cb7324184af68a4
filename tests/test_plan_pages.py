"""The pages of a plan: every section and paragraph has its place, every link leads there, nothing is lost."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from conftest import copy_project
from lxml import html
from pages_reading import pages

from builder.config.project import Project, load_curation
from builder.model.plan import Plan
from builder.pages.plans.diagram import unknown_paragraphs
from builder.problems import BuilderError
from builder.site.archives import read_archive
from builder.site.building import generate

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def plan(built: Project) -> Plan:
    """The plan of the tests' own archive."""
    return read_archive(built).plans[0]


@pytest.fixture(scope="module")
def trees(built: Project, plan: Plan) -> dict[str, html.HtmlElement]:
    """The plan's pages by name."""
    return pages(built.root / "site" / "plans" / plan.slug)


def test_every_section_and_paragraph_stands_in_its_chapter_and_in_the_whole(
    plan: Plan, trees: dict[str, html.HtmlElement]
) -> None:
    """Each identifier is there once on its chapter's page, and once on the page of the whole."""
    for chapter in (*plan.provisions, *plan.annexes):
        expected = [provision.eid for provision in chapter.walk()] + [item.eid for item in chapter.all_paragraphs()]
        for page in (f"{chapter.eid}.html", "whole.html"):
            found = [node.attrib["id"] for node in trees[page].iter() if "id" in node.attrib]
            assert all(found.count(eid) == 1 for eid in expected), page


def test_paragraphs_read_as_repaired(plan: Plan, trees: dict[str, html.HtmlElement]) -> None:
    """What stands in a paragraph is its repaired text, and the sign that cites it."""
    for paragraph in plan.paragraphs():
        node = trees["whole.html"].get_element_by_id(paragraph.eid)
        for note in node.find_class("note"):
            note.drop_tree()
        assert "".join(node.text_content().split()) == "".join(paragraph.repaired.split()) + "引用"
        sign = node.find_class("cite")[0]
        assert sign.attrib["href"] == f"#{paragraph.eid}"
        assert sign.attrib["data-place"]


def test_the_overview_shows_targets_with_their_paragraphs_and_says_what_is_absent(
    plan: Plan, trees: dict[str, html.HtmlElement]
) -> None:
    """Five targets with a number, each linked; absent elements of the document are said to be absent."""
    overview = trees["index.html"]
    rows = overview.cssselect("#targets + .scroll tbody tr") or overview.cssselect(".plan-targets")[0].cssselect(
        "tbody tr"
    )
    assert len(rows) == len(plan.targets) == 5
    for row, target in zip(rows, plan.targets, strict=True):
        assert target.quote in row.text_content()
        assert row.cssselect("a")[0].attrib["href"].endswith(f"#{target.eid}")
    assert len(overview.find_class("absent")) >= 5


def test_the_drawing_links_every_place_and_says_what_it_is(
    built: Project, plan: Plan, trees: dict[str, html.HtmlElement]
) -> None:
    """Every node leads to its paragraph; the drawing says that it is not the original and has a text beside it."""
    diagram = load_curation(built).plans[plan.slug].diagram
    assert diagram
    assert not unknown_paragraphs(diagram, plan)
    figure = trees["index.html"].find_class("drawing")[0]
    assert "非原图" in figure.text_content()
    drawn = [node.text_content() for node in figure.cssselect("svg a")]
    told = [node.text_content() for node in figure.cssselect("details a")]
    assert sorted(drawn) == sorted(told)
    assert len(drawn) > 10


def test_the_collation_shows_every_line_and_every_repair(plan: Plan, trees: dict[str, html.HtmlElement]) -> None:
    """Each line of the seed that is not blank stands there verbatim, each repair with its words."""
    collation = trees["collation.html"]
    shown = [int(node.text_content()) for node in collation.find_class("line")]
    assert shown == [number for number, line in enumerate(plan.source, 1) if line.strip()]
    assert len(collation.cssselect(".repairs li")) == len(plan.repairs)


def test_articles_and_sections_lead_to_each_other(built: Project, plan: Plan) -> None:
    """Whatever binds an article and a section is shown on both pages."""
    archive = read_archive(built)
    site = pages(built.root / "site")
    for found in chain(*archive.plan_links.values()):
        article = site[f"articles/{found.article}.html"]
        target = f"#{found.eid}" if found.eid else f"{plan.slug}/index.html"
        assert any(node.attrib["href"].endswith(target) for node in article.cssselect(".plan-sections a"))


def test_a_diagram_that_names_a_missing_paragraph_is_refused(tmp_path: Path) -> None:
    """A mistyped paragraph stops with the file and the identifier."""
    project = copy_project(tmp_path / "archive")
    path = min((project.curation / "plans").glob("*.yml"))
    path.write_text(path.read_text(encoding="utf-8").replace("sec-7-1-p1", "sec-7-1-p99"), encoding="utf-8")
    with pytest.raises(BuilderError, match="sec-7-1-p99"):
        generate(project)
