"""Lays out the schematic drawing that replaces a lost map: belts with lines and stops, a centre."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.config.plans import Diagram, DiagramGroup, DiagramLane, DiagramNode, DiagramTrack
from builder.documents.layout import width
from builder.model.plan import Plan
from builder.pages.plans.divisions import section_page

WIDTH = 500
_MARGIN, _PAD, _LETTER, _CENTRE = 4, 16, 14.0, 0.8
_STEP, _TITLE, _TRACK_TITLE = 27, 40, 34
_COLUMNS, _CHIP, _GAP = 2, 30, 10
_Node = DiagramNode | DiagramTrack | DiagramLane | DiagramGroup


_Shape = dict[str, Any]
"""What ``_plan_drawing.html.j2`` draws. A label: ``text``, ``page`` (where it is read), ``x``, ``y`` (base line), of a
chip ``width`` around its centre. A track: ``title``, ``x``, ``top``, ``bottom``, ``stops``. A box: ``kind`` (``lane``,
``centre`` or ``scattered``), ``index`` (for its colour), place and size, ``title``, ``role``, ``tracks``, ``chips``."""


def draw(diagram: Diagram, plan: Plan) -> _Shape:
    """Place everything: half of the belts, the centre, the other belts, what is scattered.

    Returns:
        ``title``, ``note``, ``height`` (the width is ``WIDTH``), ``boxes`` from above, and ``spine``, the ends of the
        line that joins belts and centre; None where there is no centre.
    """
    half = (len(diagram.lanes) + 1) // 2
    boxes: list[_Shape] = []
    y = float(_MARGIN)
    for part in (*diagram.lanes[:half], diagram.centre, *diagram.lanes[half:], diagram.scattered):
        if part is None:
            continue
        if isinstance(part, DiagramLane):
            box = _lane(part, sum(each["kind"] == "lane" for each in boxes), y, plan)
        else:
            box = _group(part, "centre" if part is diagram.centre else "scattered", y, plan)
        boxes.append(box)
        y += box["height"] + 2 * _GAP
    lanes = [box for box in boxes if box["kind"] != "scattered"]
    spine = (lanes[0]["y"] + lanes[0]["height"], lanes[-1]["y"]) if diagram.centre and len(lanes) > 1 else None
    height = y - 2 * _GAP + _MARGIN
    return {"title": diagram.title, "note": diagram.note, "height": height, "boxes": boxes, "spine": spine}


def unknown_paragraphs(diagram: Diagram, plan: Plan) -> tuple[str, ...]:
    """Identifiers that a diagram names and the plan does not have."""
    known = {paragraph.eid for paragraph in plan.paragraphs()}
    return tuple(sorted({node.paragraph for node in _nodes(diagram)} - known))


def _nodes(diagram: Diagram) -> Iterator[_Node]:
    for lane in diagram.lanes:
        yield lane
        for track in lane.tracks:
            yield track
            yield from track.stops
    for group in (diagram.centre, diagram.scattered):
        if group:
            yield group
            yield from group.members


def _label(node: _Node, plan: Plan, x: float, y: float, width: float = 0) -> _Shape:
    return {"text": node.name, "page": section_page(plan, node.paragraph), "x": x, "y": y, "width": width}


def _lane(lane: DiagramLane, index: int, y: float, plan: Plan) -> _Shape:
    column = (WIDTH - 2 * _MARGIN - 2 * _PAD) / _COLUMNS
    tracks: list[_Shape] = []
    top = y + _TITLE
    for start in range(0, len(lane.tracks), _COLUMNS):
        row = lane.tracks[start : start + _COLUMNS]
        tracks += [_track(track, _MARGIN + _PAD + place * column, top, plan) for place, track in enumerate(row)]
        top += _TRACK_TITLE + _STEP * max(len(track.stops) for track in row) + _GAP
    size = {"width": WIDTH - 2 * _MARGIN, "height": top - y + _GAP / 2}
    title = _label(lane, plan, _MARGIN + _PAD, y + 27)
    place = {"kind": "lane", "index": index, "x": _MARGIN, "y": y}
    return {**place, **size, "title": title, "role": lane.role, "tracks": tracks, "chips": []}


def _track(track: DiagramTrack, x: float, top: float, plan: Plan) -> _Shape:
    first = top + _TRACK_TITLE + 8
    stops = [_label(stop, plan, x + 24, first + _STEP * index) for index, stop in enumerate(track.stops)]
    bottom = first + _STEP * max(0, len(stops) - 1)
    return {"title": _label(track, plan, x, top + 20), "x": x + 7, "top": first - 16, "bottom": bottom, "stops": stops}


def _group(group: DiagramGroup, kind: str, y: float, plan: Plan) -> _Shape:
    inner = (WIDTH - 2 * _MARGIN) * (_CENTRE if kind == "centre" else 1.0)
    left = (WIDTH - inner) / 2
    chips = list(_chips(group.members, left + _PAD, y + _TITLE + 8, inner - 2 * _PAD, plan))
    height = _TITLE + 8 + len({chip["y"] for chip in chips}) * (_CHIP + _GAP) + _GAP / 2
    title = _label(group, plan, left + _PAD, y + 27)
    place = {"kind": kind, "index": 0, "x": left, "y": y, "width": inner, "height": height}
    return {**place, "title": title, "role": group.role, "tracks": [], "chips": chips}


def _chips(members: Sequence[DiagramNode], left: float, top: float, room: float, plan: Plan) -> Iterator[_Shape]:
    """Names in rows, each as wide as its text."""
    x, y = left, top
    for member in members:
        wide = width(member.name) * _LETTER + 2 * _GAP
        if x > left and x + wide > left + room:
            x, y = left, y + _CHIP + _GAP
        yield _label(member, plan, x + wide / 2, y + 20, wide)
        x += wide + _GAP
