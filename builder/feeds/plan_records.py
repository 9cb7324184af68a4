"""The published shape of plans: ``plans/<id>.json``."""

from __future__ import annotations

from msgspec import Struct

from builder import paths
from builder.feeds.records import Digest
from builder.model.findings import Target
from builder.model.plan import Paragraph, Plan, Provision
from builder.pages.raws import raw_path


class ParagraphRecord(Struct, frozen=True):
    """A paragraph, re-joined from the lines of the seed."""

    id: str
    kind: str
    text: str
    printed: str
    lines: tuple[int, ...]


class ProvisionRecord(Struct, frozen=True):
    """A numbered section with its paragraphs and what stands below it."""

    id: str
    kind: str
    level: int
    number: str
    title: str
    paragraphs: tuple[ParagraphRecord, ...]
    children: tuple[ProvisionRecord, ...]


class TargetRecord(Struct, frozen=True):
    """What the plan wants to reach."""

    paragraph: str
    quote: str
    indicator: str
    comparator: str
    value: float | None
    unit: str
    deadline: str


class RepairRecord(Struct, frozen=True):
    """A change of the printed text."""

    rule: str
    line: int
    before: str
    after: str
    paragraph: str


class DoubtRecord(Struct, frozen=True):
    """Words that only the original could settle."""

    rule: str
    line: int
    quote: str
    suggestion: str
    paragraph: str


class PlanRecord(Struct, frozen=True):
    """Everything about one plan."""

    id: str
    seed: str
    sha256: Digest
    page: str
    raw: str | None
    title: str
    document_number: str | None
    issuers: tuple[str, ...]
    date: str | None
    printed_on: str | None
    addressee: str | None
    preface: tuple[ParagraphRecord, ...]
    provisions: tuple[ProvisionRecord, ...]
    annexes: tuple[ProvisionRecord, ...]
    targets: tuple[TargetRecord, ...]
    aims: tuple[TargetRecord, ...]
    repairs: tuple[RepairRecord, ...]
    doubts: tuple[DoubtRecord, ...]


def plan_record(plan: Plan) -> PlanRecord:
    """A plan as published."""
    said = plan.metadata
    return PlanRecord(
        id=plan.slug,
        seed=plan.path,
        sha256=plan.sha256,
        page=paths.link("", paths.plan(plan.slug)),
        raw=raw_path(plan, plan.slug, containers=False) or None,
        title=plan.title,
        document_number=said.document_number.text if said.document_number else None,
        issuers=plan.issuers,
        date=said.date_iso or None,
        printed_on=said.printing_date_iso or None,
        addressee=said.addressee.text if said.addressee else None,
        preface=tuple(map(_paragraph, plan.preface)),
        provisions=tuple(map(_provision, plan.provisions)),
        annexes=tuple(map(_provision, plan.annexes)),
        targets=tuple(map(_target, plan.targets)),
        aims=tuple(map(_target, plan.aims)),
        repairs=tuple(RepairRecord(each.rule, each.line, each.before, each.after, each.eid) for each in plan.repairs),
        doubts=tuple(DoubtRecord(each.rule, each.line, each.quote, each.suggestion, each.eid) for each in plan.doubts),
    )


def _provision(provision: Provision) -> ProvisionRecord:
    return ProvisionRecord(
        id=provision.eid,
        kind=provision.kind,
        level=provision.heading.level,
        number=provision.heading.number,
        title=provision.heading.title,
        paragraphs=tuple(map(_paragraph, provision.paragraphs)),
        children=tuple(map(_provision, provision.children)),
    )


def _paragraph(paragraph: Paragraph) -> ParagraphRecord:
    return ParagraphRecord(paragraph.eid, paragraph.kind, paragraph.repaired, paragraph.text, paragraph.lines)


def _target(target: Target) -> TargetRecord:
    return TargetRecord(
        paragraph=target.eid,
        quote=target.quote,
        indicator=target.indicator,
        comparator=target.comparator,
        value=target.value,
        unit=target.unit,
        deadline=target.deadline,
    )
