"""Generates every machine-readable file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import IO

import msgspec

from builder import markup, paths
from builder.cache import digest
from builder.config.settings import Settings
from builder.feeds.channels import Channel, channels
from builder.feeds.content import HtmlMaker
from builder.feeds.context import FeedContext
from builder.feeds.listing import LongFile, checksums, write_list, write_table, write_zip
from builder.feeds.oai import static_repository
from builder.feeds.records import SummaryRecord, encoded, encoded_list
from builder.feeds.schemas import DOCUMENTS, dictionary, schema
from builder.feeds.summaries import catalogue_record, plan_record, record_maker
from builder.feeds.syndication import atom, json_feed
from builder.feeds.xml import add, document, root
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan
from builder.output.products import PageFile, Product, listed, month, plan_digest, product, together
from builder.output.writing import Digests
from builder.pages.raws import raw_path
from builder.pages.rendering import Renderer

_SUMMED = ("data/", "raw/")
_UNDATED = "undated"
_SHORT_NAME, _LONGEST_DESCRIPTION = 16, 1024
"""Characters that OpenSearch allows."""


class MachineFiles:
    """Makes them, in the order in which one needs the digests of others: feeds and data, then checksums and the zip."""

    def __init__(self, archive: Archive, settings: Settings, *, release: bool = False) -> None:
        """Load what all of them need; ZIP files are made for a release alone."""
        self._release = release
        self._archive = archive
        self._settings = settings
        self._maker = record_maker(archive, settings.language, raw_containers=settings.raw_containers)
        topics = {topic.slug: topic.label for topic in archive.topics}
        renderer = Renderer(settings.language)
        self._context = FeedContext(settings, HtmlMaker(settings), renderer, topics)
        self._names = (sorted(topics.items()), sorted((source.slug, source.name) for source in archive.sources))

    def products(self) -> Iterator[Product]:
        """Feeds, data, and the page that explains them."""
        archive, context, names = self._archive, self._context, self._names
        everything = (listed(archive.entries), names, *map(plan_digest, archive.plans))
        for channel in channels(archive, self._settings, context.renderer):
            about = (channel.stem, channel.title, channel.updated, together(channel.entries), names)
            yield product(channel.stem, partial(_feed, channel, context), *about)
        yield product(paths.CATALOGUE, self._catalogue, *everything)
        for name, entries in _by(month, archive.entries):
            linked = b"".join(map(_linked, entries))
            yield product(paths.article_records(name), partial(self._records, name, entries), linked, names)
        for plan in archive.plans:
            yield product(paths.plan_record(plan.slug), partial(_plan, plan), plan_digest(plan))
        zips = self._zips() if self._release else []
        yield product("data", partial(self._constant, zips), context.settings.site_url, zips)

    def lists(self) -> tuple[LongFile, ...]:
        """The files that hold a piece of every article."""
        key = digest(repr(self._names), *map(_linked, self._archive.entries))

        def lines(file: IO[bytes]) -> None:
            write_list(file, b"[\n", map(msgspec.json.encode, self._summaries), b"\n]\n", b",\n")

        def table(file: IO[bytes], *, guarded: bool) -> None:
            write_table(file, self._summaries, guarded=guarded)

        return (
            LongFile(paths.ARCHIVE_JSON, key, lines),
            LongFile(paths.ARCHIVE_CSV, key, partial(table, guarded=False)),
            LongFile(paths.EXCEL_CSV, key, partial(table, guarded=True)),
            static_repository(self._archive, self._settings, self._context, key),
        )

    @cached_property
    def _summaries(self) -> list[SummaryRecord]:
        return list(map(self._maker.summary, self._archive.entries))

    def checksums(self, digests: Digests) -> Product:
        """The list of checksums of data and raw files, out of the digests of every file below ``docs/``."""
        summed = {path: digest for path, digest in digests.items() if path.startswith(_SUMMED) and path != paths.DATA}
        sums = checksums(summed)
        return product(paths.CHECKSUMS, lambda: [PageFile(paths.CHECKSUMS, sums)], sums)

    def bundles(self, docs: Path, digests: Digests) -> list[LongFile]:
        """ZIP files of a release: raw files and clean Markdown of each year, and one of everything that has no year."""
        if not self._release:
            return []
        years = dict(_by(_year, self._archive.entries))
        undated = years.pop(_UNDATED, [])
        own = {paths.DATA, *map(_raw, self._archive.entries)}
        others = [path for path in sorted(digests) if path.startswith(_SUMMED) and path not in own]
        whole = _bundle(paths.ARCHIVE_ZIP, docs, undated, others, digests)
        return [whole, *(_bundle(paths.year_zip(year), docs, entries, (), digests) for year, entries in years.items())]

    def _zips(self) -> list[str]:
        """Addresses of the ZIP files."""
        years = {_year(entry) for entry in self._archive.entries} - {_UNDATED}
        return [paths.ARCHIVE_ZIP, *map(paths.year_zip, sorted(years))]

    def _records(self, name: str, entries: list[Entry]) -> list[PageFile]:
        return [PageFile(paths.article_records(name), encoded_list(map(self._maker.article, entries)))]

    def _catalogue(self) -> list[PageFile]:
        record = catalogue_record(self._archive, self._settings)
        return [PageFile(paths.CATALOGUE, encoded(record))]

    def _constant(self, zips: Sequence[str]) -> Iterator[PageFile]:
        """What changes with the program and the settings alone."""
        for name in DOCUMENTS:
            yield PageFile(paths.schema(name), schema(name, self._maker.language))
        yield _robots(self._settings)
        if self._context.is_published:
            yield PageFile(paths.OPENSEARCH, _search_description(self._settings.site_name, self._context))
        yield _page(self._context.renderer, zips)


def _by(key: Callable[[Entry], str], entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Articles in groups, by their identifiers in each."""
    ordered = sorted(entries, key=lambda entry: (key(entry), entry.id))
    return [(name, list(group)) for name, group in groupby(ordered, key)]


