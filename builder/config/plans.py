"""The types of ``curation/plans/<slug>.yml``: what an editor may add to a plan."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from builder.config.curation import Text

Eid = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class DiagramNode(Struct, frozen=True, forbid_unknown_fields=True):
    """A place of a diagram: its name, and the paragraph that speaks of it."""

    name: Text
    paragraph: Eid


class DiagramTrack(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a diagram with its stops in order."""

    name: Text
    paragraph: Eid
    stops: tuple[DiagramNode, ...] = ()


class DiagramLane(Struct, frozen=True, forbid_unknown_fields=True):
    """A belt of a diagram that holds some of its lines."""

    name: Text
    paragraph: Eid
    role: str = ""
    tracks: tuple[DiagramTrack, ...] = ()


class DiagramGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Places of a diagram that belong together without a line: its centre, or what is scattered around."""

    name: Text
    paragraph: Eid
    role: str = ""
    members: tuple[DiagramNode, ...] = ()


class Diagram(Struct, frozen=True, forbid_unknown_fields=True):
    """A schematic drawing in the place of a map that the seed has lost."""

    title: Text  # What the lost map was called
    note: str = ""  # What readers must know of it
    centre: DiagramGroup | None = None  # Drawn between the belts
    lanes: tuple[DiagramLane, ...] = ()  # Belts, drawn from above
    scattered: DiagramGroup | None = None  # Drawn below


class PlanCuration(Struct, frozen=True, forbid_unknown_fields=True):
    """``curation/plans/<slug>.yml``: what editors add to a plan."""

    diagram: Diagram | None = None  # In the place of a lost map
