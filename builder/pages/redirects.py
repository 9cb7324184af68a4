"""Which addresses that have moved can lead on, and what is wrong with the others."""

from __future__ import annotations

from builder import paths
from builder.config.corrections import MOVED
from builder.model.archive import Archive
from builder.problems import Problem


def redirect_problems(archive: Archive) -> list[Problem]:
    """A problem for each redirect that cannot be: from an address that has a page, or to one that has none."""
    known = _addresses(archive)
    problems: list[Problem] = []
    for old, new in sorted(archive.moved.items()):
        if old in known:
            problems.append(Problem("moved-but-present", MOVED, None, {"old": old}))
        elif not _leads_somewhere(new, known, archive):
            problems.append(Problem("moved-to-nowhere", MOVED, None, {"old": old, "new": new}))
    return problems


def redirects(archive: Archive) -> list[tuple[str, str]]:
    """Old and new address of each redirect that can be, sorted."""
    known = _addresses(archive)
    return [
        (old, new)
        for old, new in sorted(archive.moved.items())
        if old not in known and paths.is_generated(old) and _leads_somewhere(new, known, archive)
    ]


def _leads_somewhere(address: str, known: frozenset[str], archive: Archive) -> bool:
    """Whether an address has a page; the pages of a plan are only known to lie below it."""
    return address in known or any(address.startswith(f"plans/{plan.slug}/") for plan in archive.plans)


def _addresses(archive: Archive) -> frozenset[str]:
    pages = [
        *(paths.article(entry.id) for entry in archive.entries),
        *(paths.article(stone.id) for stone in archive.tombstones),
        *(paths.source(source.slug) for source in archive.sources),
        *(paths.topic(topic.slug) for topic in archive.topics),
        *(paths.plan(plan.slug) for plan in archive.plans),
        *(paths.ARTICLES, paths.SOURCES, paths.TOPICS, paths.PLANS),
    ]
    return frozenset(f"{page.removesuffix('.md')}.html" for page in pages)
