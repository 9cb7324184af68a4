"""Generates every machine-readable file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from builder import markup, paths
from builder.cache import digest
from builder.config.publication import Publication
from builder.config.settings import Settings
from builder.feeds.addresses import Addresses
from builder.feeds.atom import atom
from builder.feeds.bundle import Bundle, checksums
from builder.feeds.channels import Channel, channels
from builder.feeds.content import HtmlMaker
from builder.feeds.context import FeedContext
from builder.feeds.json_feed import json_feed
from builder.feeds.lists import LongList
from builder.feeds.oai import static_repository
from builder.feeds.opensearch import search_description
from builder.feeds.plan_records import plan_record
from builder.feeds.records import encoded, encoded_line, encoded_list
from builder.feeds.schemas import DOCUMENTS, dictionary, schema
from builder.feeds.summaries import RecordMaker, catalogue_record, record_maker
from builder.feeds.table import heading, row, spreadsheet_heading, spreadsheet_row
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan
from builder.output.products import PageFile, Product, listed, month, plan_digest, product, together
from builder.output.writing import Digests
from builder.pages.raws import raw_path
from builder.pages.rendering import Renderer


class MachineFiles:
    """Makes them, in the order in which one needs the digests of others: feeds and data, then checksums and the zip."""

    def __init__(
        self, archive: Archive, settings: Settings, publication: Publication, *, release: bool = False
    ) -> None:
        """Load what all of them need.

        Args:
            archive: Everything, linked.
            settings: The site's name and language.
            publication: The site's address and its Markdown.
            release: Whether ZIP files are made as well.
        """
        self._release = release
        self._archive = archive
        self._contexts = settings
        self._maker = record_maker(archive, settings.language, raw_containers=settings.raw_containers)
        self._context = FeedContext(
            Addresses(publication),
            HtmlMaker(publication),
            Renderer(settings.language),
            {topic.slug: topic.label for topic in archive.topics},
            settings.language,
        )

    def products(self) -> Iterator[Product]:
        """Feeds, data, and the page that explains them."""
        archive, context = self._archive, self._context
        names = (sorted(context.topics.items()), sorted((source.slug, source.name) for source in archive.sources))
        everything = (listed(archive.entries), names, *map(plan_digest, archive.plans))
        for channel in channels(archive, self._contexts, context.renderer):
            about = (channel.stem, channel.title, channel.updated, together(channel.entries), names)
            yield product(channel.stem, partial(_feed, channel, context), *about)
        yield product(paths.CATALOGUE, lambda: [self._catalogue()], *everything)
        for name, entries in self._months():
            linked = b"".join(map(_linked, entries))
            yield product(paths.article_records(name), partial(self._records, name, entries), linked, names)
        for plan in archive.plans:
            yield product(paths.plan_record(plan.slug), partial(_plan, plan), plan_digest(plan))
        zips = self._zips() if self._release else []
        yield product("data", partial(self._constant, zips), context.addresses.publication.site_url, zips)

    def lists(self) -> tuple[LongList, ...]:
        """The files that hold a piece of every article."""
        entries, summary = self._archive.entries, self._maker.summary
        names = repr((sorted(self._maker.sources.items()), sorted(self._context.topics.items()))).encode()
        keys = [_linked(entry) for entry in entries]
        lines = LongList(
            *(paths.ARCHIVE_JSON, b"[\n", b",\n", b"\n]\n", names, keys),
            lambda number: encoded_line(summary(entries[number])),
        )
        rows = LongList(
            *(paths.ARCHIVE_CSV, heading(), b"", b"", names, keys), lambda number: row(summary(entries[number]))
        )
        guarded = LongList(
            *(paths.EXCEL_CSV, spreadsheet_heading(), b"", b"", names, keys),
            lambda number: spreadsheet_row(summary(entries[number])),
        )
        return (lines, rows, guarded, static_repository(self._archive, self._contexts, self._context, keys, names))

    def checksums(self, digests: Digests) -> Product:
        """The list of checksums of data and raw files.

        Args:
            digests: Of every file below ``docs/`` that has been made.
        """
        listed = {path: digest for path, digest in digests.items() if path.startswith(_SUMMED) and path != paths.DATA}
        sums = checksums(listed)
        return product(paths.CHECKSUMS, lambda: [PageFile(paths.CHECKSUMS, sums)], sums)

    def bundles(self, docs: Path, digests: Digests) -> list[Bundle]:
        """ZIP files: raw files and clean Markdown of each year, and one of everything that belongs to no year.

        Args:
            docs: Where all other files have been written.
            digests: Of every one of them.

        Returns:
            None but for a release.
        """
        if not self._release:
            return []
        years: dict[str, list[Entry]] = {}
        for entry in sorted(self._archive.entries, key=lambda entry: entry.id):
            years.setdefault(month(entry).partition("-")[0], []).append(entry)
        undated = years.pop(_UNDATED, [])
        own = {paths.DATA, *map(_raw, self._archive.entries)}
        others = [path for path in sorted(digests) if path.startswith(_SUMMED) and path not in own]
        whole = _bundle(paths.ARCHIVE_ZIP, docs, undated, others, digests)
        return [whole, *(_bundle(paths.year_zip(year), docs, years[year], (), digests) for year in sorted(years))]

    def _zips(self) -> list[str]:
        """Addresses of the ZIP files."""
        years = {month(entry).partition("-")[0] for entry in self._archive.entries} - {_UNDATED}
        return [paths.ARCHIVE_ZIP, *map(paths.year_zip, sorted(years))]

    def _months(self) -> list[tuple[str, list[Entry]]]:
        """The articles of each month."""
        found: dict[str, list[Entry]] = {}
        for entry in sorted(self._archive.entries, key=lambda entry: entry.id):
            found.setdefault(month(entry), []).append(entry)
        return sorted(found.items())

    def _records(self, name: str, entries: list[Entry]) -> Iterator[PageFile]:
        yield PageFile(paths.article_records(name), encoded_list(map(self._maker.article, entries)))

    def _catalogue(self) -> PageFile:
        publication = self._context.addresses.publication
        return PageFile(paths.CATALOGUE, encoded(catalogue_record(self._archive, self._contexts, publication)))

    def _constant(self, zips: Sequence[str]) -> Iterator[PageFile]:
        """What changes with the program and the settings alone."""
        for name in DOCUMENTS:
            yield PageFile(paths.schema(name), schema(name, self._maker.language))
        yield _robots(self._context.addresses.publication)
        if self._context.addresses.known:
            yield search_description(self._contexts.site_name, self._context)
        yield _page(self._context, self._maker, zips)


_SUMMED = ("data/", "raw/")
_UNDATED = "undated"


def _raw(entry: Entry) -> str:
    """Where an article's raw file lies; empty where it is not published."""
    return raw_path(entry.article, entry.id, containers=False)


