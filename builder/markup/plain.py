"""Clean HTML as plain text, and its first sentences."""

from __future__ import annotations

import html
import re

from builder.markup.allowlist import BLOCKS
from builder.markup.layout import MARKS, SOFT, without_soft_ends

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>""")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_SPACES = re.compile(r"[ \t]+")
_SENTENCE_END = re.compile(r"[。！？!?…](?:[”’」』）)\"']*)|[.](?=\s)")
_HEADINGS = re.compile(r"<(h[1-6]|figcaption|caption|th|rt|rp)>.*?</\1>", re.DOTALL)
# About three lines on a card: 120 Han characters, or as many as end a sentence before 160.
_EXCERPT_WISHED = 120
_EXCERPT_LONGEST = 160


def plain_text(clean: str) -> str:
    """The text of cleaned HTML, one block a line, without line ends between Han characters."""
    text = _TAG.sub(_line_end, _LINE_ENDS.sub(SOFT, MARKS.sub(" ", clean)))
    lines = (without_soft_ends(html.unescape(line)) for line in text.split("\n"))
    return "\n".join(line for line in (_SPACES.sub(" ", line).strip() for line in lines) if line)


def excerpt(clean: str) -> str:
    """The first sentences of cleaned HTML, headings and captions left aside, on one line."""
    text = " ".join(plain_text(_HEADINGS.sub("", clean)[: 40 * _EXCERPT_LONGEST]).split())
    if len(text) <= _EXCERPT_LONGEST:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, _EXCERPT_LONGEST)]
    if ends and ends[-1] >= _EXCERPT_WISHED // 3:
        return text[: ends[-1]]
    return text[:_EXCERPT_WISHED].rstrip() + "…"


def _line_end(match: re.Match[str]) -> str:
    return "\n" if match[2] in BLOCKS or match[2] == "br" else ""
