"""Which number may follow which: in its scope, across scopes, by decimals; how far the kinds lie inside each other."""

from __future__ import annotations

from collections.abc import Sequence

from builder.documents.numbering import LEVELS, Marker, MarkerKind


class Counters:
    """The last number of each kind, in the scope and overall."""

    def __init__(self, order: Sequence[MarkerKind], *, decimals: bool) -> None:
        """Begin to count."""
        self.depth = {kind: depth for depth, kind in enumerate(order)}
        self.decimals = decimals
        self.scope: dict[MarkerKind, int] = {}
        self.overall: dict[MarkerKind, int] = {}
        self.series: dict[MarkerKind, int] = {}
        self.decimal: tuple[int, ...] = ()
        self.count = 0
        self.outside: tuple[dict[MarkerKind, int], ...] = ()

    def open_box(self) -> None:
        """Remember the numbers above a box (专栏1 …): its entries count for themselves, and the text goes on behind."""
        self.outside = (dict(self.scope), dict(self.overall), dict(self.series))

    def step(self, marker: Marker) -> int | None:
        """How many numbers are missing before this one; None where it fits nowhere.

        A number may begin anew, go on in its scope, or go on with the last of its kind whatever stands above: each
        outranks a gap. What goes on with the numbers above a box closes it.
        """
        missing = self._missing(marker)
        if missing == 0 or not self.outside:
            return missing
        inside = (self.scope, self.overall, self.series)
        self.scope, self.overall, self.series = self.outside
        if self._missing(marker) == 0:
            self.outside = ()
            return 0
        self.scope, self.overall, self.series = inside
        return missing

    def _missing(self, marker: Marker) -> int | None:
        kind, ordinal = marker.kind, marker.ordinal
        if kind == "decimal":
            return 0 if self.decimals and self._follows(_parts(marker)) else None
        if "之" in marker.number and ordinal == self.overall.get(kind):
            return 0
        if ordinal in {1, self.scope.get(kind, 0) + 1, self.overall.get(kind, 0) + 1}:
            return 0
        if kind == "article" and marker.spaced and ordinal > self.overall.get(kind, 0) > 0:
            return ordinal - self.overall[kind] - 1
        missing = ordinal - self.scope.get(kind, 0) - 1
        if not (0 < missing <= _LARGEST_GAP or -1 <= missing < 0):
            missing = ordinal - self.overall.get(kind, 0) - 1
            return missing if 0 < missing <= _LARGEST_GAP and self.overall.get(kind) else None
        return missing

    def _follows(self, parts: tuple[int, ...]) -> bool:
        """Whether a decimal number goes on with the last, begins below 1. or begins anew (1.1)."""
        return any(_is_next(parts, last) for last in (self.decimal, (self.overall.get("arabic", 0),), ()))

    def take(self, marker: Marker) -> int:
        """Remember a number; deeper scopes begin anew. Returns the series it belongs to."""
        kind = marker.kind
        if kind not in self.scope or (marker.ordinal == 1 and self.scope[kind] >= 1):
            self.count += 1
            self.series[kind] = self.count
        self.scope[kind] = self.overall[kind] = marker.ordinal
        self.decimal = _parts(marker) if kind == "decimal" else self.decimal
        for other in [other for other in self.scope if self.depth[other] > self.depth[kind]]:
            del self.scope[other]
        return self.series[kind]


def _is_next(parts: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a number is the next at one of its depths, and the first at those below: 2.1.1 after 1.3."""
    shared = zip(parts, last, strict=False)
    depth = next((depth for depth, (part, before) in enumerate(shared) if part != before), len(last))
    if depth >= len(parts) or any(part != 1 for part in parts[depth + 1 :]):
        return False
    return 0 < parts[depth] - last[depth] <= _LARGEST_GAP if depth < len(last) else parts[depth] == 1


def _parts(marker: Marker) -> tuple[int, ...]:
    return tuple(int(part) for part in marker.number.replace("．", ".").split("."))


def order_of(markers: Sequence[Marker | None]) -> list[MarkerKind]:
    """The kinds from the outermost in: 编 above 章, but below it where it begins anew in each."""
    order = list(LEVELS)
    first = [index for index, marker in enumerate(markers) if marker and marker.kind in {"part", "chapter"}]
    if first and markers[first[0]].kind == "chapter":  # type: ignore[union-attr]  # only markers are counted
        parts = [marker for marker in markers if marker and marker.kind == "part"]
        if sum(1 for marker in parts if marker.ordinal == 1) > 1:
            order.insert(0, order.pop(order.index("chapter")))
    return order


def are_decimal(markers: Sequence[Marker | None]) -> bool:
    """Whether a text is numbered by decimals: 1.1 stands in it, and 1.2 or 2.1; or 3.1 and 3.2 below 3."""
    found = {_parts(marker) for marker in markers if marker and marker.kind == "decimal"}
    if (1, 1) in found and found & {(1, 2), (2, 1)}:
        return True
    return any(len(parts) > 1 and parts[1] == 1 and {parts[:1], (parts[0], 2)} <= found for parts in found)


_LARGEST_GAP = 4
