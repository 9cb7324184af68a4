"""A PDF page as the worker gives it, to lines in reading order with tables and pictures between them."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from builder.containers.pdf_columns import lines_of, with_blocks
from builder.containers.pdf_flow import is_short, joined
from builder.containers.pdf_lines import Character, Repairs, TextLine, characters_of
from builder.containers.pdf_paragraphs import Page
from builder.containers.pdf_tables import Box, Grid, grids, table_html
from builder.containers.sniffing import sniff

_MARGIN = 0.04
"""Of a page's height: where browsers write address, title and number."""
_ON_MANY = 3
"""Pages from which on a picture in one place is a letterhead or a watermark."""


def laid_out(
    pages: Sequence[Mapping[str, Any]], repairs: Repairs, shown: dict[str, bytes], *, printed: bool = False
) -> list[Page]:
    """The pages that the worker gives; ``shown`` gets the pictures, by the addresses that the lines have for them.

    On pages that a browser ``printed``, what floats over the text stands in one place on most of them, and goes.
    """
    texts = [characters_of(page["characters"], repairs) for page in pages]
    floating = _floating(texts, pages) if printed else frozenset()
    places = Counter(_place(each) for page in pages for each in page.get("pictures", ()))
    marks = {place for place, count in places.items() if count >= max(_ON_MANY, len(pages) // 2)}
    found = []
    for number, (page, text) in enumerate(zip(pages, texts, strict=True), 1):
        characters = [each for each in text if _spot(each) not in floating]
        tables = [grid for grid in grids(page.get("rules", ())) if _within(characters, grid.box)]
        outside = [each for each in characters if not any(_is_in(each, grid.box) for grid in tables)]
        pictures = [each for each in page.get("pictures", ()) if _place(each) not in marks]
        blocks = [*(_table(grid, characters) for grid in tables), *_pictures(pictures, number, shown)]
        blocks.sort(key=lambda block: -block.base)
        found.append(Page(tuple(with_blocks(lines_of(outside), blocks)), page["width"], page["height"]))
    return found


def _floating(texts: Sequence[Sequence[Character]], pages: Sequence[Mapping[str, Any]]) -> frozenset[_Spot]:
    """Characters that stand in one place on many pages, away from their margins."""
    seen = Counter(
        spot
        for text, page in zip(texts, pages, strict=True)
        for spot in {_spot(each) for each in text if _MARGIN < each.base / max(page["height"], 1) < 1 - _MARGIN}
    )
    return frozenset(spot for spot, count in seen.items() if count >= max(_ON_MANY, len(pages) // 2))


def _spot(character: Character) -> _Spot:
    return character.text, round(character.left), round(character.base)


_Spot = tuple[str, int, int]


def _place(picture: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(round(edge) for edge in picture["box"])


def _is_in(character: Character, box: Box) -> bool:
    middle, height = (character.left + character.right) / 2, character.base + character.size * 0.3
    return box[0] <= middle <= box[2] and box[1] <= height <= box[3]


def _within(characters: Sequence[Character], box: Box) -> list[Character]:
    return [each for each in characters if _is_in(each, box)]


def _table(grid: Grid, characters: Sequence[Character]) -> TextLine:
    own = _within(characters, grid.box)
    html = table_html(grid, lambda box: _cell(lines_of(_within(own, box)), box))
    return TextLine("", grid.box[0], grid.box[2], grid.box[3], 0, bold=False, block=html, columns=grid.columns)


def _cell(lines: Sequence[TextLine], box: Box) -> str:
    """What stands in a cell: lines that fill it go on in the next one."""
    right = box[2] - min((line.left - box[0] for line in lines), default=0.0)
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        if paragraphs and not is_short(paragraphs[-1][-1], line, right):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "<br>".join(escape(joined(each)) for each in paragraphs)


def _pictures(pictures: Sequence[Mapping[str, Any]], page: int, shown: dict[str, bytes]) -> Iterator[TextLine]:
    for number, picture in enumerate(pictures, 1):
        data = base64.b64decode(picture["data"])
        left, _, right, top = picture["box"]
        name = f"picture-{page}-{number}.{sniff(data)}"
        shown[name] = data
        yield TextLine("", left, right, top, 0, bold=False, block=f'<p><img src="{name}" alt=""></p>')
