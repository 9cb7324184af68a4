"""Divides a plan's text into parts, joins what pages cut, and grows the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.model.plan import Heading, Part, Provision
from builder.plan.contents import split_contents
from builder.plan.fragments import mend_fragments
from builder.plan.joining import Block, join_blocks
from builder.plan.lines import Unit, join_units, read_units
from builder.plan.numbering import read_marker
from builder.plan.parts import AnnexPart, Parts, tell_parts
from builder.plan.sections import mark_units
from builder.plan.tree import Tree, grow


@dataclass(frozen=True, slots=True)
class Layout:
    """A text divided and joined, before metadata and repairs."""

    parts: Parts
    contents: tuple[Unit, ...]
    furniture: tuple[Part, ...]
    body: tuple[Block, ...]
    annexes: tuple[tuple[AnnexPart, tuple[Block, ...]], ...]


def lay_out(text: str) -> Layout:
    """Divide a text into parts and join what pages cut."""
    units, furniture = read_units(text)
    units = _with_titles(mend_fragments(units))
    units, contents = split_contents(units)
    parts = tell_parts(units)
    annexes = tuple((annex, _blocks(annex.units)) for annex in parts.annexes)
    return Layout(parts, contents, furniture, _blocks(parts.body), annexes)


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
