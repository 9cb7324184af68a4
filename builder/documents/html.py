"""An HTML page to blocks: the region that holds the text, its paragraphs and tables, what it says of itself above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from builder.documents.tables import is_data_table, is_label_table, read_rows, table_text
from builder.documents.titles import bare_title, title_kinds
from builder.documents.words import field_of
from builder.model.blocks import Block
from builder.patterns import pattern
from builder.reading.html_tree import parse_html


@dataclass(slots=True)
class _Found:
    """One block with the element it came from."""

    block: Block
    element: etree._Element


@dataclass(slots=True)
class _Walker:
    """Collects the blocks of a tree in reading order."""

    found: list[_Found] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    gap: int = 1

    def walk(self, element: etree._Element, *, marked: bool, owner: etree._Element) -> None:
        """Take in one element with all below it; its tail belongs to whoever holds it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _is_hidden(element):
            return
        if tag == "br":
            self.flush(owner, gap=0)
        elif tag == "img":
            self._picture(element, owner)
        elif tag == "table" and is_data_table(element):
            self._table(element, owner)
        else:
            self._inside(element, tag, marked=marked or tag in _MARKING or _is_bold(element), owner=owner)

    def _inside(self, element: etree._Element, tag: str, *, marked: bool, owner: etree._Element) -> None:
        opens = tag in _BLOCKS
        if opens:
            self.flush(owner)
            owner = element
        self._say(element.text, marked=marked)
        for child in element:
            self.walk(child, marked=marked, owner=owner)
            self._say(child.tail, marked=marked)
        if opens:
            self.flush(owner)

    def _say(self, text: str | None, *, marked: bool) -> None:
        if text:
            self.parts.append(text)
            if text.strip():
                self.bold.append(marked)

    def flush(self, owner: etree._Element, gap: int = 1) -> None:
        """End the paragraph that is being collected; the next one stands ``gap`` blank lines below it."""
        raw = _BREAKS.sub(" ", "".join(self.parts))
        text = _SPACES.sub(" ", raw.replace("\xa0", " ")).strip(" \u3000")
        if text:
            indented = raw.lstrip(" ").startswith(("\u3000", "\xa0\xa0"))
            tag = str(owner.tag)
            depth = int(tag[1]) if tag in _HEADINGS else 0
            marked = bool(self.bold) and all(self.bold)
            block = Block(text, (), self.gap, marked=marked, indented=indented, depth=depth)
            self.found.append(_Found(block, owner))
            self.gap = gap
        self.gap = max(self.gap, gap)
        self.parts, self.bold = [], []

    def _picture(self, element: etree._Element, owner: etree._Element) -> None:
        self.flush(owner)
        self.found.append(_Found(Block(element.get("alt") or "", (), 1, kind="picture"), owner))

    def _table(self, element: etree._Element, owner: etree._Element) -> None:
        self.flush(owner)
        rows, header = read_rows(element)
        if is_label_table(rows):
            cells = [cell for row in rows for cell in row if cell]
            self.found += [_Found(Block(cell, (), 1), element) for cell in cells]
        elif rows:
            self.found.append(_Found(Block(table_text(rows), (), 1, kind="table", rows=rows, header=header), element))


def read_html(text: str) -> tuple[Block, ...]:
    """The blocks of a page or of a fragment.

    Returns:
        What the page says of the document in fields (``发文字号：…``), the document's title where the page shows it
        above the text, and the text; each block stands on a line of its own. Menus and what else surrounds the text
        are not in it.
    """
    tree = parse_html(text)
    walker = _Walker()
    body = tree.find("body")
    walker.walk(body if body is not None else tree, marked=False, owner=tree)
    walker.flush(tree)
    found = walker.found
    inside = _region(tree, found)
    blocks = [*_fields(found, inside), *_headline(tree, found, inside), *(found[index].block for index in inside)]
    return tuple(replace(block, lines=(number,)) for number, block in enumerate(blocks, 1))


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _is_bold(element: etree._Element) -> bool:
    return _BOLD.search(element.get("style") or "") is not None


