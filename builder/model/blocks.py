"""What any file becomes before it is judged and read: blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["text", "table", "picture"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a line of a paragraph, a table or a picture.

    Attributes:
        text: Without marks of any format and without outer white space; of a table its rows, a line each.
        lines: Lines of the source it stands on, 1-based.
        gap: Blank lines before it; 0 where it may go on with the block before.
        after_page: Whether page furniture stood between it and the block before.
        marked: Whether the source marks it as a heading or as bold throughout.
        indented: Whether it begins with the indent of a new paragraph.
        broken: Whether the source breaks the line by force behind it.
        kind: What it is.
        rows: The cells of a table, row by row; a cell that spans several stands in each of them.
        header: How many of the rows are the table's head; 0 where it has none or none is known.
        depth: Level of the heading that the source marks it as (Markdown's ``#``, HTML's ``h1``); 0 where it does not.
    """

    text: str
    lines: tuple[int, ...]
    gap: int = 0
    after_page: bool = False
    marked: bool = False
    indented: bool = False
    broken: bool = False
    kind: BlockKind = "text"
    rows: tuple[tuple[str, ...], ...] = ()
    header: int = 0
    depth: int = 0

    @property
    def squeezed(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Source:
    """A file as blocks.

    Attributes:
        blocks: In reading order.
        lines: The lines that the blocks number, for readers who compare: of a text the file's own, of HTML, DOCX and
            PDF one for each block.
        furniture: Front matter, page numbers, rules and pictures between the blocks, with their lines.
    """

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    furniture: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document.

    Attributes:
        title: Its caption, where one stands above it.
        header: The cells of its head; empty where it has none.
        rows: The cells below, row by row; a cell that spans several stands in each of them.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
