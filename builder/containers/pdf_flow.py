"""Lines of a PDF to paragraphs: by indents, by distances, and by lines that end before the next word would not fit."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from builder.containers.pdf_lines import TextLine, is_latin
from builder.patterns import pattern

BIGGER = 1.15
"""Of the size of running text: type from here on is a heading's."""
LONGEST_HEADING = 80
_GAP = 1.3
"""Of the usual distance between lines: from here on a paragraph ends."""
_INDENT = 0.8
"""Of the size of type: how far a line begins to the right of another that is not meant to stand below it."""
_ROOM = 0.7
"""Of the size of type: what may be left at the end of a full line beside the word that did not fit."""
_FEW = 8
"""Lines from which on a page shows its own margins; else the document's count."""
_STARTS = pattern(
    r"第[一二三四五六七八九十百千零〇\d]{1,8}[章节節条條款编編部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\s?\D"
)
_BULLET = pattern(r"[•●■◆▪○◦►➢✓]")
_ENDS = pattern(r"[。！？!?；;：:.”」』)）]$")
_FIRST_WORD = pattern(r"[“‘（《【「『\[(]*(?:[!-~\u00c0-\u024f]+|.)[，。、；：！？”’）》】」』]*")


@dataclass(slots=True)
class LineGroup:
    """Lines that belong together."""

    lines: list[TextLine]  # From top to bottom
    heading: int = 0  # 1 is the title; 0 is running text
    centred: bool = False  # Whether it stands in the middle of its column
    page: int = 0  # On which it begins, from 0

    @property
    def text(self) -> str:
        """Its lines, joined."""
        return joined(self.lines)


@dataclass(frozen=True, slots=True)
class _Margins:
    """Of a column: its edges, and the usual distance from one line to the next."""

    left: float
    right: float
    leading: float


@dataclass(slots=True)
class _Flow:
    """What has been read so far: paragraphs, and the margins between which the last line stood."""

    body: float
    found: list[LineGroup] = field(default_factory=list)
    margins: _Margins = _Margins(0, 0, 0)
    page: int = 0


def joined(lines: Sequence[TextLine]) -> str:
    """Lines as one text: a space stands between Latin words only; a hyphen that only parts a word at an end goes."""
    text = lines[0].text
    for line in lines[1:]:
        if text.endswith("-") and line.text[:1].islower() and text[-2:-1].islower():
            text = text[:-1] + line.text
        else:
            text += (" " if is_latin(text[-1:]) and is_latin(line.text[:1]) else "") + line.text
    return text


def body_size(lines: Iterable[TextLine]) -> float:
    """The size of type in which most of the text is set."""
    counted: Counter[float] = Counter({0.0: 0})
    for line in lines:
        counted[round(line.size)] += len(line.text)
    return float(counted.most_common(1)[0][0])


def paragraphs(pages: Sequence[Sequence[TextLine]], body: float) -> list[LineGroup]:
    """The paragraphs of a document, tables and pictures among them; type larger than ``body`` makes headings."""
    flow = _Flow(body)
    of_column: dict[int, list[TextLine]] = defaultdict(list)
    for page in pages:
        for line in page:
            of_column[line.column].append(line)
    usual = {column: _margins(lines, body) for column, lines in of_column.items()}
    for number, page in enumerate(pages):
        flow.page = number
        for column, group in groupby(page, key=lambda line: line.column):
            _read(list(group), _own_margins(page, column, body) or usual[column], flow)
    return flow.found


def _own_margins(page: Sequence[TextLine], column: int, body: float) -> _Margins | None:
    lines = [line for line in page if line.column == column and abs(line.size - body) < 1]
    return _margins(lines, body) if len(lines) >= _FEW else None


def _margins(lines: Sequence[TextLine], body: float) -> _Margins:
    texts = [line for line in lines if not line.block]
    running = [line for line in texts if abs(line.size - body) < 1] or texts
    if not running:
        return _Margins(0, 0, 0)
    rights = sorted(line.right for line in running)
    steps = [above.base - below.base for above, below in pairwise(texts)]
    down = [step for step in steps if step > 1]
    leading = statistics.median(down) if down else 0.0
    return _Margins(_shared_left([line.left for line in running], body), rights[int(len(rights) * 0.9)], leading)


