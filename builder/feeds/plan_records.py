"""The published shape of plans: ``plans/<id>.json``; see ``records``."""

from __future__ import annotations

from msgspec import Struct

from builder.feeds.records import Digest


class ParagraphRecord(Struct, frozen=True, rename={"eid": "id", "repaired": "text", "text": "printed"}):
    """A paragraph, re-joined from the lines of the seed."""

    eid: str
    kind: str
    repaired: str
    text: str
    lines: tuple[int, ...]


class ProvisionRecord(Struct, frozen=True, rename={"eid": "id"}):
    """A numbered section with its paragraphs and what stands below it."""

    eid: str
    kind: str
    level: int
    number: str
    title: str
    paragraphs: tuple[ParagraphRecord, ...]
    children: tuple[ProvisionRecord, ...]


class TargetRecord(Struct, frozen=True, rename={"eid": "paragraph"}):
    """What the plan wants to reach."""

    eid: str
    quote: str
    indicator: str
    comparator: str
    value: float | None
    unit: str
    deadline: str


class RepairRecord(Struct, frozen=True, rename={"eid": "paragraph"}):
    """A change of the printed text."""

    rule: str
    line: int
    before: str
    after: str
    eid: str


class DoubtRecord(Struct, frozen=True, rename={"eid": "paragraph"}):
    """Words that only the original could settle."""

    rule: str
    line: int
    quote: str
    suggestion: str
    eid: str


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
