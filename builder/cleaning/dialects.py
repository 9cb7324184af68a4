"""What other programs write into Markdown, in CommonMark's own words: containers, callouts, wiki links, verse."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from builder.patterns import pattern

_FENCE = pattern(r" {0,3}(?:```|~~~)")
_CONTAINER = pattern(r" {0,3}(:{3,4})[ \t]*(?:(\w[\w-]{0,30})\b)?[ \t]*(?P<title>[^\n:]{0,80})")
_CALLOUT = pattern(
    r"(?P<quote>[ \t>]{0,12}>[ \t]?)\[!\w[\w-]{0,30}(?:\|[^\]\n]{0,40})?\][+-]?[ \t]*(?P<title>[^\n]{0,120})"
)
_CONTENTS = pattern(r" {0,3}(?:\[\[?toc\]?\]|\$toc|@\[toc\][^\n]{0,60})[ \t]*", re.IGNORECASE)
_EMBED = pattern(
    r"!\[\[([^\[\]|\n]{1,300}\.(?:png|jpe?g|gif|webp|svg|bmp|avif))(?:\|[^\[\]\n]{0,60})?\]\]", re.IGNORECASE
)
_WIKI_LINK = pattern(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\](?!\()")
_SPEAKER = pattern(
    r"[^\s:：#>|\-*!\[<`][^\s:：。，,]{0,11}\s{0,2}[:：]\s?\S|[QA问答][.、：:]\s?\S|\(?\d{1,2}:\d{2}(?::\d{2})?\)?\s\S"
)
_STRUCTURE = pattern(
    r"\s*(?:[#>|<`~]|[-*+]\s|\d{1,9}[.)]\s|!\[|\[[^\]\n]{1,200}\]:)|^\s{4,}|^\s*$|^\s*(?:[-*_=]\s?){3,}$"
)
_HAN = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_VERSE = 44  # columns: 22 Han characters; a line of verse is shorter, a margin wider
_FEWEST = 2
_STANZA = 3


def plain_markdown(text: str, taken: list[str]) -> str:
    """Write a text in CommonMark.

    Args:
        text: Markdown of any program.
        taken: Receives the signs that are no text: fences of containers, marks of callouts, tables of contents.

    Returns:
        The text. Titles of containers and callouts are paragraphs of their own; lines of an interview, of a list of
        times and of verse end in breaks.
    """
    lines = text.split("\n")
    free = list(_outside_code(lines))
    for number in free:
        lines[number] = _line(lines[number], taken)
    return "\n".join(_broken(lines, frozenset(free)))


def _outside_code(lines: list[str]) -> Iterator[int]:
    fenced = False
    for number, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number


def _line(line: str, taken: list[str]) -> str:
    if line.lstrip().startswith(":::"):
        return _container(line, taken)
    if ">" in line and "[!" in line and (callout := _CALLOUT.fullmatch(line)):
        taken.append(line.replace(callout["title"], "") if callout["title"] else line)
        title = callout["title"].strip()
        return f"{callout['quote']}**{title}**\n{callout['quote'].rstrip()}" if title else callout["quote"].rstrip()
    if "toc" in line.lower() and _CONTENTS.fullmatch(line):
        taken.append(line)
        return ""
    if "[[" not in line:
        return line
    line = _EMBED.sub(lambda found: f"![](<{found[1]}>)", line)
    return _WIKI_LINK.sub(r"\1", line)


def _container(line: str, taken: list[str]) -> str:
    found = _CONTAINER.fullmatch(line)
    if found is None:
        return line
    title = found["title"].strip()
    taken.append(f"{found[1]}{found[2] or ''}")
    return f"\n**{title}**\n" if title else ""


def _broken(lines: list[str], free: frozenset[int]) -> Iterator[str]:
    """The lines, with breaks where the end of a line means one: of paragraphs of speakers, times or verse."""
    start = 0
    while start < len(lines):
        if start + 1 == len(lines) or not lines[start + 1].strip():
            yield lines[start]
            start += 1
            continue
        end = start
        while end < len(lines) and end in free and not _STRUCTURE.match(lines[end]):
            end += 1
        paragraph = lines[start:end]
        if _is_spoken(paragraph) or _is_verse(paragraph):
            yield from (f"{line.rstrip()}  " for line in paragraph[:-1])
            yield paragraph[-1]
        else:
            yield from paragraph
        if end < len(lines):
            yield lines[end]
        start = end + 1


def _is_spoken(paragraph: list[str]) -> bool:
    return len(paragraph) >= _FEWEST and all(_SPEAKER.match(line.strip(" \t*_")) for line in paragraph)


def _is_verse(paragraph: list[str]) -> bool:
    return len(paragraph) >= _STANZA and all(_HAN.search(line) and _width(line) <= _VERSE for line in paragraph)


def _width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in line[: _VERSE + 1].strip())
