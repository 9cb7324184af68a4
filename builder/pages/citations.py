"""Citations of articles and plans: GB/T 7714—2015, BibTeX, RIS, CSL-JSON; what is not known is left out.

GB/T 7714—2015 as read here:

- 4.6.2 orders an electronic resource: 主要责任者. 题名[EB/OL]. 出版者, 出版年(发布日期)[引用日期]. 获取路径.
- 8.1.2 lets the author be left out where none is known; the outlet is then not made the author but stays publisher.
- 8.4.1, 8.4.2 and their notes let place and publisher of an electronic resource be left out where unknown.
- ``EB/OL`` (电子公告, 联机网络) for every article: whether an outlet is a newspaper (``N``) is not recorded.
- 引用日期 is the day on which the citing person read the page. Nobody knows it when the site is built, and a clock
  would make every build differ, so it is left out and stays for the person who cites to add.
- A plan is ``A`` as in the standard's own example of a government notice; ``/OL`` needs an address, and seeds of plans
  record none. More than three issuers are cut to three and 等 (8.1.1).

Days are as written, in the offset they were written in. A byline stays one literal name, because splitting it into
persons, or into family and given names, would be guessing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from builder.model.archive import Entry
from builder.model.plan import Plan

_MOST_AUTHORS = 3
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Citation:
    """A finished citation."""

    name: str  # ``gbt7714``, ``bibtex``, ``ris`` or ``csl``; the label's key is ``citation_`` and the name
    text: str  # As it is copied; RIS has the line ends that RIS asks for


@dataclass(frozen=True, slots=True)
class _Work:
    """What is cited; empty text where something is not known."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    number: str
    day: str
    address: str
    language: str


def article_citations(entry: Entry, title: str) -> tuple[Citation, ...]:
    """One citation of each kind; the address is the original's, else the carrier's, else there is none."""
    return _citations(_work(entry, title))


def located_citation(entry: Entry, title: str) -> str:
    """The citation of a paragraph of an article as it stands in the archive (GB/T 7714-2015, 4.6.2).

    Returns:
        GB/T 7714 with ``{place}``, ``{accessed}`` and ``{address}`` for what only the reader's browser knows.
    """
    return _gbt7714(replace(_work(entry, title), address="{address}"), place=": {place}[{accessed}]")


def _work(entry: Entry, title: str) -> _Work:
    article = entry.article
    return _Work(
        key=entry.id,
        kind="article",
        title=_line(title),
        authors=(_line(article.author),) if article.author else (),
        publisher=_line(article.source),
        number="",
        day=article.published.day.isoformat() if article.published else "",
        address=_address(article.url or article.carrier_url or ""),
        language=article.language,
    )


def located_plan_citation(plan: Plan) -> str:
    """The citation of a paragraph of a plan, as ``located_citation`` gives that of an article's."""
    return _gbt7714(replace(_plan_work(plan), address="{address}"), place=": {place}[{accessed}]")


def plan_citations(plan: Plan) -> tuple[Citation, ...]:
    """The citations of a plan: its issuers are its authors."""
    return _citations(_plan_work(plan))


def _plan_work(plan: Plan) -> _Work:
    number = plan.metadata.document_number
    return _Work(
        key=plan.slug,
        kind="plan",
        title=_line(plan.title),
        authors=tuple(_line(issuer) for issuer in plan.issuers),
        publisher="",
        number=_line(number.text) if number else "",
        day=plan.metadata.date_iso,
        address="",
        language="zh-Hans",
    )


def _citations(work: _Work) -> tuple[Citation, ...]:
    return (
        Citation("gbt7714", _gbt7714(work)),
        Citation("bibtex", _bibtex(work)),
        Citation("ris", _ris(work)),
        Citation("csl", json.dumps([_csl(work)], ensure_ascii=False, separators=(",", ":"))),
    )


def _gbt7714(work: _Work, place: str = "") -> str:
    authors = ", ".join(work.authors[:_MOST_AUTHORS]) + (", 等" if len(work.authors) > _MOST_AUTHORS else "")
    name = f"{work.title}: {work.number}" if work.number else work.title
    if work.kind == "plan":
        carrier = "A/OL" if work.address else "A"
        day = f"({work.day})" if work.day and place else work.day
        parts = [authors, f"{name}[{carrier}]", day + place, work.address]
    else:
        year = ", ".join(part for part in (work.publisher, work.day[:4] if work.publisher else "") if part)
        parts = [authors, f"{name}[EB/OL]", (f"{year}({work.day})" if work.day else year) + place, work.address]
    return "".join(f"{part}. " for part in parts if part).strip()


def _bibtex(work: _Work) -> str:
    """An entry of the classic styles; double braces keep a title's case and a name in one piece."""
    fields: Mapping[str, str] = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in work.authors),
        "title": f"{{{_tex(work.title)}}}",
        "howpublished": _tex(work.publisher),
        "number": _tex(work.number),
        "year": work.day[:4],
        "month": work.day[5:7],
        "day": str(int(work.day[8:10])) if work.day[8:10] else "",
        "url": work.address,
        "langid": {"zh": "chinese", "en": "english"}.get(work.language[:2], ""),
    }
    lines = [
        f"  {name} = {_MONTHS[int(value) - 1] if name == 'month' else f'{{{value}}}'}"
        for name, value in fields.items()
        if value
    ]
    return ",\n".join([f"@misc{{{work.key}", *lines]) + "\n}"


def _ris(work: _Work) -> str:
    """Tags of the RIS format; each value is one line, and lines end as the format says."""
    tags: Iterable[tuple[str, str]] = (
        ("TY", "GOVDOC" if work.kind == "plan" else "ELEC"),
        *(("AU", author.replace(",", "，")) for author in work.authors),
        ("TI", work.title),
        ("PB", work.publisher),
        ("M1", work.number),
        ("PY", work.day[:4]),
        ("DA", f"{work.day.replace('-', '/')}/" if work.day else ""),
        ("UR", work.address),
        ("LA", work.language),
        ("ID", work.key),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n"


def _csl(work: _Work) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": work.key,
        "type": "document" if work.kind == "plan" else "webpage",
        "title": work.title,
        "author": [{"literal": author} for author in work.authors],
        "container-title": work.publisher,
        "number": work.number,
        "issued": {"date-parts": [[int(part) for part in work.day.split("-")]]} if work.day else None,
        "URL": work.address,
        "language": work.language,
    }
    return {key: value for key, value in record.items() if value}


def _line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _address(address: str) -> str:
    """An address without what would end a field: white space, braces, backslashes, quotation marks."""
    return re.sub(r"[\s{}\\\"<>^`|\x00-\x1f\x7f]", lambda found: "".join(_escaped(found[0])), address)


def _escaped(character: str) -> Iterable[str]:
    return (f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _tex(text: str) -> str:
    """Text as BibTeX and TeX read it; braces become commands, since BibTeX counts even escaped ones."""
    return "".join(_TEX.get(character, character) for character in text)


_TEX = {
    "\\": "{\\textbackslash}",
    "{": "{\\textbraceleft}",
    "}": "{\\textbraceright}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
