"""Divides a plan's text into parts, joins what pages cut, and grows the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from builder.documents.annexes import AnnexPart
from builder.documents.contents import split_contents
from builder.documents.edits import find_edits
from builder.documents.flattened import restore_tables
from builder.documents.fragments import split_glued, split_running, split_signed
from builder.documents.heads import prepare
from builder.documents.joining import Passage, join_passages
from builder.documents.lines import join_blocks
from builder.documents.numbering import CONTAINERS, read_marker
from builder.documents.parts import Parts, tell_parts
from builder.documents.sections import mark_blocks
from builder.documents.tree import Tree, grow
from builder.model.blocks import Block, BlockSource
from builder.model.plan import Heading, OuterPart, Provision

Curated = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text divided and joined, before metadata and repairs."""

    parts: Parts
    contents: tuple[Block, ...]
    furniture: tuple[OuterPart, ...]
    body: tuple[Passage, ...]
    texts: tuple[tuple[AnnexPart, tuple[Passage, ...]], ...]
    annexes: tuple[tuple[AnnexPart, tuple[Passage, ...]], ...]
    unusable: tuple[Curated, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of body, texts and annexes."""
        return (*self.body, *(passage for _, passages in (*self.texts, *self.annexes) for passage in passages))


def lay_out(source: BlockSource, curated: Sequence[Curated] = ()) -> Layout:
    """Divide a file into parts, join what pages cut, find what is to be repaired.

    An editor's repairs that do not stand exactly once in the body are left out.
    """
    furniture = tuple(OuterPart("furniture", (line,), text) for line, text in source.furniture)
    blocks, running = split_running(prepare(source.blocks))
    furniture += tuple(OuterPart("furniture", block.lines, block.text) for block in running)
    blocks = _with_titles(split_glued(restore_tables(split_signed(blocks))))
    blocks, contents = split_contents(blocks)
    parts = tell_parts(blocks)
    body = _passages(parts.body)
    attached = [(annex, _passages(annex.blocks)) for annex in (*parts.texts, *parts.annexes)]
    texts = [passage.block.text for passages in (body, *(passages for _, passages in attached)) for passage in passages]
    usable = [repair for repair in curated if sum(text.count(repair[0]) for text in texts) == 1]
    mended = tuple((annex, _mended(passages, usable)) for annex, passages in attached)
    unusable = tuple(repair for repair in curated if repair not in usable)
    number = len(parts.texts)
    return Layout(parts, contents, furniture, _mended(body, usable), mended[:number], mended[number:], unusable)


def grow_trees(layout: Layout) -> tuple[Tree, tuple[Provision, ...]]:
    """The body's tree, which holds the texts where a notice sends out several, and one provision for each annex."""
    taken: Counter[str] = Counter()
    body = grow(layout.body, taken=taken)
    texts = tuple(_attached("text", number, *text, taken) for number, text in enumerate(layout.texts, 1))
    annexes = tuple(_attached("annex", number, *annex, taken) for number, annex in enumerate(layout.annexes, 1))
    return Tree(body.preface, (*body.provisions, *texts)), annexes


def _attached(
    kind: Literal["text", "annex"], number: int, part: AnnexPart, passages: Sequence[Passage], taken: Counter[str]
) -> Provision:
    """An annex, or one of several texts that a notice sends out."""
    eid = f"{kind}-{number}"
    tree = grow(passages, f"{eid}-", taken)
    heading = Heading(1, part.label, number, part.title)
    return Provision(eid, kind, heading, part.line, tree.preface, tree.provisions)


def _passages(blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    return join_passages(blocks, mark_blocks(blocks))


def _mended(passages: Sequence[Passage], curated: Sequence[Curated]) -> tuple[Passage, ...]:
    return tuple(
        passage
        if passage.block.kind == "table"
        else replace(passage, edits=find_edits(passage.block.text, curated, _behind_number(passage.block.text)))
        for passage in passages
    )


def _behind_number(text: str) -> int:
    """Offset of what stands behind a text's number: the white space between them is no fault."""
    marker = read_marker(text)
    return text.rindex(marker.rest) if marker and marker.rest else 0


def _with_titles(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Numbers that stand on a line of their own, with the title from the next."""
    whole: list[Block] = []
    for block in blocks:
        before = whole[-1] if whole else None
        marker = read_marker(before.text) if before else None
        if before and marker and not marker.rest and read_marker(block.text) is None:
            spaced = replace(before, text=f"{before.text}\u3000") if marker.kind in CONTAINERS else before
            whole[-1] = join_blocks(spaced, block)
        else:
            whole.append(block)
    return tuple(whole)
