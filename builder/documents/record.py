"""A plan as the record that ``convert --json`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model.findings import Target
from builder.model.plan import Heading, Plan, Provision


def to_record(plan: Plan) -> dict[str, object]:
    """The plan's fields but ``file``, plain values only.

    Args:
        plan: A parsed plan.

    Returns:
        ``kind, title, doc_number, issuers, date, outline, paragraphs, paragraphs_repaired, targets``.
    """
    number = plan.metadata.document_number
    paragraphs = tuple(plan.paragraphs())
    return {
        "kind": "plan",
        "title": plan.title,
        "doc_number": number.text if number else None,
        "issuers": list(plan.issuers),
        "date": plan.metadata.date_iso or None,
        "outline": [
            {"level": heading.level, "number": heading.number, "title": heading.title} for heading in headings(plan)
        ],
        "paragraphs": [paragraph.text for paragraph in paragraphs],
        "paragraphs_repaired": [paragraph.repaired for paragraph in paragraphs],
        "targets": [_target(target) for target in (*plan.targets, *plan.aims)],
    }


def headings(plan: Plan) -> Iterator[Heading]:
    """Every heading in the order of the text, those that run into a paragraph included."""
    for provision in plan.walk():
        yield provision.heading
        yield from _running_in(provision)


def _running_in(provision: Provision) -> Iterator[Heading]:
    for paragraph in provision.paragraphs:
        if paragraph.heading and paragraph.heading != provision.heading:
            yield paragraph.heading


def _target(target: Target) -> dict[str, object]:
    return {
        "paragraph": target.eid,
        "indicator": target.indicator,
        "comparator": target.comparator or None,
        "value": target.value,
        "unit": target.unit or None,
        "deadline": target.deadline or None,
        "quote": target.quote,
    }
