"""What a notice or a decree sends out: by its title, by the book titles in its text, by the title lines below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from builder.documents.dates import DATE
from builder.documents.lines import squeeze
from builder.documents.numbering import read_marker
from builder.documents.titles import DECREE, TitleBlocks, bare_title, is_subtitle, spans_from
from builder.documents.words import words
from builder.model.blocks import Block
from builder.patterns import pattern


@dataclass(frozen=True, slots=True)
class Announced:
    """A document that a news agency passed on whole: its title, who issued it, the index of its text."""

    title: str
    agencies: tuple[str, ...]
    end: int


def find_announced(blocks: tuple[Block, ...]) -> Announced | None:
    """The document that a file hands on as news: 近日，某办公厅印发了《……》，《……》全文如下.

    News about a document does not count: its text must be said to follow, or must begin like one.
    """
    for index, block in enumerate(blocks[:_FIRST]):
        whole = _WHOLE.search(block.text)
        if whole and index + 1 < len(blocks) and blocks[index + 1].squeezed.endswith(squeeze(whole["title"])):
            return Announced(blocks[index + 1].squeezed, (), index + _TITLED)
        lead = _LEAD.search(block.text)
        if lead is None:
            continue
        agencies = tuple(_WHO.sub("", lead["who"]).replace("、", " ").split())
        if not agencies or not all(name.endswith(words().agency_endings) for name in agencies):
            continue
        for place in range(index, min(index + _NOTES, len(blocks))):
            if _FOLLOWS.search(blocks[place].squeezed):
                return Announced(squeeze(lead["title"]), agencies, place + 1)
        if index + 1 < len(blocks) and _BEGINS.search(blocks[index + 1].squeezed):
            return Announced(squeeze(lead["title"]), agencies, index + 1)
    return None


def find_all_issued(kept: tuple[Block, ...], first: TitleBlocks) -> list[TitleBlocks]:
    """The titles of what the first document of a file sends out; none where it sends out nothing.

    Returns:
        In order; one that stands above the first document where a decree is put below the title of what it sends out.
    """
    end = notice_end(kept, first.end)
    body = kept[first.end : end]
    issuing = is_issuing(first.text)
    if not issuing and (
        len(body) > _LONGEST_NOTICE
        or any(read_marker(block.text) for block in body)
        or not _ISSUES.search("".join(block.squeezed for block in body))
    ):
        return []
    names = issued_titles(first.text, body)
    found = find_issued(kept, first.end, names)
    if found or not issuing:
        return found
    if end == len(kept):
        return _behind_notice(kept, first.end, names)
    above = find_issued(kept[: first.start], 0, names)
    if above:
        return above[-1:]
    return [TitleBlocks(names[0], end, end)] if len(names) == 1 and _begins_text(kept[end]) else []


def _behind_notice(kept: tuple[Block, ...], start: int, names: Sequence[str]) -> list[TitleBlocks]:
    """What a notice that nobody signed sends out, where its text begins right below without a title."""
    for index in range(start, min(start + _NOTES, len(kept) - 1)):
        text, below = kept[index].squeezed, kept[index + 1]
        if _ISSUES.search(text) and "如下" not in text and not read_marker(below.text) and _begins_text(below):
            return [TitleBlocks(names[0], index + 1, index + 1)] if names else []
    return []


def _begins_text(block: Block) -> bool:
    """Whether a text without a title begins below a notice: with a sentence or its first number."""
    marker = read_marker(block.text)
    if marker:
        return marker.ordinal == 1
    return block.text.endswith("。") and len(block.text) > _SENTENCE and not block.text.startswith(("（", "("))


def notice_end(kept: tuple[Block, ...], start: int) -> int:
    """Index behind the date below a notice's text; the number of blocks where there is none."""
    spoken = False
    for index in range(start, len(kept)):
        text = kept[index].squeezed
        if spoken and DATE.fullmatch(text):
            return index + 1
        spoken = spoken or text.endswith(("。", "：", "；"))
    return len(kept)


def is_issuing(title: str) -> bool:
    """Whether a title is that of a notice or decree that sends out another document."""
    return bool(_issuing().search(bare_title(title)) or DECREE.fullmatch(title))


