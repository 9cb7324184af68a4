"""Parts lines at a text's head that hold several things: number and title, fields side by side, text and signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from builder.documents.dates import DAY
from builder.documents.fragments import mend_fragments, unwrap
from builder.documents.parts import PASSED
from builder.documents.titles import bare_title, title_kinds
from builder.documents.words import words
from builder.model.blocks import Block
from builder.numerals import NUMERAL, value_of
from builder.patterns import pattern


def prepare(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put a file's blocks into the form in which they are judged and divided.

    Returns:
        Whole paragraphs; at the head each number, title and field of a page stands alone, and so does each article
        that was glued to the one before.
    """
    fields = _parted(_parted(blocks, _paragraphs, len(blocks)), _fields, _HEAD)
    heads = _parted(_decrees(mend_fragments(unwrap(fields))), _titles, _HEAD)
    return _parted(heads, _articles, len(heads))


def _parted(blocks: tuple[Block, ...], part: Callable[[str], Iterator[str]], end: int) -> tuple[Block, ...]:
    """The blocks with the first ``end`` of them in the pieces that a function makes of their text."""
    whole: list[Block] = []
    for index, block in enumerate(blocks):
        pieces = list(part(block.text)) if index < end and block.kind == "text" else [block.text]
        if pieces == [block.text]:
            whole.append(block)
            continue
        whole.append(replace(block, text=pieces[0], gap=max(1, block.gap)))
        whole += [replace(block, text=piece, gap=1, after_page=False) for piece in pieces[1:]]
    return tuple(whole)


def _decrees(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with 令 on the line of the agencies above it, which stand apart where several issue a decree."""
    for index, block in enumerate(blocks[:_HEAD]):
        start = index
        while block.squeezed == "令" and start and blocks[start - 1].squeezed.endswith(words().agency_endings):
            start -= 1
        if start < index:
            names = "\u3000".join(above.squeezed for above in blocks[start:index])
            lines = tuple(line for above in blocks[start : index + 1] for line in above.lines)
            return (*blocks[:start], replace(blocks[start], text=f"{names}令", lines=lines), *blocks[index + 1 :])
    return blocks


def _paragraphs(text: str) -> Iterator[str]:
    """A text that a crawler put on one line, parted at the spaces that indent its paragraphs; without 【章名】."""
    plain = _TAG.sub("", text)
    pieces = [piece for piece in _INDENT.split(plain) if piece] if len(plain) > _LONG else []
    closed = sum(1 for piece in pieces[:-1] if piece.endswith(("。", "：", "；")))
    yield from pieces if closed >= max(_FEWEST_INDENTS, (len(pieces) - 1) / 2) else [plain]


def _fields(line: str) -> Iterator[str]:
    """A line with fields of a page, one by one, without the bullet before them; a table's row by its pairs of cells."""
    cells = [cell.strip().rstrip("：:") for cell in line.strip("| ").split("|")]
    if len(cells) % 2 == 0 and _is_label(cells[0]):
        yield from (f"{label}：{value}" for label, value in zip(cells[::2], cells[1::2], strict=True) if label)
        return
    text = _BULLET.sub("", _BOXED.sub(r"\1：", line))
    starts = [found.start() for found in _labels().finditer(text)]
    if not starts or starts[0] > 0:
        yield line
        return
    yield from (text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True))


def _titles(text: str) -> Iterator[str]:
    """A line that holds number and title, or text and signature, in these parts."""
    numbered = _NUMBER_FIRST.fullmatch(text) or _NUMBER_LAST.fullmatch(text)
    if numbered and bare_title(_unmarked(numbered["title"])).endswith(title_kinds()):
        yield from (numbered["number"].strip("（()）"), _unmarked(numbered["title"]))
        return
    noted = _NOTED.fullmatch(text)
    if noted and bare_title(noted["title"]).endswith(title_kinds()):
        yield from (noted["title"].strip(), noted["note"])
        return
    dated = _DATED.fullmatch(text)
    beside = [part.strip() for part in dated.group("before", "after") if part] if dated else []
    if dated and len(beside) == 1 and (re.fullmatch(_CODE, beside[0]) or beside[0].endswith(words().agency_endings)):
        yield from (beside[0], dated["date"])
        return
    history = _HISTORY.fullmatch(text)
    if history and PASSED.search(history["history"]):
        yield from (piece.strip() for piece in history.groups() if piece)
        return
    signed = _SIGNED.fullmatch(text)
    if signed:
        yield from (signed["text"].strip(), signed["name"].strip(), signed["date"])
        return
    yield _unmarked(text) if text.startswith("《") else text


