"""The page of each article, and its raw file beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from builder import paths
from builder.cache import digest
from builder.folding import fold
from builder.model.archive import Archive, Entry, Source
from builder.model.article import Article, Evidence, Removal, TopicAssignment
from builder.output.products import PageFile, Product, month
from builder.pages import times
from builder.pages.adjacent import rows_of
from builder.pages.article_plans import SectionLinks
from builder.pages.bodies import page_body, with_anchors
from builder.pages.citations import article_citations, located_citation
from builder.pages.raws import raw_file, raw_path
from builder.pages.rendering import Renderer
from builder.pages.reporting import report_links
from builder.pages.versions import version_pages

_COPIES = (
    ("Wayback Machine", "https://web.archive.org/web/*/{url}"),
    ("archive.today", "https://archive.today/{url}"),
)
"""Archives of the web that list their copies of a page under its address; only a reader's click asks them."""

_MOST_TERMS = 4
"""Terms that are named for a place; the record in ``data/`` has them all."""
_LONGEST_REMOVED = 240
"""About eight lines on a phone: enough to judge a removal; the raw file beside the page has all of it."""


def article_products(archive: Archive, renderer: Renderer, seeds: Path) -> Iterator[Product]:
    """A page and a raw file of each article."""
    maker = _ArticleMaker(archive, renderer, seeds)
    for source in archive.sources:
        named = digest(source.slug, source.name, source.homepage)
        for entry in source.entries:
            yield Product(f"articles/{entry.id}", maker.key(entry, named), partial(maker.make, entry, source))


class _ArticleMaker:
    """Makes what an archive publishes of each article."""

    def __init__(self, archive: Archive, renderer: Renderer, seeds: Path) -> None:
        self._renderer = renderer
        self._seeds = seeds
        self._labels = {topic.slug: topic.label for topic in archive.topics}
        self._known = {entry.id: entry for entry in archive.entries}
        self._sections = SectionLinks(archive, renderer)
        self._rows = rows_of(archive)
        self._named = {slug: digest(label) for slug, label in self._labels.items()}

    def key(self, entry: Entry, source: bytes) -> bytes:
        """Of the article, of every other one that its page names, and of what these are called."""
        others = [self._known[identifier].listed for identifier in (*entry.story, *entry.related)]
        names = [self._named[topic] for topic in entry.topics]
        return digest(
            b"".join([source, entry.digest, *others, *(row.key for row in self._rows[entry.id]), *names]),
            f"{len(entry.story)} {len(entry.related)}",
            self._sections.key(entry.id),
        )

    def make(self, entry: Entry, source: Source) -> Iterator[PageFile]:
        """Its files."""
        context = {
            **_context(entry, source, self._labels, self._renderer),
            "neighbours": [row for row in self._rows[entry.id] if row.newer or row.older],
            "sections": self._sections.of(entry.id),
            "same_story": _named(entry.story, self._known, entry),
            "related": _named(entry.related, self._known, entry),
        }
        head = _front_matter(entry, self._labels, self._renderer)
        yield self._renderer.page(paths.article(entry.id), "article.md.j2", context, head)
        yield from raw_file(entry.article, entry.id, self._seeds)
        yield from version_pages(entry, self._renderer)


def title_of(article: Article, renderer: Renderer) -> str:
    """The headline, or the label of articles without one."""
    return article.title or renderer.label("untitled")


