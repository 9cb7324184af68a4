"""Small texts of containers: header values, names, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from html import escape

from builder.containers.limits import LONGEST_FACT, LONGEST_MEMBER
from builder.model.container import Fact, FactField, Kind, Part
from builder.patterns import pattern

_CONTROLS = pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_SPACE = pattern(r"\s+")
_HEAD, _FOOT = 10, 5
_ADDRESS = pattern(r"https?://[^\s<>\"]+", re.IGNORECASE)


def one_line(text: object) -> str:
    """A value as one line of bounded length without control characters; empty for None."""
    return "" if text is None else _SPACE.sub(" ", _CONTROLS.sub(" ", str(text))).strip()[:LONGEST_FACT]


def address(text: object) -> str:
    """The web address in a value; empty where it is none: ``file:`` says where a copy lay, not the original."""
    found = _ADDRESS.match(one_line(text))
    return found[0] if found else ""


def facts(*said: tuple[FactField, object, str], firm: Iterable[FactField] = ("url",)) -> tuple[Fact, ...]:
    """Facts out of triples of field, value and evidence; those without a value are left out."""
    cleaned = [(name, address(value) if name == "url" else one_line(value), evidence) for name, value, evidence in said]
    return tuple(Fact(name, value, evidence, name in firm) for name, value, evidence in cleaned if value)


def decoded(data: bytes, encodings: Iterable[str]) -> str | None:
    """A text in the first encoding that it can be read in; None where it can be read in none."""
    for encoding in encodings:
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            return data.decode(encoding)
    return None


def html_part(
    kind: Kind, html: str, said: tuple[Fact, ...] = (), member: str = "", files: Mapping[str, bytes] | None = None
) -> Part:
    """A part of HTML that a reader has written itself."""
    return Part(html.encode("utf-8", "replace"), kind, member, "html", "utf-8", said, files or {})


def member_name(text: str) -> str:
    """A member's name as it is used in identifiers and problems: one line of bounded length."""
    return _SPACE.sub(" ", _CONTROLS.sub("", text)).strip()[:LONGEST_MEMBER]


def day_line(lines: Sequence[str]) -> str:
    """The day that stands in a line of its own, below a title or at the end as letters and notices have it."""
    near = [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _FOOT) :]]
    return next((found["day"] for line in near if (found := _day_alone().fullmatch(line.strip()))), "")


@cache
def _day_alone() -> re.Pattern[str]:
    """Compiled only where a document is read."""
    return re.compile(
        r"(?:(?:发布|發布|印发|成文|刊发)?(?:日期|时间|時間)\s*[:：]\s*)?(?:[(（]\s*)?"
        r"(?P<day>[〇○零一二三四五六七八九\d]{4}\s*年\s*[十〇一二三四五六七八九\d]{1,3}\s*月\s*[十〇一二三四五六七八九\d]{1,3}\s*[日号號]"
        r"|\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})\s*[)）]?"
    )


def plain_html(text: str) -> str:
    """Plain text as HTML: a blank line ends a paragraph, a line that was not merely wrapped keeps its end."""
    blocks: list[str] = []
    before = ""
    for line in text.splitlines():
        if not line.strip():
            before = ""
        elif not before:
            blocks.append(escape(line.strip()))
        else:
            wrapped = sum(1 + (sign > "\u2e7f") for sign in before) in _WRAPPED
            blocks[-1] += ("" if before[-1] > "\u2e7f" else " ") if wrapped else "<br>"
            blocks[-1] += escape(line.strip())
        before = line.strip()
    return "".join(f"<p>{block}</p>" for block in blocks)


_WRAPPED = range(60, 81)
"""Columns at which mail programs end a line; a Chinese character takes two."""
