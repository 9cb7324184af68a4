"""Pages saved as HTML: what the browser or the extension that saved them wrote above, and pictures written inside."""

from __future__ import annotations

import re

from builder.containers.decoding import address, facts
from builder.model.container import Fact
from builder.patterns import pattern

# "saved from url=(0034)https://…" by Internet Explorer's rule for the Mark of the Web, which Chrome and Edge keep;
# the number is the address's length.
_MARK_OF_THE_WEB = pattern(rb"<!--\s*saved from url=\(\d{4,5}\)(\S{4,4000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = pattern(
    rb"<!--\s*Page saved with SingleFile(?:Z)?\s+url:\s*(?P<url>\S{4,4000})\s+saved date:\s*(?P<saved>[^\n<>]{4,100})",
    re.IGNORECASE,
)
_PICTURE_INSIDE = pattern(rb"data:image/(?:jpe?g|png|webp|gif|avif|bmp)[;,]", re.IGNORECASE)
_WITHIN = 8192
"""Bytes at the head of a page among which the marks stand."""


def page_facts(data: bytes) -> tuple[Fact, ...]:
    """Address and time of a page that was saved; nothing where no mark says so."""
    head = data[:_WITHIN]
    if found := _SINGLE_FILE.search(head):
        return facts(
            ("url", _text(found["url"]), "SingleFile: url"), ("saved", _text(found["saved"]), "SingleFile: saved date")
        )
    marked = _MARK_OF_THE_WEB.search(head)
    return facts(("url", address(_text(marked[1])), "saved from url")) if marked else ()


def holds_pictures(data: bytes) -> bool:
    """Whether pictures are written into the page itself, in ``data:`` addresses."""
    return _PICTURE_INSIDE.search(data) is not None


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
