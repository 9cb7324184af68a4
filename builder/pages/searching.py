"""The archive as records of the search, and the search page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.config.curation import Entities
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan, Provision
from builder.model.search import SearchNames, SearchRecord, SearchSection
from builder.pages import places
from builder.pages.plans import plan_digest
from builder.pages.products import Product, product, together
from builder.pages.rendering import PageFile, Renderer
from builder.search.publishing import search_files


def search_product(archive: Archive, entities: Entities, renderer: Renderer) -> Product:
    """All of it as one product."""
    made_of = (together(archive.entries), names(archive, entities), *map(plan_digest, archive.plans))
    return product("search", lambda: search_pages(archive, entities, renderer), *made_of)


def search_pages(archive: Archive, entities: Entities, renderer: Renderer) -> Iterator[PageFile]:
    """The search page, the index and the engine.

    Args:
        archive: Everything, linked.
        entities: Names that stand for one another.
        renderer: Fills ``search.md.j2``.
    """
    front_matter = {
        "title": renderer.label("search"),
        "kind": "search",
        "template": "search.html",
        "hide": ["navigation", "toc"],
    }
    yield renderer.page(places.SEARCH, "search.md.j2", {"title": renderer.label("search")}, front_matter)
    for path, content in search_files(records(archive), names(archive, entities)).items():
        yield PageFile(path, content)


def records(archive: Archive) -> list[SearchRecord]:
    """Everything that can be found: articles and plans."""
    sources = {source.slug: source.name for source in archive.sources}
    return [*(_article(entry, sources[entry.source]) for entry in archive.entries), *map(_plan, archive.plans)]


def names(archive: Archive, entities: Entities) -> SearchNames:
    """Labels of the topics, and what widens a query: a name to its other names, a topic's label to its terms.

    A label that is itself one of the topic's terms is an ordinary word, and is left alone.
    """
    groups = [(entity.name, *entity.aliases) for entity in entities.entities.values()]
    aliases = {name: tuple(other for other in group if other != name) for group in groups for name in group}
    labelled = {topic.label: topic.terms for topic in archive.topics if topic.label not in topic.terms}
    return SearchNames({topic.slug: topic.label for topic in archive.topics}, labelled | aliases)


def _article(entry: Entry, source: str) -> SearchRecord:
    article = entry.article
    address = _address(places.article(entry.id))
    credited = (line for lines in article.credits.values() for line in lines)
    return SearchRecord(
        id=entry.id,
        address=address,
        title=article.title,
        kind="article",
        source=source,
        topics=tuple(assignment.topic for assignment in entry.topics),
        date=article.published.iso if article.published else "",
        language=article.language,
        sections=(SearchSection(address, article.text),),
        credits=tuple(filter(None, (article.author, article.carrier, *credited))),
    )


def _plan(plan: Plan) -> SearchRecord:
    metadata = plan.metadata
    elements = (metadata.document_number, metadata.title, metadata.addressee)
    return SearchRecord(
        id=plan.slug,
        address=_address(places.plan(plan.slug)),
        title=plan.title,
        kind="plan",
        source=" ".join(plan.issuers),
        topics=(),
        date=metadata.date_iso,
        language="zh-Hans",
        sections=tuple(_plan_sections(plan)),
        credits=tuple(element.text for element in elements if element),
    )


def _plan_sections(plan: Plan) -> Iterator[SearchSection]:
    overview = _address(places.plan(plan.slug))
    for part in plan.parts:
        if part.kind == "front":
            yield SearchSection(overview, part.text)
    for paragraph in plan.preface:
        yield SearchSection(f"{overview}#{paragraph.eid}", paragraph.repaired)
    for chapter in (*plan.provisions, *plan.annexes):
        yield from _chapter_sections(_address(places.plan(plan.slug, chapter.eid)), chapter)
    for part in plan.parts:
        if part.kind in {"closing", "imprint"}:
            yield SearchSection(overview, part.text)


def _chapter_sections(page: str, chapter: Provision) -> Iterator[SearchSection]:
    for provision in chapter.walk():
        title = f"{provision.heading.number} {provision.heading.title}".strip()
        yield SearchSection(f"{page}#{provision.eid}", title, title)
        for paragraph in provision.paragraphs:
            yield SearchSection(f"{page}#{paragraph.eid}", paragraph.repaired, title)


_address = partial(places.link, places.HOME)
"""A page's address below the site's root."""
