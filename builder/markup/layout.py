"""From marks to lines: the last step of rendering, where line starts are made safe and lines get their prefixes.

While a tree is converted, the structure of the Markdown (quotation prefixes, list markers, breaks …) is written with
control characters, which no text contains. So the last step can tell structure from text, and escapes text only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.markup.escaping import escape_line_start

BREAK = "\x0e"  # a line break that was meant
SOFT = "\x0f"  # a line end in the source: a space, or nothing between Han characters
QUOTE = "\x10"
ITEM = "\x11"  # around a list marker
INDENT = "\x12"
HEADING = "\x13"
ROW = "\x14"
VERBATIM = "\x15"  # around the index of a stored block
PICTURE = "\x16"
LIST_END = "\x17"  # before a block that must not join the list above it
MARKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

_BREAKS = re.compile(rf"[ {SOFT}]*{BREAK}[ {SOFT}{BREAK}]*")
_SOFTS = re.compile(rf" *{SOFT}[ {SOFT}]*")
_BLANK_LINES = re.compile(r"\n{3,}")
_PREFIX = re.compile(rf"(?:{QUOTE}|{INDENT}|{ITEM}[^{ITEM}]*{ITEM})*")
_MARKERS = re.compile(rf"{ITEM}[^{ITEM}]*{ITEM}")
_MARKUP_BEFORE = re.compile(r"(?:\*|</?[a-z]+>|\]\([^()\s]*\))+\Z")
_MARKUP_AFTER = re.compile(r"(?:\*|</?[a-z]+>|\[)+")
_NEAR = 400
_BLANK = " \t\u3000\u00a0"
# Scripts written without spaces: Han, kana, their punctuation and full-width forms; “ ” ‘ ’ … — are shared.
_SPACELESS = re.compile(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)


def break_lines(text: str, *, paragraphs: bool = True) -> str:
    """Write breaks as Markdown has them.

    Args:
        text: Converted content.
        paragraphs: Whether two breaks in a row part paragraphs.
    """
    if BREAK not in text:
        return text
    return _BREAKS.sub(lambda match: "\n\n" if paragraphs and match[0].count(BREAK) > 1 else "  \n", text)


def on_one_line(text: str, between: str) -> str:
    """Content that must not span lines (headings, cells): breaks and paragraph ends become ``between``."""
    text = _BREAKS.sub("\n", MARKS_OF_LINES.sub("", text))
    return between.join(line.strip(" ") for line in text.split("\n") if line.strip(" "))


def without_soft_ends(text: str) -> str:
    """Line ends of the source: nothing between characters of scripts without spaces, else a space."""
    return _SOFTS.sub(_soft_end, text) if SOFT in text else text


def quoted(text: str) -> str:
    """Every line of a block with a quotation's prefix."""
    return "\n".join(QUOTE + line for line in text.split("\n"))


def listed(text: str, marker: str) -> str:
    """A block as list item: the marker before its first line, further ones indented."""
    first, *rest = text.split("\n")
    return "\n".join([f"{ITEM}{marker}{ITEM}{first}", *(INDENT + line if line else "" for line in rest)])


def finish(text: str, stored: Sequence[str]) -> str:
    """Turn converted content into Markdown.

    Args:
        text: Content with marks.
        stored: The blocks that marks of ``VERBATIM`` stand for.
    """
    text = without_soft_ends(break_lines(text))
    lines = [_line(line) for line in text.split("\n")]
    markdown = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
    if VERBATIM in markdown:
        markdown = re.sub(rf"{VERBATIM}(\d+){VERBATIM}", lambda match: stored[int(match[1])], markdown)
    return markdown


def _line(line: str) -> str:
    prefix = _PREFIX.match(line)
    marks = prefix[0] if prefix else ""
    content = line[len(marks) :]
    kind = content[:1]
    if kind == HEADING:
        level, content = content.split(" ", 1)
        content = f"{'#' * len(level)} {escape_line_start(content.strip(_BLANK))}"
    elif kind == ROW:
        content = content[1:]
    elif kind == LIST_END:
        content = "<!-- -->"
    elif kind != VERBATIM:
        content = escape_line_start(content.lstrip(_BLANK))
    content = content.replace("![", "\\![").replace(PICTURE, "!")
    if not marks:
        return content if content.endswith("  ") and content.strip() else content.rstrip(" ")
    return (
        _MARKERS.sub(lambda match: match[0][1:-1] + " ", marks).replace(QUOTE, "> ").replace(INDENT, "    ") + content
    ).rstrip(" ") + ("  " if content.endswith("  ") and content.strip() else "")


def _soft_end(match: re.Match[str]) -> str:
    text = match.string
    before = _MARKUP_BEFORE.sub("", text[max(0, match.start() - _NEAR) : match.start()])[-1:]
    after = _MARKUP_AFTER.sub("", text[match.end() : match.end() + _NEAR], count=1)[:1]
    return "" if _SPACELESS.match(before) and _SPACELESS.match(after) else " "


MARKS_OF_LINES = re.compile(rf"{QUOTE}|{INDENT}|{ITEM}[^{ITEM}]*{ITEM}|{HEADING}+ |{ROW}|{LIST_END}")