def _region(tree: etree._Element, found: Sequence[_Found]) -> list[int]:
    """Indexes of the blocks below the smallest element that holds nearly all running text."""
    weights: dict[etree._Element, int] = {}
    for one in found:
        weight = _weight(one.block)
        element: etree._Element | None = one.element
        while weight and element is not None:
            weights[element] = weights.get(element, 0) + weight
            element = element.getparent()
    here = tree
    total = weights.get(tree, 0)
    while total:
        heaviest = max(here, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < _SHARE_OF_REGION * total:
            break
        if heaviest.tag in _LEAVES:
            break
        here = heaviest
    return [index for index, one in enumerate(found) if _is_below(one.element, here)]


def _weight(block: Block) -> int:
    """How much running text a block is; lines of menus have no sentence."""
    if block.kind == "table":
        return sum(len(cell) for row in block.rows for cell in row)
    return len(block.text) if len(block.text) >= _SHORTEST_SENTENCE or _STOP.search(block.text) else 0


def _is_below(element: etree._Element, above: etree._Element) -> bool:
    return element is above or any(parent is above for parent in element.iterancestors())


def _fields(found: Sequence[_Found], inside: Sequence[int]) -> Iterator[Block]:
    """What the page says of the document outside its text: a label with a colon, then its value."""
    said: set[str] = set()
    taken = set(inside)
    rows = [row for index, one in enumerate(found) if index not in taken for row in _cells(one.block)]
    for index, text in enumerate(rows):
        line = "".join(text.split()).replace(":", "：", 1)
        name, value = field_of(line) or (None, "")
        label = line.partition("：")[0]
        if name is None or label in said:
            continue
        below = rows[index + 1] if index + 1 < len(rows) else ""
        value = value or ("" if below.endswith(("：", ":")) else "".join(below.split()))
        if value:
            said.add(label)
            yield Block(f"{label}：{value}", (), 1)


def _cells(block: Block) -> tuple[str, ...]:
    return tuple(cell for row in block.rows for cell in row) if block.kind == "table" else (block.text,)


def _headline(tree: etree._Element, found: Sequence[_Found], inside: Sequence[int]) -> Iterator[Block]:
    """The last first-level heading above the text, where the text does not begin with it."""
    first = inside[0] if inside else 0
    top = {"".join(found[index].block.text.split()) for index in inside[:_TOP]}
    for one in reversed(found[:first]):
        if one.element.tag == "h1" or any(parent.tag == "h1" for parent in one.element.iterancestors()):
            if "".join(one.block.text.split()) not in top:
                yield one.block
            return
    title = tree.findtext(".//title") or ""
    parts = [part.strip() for part in _SITE.split(" ".join(title.split())) if part.strip()]
    title = next((part for part in parts if bare_title(part).endswith(title_kinds())), parts[0] if parts else "")
    joined = "".join("".join(found[index].block.text.split()) for index in inside[:_TOP])
    if title and "".join(title.split()) not in joined:
        yield Block(title, (), 1)


_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select",
     "iframe", "canvas", "svg", "video", "audio", "head"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
     "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td",
     "tfoot", "th", "thead", "tr", "ul", "caption"}
)  # fmt: skip
_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "li", "pre", "table", "span"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKING = _HEADINGS | {"b", "strong"}
_BOLD = pattern(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BREAKS = pattern(r"[\t\r\n\f]+")
_SPACES = pattern(r"[ \t\r\n\f]{1,}")
_STOP = pattern(
    r"[。；！？]|[：:]$|^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|^第[一二三四五六七八九十百零〇\d]{1,7}[编章节条]"
)
_SITE = pattern(r"\s?[_|｜]\s?|\s[-—–]{1,9}\s|(?<=[一-鿿])-(?=[一-鿿])")
_SHORTEST_SENTENCE = 24
_SHARE_OF_REGION = 0.7
_TOP = 12
