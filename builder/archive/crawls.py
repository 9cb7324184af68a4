"""Crawls of several pages: an editor says which of them are articles of the archive; until then none is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from builder.archive.intake import Intake
from builder.config.corrections import crawl_file
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.container import file_of
from builder.model.plan import Plan
from builder.problems import Problem

_NAMED_PAGES = 20


def with_chosen_pages(intake: Intake, curation: Curation) -> Intake:
    """What the seeds hold without the pages of crawls that no editor has chosen.

    A problem is added for each crawl of which nothing is chosen, and for each choice that meets no page.
    """
    crawls = several_pages(intake.items)
    if not crawls:
        return intake
    kept: set[str] = set()
    problems: list[Problem] = []
    for file, pages in sorted(crawls.items()):
        chosen = curation.crawls.get(crawl_file(pages[0].sha256))
        wanted = (chosen.publish if chosen else None) or ()
        kept |= {page.path for page in pages if any(_is_meant(page, pattern) for pattern in wanted)}
        problems += _asked(file, pages) if not wanted else _missed(file, pages, wanted)
    gone = {page.path for pages in crawls.values() for page in pages} - kept
    return replace(
        intake,
        articles=tuple(each for each in intake.articles if each.path not in gone),
        plans=tuple(each for each in intake.plans if each.path not in gone),
        problems=(*intake.problems, *problems),
    )


def several_pages(items: Iterable[Article | Plan]) -> dict[str, list[Article | Plan]]:
    """The crawls that hold more than one page, by their files."""
    files: dict[str, list[Article | Plan]] = defaultdict(list)
    for item in items:
        if item.container == "warc" and item.member:
            files[file_of(item.path, item.member)].append(item)
    return {file: pages for file, pages in files.items() if len(pages) > 1}


def _is_meant(page: Article | Plan, pattern: str) -> bool:
    return page.member == pattern or fnmatchcase(page.member, pattern)


def _asked(file: str, pages: Sequence[Article | Plan]) -> Iterable[Problem]:
    named = "; ".join(f"{page.member} ({page.title})" for page in pages[:_NAMED_PAGES])
    values = {"count": str(len(pages)), "pages": named, "file": crawl_file(pages[0].sha256), "seed": f"seeds/{file}"}
    yield Problem("crawl-several", file, None, values)


def _missed(file: str, pages: Sequence[Article | Plan], wanted: Iterable[str]) -> Iterable[Problem]:
    for pattern in wanted:
        if not any(_is_meant(page, pattern) for page in pages):
            yield Problem("crawl-page-missing", file, None, {"page": pattern, "file": crawl_file(pages[0].sha256)})
