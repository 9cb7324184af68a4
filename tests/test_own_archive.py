"""Somebody else's archive: seeds and curation emptied, ``mkdocs.yml`` edited, English, without a plan. It works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import copy_project, run_builder
from pages_reading import broken, pages

from builder import paths
from builder.config.project import Project

pytestmark = pytest.mark.site

CHINESE = re.compile(r"[\u3400-\u9fff\u3001\u3002\uff08-\uff1f\u300a-\u300f]")
NAMES = {
    "首页": "Home",
    "全部文章": "Articles",
    "专题": "Topics",
    "来源": "Sources",
    "规划": "Plans",
    "时间线": "Timeline",
    "手册": "Manual",
    "关于": "About",
    "数据": "Data",
    "名称": "Names",
    "浏览": "Browse",
}
TOPICS = """topics:
  river-traffic:
    label: River traffic
    terms: [ferry, canal]
    description: Boats and those who wait for them.
"""


def _post(number: int, topic: str) -> str:
    return f"""---
title: "The {topic} opens, part {number}"
date: 2020-0{number}-11T10:00:00Z
author: The Harbour Gazette
from: https://gazette.example/{number}
---
<div class="share">Share this on Facebook</div>
<p>The {topic} opened on Monday after three years of work. Crowds stood along the quay and watched the first boats.</p>
<p>The mayor said that the {topic} would carry two thousand people a day, and that the fare would not change.</p>
<p>Asked about the delay, the builders named the flood of the second winter and a strike in the third.</p>
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What that somebody does, and nothing else: no Python is edited."""
    project = copy_project(tmp_path_factory.mktemp("own"), seeds=False)
    shutil.rmtree(project.curation)
    project.curation.mkdir()
    (project.curation / "topics.yml").write_text(TOPICS, encoding="utf-8")
    (project.root / "docs" / "about.md").write_text("# About\n\nAn archive of boats.\n", encoding="utf-8")
    for number, topic in enumerate(("ferry", "canal", "lighthouse"), start=1):
        (project.seeds / f"{number}.md").write_text(_post(number, topic), encoding="utf-8")
    (project.seeds / "undated.md").write_text("# A note\n\nNobody knows when the ferry sank.\n", encoding="utf-8")
    _edit(project.mkdocs)
    done = run_builder(project, "build")
    assert done.code == 0, done.err
    return project


def _edit(configuration: Path) -> None:
    """Name, description, copyright, language and the words of the navigation, as the comments in the file invite."""
    text = configuration.read_text(encoding="utf-8")
    for key, value in (
        ("site_name", "Boats"),
        ("site_description", "Boats in the news."),
        ("copyright", "Articles belong to their publishers."),
        ("  language", "en"),
    ):
        text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", text)
    text = re.sub(r"(?m)^  - (\S+): (\S+\.md)$", lambda found: f"  - {NAMES.get(found[1], 'Page')}: {found[2]}", text)
    text = re.sub(r"name: 配色：(\S+)", "name: Colours", text)
    configuration.write_text(text, encoding="utf-8")


def _generated(project: Project) -> list[str]:
    """Paths of the published pages that the builder has written."""
    site = project.root / "site"
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return [path for path in found if paths.is_generated(f"{path.removesuffix('.html')}.md")]


def test_no_generated_page_says_a_chinese_word(own: Project) -> None:
    """Every label of every generated page, titles, attributes and scripts' words included, is in the one language."""
    pages_written = _generated(own)
    assert len(pages_written) >= 9
    for page in pages_written:
        text = (own.root / "site" / page).read_text(encoding="utf-8")
        found = CHINESE.search(text)
        assert not found, f"{page}: …{text[max(0, found.start() - 80) : found.end() + 40]}…"


def test_data_and_feeds_say_no_chinese_word(own: Project) -> None:
    """What machines read is in the archive's language too; the table of the two scripts is made of Chinese."""
    for place in paths.GENERATED:
        if place == "scripts":
            continue
        for path in (own.docs / place).rglob("*"):
            if path.suffix in {".json", ".xml", ".txt", ".md", ".csv", ".bib", ".opml"}:
                found = CHINESE.search(path.read_text(encoding="utf-8"))
                assert not found, path


def test_articles_topics_and_sources_are_there_and_all_links_lead(own: Project) -> None:
    """Pages of the posts, of the one topic, of the outlet without a profile; a plan is not missed."""
    site = own.root / "site"
    trees = pages(site)
    assert not broken(site, trees)
    home = trees["index.html"].text_content()
    assert "The lighthouse opens, part 3" in home
    topic = trees["topics/river-traffic.html"].text_content()
    assert "The ferry opens, part 1" in topic
    assert "The canal opens, part 2" in topic
    assert "lighthouse" not in topic
    source = next(tree for page, tree in trees.items() if page.startswith("sources/the-harbour"))
    assert "The Harbour Gazette" in source.text_content()
    assert {trees[page].attrib["lang"] for page in _generated(own)} == {"en"}


def test_without_any_curation_it_works_too(own: Project, tmp_path: Path) -> None:
    """Not even a vocabulary: every article is published, without a topic."""
    project = Project(tmp_path / "bare")
    shutil.copytree(own.root, project.root, ignore=shutil.ignore_patterns("site", ".cache", "curation"))
    done = run_builder(project, "build")
    assert done.code == 0, done.err
    assert "articles: 4" in done.err
    assert not CHINESE.search(done.err)
