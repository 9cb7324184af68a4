"""Divides a plan's text into parts, joins what pages cut, and grows the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.documents.annexes import AnnexPart
from builder.documents.contents import split_contents
from builder.documents.edits import find_edits
from builder.documents.fragments import mend_fragments
from builder.documents.joining import Passage, join_passages
from builder.documents.lines import join_blocks, read_blocks
from builder.documents.numbering import read_marker
from builder.documents.parts import Parts, tell_parts
from builder.documents.sections import mark_blocks
from builder.documents.tree import Tree, grow
from builder.model.blocks import Block
from builder.model.plan import Heading, Part, Provision

Curated = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text divided and joined, before metadata and repairs."""

    parts: Parts
    contents: tuple[Block, ...]
    furniture: tuple[Part, ...]
    body: tuple[Passage, ...]
    annexes: tuple[tuple[AnnexPart, tuple[Passage, ...]], ...]
    unusable: tuple[Curated, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of body and annexes."""
        return (*self.body, *(passage for _, passages in self.annexes for passage in passages))


def lay_out(text: str, curated: Sequence[Curated] = ()) -> Layout:
    """Divide a text into parts, join what pages cut, find what is to be repaired.

    Args:
        text: The whole seed.
        curated: An editor's repairs; those that do not stand exactly once in the body are left out.
    """
    blocks, furniture = read_blocks(text)
    blocks = _with_titles(mend_fragments(blocks))
    blocks, contents = split_contents(blocks)
    parts = tell_parts(blocks)
    body, annexes = _passages(parts.body), [(annex, _passages(annex.blocks)) for annex in parts.annexes]
    texts = [passage.block.text for passages in (body, *(passages for _, passages in annexes)) for passage in passages]
    usable = [repair for repair in curated if sum(text.count(repair[0]) for text in texts) == 1]
    mended = tuple((annex, _mended(passages, usable)) for annex, passages in annexes)
    unusable = tuple(repair for repair in curated if repair not in usable)
    return Layout(parts, contents, furniture, _mended(body, usable), mended, unusable)


def grow_trees(layout: Layout) -> tuple[Tree, tuple[Provision, ...]]:
    """The body's tree and one provision for each annex."""
    taken: Counter[str] = Counter()
    body = grow(layout.body, taken=taken)
    annexes = tuple(
        _annex(number, annex, passages, taken) for number, (annex, passages) in enumerate(layout.annexes, 1)
    )
    return body, annexes


def _annex(number: int, annex: AnnexPart, passages: Sequence[Passage], taken: Counter[str]) -> Provision:
    eid = f"annex-{number}"
    tree = grow(passages, f"{eid}-", taken)
    heading = Heading(1, annex.label, number, annex.title)
    return Provision(eid, "annex", heading, annex.line, tree.preface, tree.provisions)


def _passages(blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    return join_passages(blocks, mark_blocks(blocks))


def _mended(passages: Sequence[Passage], curated: Sequence[Curated]) -> tuple[Passage, ...]:
    return tuple(
        replace(passage, edits=find_edits(passage.block.text, curated, _behind_number(passage.block.text)))
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
            whole[-1] = join_blocks(before, block)
        else:
            whole.append(block)
    return tuple(whole)
