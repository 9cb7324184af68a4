"""Articles that editors took out: their addresses stay, and say why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.archive.corrections import FILE
from builder.archive.identity import permalink_id
from builder.config.curation import Corrections
from builder.model.archive import Tombstone
from builder.model.article import Article
from builder.problems import Problem


def tombstones(
    corrections: Corrections, articles: Iterable[Article], published: Mapping[str, Article]
) -> tuple[tuple[Tombstone, ...], list[Problem]]:
    """What stands in the places of articles that are gone.

    Args:
        corrections: Says which seeds are left out and which were deleted, and why.
        articles: Every article that the seeds hold.
        published: Those that are published, by identifier.

    Returns:
        One for each identifier without an article, by identifier; and a problem for each entry whose article is there.
    """
    gone = {
        identifier: Tombstone(identifier, entry.title, entry.sha256 or "", entry.why, entry.who)
        for identifier, entry in corrections.removed.items()
    }
    for article in articles:
        fix = corrections.seeds.get(article.path)
        if fix and fix.exclude:
            identifier = permalink_id(article)
            gone.setdefault(identifier, Tombstone(identifier, "", article.sha256, fix.why, fix.who))
    problems = [
        Problem("removed-but-present", FILE, None, {"id": identifier, "seed": f"seeds/{published[identifier].path}"})
        for identifier in corrections.removed
        if identifier in published
    ]
    return tuple(gone[identifier] for identifier in sorted(gone) if identifier not in published), problems
