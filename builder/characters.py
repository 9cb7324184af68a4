"""Characters that no field holds and no terminal is shown, and addresses that no link leads to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# C0 and C1 but tab and line feed, halves of surrogate pairs, and what turns the direction of the text around it:
# embeddings, overrides and isolates (UAX #9, 2.1-2.5), with which a name can be made to read as another.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BOLD = re.compile("(\x1b\\[[01]m)")
_BREAKS = re.compile("[\t\n\u2028\u2029]+")
_WEB = re.compile(r"https?://[^\s<>\"'`\\{}|^\x00-\x1f\x7f-\x9f]{1,4000}", re.IGNORECASE)


def without_controls(text: str) -> str:
    """Text without control characters; lines stay lines."""
    return text if text.isprintable() else _CONTROLS.sub("", text)


def in_one_line(text: str) -> str:
    """A field that is one line: without control characters, breaks turned into spaces."""
    return text if text.isprintable() else _BREAKS.sub(" ", without_controls(text))


def names_a_file(name: str) -> bool:
    """Whether a file's name is UTF-8 without control characters: it becomes a key, a line, and part of a page."""
    return name.isprintable() or not (_CONTROLS.search(name) or _BREAKS.search(name))


def for_terminal(text: str) -> str:
    """Text as it may be printed: nothing in it moves the cursor, colours, links or beeps, but bold that we wrote."""
    if text.isprintable():
        return text
    return "".join(piece if _BOLD.fullmatch(piece) else without_controls(piece) for piece in _BOLD.split(text))


def web_address(text: str | None) -> str | None:
    """An address that a reader may be led to: ``http`` or ``https``, a host, and no character that could end a link.

    The one gate for every address that raw text or an editor gives; any other is no address.
    """
    if not text or not _WEB.fullmatch(text):
        return None
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return None
    return text if host else None


def linked_address(text: str | None) -> str:
    """What may stand in a link that a template writes: a web or mail address, or a place of this site; else nothing."""
    if not text or _SCHEME.match(text) or text.startswith(("//", "\\", "/\\")):
        return web_address(text) or (text if text and _MAIL.fullmatch(text) else "")
    return without_controls(text)


_SCHEME = re.compile(r"[\x00-\x20]{0,40}[a-z][a-z0-9+.\-\x00-\x20]{0,40}:", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s<>\"'`\\]{1,2000}", re.IGNORECASE)
