"""Divides a plan's text into parts, joins what pages cut, and grows the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.model.plan import Heading, Part, Provision
from builder.plan.annexes import AnnexPart
from builder.plan.contents import split_contents
from builder.plan.edits import find_edits
from builder.plan.fragments import mend_fragments
from builder.plan.joining import Block, join_blocks
from builder.plan.lines import Unit, join_units, read_units
from builder.plan.numbering import read_marker
from builder.plan.parts import Parts, tell_parts
from builder.plan.sections import mark_units
from builder.plan.tree import Tree, grow

Curated = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text divided and joined, before metadata and repairs."""

    parts: Parts
    contents: tuple[Unit, ...]
    furniture: tuple[Part, ...]
    body: tuple[Block, ...]
    annexes: tuple[tuple[AnnexPart, tuple[Block, ...]], ...]
    unusable: tuple[Curated, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of body and annexes."""
        return (*self.body, *(block for _, blocks in self.annexes for block in blocks))


def lay_out(text: str, curated: Sequence[Curated] = ()) -> Layout:
    """Divide a text into parts, join what pages cut, find what is to be repaired.

    Args:
        text: The whole seed.
        curated: An editor's repairs; those that do not stand exactly once in the body are left out.
    """
    units, furniture = read_units(text)
    units = _with_titles(mend_fragments(units))
    units, contents = split_contents(units)
    parts = tell_parts(units)
    body, annexes = _blocks(parts.body), [(annex, _blocks(annex.units)) for annex in parts.annexes]
    texts = [block.unit.text for blocks in (body, *(blocks for _, blocks in annexes)) for block in blocks]
    usable = [repair for repair in curated if sum(text.count(repair[0]) for text in texts) == 1]
    mended = tuple((annex, _mended(blocks, usable)) for annex, blocks in annexes)
    unusable = tuple(repair for repair in curated if repair not in usable)
    return Layout(parts, contents, furniture, _mended(body, usable), mended, unusable)


def grow_trees(layout: Layout) -> tuple[Tree, tuple[Provision, ...]]:
    """The body's tree and one provision for each annex."""
    taken: Counter[str] = Counter()
    body = grow(layout.body, taken=taken)
    annexes = tuple(_annex(number, annex, blocks, taken) for number, (annex, blocks) in enumerate(layout.annexes, 1))
    return body, annexes


def _annex(number: int, annex: AnnexPart, blocks: Sequence[Block], taken: Counter[str]) -> Provision:
    eid = f"annex-{number}"
    tree = grow(blocks, f"{eid}-", taken)
    heading = Heading(1, annex.label, number, annex.title)
    return Provision(eid, "annex", heading, annex.line, tree.preface, tree.provisions)


def _blocks(units: tuple[Unit, ...]) -> tuple[Block, ...]:
    return join_blocks(units, mark_units(units))


def _mended(blocks: Sequence[Block], curated: Sequence[Curated]) -> tuple[Block, ...]:
    return tuple(
        replace(block, edits=find_edits(block.unit.text, curated, _behind_number(block.unit.text))) for block in blocks
    )


def _behind_number(text: str) -> int:
    """Offset of what stands behind a text's number: the white space between them is no fault."""
    marker = read_marker(text)
    return text.rindex(marker.rest) if marker and marker.rest else 0


def _with_titles(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Numbers that stand on a line of their own, with the title from the next."""
    whole: list[Unit] = []
    for unit in units:
        before = whole[-1] if whole else None
        marker = read_marker(before.text) if before else None
        if before and marker and not marker.rest and read_marker(unit.text) is None:
            whole[-1] = join_units(before, unit)
        else:
            whole.append(unit)
    return tuple(whole)