def _context(entry: Entry, source: Source, topic_labels: Mapping[str, str], renderer: Renderer) -> dict[str, Any]:
    """What ``article.md.j2`` sees."""
    article = entry.article
    unit, count, minutes = times.length(article.text, article.language)
    return {
        "entry": entry,
        "article": article,
        "source": source,
        "title": title_of(article, renderer),
        "published": times.shown(article.published, renderer.zone) if article.published else None,
        "unit": unit,
        "count": count,
        "minutes": minutes,
        "topics": [
            (assignment, topic_labels[assignment.topic], evidence(assignment)) for assignment in entry.reasons()
        ],
        "body": page_body(with_anchors(article.markdown), renderer.label("enlarge"), article.images),
        "doubts": list(_doubts(article, renderer)),
        "reports": report_links(entry, title_of(article, renderer), renderer),
        "html_lang": html_language(article.language),
        "copies": _copies(article.url),
        "ledger": _ledger(article.removals),
        "html_language": html_language,
        "citations": article_citations(entry, title_of(article, renderer)),
        "raw": raw_path(article, entry.id, containers=renderer.raw_containers),
        "versions": [(paths.version(entry.id, each.sha256), each.stated[:10]) for each in entry.versions],
        "located": located_citation(entry, title_of(article, renderer)),
    }


def evidence(assignment: TopicAssignment) -> tuple[tuple[str, tuple[Evidence, ...]], ...]:
    """Why a topic was assigned: for each place, in the order of reading, the terms not named before."""
    named: set[str] = set()
    places_found = []
    for place in ("correction", "title", "lead", "body"):
        found = tuple(item for item in assignment.evidence if item.place == place and item.term not in named)
        named |= {item.term for item in found}
        if found:
            places_found.append((place, tuple(_as_written(item) for item in found[:_MOST_TERMS])))
    return tuple(places_found)


def _as_written(found: Evidence) -> Evidence:
    """A term in the letters and the script in which the article has it; folding keeps every character's place."""
    start = fold(found.excerpt).find(fold(found.term)) if found.term else -1
    return replace(found, term=found.excerpt[start : start + len(found.term)]) if start >= 0 else found


def _ledger(removals: Iterable[Removal]) -> list[tuple[str, str | None, str]]:
    """Rule, field it moved to, and texts, a line each; neighbours of the same rule share a row."""
    rows = groupby(removals, key=lambda removal: (removal.rule, removal.moved_to))
    return [(rule, field, "\n".join(_clipped(removal.text) for removal in row)) for (rule, field), row in rows]


def _clipped(text: str) -> str:
    """A removed text as the page shows it; all of it stands in the raw file beside the page."""
    return text if len(text) <= _LONGEST_REMOVED else f"{text[:_LONGEST_REMOVED]}……"


def _copies(url: str | None) -> tuple[tuple[str, str], ...]:
    """Name and address of each archive's list of copies; a fragment is not part of what they keep."""
    return tuple((name, form.format(url=url.partition("#")[0])) for name, form in _COPIES) if url else ()


def _named(identifiers: Iterable[str], known: Mapping[str, Entry], but: Entry) -> list[Entry]:
    """Other articles by their identifiers."""
    return [known[identifier] for identifier in identifiers if identifier != but.id]


def _doubts(article: Article, renderer: Renderer) -> Iterable[str]:
    return (problem.statement(renderer.language) for problem in article.problems if problem.severity != "notice")


def _front_matter(entry: Entry, topic_labels: Mapping[str, str], renderer: Renderer) -> dict[str, object]:
    article = entry.article
    return {
        "title": title_of(article, renderer),
        "description": article.excerpt,
        "date": article.published.iso if article.published else None,
        "date_original": article.published.original if article.published else None,
        "source": article.source,
        "carrier": article.carrier,
        "author": article.author,
        "credits": {role: list(names) for role, names in sorted(article.credits.items())} or None,
        "original_url": article.url,
        "carrier_url": article.carrier_url,
        "lang": html_language(article.language),
        "topics": [topic_labels[topic] for topic in entry.topics] or None,
        "crawler_tags": list(article.tags) or None,
        "seed": article.path,
        "sha256": article.sha256,
        "id": entry.id,
        "record": paths.article_records(month(entry)),
        "kind": "article",
        "hide": ["navigation"] if "\n## " in f"\n{article.markdown}" else ["navigation", "toc"],
    }


def html_language(language: str) -> str:
    """The ``lang`` of an article's page; readers of Traditional text here are Taiwan's, so fonts should be too."""
    return {"zh-Hant": "zh-Hant-TW"}.get(language, language)
