"""A crawl of several pages: nothing of it is published before an editor has chosen, and then what was chosen."""

from __future__ import annotations

import hashlib

import container_samples as made
from conftest import ArchiveMaker, run_builder

from builder.config.project import Project
from builder.site.archives import read_archive

OTHER = "https://news.example.cn/2021/index.html"
CRAWL = made.warc({made.ADDRESS: made.page(), OTHER: made.page("首页")})
FILE = f"curation/crawls/{hashlib.sha256(CRAWL).hexdigest()[:16]}.yml"


def _published(project: Project) -> tuple[list[str | None], list[str]]:
    """Addresses of the articles, and codes of the problems that the crawl itself has."""
    archive = read_archive(project, linked=False)
    about = [each.code for each in archive.problems if each.code.startswith("crawl-")]
    return [entry.article.url for entry in archive.entries], about


def test_nothing_is_published_before_a_choice(make_archive: ArchiveMaker) -> None:
    """The editor is asked, with the file to write; converting the file alone still gives every page."""
    project = make_archive({"crawl.warc.gz": CRAWL})
    assert _published(project) == ([], ["crawl-several"])
    done = run_builder(project, "check")
    assert done.code == 1
    assert FILE in done.out
    assert OTHER in done.out
    assert len(run_builder(project, "convert", "--json", "seeds/crawl.warc.gz").out.splitlines()) == 2


def test_the_form_is_written_and_carried_out(make_archive: ArchiveMaker) -> None:
    """``correct`` lists every page behind #; with one # taken off, that page is published and no other."""
    project = make_archive({"crawl.warc.gz": CRAWL})
    assert run_builder(project, "correct", "seeds/crawl.warc.gz").out.split() == [FILE]
    assert _published(project) == ([], ["crawl-several"])
    form = (project.root / FILE).read_text(encoding="utf-8")
    (project.root / FILE).write_text(form.replace(f"# - {made.ADDRESS}", f"- {made.ADDRESS}"), encoding="utf-8")
    assert _published(project) == ([made.ADDRESS], [])


def test_patterns_choose_and_slips_are_said(make_archive: ArchiveMaker) -> None:
    """A star stands for anything; what meets no page is named; a file of another name stops with a line."""
    project = make_archive({"crawl.warc.gz": CRAWL})
    (project.root / FILE).parent.mkdir()
    (project.root / FILE).write_text('publish: ["*/index.html", "https://nowhere.example.cn/"]\n', encoding="utf-8")
    assert _published(project) == ([OTHER], ["crawl-page-missing"])
    (project.root / FILE).rename((project.root / FILE).with_name("mine.yml"))
    assert run_builder(project, "check").code == 2


def test_a_crawl_of_one_page_needs_no_choice(make_archive: ArchiveMaker) -> None:
    """It is published as any page."""
    project = make_archive({"crawl.warc.gz": made.warc({made.ADDRESS: made.page()})})
    assert _published(project) == ([made.ADDRESS], [])
