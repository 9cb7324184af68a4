"""Clean HTML as plain text, and its first sentences."""

from __future__ import annotations

import html
import re

from builder.markup.allowlist import INLINE
from builder.markup.layout import OUTER, collapsed, without_soft_ends

_ATTRIBUTES = r"""(?:[^<>"]|"[^"]*")*>"""
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(INLINE))})\b{_ATTRIBUTES}")
_BLOCK_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTES}")
_SENTENCE_END = re.compile(r"[。！？!?…](?:[”’」』）)\"']*)|[.](?=\s)")
_HEADINGS = re.compile(r"<(h[1-6]|figcaption|caption)>.*?</\1>", re.DOTALL)
# About three lines on a card: 120 Han characters, or as many as end a sentence before 160.
_EXCERPT_WISHED = 120
_EXCERPT_LONGEST = 160


def plain_text(clean: str) -> str:
    """The text of cleaned HTML, one block a line, without line ends between Han characters."""
    text = collapsed(clean)
    text = html.unescape(_BLOCK_TAG.sub("\n", _INLINE_TAG.sub("", text)))
    lines = (line.strip(OUTER) for line in text.split("\n"))
    return without_soft_ends("\n".join(line for line in lines if line))


def excerpt(text: str, clean: str) -> str:
    """The first sentences of a plain text, on one line, without headings and captions, which the HTML tells apart."""
    aside = {line for match in _HEADINGS.finditer(clean) for line in plain_text(match[0]).split("\n")}
    line = ""
    for block in text.split("\n"):
        if len(line) > _EXCERPT_LONGEST:
            break
        line += "" if block in aside else block + " "
    return _shortened(line.strip())


def _shortened(line: str) -> str:
    if len(line) <= _EXCERPT_LONGEST:
        return line
    ends = [match.end() for match in _SENTENCE_END.finditer(line, 0, _EXCERPT_LONGEST)]
    if ends and ends[-1] >= _EXCERPT_WISHED // 3:
        return line[: ends[-1]]
    return line[:_EXCERPT_WISHED].rstrip() + "…"
