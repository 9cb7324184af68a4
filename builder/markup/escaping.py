r"""Text that must stay text: escapes for Python-Markdown and for readers of CommonMark.

Where Python-Markdown knows a backslash escape it is used, since people read the pages; ``<``, ``&`` and characters it
knows none for become character references.
"""

from __future__ import annotations

import re

from builder.patterns import pattern

# A bracket before a colon gets a reference: behind a link's bracket it would define one, and a backslash not help.
_INLINE = pattern(r"[\\*_{}\[\]|<`]|&(?=#?\w{1,40};)|~(?=~)|(?<=~)~")
_REFERENCES = {"<": "&lt;", "&": "&amp;", "`": "&#96;", "~": "&#126;"}
# Headings, quotations, list markers, rules and underlines, admonitions, details, definitions, blocks, snippets.
_LINE_START = pattern(
    r"(?P<backslash>[#>]|[-+](?=[\s-]|$)|!!!)|(?P<number>\d{1,20})(?P<dot>[.)])(?=\s|$)|(?P<reference>=+\s*$|\?\?\?|:(?=[\s:])|///)"
)
_SPACES = pattern(r"\s+")
_CONTROLS = pattern(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def escape(text: str) -> str:
    """Escape what means something inside a line."""
    return _INLINE.sub(_escaped, text)


def escape_line_start(line: str) -> str:
    """Escape what means something at the start of a line, and hashes that would close a heading."""
    match = _LINE_START.match(line)
    if match:
        line = _escaped_start(match) + line[match.end() :]
    elif line.startswith("["):
        line = line.replace("\\]:", "&#93;:")
    return _escaped_end(line)


def escape_inline(text: str) -> str:
    """A title or label as Markdown that reads as written wherever on a line it is put.

    It is one line: white space is collapsed, control characters are gone.
    """
    line = _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()
    return escape_line_start(escape(line)).replace("![", "\\![")


def _escaped(match: re.Match[str]) -> str:
    if match[0] == "]" and match.string[match.end() : match.end() + 1] == ":":
        return "&#93;"
    return _REFERENCES.get(match[0]) or "\\" + match[0]


def _escaped_end(line: str) -> str:
    text = line.rstrip("#")
    escaped = (len(text) - len(text.rstrip("\\"))) % 2  # the first of the hashes already is
    return text + "#" * escaped + "\\#" * (len(line) - len(text) - escaped) if text != line else line


def _escaped_start(match: re.Match[str]) -> str:
    if match["backslash"]:
        return "\\" + match["backslash"]
    if match["number"]:
        return f"{match['number']}\\{match['dot']}"
    return f"&#{ord(match['reference'][0])};{match['reference'][1:]}"
