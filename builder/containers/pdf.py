"""PDF files (ISO 32000-1): text from a process of its own, joined to paragraphs; pages of a scan as pictures."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from builder.containers.decoding import day_line, facts, html_part, one_line
from builder.containers.kinds import kinds
from builder.containers.limits import PDF_SECONDS
from builder.containers.packages import PackageError
from builder.containers.pdf_flow import LineGroup
from builder.containers.pdf_lines import Repairs
from builder.containers.pdf_pages import laid_out
from builder.containers.pdf_paragraphs import html_of, paragraphs_of, without_furniture
from builder.model.container import Part, Read
from builder.patterns import pattern
from builder.problems import Problem

_ADDRESS = pattern(r"https?://[^\s…]{4,2000}(?![^\s])")
_MOMENT = pattern(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{0,4}\d{1,2}:\d\d(?::\d\d)?")
"""Day and time, as sites write them below a title, often with names before and behind."""
_BYLINE_WITHIN, _LONGEST_BYLINE = 8, 60
_GARBLED = 0.05
"""Share of characters without a name from which a text cannot be trusted."""


def read_pdf(data: bytes, path: str, _depth: int) -> Read:
    """Read a PDF."""
    found = _worked(data)
    repairs = Repairs()
    shown: dict[str, bytes] = {}
    printed = found["creator"].startswith(kinds().browsers)
    pages = laid_out(found["pages"], repairs, shown, printed=printed)
    scans = {number: base64.b64decode(page["scan"]) for number, page in enumerate(found["pages"], 1) if "scan" in page}
    bare, gone = without_furniture(pages)
    paragraphs = paragraphs_of(bare, one_line(found["title"]))
    if not paragraphs and not scans:
        return (), ()
    files = {**shown, **{f"page-{number}.png": picture for number, picture in scans.items()}}
    make = _printed_page if printed and paragraphs else _document
    part = replace(make(found, paragraphs, scans, gone), files=files)
    return (replace(part, problems=tuple(_doubts(path, found, repairs, len(gone), len(scans)))),), ()


def _document(
    found: Mapping[str, Any], paragraphs: Sequence[LineGroup], scans: Mapping[int, bytes], _gone: Sequence[str]
) -> Part:
    """A document that was written as it is."""
    html = "\n".join(html_of(each) for each in paragraphs)
    said = facts(
        ("title", _stated_title(found, html), "/Info /Title"),
        ("published", day_line([each.text for each in paragraphs]), "a line of its own"),
    )
    title = next((each.text for each in paragraphs if each.heading == 1), "")
    return html_part("pdf" if html else "scan", _page(title, html, scans), said)


def _printed_page(
    found: Mapping[str, Any], paragraphs: Sequence[LineGroup], scans: Mapping[int, bytes], gone: Sequence[str]
) -> Part:
    """A page that a browser printed: what stands above its title is the site's, its margins say its address."""
    place = next((number for number, each in enumerate(paragraphs) if each.heading == 1), 0)
    above, article = ("\n".join(map(html_of, some)) for some in (paragraphs[:place], paragraphs[place:]))
    addresses = (whole[0] for line in gone if (whole := _ADDRESS.search(line)))
    below = (each.text for each in paragraphs[place : place + _BYLINE_WITHIN] if len(each.text) <= _LONGEST_BYLINE)
    moment = next((said[0] for text in below if (said := _MOMENT.search(text))), "")
    stated = facts(("url", next(addresses, ""), "margin"), ("published", moment, "below the title"))
    page = _page(one_line(found["title"]), f"<header>{above}</header><article>{article}</article>", scans)
    return html_part("page", page, stated)


def _page(title: str, html: str, scans: Mapping[int, bytes]) -> str:
    pictures = "".join(f'<p><img src="page-{number}.png" alt=""></p>' for number in scans)
    head = f"<title>{escape(title)}</title>" if title else ""
    return f"<html><head>{head}</head><body>\n{html}\n{pictures}</body></html>"


def _stated_title(found: Mapping[str, Any], html: str) -> str:
    """The title in the file's own description, where its text says the same: it is often another file's, or garbled."""
    title = one_line(found.get("title"))
    squeezed = "".join(html.split())
    return title if title and "".join(escape(title).split()) in squeezed else ""


def _doubts(path: str, found: Mapping[str, Any], repairs: Repairs, gone: int, scans: int) -> Sequence[Problem]:
    doubts = []
    if repairs.unknown > repairs.total * _GARBLED:
        share = f"{100 * repairs.unknown // max(1, repairs.total)} %"
        doubts.append(Problem("pdf-garbled", path, values={"share": share}))
    if repairs.radicals or repairs.doubled:
        mended = {"radicals": str(repairs.radicals), "doubled": str(repairs.doubled)}
        doubts.append(Problem("pdf-mended", path, values=mended))
    if gone:
        doubts.append(Problem("pdf-furniture", path, values={"count": str(gone)}))
    if scans:
        doubts.append(Problem("pdf-scanned", path, values={"count": str(scans), "pages": str(len(found["pages"]))}))
    damaged = sum("damaged" in page for page in found["pages"])
    if damaged or found["count"] > len(found["pages"]):
        lost = damaged + found["count"] - len(found["pages"])
        doubts.append(Problem("pdf-pages-lost", path, values={"count": str(lost)}))
    return doubts


def _worked(data: bytes) -> dict[str, Any]:
    """What the worker finds.

    Raises:
        PackageError: The file is damaged or locked, or takes more than its time or memory.
    """
    package = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([package, os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "builder.containers.pdf_worker"]
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the file comes on standard input
            command, input=data, capture_output=True, timeout=PDF_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise PackageError("pdf-too-long", limit=str(PDF_SECONDS)) from error
    if done.returncode:
        raise PackageError("container-damaged", reason=f"exit {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    if "error" in found:
        raise PackageError("container-locked" if found["error"] == "locked" else "container-broken")
    return found
