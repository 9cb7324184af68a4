"""From marks to lines: the last step of rendering, where line starts are made safe and lines get their prefixes.

While a tree is converted, the structure of the Markdown (quotation prefixes, list markers, breaks …) is written with
control characters, which cleaned text does not contain. So the last step can tell structure from text, and escapes
text only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.markup.escaping import escape_line_start
from builder.patterns import pattern

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
_HARD = "\x18"  # a break at the end of a line
# White space that means nothing at the edges of a block.
OUTER = f" \t\n\u3000\u00a0{SOFT}"

_BREAKS = pattern(rf"(?<![ {SOFT}])[ {SOFT}]*{BREAK}[ {SOFT}{BREAK}]*")
_SOFTS = pattern(rf"{SOFT}[ {SOFT}]*")
_LINE_ENDS = pattern(r"\n[ \n]*")
_SPACES = pattern(r"  +")
_BLANK_LINES = pattern(r"\n\n\n+")
_ITEMS = pattern(rf"{ITEM}([^{ITEM}]*){ITEM}")
_PREFIX = pattern(rf"(?:{QUOTE}|{INDENT}|{ITEM}[^{ITEM}]*{ITEM})+")
_OF_LINES = pattern(rf"{QUOTE}|{INDENT}|{ITEM}[^{ITEM}]*{ITEM}|{HEADING}{{1,6}} |{ROW}|{LIST_END}|{_HARD}")
_STORED = pattern(rf"{VERBATIM}(\d+){VERBATIM}")
_MARKUP_BEFORE = pattern(r"\*|</?[a-z]+>|\]\([^()\s]*\)")
_MARKUP_AFTER = pattern(r"(?:\*|</?[a-z]+>|\[)+")
_NEAR = 400
_BLANK = " \t\u3000\u00a0"
# Scripts written without spaces: Han, kana, their punctuation and full-width forms; “ ” ‘ ’ … — are shared.
_SPACELESS = pattern(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)


def collapsed(text: str) -> str:
    """Text of a source with single spaces, and a mark for every line end."""
    if "\t" in text:
        text = text.replace("\t", " ")
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return _LINE_ENDS.sub(SOFT, text) if "\n" in text else text


def tidied(text: str) -> str:
    """Converted content with breaks written, one blank line at most, and line ends of the source resolved."""
    if BREAK in text:
        text = _BREAKS.sub(lambda match: "\n\n" if match[0].count(BREAK) > 1 else f"{_HARD}\n", text)
    text = "\n".join(["" if line == _HARD else line for line in map(_trimmed, text.split("\n"))])
    return without_soft_ends(_BLANK_LINES.sub("\n\n", text)).strip(f"\n{_HARD}")


def _trimmed(line: str) -> str:
    return line.strip(_EDGES)


def without_soft_ends(text: str) -> str:
    """Line ends of the source: nothing between characters of scripts without spaces, else a space."""
    return _SOFTS.sub(_soft_end, text.replace(f" {SOFT}", SOFT)) if SOFT in text else text


def on_one_line(text: str, between: str) -> str:
    """Content that must not span lines (headings, cells): breaks and paragraph ends become ``between``."""
    lines = _OF_LINES.sub("", tidied(text)).split("\n")
    return between.join(content for line in lines if (content := line.strip(OUTER)))


def quoted(text: str) -> str:
    """Every line of a block with a quotation's prefix."""
    return "\n".join(QUOTE + line for line in text.split("\n"))


def listed(text: str, marker: str) -> str:
    """A block as list item: the marker before its first line, further ones indented."""
    first, *rest = text.split("\n")
    return "\n".join([f"{ITEM}{marker}{ITEM}{first}", *(INDENT + line if line else "" for line in rest)])


def finish(text: str, stored: Sequence[str]) -> str:
    """Turn converted content with marks into Markdown; marks of ``VERBATIM`` stand for stored blocks."""
    lines = tidied(text).split("\n")
    markdown = "\n".join([_line(line) if line else "" for line in lines])
    markdown = markdown.replace("``", "")  # two pieces of code side by side are one
    markdown = markdown.replace("![", "\\![").replace(PICTURE, "!")
    return _STORED.sub(lambda match: stored[int(match[1])], markdown) if stored else markdown


def _line(line: str) -> str:
    """One line: prefixes written, its start made safe, a break at its end."""
    prefix = ""
    if line[0] in _BEGINNINGS:
        marks = _PREFIX.match(line)
        prefix = marks[0] if marks else ""
    content = _content(line[len(prefix) :])
    if prefix:
        prefix = _ITEMS.sub(r"\1 ", prefix).replace(QUOTE, "> ").replace(INDENT, "    ")
    if content.endswith(_HARD):
        content = content[:-1].rstrip(" ")
        return f"{prefix}{content}  " if content else prefix.rstrip(" ")
    return (prefix + content).rstrip(" ")


def _content(text: str) -> str:
    kind = text[:1]
    if kind == HEADING:
        level, text = text.split(" ", 1)
        return f"{'#' * len(level)} {escape_line_start(text.strip(_BLANK))}"
    if kind == ROW:
        return text[1:]
    if kind == LIST_END:
        return "<!-- -->"
    return _NOTE.sub(r"\1\\]:", escape_line_start(text.lstrip(_BLANK)))


# A note below a text: its escaped first bracket alone keeps it from defining a link.
_NOTE = pattern(r"^(\\\[\^[\w-]{1,40})&#93;:")


def _soft_end(match: re.Match[str]) -> str:
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before and before in "*>)":
        before = _MARKUP_BEFORE.sub("", text[max(0, match.start() - _NEAR) : match.start()])[-1:]
    if after and after in "*<[":
        after = _MARKUP_AFTER.sub("", text[match.end() : match.end() + _NEAR], count=1)[:1]
    return "" if _SPACELESS.match(before) and _SPACELESS.match(after) else " "


_EDGES = f" {SOFT}"
_BEGINNINGS = frozenset({QUOTE, INDENT, ITEM})
