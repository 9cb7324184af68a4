"""Whether a file is an official document, and why; one without any sign of it is not even read as blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.patterns import pattern

YEAR = r"[〔\[【（(﹝［]\d{4}[〕\]】）)﹞］]"
_SIGN = pattern(
    rf"{YEAR}|第[ 　]?[一1][ 　]?[条條章編编节節]|号令|令第|会议通过"
    rf"|^(?:[^\w\n]|_){{0,24}}(?:<[a-z][^<>\n]{{0,99}}>){{0,3}}[壹一1][、.．]"
    r"|[（(]一[）)]|1\.1|[A-Z]{2}/T|発|发文|成文|的(?:通知|决定|批复|复函|函|通报|公告|意见|报告|命令|决议)",
    re.MULTILINE,
)
"""What only documents hold, and what quotes them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for an official document, or against it."""

    name: str  # Which one; readers' wording is in ``languages``
    weight: int  # How much it counts; negative where it speaks against
    evidence: str  # The words or the count it rests on


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a file is an official document, and why, in the order in which reasons were looked for."""

    is_document: bool
    reasons: tuple[Reason, ...]


def judge(text: str, path: str = "") -> Judgement:
    """Judge a decoded file; one without any sign of a document is not even read as blocks."""
    if not _SIGN.search(text):
        return Judgement(is_document=False, reasons=())
    from builder.documents.recognition import judge_source  # noqa: PLC0415  # most posts show no sign of a document
    from builder.documents.source import read_source  # noqa: PLC0415  # likewise

    return judge_source(read_source(text, path))
