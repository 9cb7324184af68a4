"""What any file becomes before it is judged and read: blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["text", "table", "picture"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a line of a paragraph, a table or a picture."""

    text: str  # Without marks of any format and without outer white space; of a table its rows, a line each
    lines: tuple[int, ...]  # Lines of the source it stands on, 1-based
    gap: int = 0  # Blank lines before it; 0 where it may go on with the block before
    after_page: bool = False  # Whether page furniture stood between it and the block before
    marked: bool = False  # Whether the source marks it as a heading or as bold throughout
    indented: bool = False  # Whether it begins with the indent of a new paragraph
    broken: bool = False  # Whether the source breaks the line by force behind it
    kind: BlockKind = "text"  # What it is
    # The cells of a table, row by row; a cell that spans several stands in each of them
    rows: tuple[tuple[str, ...], ...] = ()
    header: int = 0  # How many of the rows are the table's head; 0 where it has none or none is known
    # Level of the heading that the source marks it as (Markdown's ``#``, HTML's ``h1``); 0 where it does not
    depth: int = 0

    @property
    def squeezed(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class BlockSource:
    """A file as blocks."""

    blocks: tuple[Block, ...]  # In reading order
    # The lines that the blocks number, for readers who compare: of a text the file's own, of HTML, DOCX and PDF one
    # for each block
    lines: tuple[str, ...]
    # Front matter, page numbers, rules and pictures between the blocks, with their lines
    furniture: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document."""

    title: str  # Its caption, where one stands above it
    header: tuple[str, ...]  # The cells of its head; empty where it has none
    rows: tuple[tuple[str, ...], ...]  # The cells below, row by row; a cell that spans several stands in each of them
