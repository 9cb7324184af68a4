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
from builder.containers.limits import PDF_SECONDS
from builder.containers.packages import PackageError
from builder.containers.pdf_lines import Repairs
from builder.containers.pdf_pages import laid_out
from builder.containers.pdf_paragraphs import html_of, paragraphs_of, without_furniture
from builder.model.container import Read
from builder.problems import Problem

_GARBLED = 0.05
"""Share of characters without a name from which a text cannot be trusted."""


def read_pdf(data: bytes, path: str, _depth: int) -> Read:
    """Read a PDF."""
    found = _worked(data)
    repairs = Repairs()
    shown: dict[str, bytes] = {}
    pages = laid_out(found["pages"], repairs, shown)
    scans = {number: base64.b64decode(page["scan"]) for number, page in enumerate(found["pages"], 1) if "scan" in page}
    bare, gone = without_furniture(pages)
    paragraphs = paragraphs_of(bare, one_line(found.get("title")))
    html = "\n".join(html_of(each) for each in paragraphs)
    if not html and not scans:
        return (), ()
    title = next((each.text for each in paragraphs if each.heading == 1), "")
    said = facts(
        ("title", _stated_title(found, html), "/Info /Title"),
        ("published", day_line([each.text for each in paragraphs]), "a line of its own"),
    )
    files = {**shown, **{f"page-{number}.png": picture for number, picture in scans.items()}}
    part = html_part("pdf" if html else "scan", _page(title, html, scans), said, files=files)
    return (replace(part, problems=tuple(_doubts(path, found, repairs, gone, len(scans)))),), ()


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
