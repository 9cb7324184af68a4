"""Blocks to a tree of provisions, with identifiers from their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from builder.documents.joining import Passage
from builder.documents.layout import width
from builder.documents.numbering import CONTAINERS, LEVELS, Marker, MarkerKind, read_marker
from builder.documents.sections import Mark, is_open, split_title
from builder.documents.tables import is_head
from builder.model.blocks import Block, Table
from builder.model.plan import Heading, Paragraph, ParagraphKind, Provision, ProvisionKind
from builder.numerals import value_of
from builder.patterns import pattern

_KIND_OF: dict[MarkerKind, ProvisionKind] = {
    "part": "part", "subpart": "part", "chapter": "chapter", "section": "section", "article": "article",
}  # fmt: skip


@dataclass(slots=True)
class _Node:
    """A provision while it grows."""

    eid: str
    kind: ProvisionKind
    heading: Heading
    line: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    def freeze(self) -> Provision:
        children = tuple(child.freeze() for child in self.children)
        return Provision(self.eid, self.kind, self.heading, self.line, tuple(self.paragraphs), children)


@dataclass(frozen=True, slots=True)
class Tree:
    """A body as a tree: the paragraphs before the first heading, and the sections."""

    preface: tuple[Paragraph, ...]
    provisions: tuple[Provision, ...]


def grow(passages: Sequence[Passage], prefix: str = "", taken: Counter[str] | None = None) -> Tree:
    """The tree of a body, or of an annex, whose identifiers begin with ``prefix``; ``taken`` counts those in use."""
    taken = Counter() if taken is None else taken
    levels = levels_of([passage.mark for passage in passages])
    roots: list[_Node] = []
    path: list[_Node] = []
    preface: list[Paragraph] = []
    for passage in passages:
        marker = (read_marker(passage.repaired) or passage.mark.marker) if passage.mark.role == "heading" else None
        heading = _heading(marker, levels) if marker else None
        if heading and marker and _is_section(heading, marker):
            path = [node for node in path if _holds(node, heading, marker)]
            node = _open(path, heading, marker, passage, prefix, taken)
            (path[-1].children if path else roots).append(node)
            path.append(node)
            if not heading.run_in:
                continue
        here = path[-1].paragraphs if path else preface
        stem = path[-1].eid if path else (prefix.rstrip("-") or "preface")
        caption = here[-1].text if here else ""
        here.append(_paragraph(f"{stem}-p{len(here) + 1}", passage, heading, caption))
    return Tree(tuple(preface), tuple(node.freeze() for node in roots))


def _holds(node: _Node, heading: Heading, marker: Marker) -> bool:
    """Whether a section lies above a heading: by its level; 编 lie above 分编, which share it."""
    within = marker.kind == "subpart" and "分" not in node.heading.number
    return node.heading.level < heading.level + within


def levels_of(marks: Sequence[Mark]) -> dict[MarkerKind, int]:
    """The level of each kind of number that a text uses for headings, after the nesting it shows.

    GB/T 9704-2012, 7.3.3, and 立法法 are what it is by itself; below 编, 章, 节 and 壹 everything moves down, and where
    the outermost kind is not 一、 the others move up.
    """
    kinds = {mark.marker.kind for mark in marks if mark.role == "heading" and mark.marker}
    levels = dict(LEVELS)
    containers = kinds & set(CONTAINERS)
    first = next((mark.marker.kind for mark in marks if mark.role == "heading" and mark.marker), None)
    if containers == {"article"} and first == "comma":
        above = 0
    elif containers:
        above = LEVELS["section"] if "article" in kinds or kinds & {"section", "chapter"} else LEVELS["part"]
    else:
        above = 1 if "great" in kinds else 0
    used = [levels[kind] for kind in kinds if kind in _BY_PRIOR]
    if not containers and "great" not in kinds and used:
        above = 1 - min(used)
    for kind in _BY_PRIOR:
        levels[kind] = LEVELS[kind] + above
    levels["half-bracket"] -= sum(1 for kind in ("arabic", "arabic-bracket") if kind not in kinds)
    if "decimal" in kinds:
        levels["decimal"] = (
            levels["arabic"] if "arabic" in kinds else 1 + max((LEVELS[kind] for kind in containers), default=0)
        )
        numbers = [mark.marker.number for mark in marks if mark.marker and mark.marker.kind == "decimal"]
        levels["arabic-bracket"] = levels["decimal"] + max(number.count(".") for number in numbers) + 1
        levels["half-bracket"] = levels["arabic-bracket"] + ("arabic-bracket" in kinds)
    return levels


def _heading(marker: Marker, levels: Mapping[MarkerKind, int]) -> Heading:
    title = split_title(marker)
    level = levels[marker.kind] + (marker.number.count(".") if marker.kind == "decimal" else 0)
    return Heading(level, marker.number, marker.ordinal, title.text, title.run_in)


def _is_section(heading: Heading, marker: Marker) -> bool:
    """Whether a heading opens a section: all but run-in ``1.``, （1） and ``1）`` below others."""
    return not (heading.run_in and heading.level > 1 and marker.kind in _RUN_IN)


def _open(
    path: Sequence[_Node], heading: Heading, marker: Marker, passage: Passage, prefix: str, taken: Counter[str]
) -> _Node:
    kind = _KIND_OF.get(marker.kind)
    parent = path[-1].eid if path else ""
    if marker.kind == "article":
        stem = f"{prefix}article-{_suffix(heading)}"
    elif kind:
        stem = f"{parent or prefix.rstrip('-')}-{kind}-{heading.ordinal}".lstrip("-")
    else:
        stem = f"{parent}-{heading.ordinal}" if parent else f"{prefix}sec-{heading.ordinal}"
    return _Node(_unique(stem, taken), kind or "section", heading, passage.block.lines[0])


def _suffix(heading: Heading) -> str:
    """An article's number; 第三十二条之一 becomes ``32-bis1``, so that no section's child can have it."""
    _, inserted, after = heading.number.partition("之")
    return f"{heading.ordinal}-bis{value_of(after)}" if inserted else str(heading.ordinal)


def _unique(stem: str, taken: Counter[str]) -> str:
    """The identifier itself, or with a letter where a document uses its number twice."""
    taken[stem] += 1
    return stem if taken[stem] == 1 else f"{stem}-again{taken[stem]}"


def _paragraph(eid: str, passage: Passage, heading: Heading | None, caption: str) -> Paragraph:
    run_in = heading if heading and heading.run_in else None
    kind = _paragraph_kind(passage, run_in)
    table = _table(passage.block, caption) if passage.block.kind == "table" else None
    return Paragraph(eid, kind, passage.block.text, passage.repaired, passage.block.lines, run_in, passage.edits, table)


def _table(block: Block, above: str) -> Table:
    """A table with its caption, where what stands above it is one: short, and no sentence."""
    title = above if width(above) <= _LONGEST_CAPTION and is_open(above) else ""
    header = block.header or is_head(block.rows)
    return Table(title, block.rows[header - 1] if header else (), block.rows[header:])


def _paragraph_kind(passage: Passage, heading: Heading | None) -> ParagraphKind:
    if heading:
        return "numbered"
    if passage.mark.role == "item":
        return "item"
    text = passage.block.text
    if passage.block.kind == "table":
        return "table"
    for kind, shape in _KINDS:
        if shape.match(text):
            return kind
    return "plain"


_KINDS: tuple[tuple[ParagraphKind, re.Pattern[str]], ...] = (
    ("dash", pattern(r"——|--")),
    ("ordinal", pattern(r"(?:首先|其次|再次|最后|第[一二三四五六七八九十])[，,]|[一二三四五六七八九]是")),
    ("definition", pattern(r"“[^”]{1,16}”(?:是|指|即)")),
)
_BY_PRIOR: tuple[MarkerKind, ...] = ("comma", "bracket", "arabic", "arabic-bracket", "half-bracket")
_RUN_IN = frozenset({"arabic", "arabic-bracket", "half-bracket"})
_LONGEST_CAPTION = 40
