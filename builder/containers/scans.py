"""Scans: pictures that are items of their own, and the transcripts that lie beside them."""

from __future__ import annotations

import dataclasses
from html import escape
from pathlib import Path

from builder.containers.limits import LARGEST_TEXT
from builder.model.container import Opened, Part

_NAME = "scan"


def scan_part(data: bytes) -> Part:
    """A picture as a part: it shows the picture, and says nothing."""
    html = f'<html><body><p><img src="{_NAME}" alt=""></p></body></html>'
    return Part(html.encode(), "scan", format="html", encoding="utf-8", files={_NAME: data})


def with_transcript(opened: Opened, file: Path) -> Opened:
    """A scan with the text that somebody has written down beside it, a paragraph a line, above its pictures."""
    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST_TEXT).decode("utf-8-sig", "replace")
    except OSError:
        return opened
    lines = "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip()).encode()
    parts = tuple(
        dataclasses.replace(part, data=part.data.replace(b"<body>", b"<body>" + lines, 1))
        if part.kind == "scan"
        else part
        for part in opened.parts
    )
    return dataclasses.replace(opened, parts=parts)
