"""A raw body line by line, each piece marked as kept or with the rule that took it: what ``explain`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.cleaning import chain
from builder.cleaning.body import parse
from builder.cleaning.draft import Draft
from builder.cleaning.editing import edit
from builder.cleaning.ledger import addresses, squash
from builder.cleaning.lines import lines_of
from builder.cleaning.sources import profile_of
from builder.config.curation import Correction, SourceProfile
from builder.model.article import Removal
from builder.model.post import Post

_ANCHOR = 12
"""Characters from which a piece that stands once in the raw text surely is that one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one line."""

    text: str  # As the raw body has it, white space collapsed
    rule: str | None  # The rule that took it; None where it stays
    moved_to: str | None  # The metadata field it went to; None where it stays or is gone


def compare(
    post: Post,
    profiles: Mapping[str, SourceProfile],
    correction: Correction | None = None,
) -> tuple[tuple[Piece, ...], ...]:
    """Clean a post once more and lay what stayed and what went over its raw lines.

    Args:
        post: The raw post.
        profiles: The outlets' profiles.
        correction: Which blocks an editor keeps or drops.

    Returns:
        The pieces of each line of the raw body that has text. A piece that stands several times, taken in one place
        and kept in another, may be marked in the wrong one of them: the ledger knows texts, not places.
    """
    body = parse(post.body, post.body_format)
    lines = [line.text for line in lines_of(body.root) if line.text]
    images = addresses(body.root)
    draft = Draft(post, body, profile_of(post, profiles), frozenset())
    edit(draft, body.shortcodes, correction)
    chain.run(draft)
    raw = squash("".join(lines))
    kept = _kept(raw, [squash(str(text)) for text in draft.root.itertext()])
    owners = _owners(raw, kept, draft.ledger.removals)
    marked = tuple(_marked(lines, owners))
    held = addresses(draft.root)
    return (*marked, *(_image(address, held, draft.ledger.removals) for address in images))


def _kept(raw: str, pieces: Sequence[str]) -> list[bool]:
    """Which characters of the raw text stayed: the pieces, in their order."""
    kept = [False] * len(raw)
    position = 0
    limits = _limits(raw, pieces)
    for piece, limit in zip(pieces, limits, strict=True):
        start = raw.find(piece, position, limit) if piece else -1
        if start >= 0:
            kept[start : start + len(piece)] = [True] * len(piece)
            position = start + len(piece)
            continue
        for character in piece:
            start = raw.find(character, position, limit)
            if start >= 0:
                kept[start] = True
                position = start + 1
    return kept


def _limits(raw: str, pieces: Sequence[str]) -> list[int]:
    """Where each piece must have ended: before the next piece whose place is sure."""
    limits: list[int] = []
    limit = len(raw)
    for piece in reversed(pieces):
        limits.append(limit)
        if len(piece) >= _ANCHOR and raw.count(piece) == 1:
            limit = min(limit, raw.find(piece))
    return limits[::-1]


def _owners(raw: str, kept: Sequence[bool], removals: Sequence[Removal]) -> list[Removal | None]:
    """For each character the entry of the ledger that took it: found in what was left at that time."""
    owners: list[Removal | None] = [None] * len(raw)
    free = [place for place, stays in enumerate(kept) if not stays]
    text = "".join(raw[place] for place in free)
    for removal in removals:
        wanted = squash(removal.text)
        start = text.find(wanted) if wanted else -1
        if start < 0:
            continue
        end = start + len(wanted)
        for place in free[start:end]:
            owners[place] = removal
        free = free[:start] + free[end:]
        text = text[:start] + text[end:]
    return owners


def _marked(lines: Sequence[str], owners: Sequence[Removal | None]) -> Iterator[tuple[Piece, ...]]:
    """The lines cut where the owner changes; a space belongs to the character before it."""
    place = 0
    for line in lines:
        marks: list[Removal | None] = []
        for character in line:
            if character.isspace():
                marks.append(marks[-1] if marks else None)
            else:
                marks.append(owners[place])
                place += 1
        pairs = groupby(zip(line, marks, strict=True), key=lambda pair: pair[1])
        yield tuple(_piece("".join(character for character, _ in run), owner) for owner, run in pairs)


def _piece(text: str, owner: Removal | None) -> Piece:
    return Piece(text, owner.rule, owner.moved_to) if owner else Piece(text, None, None)


def _image(address: str, held: Sequence[str], removals: Sequence[Removal]) -> tuple[Piece, ...]:
    if address in held:
        return (Piece(address, None, None),)
    taken = next((removal for removal in removals if address.startswith(removal.text.removesuffix("…"))), None)
    return (_piece(address, taken),)
