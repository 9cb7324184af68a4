"""Blocks that an editor keeps or drops by hand, before any rule has a say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.ledger import Ledger, address_of, squash
from builder.cleaning.lines import Line
from builder.config.curation import Correction
from builder.folding import fold
from builder.problems import Problem

RULE = "correction"
"""What the ledger says of a block that an editor took out."""
_OPEN = "…"

Slot = tuple[etree._Element, bool]  # noqa: SLF001  # the type of every element; lxml gives it no other name


class KeepingLedger(Ledger):
    """A ledger that takes everything but what an editor wants kept, whichever rule asks."""

    def __init__(
        self, root: etree._Element, shortcodes: Iterable[str], slots: Iterable[Slot], media: Iterable[etree._Element]
    ) -> None:
        """Write down what the raw tree holds.

        Args:
            root: The raw tree, before any rule.
            shortcodes: Template syntax taken out before parsing.
            slots: The pieces of text to keep.
            media: The images and players to keep.
        """
        super().__init__(root, shortcodes)
        self._slots = set(slots)
        self._media = set(media)

    def take(self, element: etree._Element, rule: str, moved_to: str | None = None) -> None:
        """Take an element with all it holds, except for what is kept inside it."""
        if element in self._media:
            return
        if self._is_kept_inside(element):
            self._take_around(element, rule, moved_to)
            return
        follows = (element, True) in self._slots
        super().take(element, rule, moved_to)
        if follows and self._tail:
            self._slots.add(self._tail)

    def take_line(self, line: Line, rule: str, moved_to: str | None = None, *, media: bool = False) -> None:
        """Take a line's text, unless it is kept."""
        if not self._slots.isdisjoint(line.slots) or not self._media.isdisjoint(line.media):
            return
        super().take_line(line, rule, moved_to, media=media)

    def _is_kept_inside(self, element: etree._Element) -> bool:
        return any(
            inner in self._media
            or (inner, False) in self._slots
            or (inner is not element and (inner, True) in self._slots)
            for inner in element.iter()
        )

    def _take_around(self, element: etree._Element, rule: str, moved_to: str | None) -> None:
        """Take the pieces of an element one by one; the element itself stays, for the sake of what is kept."""
        if element.text and (element, False) not in self._slots:
            self._note(rule, element.text, moved_to)
            element.text = None
        for child in list(element):
            if child.tail and (child, True) not in self._slots:
                self._note(rule, child.tail, moved_to)
                child.tail = None
            self.take(child, rule, moved_to)


def edit(draft: Draft, shortcodes: Sequence[str], correction: Correction | None) -> tuple[Problem, ...]:
    """Drop what the editor drops, and see to it that the rules leave alone what she keeps.

    A block is meant by its whole text, or by how it begins where the words end in ``…``; white space, script and
    width do not count. An image is meant by its address as the raw file gives it.

    Args:
        draft: Before any rule has run.
        shortcodes: Template syntax taken out before parsing.
        correction: What the editor wrote, if anything.

    Returns:
        A problem for each block that is not there.
    """
    if correction is None or not (correction.keep or correction.drop):
        return ()
    lines = draft.lines
    kept = [line for line in lines if any(_is_meant(line, words) for words in correction.keep)]
    missing = [
        words for words in (*correction.keep, *correction.drop) if not any(_is_meant(line, words) for line in lines)
    ]
    draft.ledger = KeepingLedger(
        draft.root,
        shortcodes,
        [slot for line in kept for slot in line.slots],
        [media for line in kept for media in line.media],
    )
    for line in list(lines):
        if any(_is_meant(line, words) for words in correction.drop):
            draft.take_line(line, RULE, media=True)
    return tuple(
        Problem("correction-without-block", draft.post.document.path, values={"block": words}) for words in missing
    )


def _is_meant(line: Line, words: str) -> bool:
    if any(address_of(media) == words for media in line.media):
        return True
    wanted, text = squash(fold(words)), squash(line.folded)
    return text.startswith(wanted.removesuffix(_OPEN)) if wanted.endswith(_OPEN) else bool(text) and text == wanted
