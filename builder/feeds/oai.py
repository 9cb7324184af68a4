"""An OAI-PMH static repository: every article as Dublin Core, in one file that harvesters read through a gateway.

After "Specification for an OAI Static Repository and an OAI Static Repository Gateway", version 2.0. The date of a
record is the article's, since nothing later is known; an article without one has the earliest of the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import IO

from lxml import etree

from builder import paths
from builder.cache import digest
from builder.config.settings import Settings
from builder.feeds.context import FeedContext
from builder.feeds.listing import LongFile, write_list
from builder.feeds.xml import add, document, fit, root
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan
from builder.output.products import plan_digest
from builder.pages.articles import html_language, title_of

_REPOSITORY = "http://www.openarchives.org/OAI/2.0/static-repository"
_OAI = "http://www.openarchives.org/OAI/2.0/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC = "http://purl.org/dc/elements/1.1/"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMAS = {
    _REPOSITORY: f"{_REPOSITORY} http://www.openarchives.org/OAI/2.0/static-repository.xsd",
    _OAI_DC: f"{_OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
}
# Both are required, and inventing them would send harvesters and letters astray: .invalid leads nowhere (RFC 2606).
_NO_SITE = "http://site.invalid/"
_NO_CONTACT = "nobody@site.invalid"
_EARLIEST = "1970-01-01"


def static_repository(archive: Archive, settings: Settings, context: FeedContext, key: bytes) -> LongFile:
    """The whole archive as a static repository; ``key`` stands for its articles and their names."""
    earliest = min(_days(archive), default=_EARLIEST)
    repository = root("Repository", _REPOSITORY, oai=_OAI, oai_dc=_OAI_DC, dc=_DC, xsi=_INSTANCE)
    repository.set(f"{{{_INSTANCE}}}schemaLocation", _SCHEMAS[_REPOSITORY])
    _identify(repository, settings, earliest)
    formats = add(add(repository, "ListMetadataFormats"), f"{{{_OAI}}}metadataFormat")
    add(formats, "metadataPrefix", "oai_dc")
    add(formats, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    add(formats, "metadataNamespace", _OAI_DC)
    add(add(repository, "ListRecords", metadataPrefix="oai_dc"), _RECORDS)
    opening, closing = document(repository).split(f"    <{_RECORDS}/>\n".encode())

    def records() -> Iterator[bytes]:
        yield from (_article(entry, earliest, context).encode() for entry in archive.entries)
        yield from (_plan(plan, earliest, context).encode() for plan in archive.plans)

    def write(file: IO[bytes]) -> None:
        write_list(file, opening, records(), closing)

    return LongFile(paths.OAI, digest(key, opening, *map(plan_digest, archive.plans)), write)


def _days(archive: Archive) -> list[str]:
    days = [entry.article.published.day.isoformat() for entry in archive.entries if entry.article.published]
    return days + [plan.metadata.date_iso for plan in archive.plans if plan.metadata.date_iso]


def _identify(repository: etree._Element, settings: Settings, earliest: str) -> None:
    identify = add(repository, "Identify")
    for name, value in (
        ("repositoryName", settings.site_name),
        ("baseURL", (settings.site_url or _NO_SITE) + paths.OAI),
        ("protocolVersion", "2.0"),
        ("adminEmail", settings.contact or _NO_CONTACT),
        ("earliestDatestamp", earliest),
        ("deletedRecord", "no"),
        ("granularity", "YYYY-MM-DD"),
    ):
        add(identify, f"{{{_OAI}}}{name}", value)


def _article(entry: Entry, earliest: str, context: FeedContext) -> str:
    article = entry.article
    day = article.published.day.isoformat() if article.published else ""
    address = context.address("", paths.article(entry.id)) if context.is_published else ""
    return _record(
        context.tag(f"articles/{entry.id}"),
        day or earliest,
        (
            ("title", title_of(article, context.renderer)),
            ("creator", article.author or ""),
            *(("subject", context.topics[topic]) for topic in entry.topics),
            ("description", article.excerpt),
            ("publisher", article.source),
            ("date", day),
            ("type", "Text"),
            ("format", "text/html"),
            ("identifier", address),
            ("source", article.url or article.carrier_url or ""),
            ("language", html_language(article.language)),
        ),
    )


def _plan(plan: Plan, earliest: str, context: FeedContext) -> str:
    number = plan.metadata.document_number
    address = context.address("", paths.plan(plan.slug)) if context.is_published else ""
    return _record(
        context.tag(f"plans/{plan.slug}"),
        plan.metadata.date_iso or earliest,
        (
            ("title", plan.title),
            *(("creator", issuer) for issuer in plan.issuers),
            ("date", plan.metadata.date_iso),
            ("type", "Text"),
            ("format", "text/html"),
            ("identifier", number.text if number else ""),
            ("identifier", address),
            ("language", "zh-Hans"),
        ),
    )


def _record(identifier: str, day: str, elements: Sequence[tuple[str, str]]) -> str:
    """A record, indented as it stands in the document; elements without a value are left out.

    Text, not a tree: of ten thousand records a tree takes a second.
    """
    described = "".join(f"          <dc:{name}>{_escaped(value)}</dc:{name}>\n" for name, value in elements if value)
    return _RECORD.format(identifier=_escaped(identifier), day=_escaped(day), described=described)


def _escaped(text: str) -> str:
    return escape(fit(text), quote=False).replace("\r", "&#13;")


_RECORDS = "records"
_RECORD = f"""\
    <oai:record>
      <oai:header>
        <oai:identifier>{{identifier}}</oai:identifier>
        <oai:datestamp>{{day}}</oai:datestamp>
      </oai:header>
      <oai:metadata>
        <oai_dc:dc xsi:schemaLocation="{_SCHEMAS[_OAI_DC]}">
{{described}}        </oai_dc:dc>
      </oai:metadata>
    </oai:record>
"""
