"""The elements of an official document, named after GB/T 9704-2012, and what patterns find in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan wants to reach.

    Attributes:
        eid: Identifier of the paragraph.
        quote: The clause, repaired, as it stands in the paragraph.
        indicator: What is measured or aimed at.
        comparator: ``>=``, ``<=``, ``~`` or ``=``; empty for a target without a number.
        value: The number; None for a target without one.
        unit: 家, 亿元, %, 位 …; empty where there is none.
        value_text: The number as printed.
        deadline: ISO 8601 day, or the year alone where 前 leaves the day open; empty where none is given.
        deadline_text: The deadline as printed.
        value_max: The upper end of a range.
    """

    eid: str
    quote: str
    indicator: str
    comparator: str = ""
    value: float | None = None
    unit: str = ""
    value_text: str = ""
    deadline: str = ""
    deadline_text: str = ""
    value_max: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where things stood when the plan was written.

    Attributes:
        eid: Identifier of the paragraph.
        quote: The clause, repaired.
        indicator: What was measured.
        values: Each number with its unit, as printed.
        period: When, as far as the paragraph says: a year or the printed words.
    """

    eid: str
    quote: str
    indicator: str
    values: tuple[tuple[float, str], ...]
    period: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One point or span on the plan's axis.

    Attributes:
        kind: What happens.
        start: ISO 8601 year, month or day.
        end: The same for a span; empty for a point.
        label: For readers.
        eid: Identifier of the paragraph, possibly empty.
    """

    kind: Literal[
        "baseline", "period", "issued", "printed", "target", "outlook",
        "adopted", "approved", "published", "amended", "effective",
    ]  # fmt: skip
    start: str
    end: str
    label: str
    eid: str


EnactmentKind = Literal["adopted", "approved", "published", "amended", "effective"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element of an official document, after GB/T 9704-2012.

    Attributes:
        text: As printed, without white space that OCR put in.
        lines: Where it stands in the seed, 1-based.
    """

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Enactment:
    """One event in the life of a law.

    Attributes:
        kind: 通过, 批准, 公布, 修正 or 修订, 施行.
        date_iso: ISO 8601.
        body: Who did it, without term and session; empty where the text names none.
        text: As printed, without white space.
        lines: Where it stands in the seed, 1-based.
    """

    kind: EnactmentKind
    date_iso: str
    body: str
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfficialMetadata:
    """The elements of an official document; None or empty means that the seed does not have it.

    Attributes:
        copy_number: 份号.
        secrecy: 密级和保密期限.
        urgency: 紧急程度.
        issuing_mark: 发文机关标志, agencies in order, then the suffix.
        mark_agencies: The agencies named in the 发文机关标志.
        document_number: 发文字号.
        signer: 签发人.
        title: 标题, of the notice where there is one, else of the document.
        title_agencies: The agencies the title names, in their short forms.
        addressee: 主送机关.
        notice_body: 正文 of the notice, a paragraph each.
        attachment_note: 附件说明.
        signatures: 发文机关署名.
        date: 成文日期 as printed.
        date_iso: 成文日期, ISO 8601.
        note: 附注.
        copied_to: 抄送机关.
        copied_to_agencies: Each agency of the 抄送机关.
        printing_agency: 印发机关.
        printing_date: 印发日期 as printed.
        printing_date_iso: 印发日期, ISO 8601.
        separators: Lines of the seed on which 分隔线 stand.
        issuer_field: 发文机关, where a web page names it outside the document.
        publisher_field: 发布机构, likewise; it may be another.
        enactments: What the note below a law's title says of it.
        effective_iso: The day it comes into force, ISO 8601.
    """

    copy_number: Element | None = None
    secrecy: Element | None = None
    urgency: Element | None = None
    issuing_mark: Element | None = None
    mark_agencies: tuple[str, ...] = ()
    document_number: Element | None = None
    signer: Element | None = None
    title: Element | None = None
    title_agencies: tuple[str, ...] = ()
    addressee: Element | None = None
    notice_body: tuple[Element, ...] = ()
    attachment_note: Element | None = None
    signatures: tuple[Element, ...] = ()
    date: Element | None = None
    date_iso: str = ""
    note: Element | None = None
    copied_to: Element | None = None
    copied_to_agencies: tuple[str, ...] = ()
    printing_agency: Element | None = None
    printing_date: Element | None = None
    printing_date_iso: str = ""
    separators: tuple[int, ...] = ()
    issuer_field: str = ""
    publisher_field: str = ""
    enactments: tuple[Enactment, ...] = ()
    effective_iso: str = ""

    @property
    def adoption(self) -> Enactment | None:
        """How the version at hand was passed: the last 通过, else the last 批准, else the last 公布."""
        for kind in ("adopted", "approved", "published"):
            events = [event for event in self.enactments if event.kind == kind]
            if events:
                return events[-1]
        return None

    @property
    def passed_by(self) -> tuple[str, ...]:
        """The bodies that passed it; where none did, the one that approved or published it."""
        adopted = [event.body for event in self.enactments if event.kind == "adopted" and event.body]
        last = [self.adoption.body] if self.adoption and self.adoption.body else []
        return tuple(dict.fromkeys(adopted or last))
