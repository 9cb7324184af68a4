"""The archive as records of the search, and the search page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import blake2b

from builder import paths
from builder.cache import digest
from builder.config.curation import Entities
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan, Provision
from builder.model.search import SearchNames, SearchRecord, SearchSection, SearchStub
from builder.output.files import Folder
from builder.output.products import PageFile, plan_digest, together
from builder.pages.rendering import Renderer
from builder.problems import wordings
from builder.search.bundling import engine_files


def search_index(archive: Archive, entities: Entities, index: Folder, state: bytes | None) -> bytes:
    """Bring the index up to date.

    Args:
        archive: Everything, linked.
        entities: Names that stand for one another.
        index: The files of the last index.
        state: What they were made of, as this gave it; None where unknown.

    Returns:
        What they are made of now.
    """
    from builder.search.writing import update_index  # noqa: PLC0415  # NumPy and Pinyin, in the worker alone

    wanted = stubs(archive, _digest)
    change = update_index(wanted, loader(archive), names(archive, entities), index, state)
    index.change(change.files, change.removed, whole=change.whole)
    return change.state


def search_key(archive: Archive, entities: Entities) -> bytes:
    """Changes whenever the index may."""
    known = names(archive, entities)
    shown = repr((sorted(known.topics.items()), sorted(known.aliases.items()), [each.slug for each in archive.sources]))
    return digest(together(archive.entries), shown, *map(plan_digest, archive.plans))


def _digest(item: Entry | Plan) -> bytes:
    return item.digest if isinstance(item, Entry) else plan_digest(item)


def engine_pages(renderer: Renderer) -> Iterator[PageFile]:
    """The search page and the engine: all but the index."""
    front_matter = {
        "title": renderer.label("search"),
        "kind": "search",
        "template": "search.html",
        "hide": ["navigation", "toc"],
    }
    yield renderer.page(paths.SEARCH, "search.md.j2", {"title": renderer.label("search")}, front_matter)
    for path, content in engine_files(wordings(renderer.language)["searching"]).items():
        yield PageFile(path, content)


def stubs(archive: Archive, known: Callable[[Entry | Plan], bytes]) -> list[SearchStub]:
    """Everything that can be found, without its text: only light fields are touched.

    ``known`` gives the digest of an article with its corrections, or of a plan; what linking adds is seen to here.
    """
    sources = {source.slug: source.name for source in archive.sources}
    return [
        *(_article_stub(entry, sources[entry.source], known(entry)) for entry in archive.entries),
        *(_plan_stub(plan, known(plan)) for plan in archive.plans),
    ]


def loader(archive: Archive) -> Callable[[str], SearchRecord]:
    """What gives the whole record for a stub's identifier."""
    sources = {source.slug: source.name for source in archive.sources}
    entries = {entry.id: entry for entry in archive.entries}
    plans = {_plan_id(plan): plan for plan in archive.plans}

    def load(identifier: str) -> SearchRecord:
        if identifier in plans:
            return _plan(plans[identifier])
        entry = entries[identifier]
        return _article(entry, sources[entry.source])

    return load


def names(archive: Archive, entities: Entities) -> SearchNames:
    """Labels of the topics, and what widens a query: a name to its other names."""
    groups = [(entity.name, *entity.aliases) for entity in entities.entities.values()]
    aliases = {name: tuple(other for other in group if other != name) for group in groups for name in group}
    return SearchNames({topic.slug: topic.label for topic in archive.topics}, aliases)


def _article_stub(entry: Entry, source: str, digest: bytes) -> SearchStub:
    article = entry.article
    return SearchStub(
        id=entry.id,
        digest=blake2b(digest + repr((source, entry.topics)).encode(), digest_size=16).digest(),
        source=source,
        topics=entry.topics,
        date=article.published.iso if article.published else "",
        language=article.language,
    )


def _article(entry: Entry, source: str) -> SearchRecord:
    article = entry.article
    stub = _article_stub(entry, source, b"")
    address = _address(paths.article(entry.id))
    credited = (line for lines in article.credits.values() for line in lines)
    return SearchRecord(
        id=stub.id,
        address=address,
        title=article.title,
        kind="article",
        source=stub.source,
        topics=stub.topics,
        date=stub.date,
        language=stub.language,
        sections=(SearchSection(address, article.text),),
        credits=tuple(filter(None, (article.author, article.carrier, *credited))),
        handles=tuple(filter(None, (article.url, article.carrier_url, article.path.rpartition("/")[2]))),
    )


def _plan_id(plan: Plan) -> str:
    """No article's identifier has a colon."""
    return f"plan:{plan.slug}"


def _plan_stub(plan: Plan, digest: bytes) -> SearchStub:
    return SearchStub(_plan_id(plan), digest, " ".join(plan.issuers), (), plan.metadata.date_iso, _PLAN_LANGUAGE)


def _plan(plan: Plan) -> SearchRecord:
    metadata = plan.metadata
    stub = _plan_stub(plan, b"")
    elements = (metadata.document_number, metadata.title, metadata.addressee)
    return SearchRecord(
        id=stub.id,
        address=_address(paths.plan(plan.slug)),
        title=plan.title,
        kind="plan",
        source=stub.source,
        topics=stub.topics,
        date=stub.date,
        language=stub.language,
        sections=tuple(_plan_sections(plan)),
        credits=tuple(element.text for element in elements if element),
        handles=(plan.path.rpartition("/")[2],),
    )


def _plan_sections(plan: Plan) -> Iterator[SearchSection]:
    overview = _address(paths.plan(plan.slug))
    for part in plan.parts:
        if part.kind == "front":
            yield SearchSection(overview, part.text)
    for paragraph in plan.preface:
        yield SearchSection(f"{overview}#{paragraph.eid}", paragraph.repaired)
    for chapter in (*plan.provisions, *plan.annexes):
        yield from _chapter_sections(_address(paths.plan(plan.slug, chapter.eid)), chapter)
    for part in plan.parts:
        if part.kind in {"closing", "imprint"}:
            yield SearchSection(overview, part.text)


def _chapter_sections(page: str, chapter: Provision) -> Iterator[SearchSection]:
    for provision in chapter.walk():
        title = f"{provision.heading.number} {provision.heading.title}".strip()
        yield SearchSection(f"{page}#{provision.eid}", title, title)
        for paragraph in provision.paragraphs:
            yield SearchSection(f"{page}#{paragraph.eid}", paragraph.repaired, title)


_address = partial(paths.link, paths.HOME)
"""A page's address below the site's root."""
_PLAN_LANGUAGE = "zh-Hans"
