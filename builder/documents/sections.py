"""Accepts numbers as headings: by their sequence, by what stands before them, by how their series looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builder.documents.counting import Counters, are_decimal, order_of
from builder.documents.dates import DATE
from builder.documents.flattened import CAPTION, is_caption
from builder.documents.layout import LINE_WIDTH, overhang, width
from builder.documents.lines import squeeze
from builder.documents.numbering import CONTAINERS, Marker, MarkerKind, read_glued, read_marker
from builder.documents.words import words
from builder.model.blocks import Block
from builder.patterns import pattern

Role = Literal["heading", "item", "plain"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a block is."""

    role: Role  # A heading, an entry of a list, or plain text
    marker: Marker | None = None  # Its number, for the first two
    gap: int = 0  # Numbers missing before it
    series: int = 0  # Which series it belongs to


PLAIN = Mark("plain")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading's title told from the paragraph it may run into."""

    text: str  # Without white space between Chinese characters; empty where there is none
    run_in: bool  # Whether the paragraph goes on behind it


def split_title(marker: Marker) -> Title:
    """The heading sentence behind a number.

    A short first sentence with text behind it runs in; a short text alone is a title on a line of its own.
    """
    rest = marker.rest
    named = _NAMED_ARTICLE.match(rest)
    if named and marker.kind == "article":
        return Title(squeeze(named.group(1)), run_in=bool(rest[named.end() :].strip()))
    if marker.kind == "article":
        return Title("", run_in=True)
    stop = _STOP.search(rest)
    if stop is None:
        return Title(tidy(rest), run_in=False) if width(rest) <= _LONGEST_TITLE else Title("", run_in=True)
    title, behind = rest[: stop.start()], rest[stop.end() :].strip()
    if not behind:
        short = width(title) <= LINE_WIDTH and not _INNER_STOP.search(title) and stop.group() != "；"
        return Title(tidy(title), run_in=False) if short else Title("", run_in=True)
    fits = width(title) <= _LONGEST_RUN_IN and stop.group() not in "；;" and not _INNER_STOP.search(title)
    if stop.group() in "：:" and ("，" in title or width(title) > _LONGEST_LABEL):
        fits = False
    return Title(tidy(title) if fits else "", run_in=True)


def tidy(text: str) -> str:
    """A title without the white space that OCR put between Chinese characters, without a closing stop."""
    return _SPACE_BY_CHINESE.sub("", text.strip()).rstrip("。：:．").strip()


def is_open(text: str) -> bool:
    """Whether a text stops in the middle of a sentence."""
    return bool(text) and not _CLOSED.search(text[-_LONGEST_CLOSE:]) and not is_table(text)


def is_table(text: str) -> bool:
    """Whether a text is a row of a Markdown table, or HTML."""
    return text.startswith(("|", "<")) and text.endswith(("|", ">"))


def mark_blocks(blocks: Sequence[Block]) -> tuple[Mark, ...]:
    """Tell headings and entries of lists from plain text: one mark for each block."""
    accepted = _accept(blocks)
    lists = _lists(blocks, accepted)
    return tuple(
        Mark("item", mark.marker, mark.gap, mark.series) if mark.series in lists and mark.marker else mark
        for mark in accepted
    )


def _accept(blocks: Sequence[Block]) -> list[Mark]:
    markers = [read_marker(block.text) if block.kind == "text" else None for block in blocks]
    order = order_of(markers)
    counters = Counters(order, decimals=are_decimal(markers))
    used = {marker.kind for marker in markers if marker}
    top = next((kind for kind in order if kind in _UNNUMBERED_AS and kind in used), None)
    named = _named_headings(blocks, markers)
    marks: list[Mark] = []
    for index, block in enumerate(blocks):
        marker = markers[index] or (read_glued(block.text) if counters.decimals else None)
        if marker is None and is_caption(block):
            counters.open_box()
        missing = counters.step(marker) if marker else None
        if marker is not None and missing is not None and _stands_as_number(blocks, index, marker, missing, marks):
            marks.append(Mark("heading", marker, missing, counters.take(marker)))
        elif top and marker is None and block.squeezed in words().unnumbered_headings:
            counters.count += 1
            marks.append(Mark("heading", Marker(top, 0, "", block.squeezed), 0, counters.count))
        elif block.depth in named and _may_name(block):
            counters.count += 1
            marks.append(Mark("heading", Marker(named[block.depth], 0, "", tidy(block.text)), 0, counters.count))
        else:
            marks.append(PLAIN)
    return marks


def _named_headings(blocks: Sequence[Block], markers: Sequence[Marker | None]) -> dict[int, MarkerKind]:
    """The levels of heading that the source marks and the text does not number, each with the kind it counts as.

    A level counts where two of its headings or more hold no number and none holds one; converters mark much else.
    """
    marked = [(block.depth, marker) for block, marker in zip(blocks, markers, strict=True) if block.depth]
    numbered = {depth for depth, marker in marked if marker}
    plain = Counter(
        block.depth for block, marker in zip(blocks, markers, strict=True) if not marker and _may_name(block)
    )
    depths = sorted(depth for depth, count in plain.items() if count > 1 and depth not in numbered)
    return dict(zip(depths, _NAMED_AS, strict=False))