def _shared_left(lefts: list[float], body: float) -> float:
    """Where most lines begin: the leftmost edge that a good part of them shares."""
    counted = Counter(round(left / max(body / 4, 1)) for left in lefts)
    shared = [edge for edge, count in counted.items() if count >= max(2, len(lefts) * 0.12)]
    return min(shared) * max(body / 4, 1) if shared else min(lefts)


def _read(lines: Sequence[TextLine], margins: _Margins, flow: _Flow) -> None:
    """One column of one page."""
    before: TextLine | None = None
    for line in lines:
        last = flow.found[-1] if flow.found else None
        if line.block:
            _take_block(line, flow.found, is_first=before is None)
        else:
            centred = _is_centred(line, margins)
            if last and not last.lines[0].block and _goes_on(last, line, before, margins, flow, centred=centred):
                last.lines.append(line)
            else:
                heading = 2 if line.size >= flow.body * BIGGER and len(line.text) <= LONGEST_HEADING else 0
                flow.found.append(LineGroup([line], heading, centred, flow.page))
        before = line
        flow.margins = margins


def _take_block(line: TextLine, found: list[LineGroup], *, is_first: bool) -> None:
    """A table or a picture; a table at the head of a page goes on with the one that the page before it ends with."""
    last = found[-1].lines[0] if found else None
    if not (is_first and last and last.columns and last.columns == line.columns):
        found.append(LineGroup([line]))
        return
    head, _, rest = line.block.removeprefix("<table>").partition("</tr>")
    again = last.block.startswith(f"<table>{head}</tr>")
    more = rest if again else f"{head}</tr>{rest}"
    found[-1] = LineGroup([replace(last, block=last.block.removesuffix("</table>") + more)])


def _is_centred(line: TextLine, margins: _Margins) -> bool:
    west, east = line.left - margins.left, margins.right - line.right
    return min(west, east) > 2 * line.size and abs(west - east) < 2 * line.size


def _goes_on(
    last: LineGroup, line: TextLine, before: TextLine | None, margins: _Margins, flow: _Flow, *, centred: bool
) -> bool:
    """Whether a line goes on with the paragraph before it."""
    above = last.lines[-1]
    if abs(above.size - line.size) > max(1.0, line.size * 0.08) or _BULLET.match(line.text):
        return False
    gap = before.base - line.base if before is not None else 0.0
    usual = margins.leading * max(1.0, line.size / max(flow.body, 1.0)) * _GAP
    if margins.leading and gap > usual:
        return False
    if _STARTS.match(line.text) and (last.heading or last.centred or _ENDS.search(above.text)):
        return False
    if last.heading or (last.centred and centred):
        full = flow.margins.right - above.right < 2 * line.size
        return before is not None and (full or last.centred == centred)
    if last.centred or centred:
        return False
    return not is_short(above, line, flow.margins.right) and not _is_indented(last, line, margins, flow.margins)


def is_short(above: TextLine, line: TextLine, right: float) -> bool:
    """Whether a line ends, before the right edge, although the first word of the next one would have fitted."""
    word = _FIRST_WORD.match(line.text)
    letters = len(word[0]) if word else 1
    across = (line.right - line.left) / max(len(line.text), 1) if is_latin(line.text[:1]) else line.size
    return right - above.right > letters * across + _ROOM * line.size


def _is_indented(last: LineGroup, line: TextLine, margins: _Margins, above: _Margins) -> bool:
    """Whether a line begins further right than the one before it; below a mark of a list, text hangs."""
    here, there = line.left - margins.left, last.lines[-1].left - above.left
    step = _INDENT * line.size
    if here > there + step:
        return not (len(last.lines) == 1 and (_BULLET.match(last.lines[0].text) or _STARTS.match(last.lines[0].text)))
    alone = len(last.lines) == 1 and abs(here - there) <= step and here > step
    return alone and bool(_ENDS.search(last.lines[-1].text))
