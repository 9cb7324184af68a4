"""The elements of an official document, named after GB/T 9704-2012, and what patterns find in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan wants to reach."""

    eid: str  # Identifier of the paragraph
    quote: str  # The clause, repaired, as it stands in the paragraph
    indicator: str  # What is measured or aimed at
    comparator: str = ""  # ``>=``, ``<=``, ``~`` or ``=``; empty for a target without a number
    value: float | None = None  # The number; None for a target without one
    unit: str = ""  # 家, 亿元, %, 位 …; empty where there is none
    value_text: str = ""  # The number as printed
    deadline: str = ""  # ISO 8601 day, or the year alone where 前 leaves the day open; empty where none is given
    deadline_text: str = ""  # The deadline as printed
    value_max: float | None = None  # The upper end of a range


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where things stood when the plan was written."""

    eid: str  # Identifier of the paragraph
    quote: str  # The clause, repaired
    indicator: str  # What was measured
    values: tuple[tuple[float, str], ...]  # Each number with its unit, as printed
    period: str  # When, as far as the paragraph says: a year or the printed words


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
    """One element of an official document, after GB/T 9704-2012."""

    text: str  # As printed, without white space that OCR put in
    lines: tuple[int, ...]  # Where it stands in the seed, 1-based


@dataclass(frozen=True, slots=True)
class Enactment:
    """One event in the life of a law."""

    kind: EnactmentKind  # 通过, 批准, 公布, 修正 or 修订, 施行
    date_iso: str  # ISO 8601
    body: str  # Who did it, without term and session; empty where the text names none
    text: str  # As printed, without white space
    lines: tuple[int, ...]  # Where it stands in the seed, 1-based


@dataclass(frozen=True, slots=True)
class OfficialMetadata:
    """The elements of an official document; None or empty means that the seed does not have it."""

    copy_number: Element | None = None  # 份号
    secrecy: Element | None = None  # 密级和保密期限
    urgency: Element | None = None  # 紧急程度
    issuing_mark: Element | None = None  # 发文机关标志, agencies in order, then the suffix
    mark_agencies: tuple[str, ...] = ()  # The agencies named in the 发文机关标志
    document_number: Element | None = None  # 发文字号
    signer: Element | None = None  # 签发人
    title: Element | None = None  # 标题, of the notice where there is one, else of the document
    title_agencies: tuple[str, ...] = ()  # The agencies the title names, in their short forms
    addressee: Element | None = None  # 主送机关
    notice_body: tuple[Element, ...] = ()  # 正文 of the notice, a paragraph each
    attachment_note: Element | None = None  # 附件说明
    signatures: tuple[Element, ...] = ()  # 发文机关署名
    date: Element | None = None  # 成文日期 as printed
    date_iso: str = ""  # 成文日期, ISO 8601
    note: Element | None = None  # 附注
    copied_to: Element | None = None  # 抄送机关
    copied_to_agencies: tuple[str, ...] = ()  # Each agency of the 抄送机关
    printing_agency: Element | None = None  # 印发机关
    printing_date: Element | None = None  # 印发日期 as printed
    printing_date_iso: str = ""  # 印发日期, ISO 8601
    separators: tuple[int, ...] = ()  # Lines of the seed on which 分隔线 stand
    issuer_field: str = ""  # 发文机关, where a web page names it outside the document
    publisher_field: str = ""  # 发布机构, likewise; it may be another
    enactments: tuple[Enactment, ...] = ()  # What the note below a law's title says of it
    effective_iso: str = ""  # The day it comes into force, ISO 8601

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