def _articles(text: str) -> Iterator[str]:
    """A text parted before each article that goes on with the number of the one it begins with."""
    begun = _ARTICLE.match(text)
    if begun is None:
        yield text
        return
    start, last = 0, value_of(begun["ordinal"])
    for found in _ARTICLE_BEHIND.finditer(text):
        ordinal = value_of(found["ordinal"])
        if last is not None and ordinal == last + 1:
            yield text[start : found.start()].strip()
            start, last = found.start(), ordinal
    yield text[start:].strip()


def _unmarked(title: str) -> str:
    """A title without the book-title marks that a page sets round the whole of it."""
    inner = _MARKED.fullmatch(title.strip())
    if inner is None or not bare_title(inner[1]).endswith(title_kinds()):
        return title.strip()
    return inner[1].replace("〈", "《").replace("〉", "》")


def _is_label(cell: str) -> bool:
    label = _GAP.sub("", cell)
    return label in words().field_labels or label in words().other_labels


@cache
def _labels() -> re.Pattern[str]:
    """A label of a page's field with its colon, at the start of a line or behind a space."""
    names = "|".join(sorted((*words().field_labels, *words().other_labels), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s|]))(?:{names})[ \u3000]?[：:]")


_HEAD = 60
_GAP = pattern(r"\s+")
_BULLET = pattern(r"^[•·●■◆▪‣|][ \t\u3000]*")
_BOXED = pattern(r"^【([一-鿿]{2,6})】[：:]?")
_CODE = (
    r"(?:[×一-鿿]{1,14}[〔\[【（(﹝［]\d{4}[〕\]】）)﹞］]第?\d{1,5}[号號]"
    r"|[一-鿿]{2,24}(?:公告|通告|令)\d{4}年?第\d{1,4}号)"
)
_NUMBER_FIRST = pattern(rf"(?P<number>{_CODE})[ \t\u3000]*(?P<title>.{{8,160}})")
_NUMBER_LAST = pattern(rf"(?P<title>.{{8,160}}?)[ \t\u3000]*(?P<number>[（(]{_CODE}[）)])")
_MARKED = pattern(r"《([^《》]{8,160})》")
_TAG = pattern(r"^【(?:题注|编名|章名|节名)】[ \t\u3000]*")
_LONG = 120
_FEWEST_INDENTS = 3
_INDENT = pattern(r"[ \u3000]{2,}")
_NOTED = pattern(r"(?P<title>[^：:]{8,160}?)[ \t\u3000]+(?P<note>附[：:].{2,20})")
# （一九九一年三月十五日　国办发〔1991〕17号）, 1999年7月13日，国家海洋局: what older documents have below their titles.
_DATED = pattern(
    rf"[（(]?(?:(?P<before>[^（()）。；：，]{{2,60}}?)[，, \t\u3000]*)?(?P<date>{DAY})"
    r"(?:[，, \t\u3000]*(?P<after>[^（()）。；：，]{2,60}))?[）)]?"
)
_HISTORY = pattern(
    rf"(?P<number>{_CODE})?[ \t\u3000]*(?P<history>[（(][^（）()]{{12,400}}[）)])[ \t\u3000]+(?P<text>\S.{{8,}})"
)
_SIGNED = pattern(
    rf"(?P<text>.{{8,400}}。)[ \t\u3000]*"
    rf"(?P<name>(?:总理|主席|委员长|主任|[部局署行省市州县区]长)[ \t\u3000]*[一-鿿][一-鿿 \t\u3000]{{1,8}})"
    rf"[ \t\u3000]*(?P<date>{DAY})[ \t\u3000]*"
)
_ORDINAL = rf"第(?P<ordinal>[{NUMERAL}]{{1,8}})[条條]"
_ARTICLE = pattern(_ORDINAL)
_ARTICLE_BEHIND = pattern(rf"(?<=[。；：])[ \t\u3000]?{_ORDINAL}(?=[ \t\u3000])")
