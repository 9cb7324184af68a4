"""What the template of a plan's overview sees: official elements, figures, outline, axis of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.documents.goals import lead_of
from builder.documents.lines import squeeze
from builder.documents.text import heading_text
from builder.model.findings import TimelineEntry
from builder.model.official import Element, OfficialMetadata
from builder.model.plan import Plan, Provision
from builder.pages.plans.divisions import section_page
from builder.pages.plans.links import LinkView
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
    """A section in the outline: page, heading, first sentence (of chapters only), articles or paragraphs, kind."""

    page: str
    text: str
    lead: str
    paragraphs: int
    articles: int = 0
    is_article: bool = False
    children: tuple[OutlineRow, ...] = ()


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


def is_printed(metadata: OfficialMetadata) -> bool:
    """Whether the text comes from a printed 公文, with a 版头 or 版记 of its own."""
    return bool(metadata.issuing_mark or metadata.printing_date or metadata.copied_to)


def element_groups(plan: Plan, renderer: Renderer) -> tuple[tuple[str, tuple[ElementRow, ...]], ...]:
    """What the document's own rules name: 版头, 主体 and 版记 of a 公文 (GB/T 9704-2012), the making of a law (立法法).

    Only a document with a 版头 or 版记 of its own shows what of them it lacks.
    """
    metadata = plan.metadata
    printed = is_printed(metadata)
    groups = [("law", _law(plan))] if metadata.enactments or plan.family == "law" else []
    groups += [("head", _head(metadata)), ("text", _text(plan)), ("imprint", _imprint(metadata))]
    made = [
        (
            renderer.label(f"plan_group_{group}"),
            tuple(
                ElementRow(renderer.label(f"plan_element_{name}"), texts) for name, texts in rows if texts or printed
            ),
        )
        for group, rows in groups
    ]
    return tuple((name, rows) for name, rows in made if rows)


def _law(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    metadata = plan.metadata
    for kind in ("adopted", "approved", "published", "amended"):
        yield kind, tuple(event.text for event in metadata.enactments if event.kind == kind)
    yield "effective", (metadata.effective_iso,) if metadata.effective_iso else ()


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
    yield "date", _one(None if metadata.adoption else metadata.date)
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
    kinds = Counter(provision.kind for provision in plan.walk())
    own = {f"{kind}s": kinds[kind] for kind in ("text", "part", "chapter", "section", "article") if kinds[kind]}
    if not own.keys() - {"sections", "texts"}:
        above = len([provision for provision in plan.provisions if provision.kind != "text"])
        own = {"texts": kinds["text"], "headings": above, "subheadings": kinds["section"] - above}
    counts = {
        **own,
        "annexes": len(plan.annexes),
        "paragraphs": len(paragraphs),
        "tables": sum(1 for paragraph in paragraphs if paragraph.table),
        "characters": sum(len(squeeze(paragraph.repaired)) for paragraph in paragraphs),
        "targets": len(plan.targets) + len(plan.aims),
        "repairs": len(plan.repairs),
        "doubts": len(plan.doubts),
    }
    return tuple((renderer.label(f"plan_figure_{name}"), f"{count:,}") for name, count in counts.items() if count)


def outline(plan: Plan, renderer: Renderer) -> tuple[OutlineRow, ...]:
    """The preface where sections follow it, chapters and annexes with what is below them."""
    parts = (*plan.provisions, *plan.annexes)
    rows = [_row(plan, provision, lead=lead_of(provision.all_paragraphs())) for provision in parts]
    if plan.preface and plan.provisions:
        page, name = section_page(plan, plan.preface[0].eid), renderer.label("plan_preface")
        rows.insert(0, OutlineRow(page, name, lead_of(plan.preface), len(plan.preface)))
    return tuple(rows)


def _row(plan: Plan, provision: Provision, lead: str = "") -> OutlineRow:
    children = tuple(_row(plan, child) for child in provision.children)
    articles = sum(1 for each in provision.walk() if each.kind == "article")
    article = provision.kind == "article"
    return OutlineRow(
        page=section_page(plan, provision.eid),
        text=heading_text(provision.heading).strip(),
        lead=lead,
        paragraphs=0 if articles or article else sum(1 for _ in provision.all_paragraphs()),
        articles=0 if article else articles,
        is_article=article,
        children=children,
    )


def years(plan: Plan, links: Mapping[str, Sequence[LinkView]], renderer: Renderer) -> tuple[YearRow, ...]:
    """The document's own dates and the articles that speak of it on one axis, oldest first."""
    timeline = sorted(plan.timeline, key=lambda entry: entry.start)
    dates = [(entry.start, entry.kind, _words(plan, entry, renderer)) for entry in timeline]
    by_year = {year: tuple(group) for year, group in groupby(dates, key=lambda date: date[0][:4])}
    known = {link.page: link for group in links.values() for link in group if link.day}
    found = sorted(known.values(), key=lambda link: (link.day, link.page))
    articles = {year: tuple(group) for year, group in groupby(found, key=lambda link: link.day[:4])}
    return tuple(
        YearRow(
            year,
            tuple((kind, *words) for _, kind, words in by_year.get(year, ())),
            tuple(
                YearArticle(link.page, link.title, link.language, link.day)
                for link in articles.get(year, ())[:_MOST_ARTICLES]
            ),
            len(articles.get(year, ())[_MOST_ARTICLES:]),
        )
        for year in sorted({*by_year, *articles})
    )


def _words(plan: Plan, entry: TimelineEntry, renderer: Renderer) -> tuple[str, str]:
    page = section_page(plan, entry.eid) if entry.eid else ""
    return renderer.label(f"timeline_{entry.kind}", label=entry.label, start=entry.start, end=entry.end), page
