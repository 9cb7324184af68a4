"""What the template of a plan's overview sees: official elements, figures, outline, axis of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from builder.documents.lines import squeeze
from builder.documents.text import heading_text
from builder.model.archive import Archive, Entry
from builder.model.findings import TimelineEntry
from builder.model.official import Element, OfficialMetadata
from builder.model.plan import Plan, Provision
from builder.pages import places
from builder.pages.articles import html_language, title_of
from builder.pages.plan_places import section_page
from builder.pages.rendering import Renderer

_MOST_ARTICLES = 4
"""Articles of a year that the axis names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element of the official document: its name, its texts; none means that the seed does not have it."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section in the outline: its page, its heading, how many paragraphs it has, those below it included."""

    page: str
    text: str
    paragraphs: int
    children: tuple[OutlineRow, ...]


@dataclass(frozen=True, slots=True)
class YearArticle:
    """An article on the axis."""

    page: str
    title: str
    language: str
    day: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year on the axis: what the plan says of it (kind, words, page), articles, and how many more."""

    year: str
    dates: tuple[tuple[str, str, str], ...]
    articles: tuple[YearArticle, ...]
    more: int


def element_groups(plan: Plan, renderer: Renderer) -> tuple[tuple[str, tuple[ElementRow, ...]], ...]:
    """版头, 主体 and 版记 with their elements in the standard's order."""
    groups = (("head", _head(plan.metadata)), ("text", _text(plan)), ("imprint", _imprint(plan.metadata)))
    return tuple(
        (
            renderer.label(f"plan_group_{group}"),
            tuple(ElementRow(renderer.label(f"plan_element_{name}"), texts) for name, texts in rows),
        )
        for group, rows in groups
    )


def _head(metadata: OfficialMetadata) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "copy_number", _one(metadata.copy_number)
    yield "secrecy", _one(metadata.secrecy)
    yield "urgency", _one(metadata.urgency)
    yield "issuing_mark", _one(metadata.issuing_mark)
    yield "document_number", _one(metadata.document_number)
    yield "signer", _one(metadata.signer)


def _text(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    metadata = plan.metadata
    yield "title", _one(metadata.title)
    yield "addressee", _one(metadata.addressee)
    yield "notice_body", tuple(element.text for element in metadata.notice_body)
    yield "attachment_note", _one(metadata.attachment_note)
    yield "signatures", tuple(element.text for element in metadata.signatures)
    yield "date", _one(metadata.date)
    yield "note", _one(metadata.note)
    yield "figures", tuple(annex.heading.title for annex in plan.annexes)


def _imprint(metadata: OfficialMetadata) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "copied_to", metadata.copied_to_agencies
    yield "printing_agency", _one(metadata.printing_agency)
    yield "printing_date", _one(metadata.printing_date)


def _one(element: Element | None) -> tuple[str, ...]:
    return (element.text,) if element else ()


def figures(plan: Plan, renderer: Renderer) -> tuple[tuple[str, str], ...]:
    """The plan in numbers: label and number."""
    paragraphs = tuple(plan.paragraphs())
    counts = {
        "chapters": len(plan.provisions),
        "sections": sum(1 for _ in plan.walk()) - len(plan.provisions) - len(plan.annexes),
        "paragraphs": len(paragraphs),
        "characters": sum(len(squeeze(paragraph.repaired)) for paragraph in paragraphs),
        "targets": len(plan.targets) + len(plan.aims),
        "repairs": len(plan.repairs),
        "doubts": len(plan.doubts),
    }
    return tuple((renderer.label(f"plan_figure_{name}"), f"{count:,}") for name, count in counts.items() if count)


def outline(plan: Plan) -> tuple[OutlineRow, ...]:
    """Chapters and annexes with what is below them."""
    return tuple(_row(plan, provision) for provision in (*plan.provisions, *plan.annexes))


def _row(plan: Plan, provision: Provision) -> OutlineRow:
    children = tuple(_row(plan, child) for child in provision.children if child.kind != "article")
    count = sum(1 for _ in provision.all_paragraphs())
    text = heading_text(provision.heading)
    return OutlineRow(section_page(plan, provision.eid), text, count, children)


def years(plan: Plan, archive: Archive, renderer: Renderer) -> tuple[YearRow, ...]:
    """The plan's dates and the archive's articles on one axis, oldest first."""
    timeline = sorted(plan.timeline, key=lambda entry: entry.start)
    dates = [(entry.start, entry.kind, _words(plan, entry, renderer)) for entry in timeline]
    by_year = {year: tuple(group) for year, group in groupby(dates, key=lambda date: date[0][:4])}
    entries = [entry for entry in reversed(archive.entries) if entry.article.published]
    articles = {year: tuple(group) for year, group in groupby(entries, key=_year)}
    return tuple(
        YearRow(
            year,
            tuple((kind, *words) for _, kind, words in by_year.get(year, ())),
            tuple(_article(entry, renderer) for entry in articles.get(year, ())[:_MOST_ARTICLES]),
            len(articles.get(year, ())[_MOST_ARTICLES:]),
        )
        for year in sorted({*by_year, *articles})
    )


def _words(plan: Plan, entry: TimelineEntry, renderer: Renderer) -> tuple[str, str]:
    page = section_page(plan, entry.eid) if entry.eid else ""
    return renderer.label(f"timeline_{entry.kind}", label=entry.label, start=entry.start, end=entry.end), page


def _year(entry: Entry) -> str:
    return entry.article.published.iso[:4] if entry.article.published else ""


def _article(entry: Entry, renderer: Renderer) -> YearArticle:
    article = entry.article
    day = article.published.iso[:10] if article.published else ""
    return YearArticle(places.article(entry.id), title_of(article, renderer), html_language(article.language), day)
