"""A plan as the record that ``convert --json`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from builder.documents.notes import find_notes
from builder.model.blocks import Table
from builder.model.official import Target
from builder.model.plan import Heading, Plan, Provision
from builder.problems import Problem


def to_record(plan: Plan) -> dict[str, object]:
    """The document's fields but ``file``, plain values only.

    Returns:
        ``kind, title, doc_number, issuers, date, outline, paragraphs, paragraphs_repaired, targets, preface, addressee,
        problems``; and, where the document has them, ``document_kind, adopted, published, effective, amended, tables``
        (caption and rows as printed), ``table_places`` (for each table its paragraph and how many rows are its head),
        ``notes`` (mark, text, paragraph), ``documents``. A problem's ``code`` is followed by the numbers that are
        missing where it is about those.
    """
    number = plan.metadata.document_number
    addressee = plan.metadata.addressee
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
        "preface": [paragraph.text for paragraph in plan.preface],
        "addressee": addressee.text if addressee else None,
        "problems": [{"code": _code(problem), "message": problem.message()} for problem in plan.problems],
        **{name: value for name, value in _where_present(plan) if value},
    }


def _where_present(plan: Plan) -> Iterator[tuple[str, object]]:
    """The fields that only some documents have."""
    metadata = plan.metadata
    yield "document_kind", plan.kind
    yield "adopted", next((day.date_iso for day in metadata.enactments[::-1] if day.kind == "adopted"), None)
    yield "published", next((day.date_iso for day in metadata.enactments if day.kind == "published"), None)
    yield "effective", metadata.effective_iso
    yield "amended", [day.date_iso for day in metadata.enactments if day.kind == "amended"]
    tables = [(paragraph.eid, paragraph.table) for paragraph in plan.paragraphs() if paragraph.table]
    yield "tables", [_table(table) for _, table in tables]
    yield "table_places", [{"place": eid, "header": 1 if table.header else 0} for eid, table in tables]
    yield "notes", [{"mark": note.mark, "text": note.text, "place": note.eid} for note in find_notes(plan)]
    yield "documents", [provision.heading.title for provision in plan.provisions if provision.kind == "text"]


def headings(plan: Plan) -> Iterator[Heading]:
    """Every heading in the order of the text, those that run into a paragraph included."""
    for provision in plan.walk():
        yield provision.heading
        yield from _running_in(provision)


def _running_in(provision: Provision) -> Iterator[Heading]:
    for paragraph in provision.paragraphs:
        if paragraph.heading and paragraph.heading != provision.heading:
            yield paragraph.heading


def _table(table: Table) -> dict[str, object]:
    rows = [list(row) for row in ((table.header, *table.rows) if table.header else table.rows)]
    return {"caption": table.title, "rows": rows} if table.title else {"rows": rows}


def _code(problem: Problem) -> str:
    """A problem's code; of numbers that are missing, with the words that say which."""
    said = problem.message().partition("。")[0]
    return f"{problem.code} {said}" if "missing" in problem.values else problem.code


def _target(target: Target) -> dict[str, object]:
    return {
        "paragraph": target.eid,
        "indicator": target.indicator,
        "comparator": target.comparator or None,
        "value": target.value,
        **({"value_max": target.value_max} if target.value_max is not None else {}),
        "unit": target.unit or None,
        "deadline": target.deadline or None,
        "quote": target.quote,
    }