def _year(entry: Entry) -> str:
    return month(entry).partition("-")[0]


def _raw(entry: Entry) -> str:
    """Where an article's raw file lies; empty where it is not published."""
    return raw_path(entry.article, entry.id, containers=False)


def _linked(entry: Entry) -> bytes:
    """Stands for an article and those that it is bound to."""
    return digest(entry.digest or repr(entry), " ".join(entry.story), " ".join(entry.related))


def _feed(channel: Channel, context: FeedContext) -> Iterator[PageFile]:
    yield PageFile(f"{channel.stem}.xml", atom(channel, context))
    yield PageFile(f"{channel.stem}.json", json_feed(channel, context))


def _plan(plan: Plan) -> list[PageFile]:
    return [PageFile(paths.plan_record(plan.slug), encoded(plan_record(plan)))]


def _bundle(path: str, docs: Path, entries: Sequence[Entry], others: Sequence[str], digests: Digests) -> LongFile:
    """A ZIP file of some articles, raw and clean, and of other files."""
    made_of = [entry.digest or repr(entry) for entry in entries]
    key = digest(*made_of, *others, *(digests[other] for other in others))
    return LongFile(path, key, lambda file: write_zip(file, _members(docs, entries, others)))


def _members(docs: Path, entries: Sequence[Entry], others: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        yield f"clean/{entry.id}.md", _clean(entry)
    for path in sorted([*others, *filter(None, map(_raw, entries))]):
        yield path, (docs / path).read_bytes()


def _clean(entry: Entry) -> bytes:
    """An article as Markdown that stands alone, its metadata above it."""
    article = entry.article
    known = {
        "title": article.title,
        "date": article.published.iso if article.published else None,
        "source": article.source,
        "carrier": article.carrier,
        "author": article.author,
        "url": article.url,
        "carrier_url": article.carrier_url,
        "lang": article.language,
        "topics": list(entry.topics),
        "id": entry.id,
        "seed": article.path,
        "sha256": article.sha256,
    }
    head = markup.front_matter({name: value for name, value in known.items() if value})
    return f"{head}\n{article.markdown.strip()}\n".encode()


def _robots(settings: Settings) -> PageFile:
    """Everyone may read everything; the sitemap is named where its address is known, which must be absolute."""
    lines = ["User-agent: *", "Allow: /"]
    if settings.site_url:
        lines += ["", f"Sitemap: {settings.site_url}sitemap.xml"]
    return PageFile(paths.ROBOTS, ("\n".join(lines) + "\n").encode())


def _search_description(name: str, context: FeedContext) -> bytes:
    """How browsers search the archive from their address bar (OpenSearch 1.1, draft 6)."""
    description = root("OpenSearchDescription", "http://a9.com/-/spec/opensearch/1.1/")
    add(description, "ShortName", name[:_SHORT_NAME])
    add(description, "Description", f"{context.renderer.label('lost_search')} · {name}"[:_LONGEST_DESCRIPTION])
    template = context.address(paths.OPENSEARCH, paths.SEARCH) + "?query={searchTerms}"
    add(description, "Url", type="text/html", template=template)
    add(description, "InputEncoding", "UTF-8")
    return document(description)


def _page(renderer: Renderer, zips: Sequence[str]) -> PageFile:
    """The page that lists the files, the given ZIP files among them, and explains every field."""
    label = renderer.label
    files = (
        (paths.ARCHIVE_JSON, label("data_all")),
        (paths.ARCHIVE_CSV, label("data_table")),
        (paths.EXCEL_CSV, label("data_spreadsheet")),
        (paths.CATALOGUE, label("data_catalogue")),
        *((path, label("data_zip")) for path in zips[:1]),
        *((path, label("data_zip_year")) for path in zips[1:]),
        (paths.CHECKSUMS, label("data_sums")),
        (paths.OAI, label("data_oai")),
        (f"{paths.FEED}.xml", f"{label('data_feed')} (Atom)"),
        (f"{paths.FEED}.json", f"{label('data_feed')} (JSON Feed 1.1)"),
    )
    shown = {
        "title": label("data"),
        "files": files,
        "schemas": [(paths.schema(name), name) for name in DOCUMENTS],
        "records": dictionary(renderer.language),
    }
    front_matter = {"title": label("data"), "description": label("description_data"), "kind": "data"}
    return renderer.page(paths.DATA, "data.md.j2", shown, front_matter)