def _linked(entry: Entry) -> bytes:
    """Stands for an article and those that it is bound to."""
    return digest(entry.digest or repr(entry), " ".join(entry.story), " ".join(entry.related))


def _feed(channel: Channel, context: FeedContext) -> Iterator[PageFile]:
    yield PageFile(f"{channel.stem}.xml", atom(channel, context))
    yield PageFile(f"{channel.stem}.json", json_feed(channel, context))


def _plan(plan: Plan) -> Iterator[PageFile]:
    yield PageFile(paths.plan_record(plan.slug), encoded(plan_record(plan)))


def _bundle(path: str, docs: Path, entries: Sequence[Entry], others: Sequence[str], digests: Digests) -> Bundle:
    """A file of some articles, raw and clean, and of other files."""
    made_of = [entry.digest or repr(entry) for entry in entries]
    key = digest(*made_of, *others, *(digests[other] for other in others))
    return Bundle(path, key, partial(_members, docs, entries, others))


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


def _robots(publication: Publication) -> PageFile:
    """Everyone may read everything; the sitemap is named where its address is known, which must be absolute."""
    lines = ["User-agent: *", "Allow: /"]
    if publication.site_url:
        lines += ["", f"Sitemap: {publication.site_url}sitemap.xml"]
    return PageFile(paths.ROBOTS, ("\n".join(lines) + "\n").encode())


def _page(context: FeedContext, maker: RecordMaker, zips: Sequence[str]) -> PageFile:
    """The page that lists the files, the given ZIP files among them, and explains every field."""
    label = context.renderer.label
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
        "records": dictionary(maker.language),
    }
    front_matter = {"title": label("data"), "description": label("description_data"), "kind": "data"}
    return context.renderer.page(paths.DATA, "data.md.j2", shown, front_matter)
