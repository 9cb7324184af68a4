"""What the template of a plan's overview sees: official elements, figures, outline, axis of time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from builder import paths
from builder.documents.goals import lead_of
from builder.documents.lines import squeeze
from builder.documents.text import heading_text
from builder.model.official import Element, OfficialMetadata
from builder.model.plan import Plan, Provision
from builder.pages.plans.divisions import section_page
from builder.pages.plans.links import LinkView
from builder.pages.rendering import Renderer

_MOST_ARTICLES = 4
"""Articles of a year that the axis names; the rest are counted."""


def plan_head(plan: Plan) -> dict[str, object]:
    """The front matter: title, number, issuers and date as far as the plan says them; ``record`` is for programs."""
    number = plan.metadata.document_number
    return {
        "title": plan.title,
        "date": plan.metadata.date_iso,
        "document_number": number.text if number else None,
        "issuers": list(plan.issuers) or None,
        "lang": "zh-Hans",
        "seed": plan.path,
        "sha256": plan.sha256,
        "id": plan.slug,
        "record": paths.plan_record(plan.slug),
        "kind": "plan",
    }


def is_printed(metadata: OfficialMetadata) -> bool:
    """Whether the text comes from a printed 公文, with a 版头 or 版记 of its own."""
    return bool(metadata.issuing_mark or metadata.printing_date or metadata.copied_to)


def element_groups(plan: Plan, renderer: Renderer) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the document's own rules name: 版头, 主体 and 版记 of a 公文 (GB/T 9704-2012), the making of a law (立法法).

    Only a document with a 版头 or 版记 of its own shows what of them it lacks.
    """
    printed = is_printed(plan.metadata)
    groups = [
        (
            renderer.label(f"plan_group_{group}"),
            [
                {"name": renderer.label(f"plan_element_{name}"), "texts": texts}
                for name, texts in elements.items()
                if texts or printed
            ],
        )
        for group, elements in _elements(plan).items()
    ]
    return [(name, rows) for name, rows in groups if rows]


def _elements(plan: Plan) -> dict[str, dict[str, tuple[str, ...]]]:
    said = plan.metadata
    made = {
        kind: tuple(event.text for event in said.enactments if event.kind == kind)
        for kind in ("adopted", "approved", "published", "amended")
    }
    law = {**made, "effective": (said.effective_iso,) if said.effective_iso else ()}
    return {
        **({"law": law} if said.enactments or plan.family == "law" else {}),
        "head": {
            "copy_number": _texts(said.copy_number),
            "secrecy": _texts(said.secrecy),
            "urgency": _texts(said.urgency),
            "issuing_mark": _texts(said.issuing_mark),
            "document_number": _texts(said.document_number),
            "signer": _texts(said.signer),
        },
        "text": {
            "title": _texts(said.title),
            "addressee": _texts(said.addressee),
            "notice_body": _texts(*said.notice_body),
            "attachment_note": _texts(said.attachment_note),
            "signatures": _texts(*said.signatures),
            "date": _texts(None if said.adoption else said.date),
            "note": _texts(said.note),
            "figures": tuple(annex.heading.title for annex in plan.annexes),
        },
        "imprint": {
            "copied_to": said.copied_to_agencies,
            "printing_agency": _texts(said.printing_agency),
            "printing_date": _texts(said.printing_date),
        },
    }


def _texts(*elements: Element | None) -> tuple[str, ...]:
    return tuple(element.text for element in elements if element)


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


def outline(plan: Plan, renderer: Renderer) -> list[dict[str, Any]]:
    """The preface where sections follow it, chapters and annexes with what is below them.

    Each with its page, heading, number of articles or else of paragraphs, and, of chapters, the first sentence.
    """
    rows = [_row(plan, part, lead=lead_of(part.all_paragraphs())) for part in (*plan.provisions, *plan.annexes)]
    if plan.preface and plan.provisions:
        first = {"page": section_page(plan, plan.preface[0].eid), "text": renderer.label("plan_preface")}
        counts = {"paragraphs": len(plan.preface), "articles": 0, "is_article": False, "children": []}
        rows.insert(0, {**first, "lead": lead_of(plan.preface), **counts})
    return rows


def _row(plan: Plan, provision: Provision, lead: str = "") -> dict[str, Any]:
    articles = sum(1 for each in provision.walk() if each.kind == "article")
    is_article = provision.kind == "article"
    return {
        "page": section_page(plan, provision.eid),
        "text": heading_text(provision.heading).strip(),
        "lead": lead,
        "paragraphs": 0 if articles or is_article else sum(1 for _ in provision.all_paragraphs()),
        "articles": 0 if is_article else articles,
        "is_article": is_article,
        "children": [_row(plan, child) for child in provision.children],
    }


def years(plan: Plan, links: Mapping[str, Sequence[LinkView]], renderer: Renderer) -> list[dict[str, Any]]:
    """The document's own dates (kind, words, page) and the articles that speak of it on one axis, oldest first."""
    dates: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for entry in sorted(plan.timeline, key=lambda entry: entry.start):
        words = renderer.label(f"timeline_{entry.kind}", label=entry.label, start=entry.start, end=entry.end)
        dates[entry.start[:4]].append((entry.kind, words, section_page(plan, entry.eid) if entry.eid else ""))
    known = {link.page: link for group in links.values() for link in group if link.day}
    articles: dict[str, list[LinkView]] = defaultdict(list)
    for link in sorted(known.values(), key=lambda link: (link.day, link.page)):
        articles[link.day[:4]].append(link)
    return [
        {
            "year": year,
            "dates": dates[year],
            "articles": articles[year][:_MOST_ARTICLES],
            "more": len(articles[year][_MOST_ARTICLES:]),
        }
        for year in sorted({*dates, *articles})
    ]
