"""Lays out the schematic drawing that replaces a lost map: belts with lines and stops, a centre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.config.plans import Diagram, DiagramGroup, DiagramLane, DiagramNode, DiagramTrack
from builder.documents.layout import width
from builder.model.plan import Plan
from builder.pages.plans.divisions import section_page

WIDTH = 500
_MARGIN, _PAD, _LETTER, _CENTRE = 4, 16, 14.0, 0.8
_STEP, _TITLE, _TRACK_TITLE = 27, 40, 34
_COLUMNS, _CHIP, _GAP = 2, 30, 10


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the drawing, linked to its paragraph.

    Attributes:
        text: The name.
        page: Where it is read.
        x: Left edge, or centre for a chip.
        y: Base line.
        width: Of the chip around it; 0 for none.
    """

    text: str
    page: str
    x: float
    y: float
    width: float = 0


@dataclass(frozen=True, slots=True)
class Track:
    """A line with its stops from ``top`` to ``bottom``."""

    title: Label
    x: float
    top: float
    bottom: float
    stops: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A belt, the centre, or what is scattered.

    Attributes:
        kind: ``lane``, ``centre`` or ``scattered``.
        index: Which belt, for its colour.
        x: Left edge.
        y: Upper edge.
        width: Its width.
        height: Its height.
        title: Its name.
        role: One line about it.
        tracks: Lines of a belt.
        chips: Members of a group.
    """

    kind: str
    index: int
    x: float
    y: float
    width: float
    height: float
    title: Label
    role: str
    tracks: tuple[Track, ...] = ()
    chips: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing.

    Attributes:
        title: What the lost map was called.
        note: What readers must know.
        height: Of the drawing; its width is ``WIDTH``.
        boxes: From above.
        spine: Upper and lower end of the line that joins belts and centre; None where there is no centre.
    """

    title: str
    note: str
    height: float
    boxes: tuple[Box, ...]
    spine: tuple[float, float] | None


def draw(diagram: Diagram, plan: Plan) -> Drawing:
    """Place everything: half of the belts, the centre, the other belts, what is scattered.

    Args:
        diagram: What the editors wrote.
        plan: Its paragraphs are linked.
    """
    half = (len(diagram.lanes) + 1) // 2
    parts: list[DiagramLane | DiagramGroup] = [*diagram.lanes[:half]]
    parts += [diagram.centre] if diagram.centre else []
    parts += diagram.lanes[half:]
    parts += [diagram.scattered] if diagram.scattered else []
    boxes: list[Box] = []
    y, belts = float(_MARGIN), 0
    for part in parts:
        if isinstance(part, DiagramLane):
            box = _lane(part, belts, y, plan)
            belts += 1
        else:
            kind = "centre" if part is diagram.centre else "scattered"
            box = _group(part, kind, y, plan)
        boxes.append(box)
        y += box.height + 2 * _GAP
    lanes = [box for box in boxes if box.kind != "scattered"]
    spine = (lanes[0].y + lanes[0].height, lanes[-1].y) if diagram.centre and len(lanes) > 1 else None
    return Drawing(diagram.title, diagram.note, y - 2 * _GAP + _MARGIN, tuple(boxes), spine)


def unknown_paragraphs(diagram: Diagram, plan: Plan) -> tuple[str, ...]:
    """Identifiers that a diagram names and the plan does not have."""
    known = {paragraph.eid for paragraph in plan.paragraphs()}
    return tuple(sorted({node.paragraph for node in _nodes(diagram)} - known))


def _nodes(diagram: Diagram) -> Iterator[DiagramNode | DiagramTrack | DiagramLane | DiagramGroup]:
    for lane in diagram.lanes:
        yield lane
        for track in lane.tracks:
            yield track
            yield from track.stops
    for group in (diagram.centre, diagram.scattered):
        if group:
            yield group
            yield from group.members


def _lane(lane: DiagramLane, index: int, y: float, plan: Plan) -> Box:
    column = (WIDTH - 2 * _MARGIN - 2 * _PAD) / _COLUMNS
    tracks: list[Track] = []
    top = y + _TITLE
    for start in range(0, len(lane.tracks), _COLUMNS):
        row = lane.tracks[start : start + _COLUMNS]
        for place, track in enumerate(row):
            tracks.append(_track(track, _MARGIN + _PAD + place * column, top, plan))
        top += _TRACK_TITLE + _STEP * max(len(track.stops) for track in row) + _GAP
    title = Label(lane.name, section_page(plan, lane.paragraph), _MARGIN + _PAD, y + 27)
    return Box("lane", index, _MARGIN, y, WIDTH - 2 * _MARGIN, top - y + _GAP / 2, title, lane.role, tuple(tracks))


def _track(track: DiagramTrack, x: float, top: float, plan: Plan) -> Track:
    first = top + _TRACK_TITLE + 8
    stops = tuple(
        Label(stop.name, section_page(plan, stop.paragraph), x + 24, first + _STEP * index)
        for index, stop in enumerate(track.stops)
    )
    bottom = first + _STEP * max(0, len(stops) - 1)
    title = Label(track.name, section_page(plan, track.paragraph), x, top + 20)
    return Track(title, x + 7, first - 16, bottom, stops)


def _group(group: DiagramGroup, kind: str, y: float, plan: Plan) -> Box:
    inner = (WIDTH - 2 * _MARGIN) * (_CENTRE if kind == "centre" else 1.0)
    left = (WIDTH - inner) / 2
    chips = tuple(_chips(group.members, left + _PAD, y + _TITLE + 8, inner - 2 * _PAD, plan))
    rows = len({chip.y for chip in chips})
    title = Label(group.name, section_page(plan, group.paragraph), left + _PAD, y + 27)
    height = _TITLE + 8 + rows * (_CHIP + _GAP) + _GAP / 2
    return Box(kind, 0, left, y, inner, height, title, group.role, chips=chips)


def _chips(members: Sequence[DiagramNode], left: float, top: float, room: float, plan: Plan) -> Iterable[Label]:
    """Names in rows, each as wide as its text."""
    x, y = left, top
    for member in members:
        wide = width(member.name) * _LETTER + 2 * _GAP
        if x > left and x + wide > left + room:
            x, y = left, y + _CHIP + _GAP
        yield Label(member.name, section_page(plan, member.paragraph), x + wide / 2, y + 20, wide)
        x += wide + _GAP