def _may_name(block: Block) -> bool:
    """Whether a block that the source marks may name a section: a few words, no date, caption or annex."""
    text = block.squeezed
    if not block.depth or block.kind != "text" or width(text) > _LONGEST_TITLE or _CLOSED.search(text):
        return False
    return not (CAPTION.fullmatch(block.text) or DATE.fullmatch(text) or text.startswith(words().annex_labels))


def _stands_as_number(blocks: Sequence[Block], index: int, marker: Marker, missing: int, marks: Sequence[Mark]) -> bool:
    """Whether a number in sequence is one of the text's own, not a reference at the start of a cut-off line."""
    if not marker.rest:
        return False
    before = blocks[index - 1] if index else None
    cut = (
        before is not None
        and marks[-1].role == "plain"
        and is_open(before.text)
        and width(before.text) > LINE_WIDTH - 4
    )
    if marks and marks[-1].marker and before is not None:
        title = split_title(marks[-1].marker)
        cut = title.run_in and is_open(before.text)
    refers = marker.rest.startswith(words().reference_followers) or marker.rest.startswith(("、", "至", "和（", "或（"))
    if refers and (cut or missing):
        return False
    return not (cut and missing)


def _lists(blocks: Sequence[Block], marks: Sequence[Mark]) -> set[int]:
    """The series that are lists: after a colon without heading sentences, ended by semicolons, or in articles."""
    members: dict[int, list[int]] = {}
    lists: set[int] = set()
    in_article = False
    outer: dict[MarkerKind, int] = {}
    for index, mark in enumerate(marks):
        if mark.marker is None:
            continue
        kind = mark.marker.kind
        goes_on = kind in outer and mark.marker.ordinal == outer[kind] + 1
        in_article = kind == "article" or (in_article and kind not in CONTAINERS and not goes_on)
        if not in_article and kind in _OUTER:
            outer[kind] = mark.marker.ordinal
        if in_article and kind != "article":
            lists.add(mark.series)
        members.setdefault(mark.series, []).append(index)
    for series, indexes in members.items():
        if _marker(marks, indexes[0]).kind in _MAY_BE_LISTS and _is_list(blocks, marks, indexes):
            lists.add(series)
    return lists


def _is_list(blocks: Sequence[Block], marks: Sequence[Mark], indexes: list[int]) -> bool:
    titles = [split_title(_marker(marks, index)) for index in indexes]
    titled = sum(1 for title in titles if title.text)
    semicolons = sum(
        1
        for index, title in zip(indexes[:-1], titles, strict=False)
        if blocks[index].text.endswith(("；", ";")) and not title.text
    )
    before = blocks[indexes[0] - 1].text if indexes[0] else ""
    below_heading = indexes[0] > 0 and marks[indexes[0] - 1].role == "heading" and not before.endswith(("：", ":"))
    if semicolons * 2 > len(indexes) - 1 > 0 and not below_heading:
        return True
    introduced = before.endswith(("：", ":")) and marks[indexes[0] - 1].role != "heading"
    return introduced and titled * 2 < len(titles)


def _marker(marks: Sequence[Mark], index: int) -> Marker:
    marker = marks[index].marker
    assert marker is not None  # noqa: S101  # only indexes of numbers are asked for
    return marker


def continues_heading(heading: Block, marker: Marker, following: Block) -> bool:
    """Whether a heading goes on in the next block: its line is full and was broken, or the sentence ends soon after."""
    if split_title(marker).run_in or not is_open(heading.text):
        return False
    stop = _STOP.search(following.text)
    if heading.broken and following.gap == 0 and stop is None:
        return width(heading.text) >= _LONGEST_LABEL and width(following.text) <= LINE_WIDTH
    ends_soon = stop is not None and width(following.text[: stop.start()]) <= _TAIL_OF_TITLE
    return ends_soon and width(heading.text) >= LINE_WIDTH - 4 and abs(overhang(heading.text)) <= _SLACK


_MAY_BE_LISTS: tuple[MarkerKind, ...] = ("bracket", "arabic", "arabic-bracket", "half-bracket")
_OUTER: tuple[MarkerKind, ...] = ("great", "comma")
_UNNUMBERED_AS: tuple[MarkerKind, ...] = ("part", "chapter")
_NAMED_AS: tuple[MarkerKind, ...] = ("part", "chapter", "section")
_LONGEST_TITLE = 48.0
_LONGEST_RUN_IN = 36.0
_LONGEST_LABEL = 20.0
_TAIL_OF_TITLE = 14.0
_SLACK = 2.0
_STOP = pattern(r"[。！？；：:;]")
_INNER_STOP = pattern(r"，[^，]*，[^，]*，")
_CLOSED = pattern(r"[。！？；：:!?;…](?:[”’』」）)》】]{0,3})$")
_LONGEST_CLOSE = 4
_SPACE_BY_CHINESE = pattern(r"(?<=[^\x00-\x7f])\s+|(?<!\s)\s+(?=[^\x00-\x7f])")
_NAMED_ARTICLE = pattern(r"[【〔\[（(]([^】〕\]）)]{1,30})[】〕\]）)]")