def issued_titles(title: str, body: tuple[Block, ...]) -> tuple[str, ...]:
    """What a notice sends out, by title: in its own title, then between the book-title marks of its text."""
    names: list[str] = []
    inner = _issuing().search(bare_title(title))
    if inner:
        marked = _NESTED.findall(inner["object"])
        names += marked or [inner["object"]]
    names += [name for block in body for name in _NESTED.findall(block.squeezed)]
    return tuple(dict.fromkeys(name for name in names if name))


def find_issued(blocks: tuple[Block, ...], start: int, names: tuple[str, ...]) -> list[TitleBlocks]:
    """The title lines, behind a notice, of what it sends out: one for each name that is found, in order."""
    found: list[TitleBlocks] = []
    wanted = [_inner_marks(bare_title(name)) for name in names]
    index = start
    while index < len(blocks):
        hit = next((span for span in spans_from(blocks, index) if _is_named(span.text, wanted)), None)
        if hit is None:
            index += 1
            continue
        found.append(_without_lines_above(blocks, hit, wanted))
        wanted = [name for name in wanted if not _is_named(hit.text, [name])]
        index = hit.end
    return found


def _inner_marks(name: str) -> str:
    """A quoted title with the marks that its own quotations have outside quotation (GB/T 15834-2011, 4.15.3.4)."""
    return name.replace("〈", "《").replace("〉", "》")


def _is_named(text: str, names: list[str]) -> bool:
    """Whether a title is one of those quoted, with a place before it, or without the place that the quotation has."""
    bare = bare_title(text)
    for name in names:
        before = bare.removesuffix(name)
        if bare.endswith(name) and len(before) <= _LONGEST_PLACE and not _PUNCTUATION.search(before):
            return True
    return False


def _without_lines_above(blocks: tuple[Block, ...], found: TitleBlocks, names: list[str]) -> TitleBlocks:
    """A title without the date or label that stands on lines above it."""
    start = found.start
    while start + 1 < found.end:
        below = squeeze("".join(block.text for block in blocks[start + 1 : found.end]))
        if not _is_named(below, names):
            break
        start += 1
    end = found.end
    while end < len(blocks) and is_subtitle(blocks[end].squeezed):
        end += 1
    text = squeeze("".join(block.text for block in blocks[start:end]))
    return TitleBlocks(text, start, end)


@cache
def _issuing() -> re.Pattern[str]:
    verbs, kinds = "|".join(words().issuing_verbs), "|".join(words().notice_kinds)
    return re.compile(rf"(?:关于(?:批准)?(?:{verbs})|(?:转发|批转)(?!的))(?P<object>.{{2,120}}?)的(?P<kind>{kinds})$")


_FIRST = 12
_NOTES = 6
_SENTENCE = 40
_LONGEST_NOTICE = 12
_LONGEST_PLACE = 16
_SHORTEST = 6
_ISSUES = pattern(r"(?:现|予以|一并|将)(?:予)?(?:公布|印发|发布|颁布|转发|批转|下达)|印发给你们|转发给你们|现将《")
_NESTED = pattern(r"《((?:[^《》]|《[^《》]*》){2,120})》")
_LEAD = pattern(
    r"(?P<who>[一-鿿、，：\d \t\u3000]{2,80}?)(?:联合)?印发了?《(?P<title>(?:[^《》]|《[^《》]*》){4,120})》"
)
_WHO = pattern(r"\A.*(?:，|：|电|日前|近日|报道|(?:同意|批准))")
_WHOLE = pattern(r"(?:电|讯)[ \t\u3000]*《(?P<title>[^《》]{4,120})》(?:全文)?如下[：:。]$")
_TITLED = 2
_FOLLOWS = pattern(r"(?:全文|主要内容|内容)(?:公布)?如下[。：]?$")
_BEGINS = pattern(r"(?:现|特)?(?:提出|制定|作出)(?:如下|以下)[^。]{2,8}。$|[制编][定订]本[一-鿿]{1,6}。$")
_PUNCTUATION = pattern(r"[，。：；:;、《》“”（(]")
