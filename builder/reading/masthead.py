"""What stands in a body and says what a front matter would: link header, headline, lines with date and source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.folding import fold
from builder.patterns import pattern
from builder.reading.dates import read_date
from builder.reading.days import WHEN
from builder.reading.words import meanings, plain_key, words

_COMMENTS = pattern(r"(?:\s*<!--(?:[^-]|-(?!->)){0,2000}-->)*\s*")
_MARKER = pattern(r"\s*<!--\s*(\d{10,13})\s*-->")
_LINK_HEADER = pattern(r"\[(?P<title>[^\n]{0,1000})\]\((?P<address>[^\n]{0,4000}?)\)[ \t]*\n[ \t]*-{3,}[ \t]*(?:\n|\Z)")
_HEADING = pattern(r"[ \t]{0,3}#{1,6}[ \t]+(?P<text>[^\n]{1,300}?)[ \t]*(?:#+[ \t]*)?(?:\n|\Z)")
# What exporters quote above a text: that they made it, and the original's address.
_NOTE = pattern(r"(?:>[^\n]{0,300}\]\(https?://[^\n]{1,600}\n\s*){1,2}")
_RULED = pattern(
    r"[ \t]*(?P<text>[^\s#>*\-+|<\[][^\n]{0,200})\n(?:[ \t]*\n)?[ \t]*(?:={3,}|-{3,}|\*{3,}|_{3,})[ \t]*(?:\n|\Z)"
)
_FIRST_LINE = pattern(r"\s*(?P<text>[^\s#>*+|<\[!`\-][^\n<>]{1,60}[^\s。！？；，、：:,;.!?…>])[ \t]*\n")
_LABELLED = pattern(
    r"[ \t>*_\-]*+(?P<key>[^\W\d_][^\n:：]{0,20}?)[*_ ]{0,8}[:：][*_ ]{0,8}(?P<value>[^\s*_][^\n]{0,500})"
)


_FURTHER = pattern(r"[\s\u3000|｜](?P<key>[\u3400-\u9fff]{2,6})[:：]")
_AROUND_VALUES = " *_|｜\u3000"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a body says about itself."""

    marker: str | None  # The crawler's mark of time, milliseconds since 1970, as digits
    title: str  # Text of the link header or of the headline
    address: str  # Where the link header leads
    # Labelled lines (source, author, address) under the headline, and a line that is a date
    values: Mapping[str, object]
    end: int  # Index in the body behind marker and link header, where the text begins


def read_masthead(body: str, *, alone: bool) -> Masthead:
    """Read what stands at the head of a body.

    Args:
        body: The text below the front matter.
        alone: Whether there is no front matter, so that headline, date and labels are looked for as well.

    Returns:
        What was found; nothing is taken out of the body.
    """
    marker = _MARKER.match(body)
    start = _COMMENTS.match(body)
    position = start.end() if start else 0
    header = _LINK_HEADER.match(body, position)
    title, address, end = (header["title"], header["address"], header.end()) if header else ("", "", position)
    values: Mapping[str, object] = {}
    if not header:
        note = _NOTE.match(body, position) if alone else None
        headline = _HEADING.match(body, note.end() if note else position) or _RULED.match(body, position)
        begins = headline.end() if headline else position
        headline = headline or (_plain_headline(body, position) if alone else None)
        title = headline["text"] if headline else ""
        values = _labelled(body[begins:]) if alone else {}
    return Masthead(_milliseconds(marker), title, address, values, end)


def _plain_headline(body: str, position: int) -> re.Match[str] | None:
    """The first line that is no date and no label: short, without a stop, and set apart or by such a line."""
    for _ in range(_MOST_ABOVE):
        line, end = _line_at(body, position)
        if line.strip() and not _says_when(line) and not _is_labelled(line):
            break
        position = end
    headline = _FIRST_LINE.match(body, position)
    if headline is None or _LABELLED.match(headline["text"]) or _says_when(headline["text"]):
        return None
    following = _line_at(body, headline.end())[0].strip()
    below = not following or _is_labelled(following) or _says_when(following)
    return headline if below and body[headline.end() :].strip() else None


_MOST_ABOVE = 4


def _line_at(body: str, position: int) -> tuple[str, int]:
    """The line that begins there, and where the next one does."""
    end = body.find("\n", position)
    return (body[position:end], end + 1) if end >= 0 else (body[position:], len(body))


def _is_labelled(line: str) -> bool:
    label = _LABELLED.match(line)
    return label is not None and plain_key(label["key"]) in meanings()


def _labelled(text: str) -> Mapping[str, object]:
    """Labelled lines and the first date among the lines under a headline; the text proper ends the search."""
    found: dict[str, object] = {}
    lines = [line for line in text.split("\n", 2 * words().limits.masthead_lines)[:-1] if line.strip()]
    for line in lines[: words().limits.masthead_lines]:
        match = _LABELLED.match(line)
        if match and plain_key(match["key"]) in meanings():
            for key, value in _pairs(match["key"], match["value"]):
                found.setdefault(key, value)
        elif "date" not in found and (date := _says_when(line)):
            found["date"] = date
    return found


def _says_when(line: str) -> str:
    """The date of a short line that begins with one, or holds one set apart from a few names; else empty."""
    line = line.strip(" *_#>-\t")
    if len(line) >= _LONGEST_DATE or _ROW.match(line):
        return ""
    date = WHEN.search(fold(line))
    if date is None:
        return line if read_date(line) else ""
    end = date.start() + len(date[0].rstrip())
    around = line[: date.start()][-1:], line[end : end + 1]
    is_apart = all(not each or each in _APART for each in around)
    return line[date.start() :] if is_apart and not (date.start() and _SENTENCE.search(line)) else ""


_APART = frozenset(" \t\u3000|｜·•()（）[]【】/,，—–-")
_SENTENCE = pattern(r"[。！？；：!?;]")


def _pairs(key: str, text: str) -> Iterator[tuple[str, str]]:
    """A label and its value, and the labels and values behind it on the same line; a date at a value's end is apart."""
    labels = list(_FURTHER.finditer(text))
    keys = [key, *(each["key"] for each in labels)]
    starts, ends = [0, *(each.end() for each in labels)], [*(each.start() for each in labels), len(text)]
    for label, start, end in zip(keys, starts, ends, strict=True):
        value, _, others = text[start:end].strip(_AROUND_VALUES).partition(" | ")
        name, _, date = f"{value} {others.rpartition(' | ')[2]}".partition(" ")
        date = date.strip(_AROUND_VALUES)
        if not value[:1].isdigit() and date[:1].isdigit() and read_date(date):
            value = name.strip(_AROUND_VALUES)
            yield "date", date
        if plain_key(label) in meanings():
            yield label, value


_ROW = pattern(r"[\d\-/.年月日]{6,12}[,，;|\t]\s*(?![星周週禮礼]|\d{1,2}[:：])")


def _milliseconds(marker: re.Match[str] | None) -> str | None:
    if marker is None:
        return None
    return marker[1] if len(marker[1]) > len("1595491203") else marker[1] + "000"


_LONGEST_DATE = 60
