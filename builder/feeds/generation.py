"""Every file for machines, in one stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder import markup
from builder.config.publication import Publication
from builder.config.settings import Settings
from builder.feeds.addresses import Addresses
from builder.feeds.atom import atom
from builder.feeds.bundle import bundle, checksums
from builder.feeds.channels import channels
from builder.feeds.content import HtmlMaker
from builder.feeds.json_feed import json_feed
from builder.feeds.oai import static_repository
from builder.feeds.plan_records import plan_record
from builder.feeds.records import encoded
from builder.feeds.schemas import DOCUMENTS, dictionary, schema
from builder.feeds.setting import Setting
from builder.feeds.summaries import RecordMaker, catalogue_record, record_maker
from builder.feeds.table import table
from builder.model.archive import Archive, Entry
from builder.pages import places
from builder.pages.rendering import PageFile, Renderer


def machine_files(archive: Archive, seeds: Path, settings: Settings, publication: Publication) -> Iterator[PageFile]:
    """Feeds, data, checksums and the zip.

    Args:
        archive: Everything, linked.
        seeds: Folder of the raw files.
        settings: The site's name and language.
        publication: The site's address and its Markdown.
    """
    renderer = Renderer(settings.language)
    setting = Setting(
        Addresses(publication),
        HtmlMaker(publication),
        renderer,
        {topic.slug: topic.label for topic in archive.topics},
        settings.language,
    )
    yield from _feeds(archive, settings, setting)
    maker = record_maker(archive, settings.language)
    data = dict(_data(archive, settings, setting, maker))
    yield from (PageFile(path, content) for path, content in data.items())
    raw = _raw(archive)
    whole = bundle(_everything(archive, seeds, data, raw))
    yield PageFile(places.ARCHIVE_ZIP, whole)
    digests = _digests({**data, places.ARCHIVE_ZIP: whole}) | {path: digest for path, (_, digest) in raw.items()}
    yield PageFile(places.CHECKSUMS, checksums(digests))
    yield _robots(publication)
    yield _page(setting, maker)


def _feeds(archive: Archive, settings: Settings, setting: Setting) -> Iterator[PageFile]:
    for channel in channels(archive, settings, setting.renderer):
        yield PageFile(f"{channel.stem}.xml", atom(channel, setting))
        yield PageFile(f"{channel.stem}.json", json_feed(channel, setting))


def _data(archive: Archive, settings: Settings, setting: Setting, maker: RecordMaker) -> Iterator[tuple[str, bytes]]:
    """Everything below ``data/`` but the zip and the page that explains it."""
    summaries = tuple(map(maker.summary, archive.entries))
    yield places.ARCHIVE_JSON, encoded(summaries)
    yield places.CATALOGUE, encoded(catalogue_record(archive, settings, setting.addresses.publication))
    yield places.ARCHIVE_CSV, table(summaries)
    for entry in archive.entries:
        yield places.article_record(entry.id), encoded(maker.article(entry))
    for plan in archive.plans:
        yield places.plan_record(plan.slug), encoded(plan_record(plan))
    for name in DOCUMENTS:
        yield places.schema(name), schema(name, maker.language)
    yield places.OAI, static_repository(archive, settings, setting)


def _raw(archive: Archive) -> Mapping[str, tuple[str, str]]:
    """Seed and digest of each published raw file."""
    raw = {places.raw(entry.id): (entry.article.path, entry.article.sha256) for entry in archive.entries}
    return raw | {places.raw(plan.slug): (plan.path, plan.sha256) for plan in archive.plans}


def _everything(
    archive: Archive, seeds: Path, data: Mapping[str, bytes], raw: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """What the zip holds: its own checksums, raw files, clean Markdown, data."""
    clean = {f"clean/{entry.id}.md": _clean(entry) for entry in archive.entries}
    digests = _digests({**clean, **data}) | {path: digest for path, (_, digest) in raw.items()}
    yield places.CHECKSUMS, checksums(digests)
    for path in sorted(digests):
        if path in raw:
            yield path, (seeds / raw[path][0]).read_bytes()
        else:
            yield path, clean[path] if path in clean else data[path]


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
        "topics": [assignment.topic for assignment in entry.topics],
        "id": entry.id,
        "seed": article.path,
        "sha256": article.sha256,
    }
    head = markup.front_matter({name: value for name, value in known.items() if value})
    return f"{head}\n{article.markdown.strip()}\n".encode()


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def _robots(publication: Publication) -> PageFile:
    """Everyone may read everything; the sitemap is named where its address is known, which must be absolute."""
    lines = ["User-agent: *", "Allow: /"]
    if publication.site_url:
        lines += ["", f"Sitemap: {publication.site_url}sitemap.xml"]
    return PageFile(places.ROBOTS, ("\n".join(lines) + "\n").encode())


def _page(setting: Setting, maker: RecordMaker) -> PageFile:
    """The page that lists the files and explains every field."""
    label = setting.renderer.label
    files = (
        (places.ARCHIVE_JSON, label("data_all")),
        (places.ARCHIVE_CSV, label("data_table")),
        (places.CATALOGUE, label("data_catalogue")),
        (places.ARCHIVE_ZIP, label("data_zip")),
        (places.CHECKSUMS, label("data_sums")),
        (places.OAI, label("data_oai")),
        (f"{places.FEED}.xml", f"{label('data_feed')} (Atom)"),
        (f"{places.FEED}.json", f"{label('data_feed')} (JSON Feed 1.1)"),
    )
    context = {
        "title": label("data"),
        "files": files,
        "schemas": [(places.schema(name), name) for name in DOCUMENTS],
        "records": dictionary(maker.language),
    }
    front_matter = {"title": label("data"), "description": label("description_data"), "kind": "data"}
    return setting.renderer.page(places.DATA, "data.md.j2", context, front_matter)
