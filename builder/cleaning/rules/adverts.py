"""Links whose targets are campaigns, and what a source repeats in post after post."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from builder.cleaning.draft import EDGE_TAIL, Draft, is_heading
from builder.cleaning.ledger import address_of
from builder.cleaning.lines import CELLS, Line
from builder.cleaning.repetition import address_key, line_key

_LEAST_TEXT = 10  # characters: the shortest sentence that says something
_LEAST_LEFT = 0.5  # repetition never takes half of what a post says


def campaign_links(draft: Draft) -> None:
    """A picture alone in its line that links to a campaign."""
    for link in [link for line in draft.lines if not line.text for link in line.links]:
        address = (link.get("href") or "").lower()
        is_paid = "sponsored" in (link.get("rel") or "") or draft.words.campaign_address.search(address)
        if draft.holds(link) and (is_paid or draft.words.advert_address.search(address)):
            draft.take(link, "advert")


def repetition(draft: Draft) -> None:
    """Lines and images that this source repeats; never the line that says most, never half of the text.

    What only ends a post may be more than the rest of it: descriptions of films are shorter than what stands below.
    """
    texts = draft.texts
    longest = max((line.length for line in texts), default=0)
    known = [line for line in texts if line.block.tag not in CELLS and line_key(line.text) in draft.repeated]
    repeated = [line for line in known if line.length < longest and not _heads(line, texts, known)]
    repeated = [line for line in repeated if not _is_listed(line, texts, repeated)]
    if sum(line.length for line in repeated) > _LEAST_LEFT * sum(line.length for line in texts):
        repeated = []
    for line in dict.fromkeys([*repeated, *_ending(texts, known)]):
        draft.take_line(line, "repetition")
    for line in draft.lines[-EDGE_TAIL:]:
        for image in line.media:
            if address_key(address_of(image)) in draft.repeated:
                draft.take(image, "repetition")


def _ending(texts: Sequence[Line], known: Sequence[Line]) -> list[Line]:
    """The repeated lines with nothing else behind them, where a sentence is left before them."""
    repeated = {id(line) for line in known}
    ending = list(takewhile(lambda line: id(line) in repeated, reversed(texts)))
    left = sum(line.length for line in texts[: len(texts) - len(ending)])
    return ending if left >= _LEAST_TEXT else []


def _heads(line: Line, texts: Sequence[Line], repeated: Sequence[Line]) -> bool:
    """Whether a line is a heading below the first level, of text that is no furniture: columns have sections."""
    if not is_heading(line) or line.block.tag == "h1":
        return False
    position = next(number for number, other in enumerate(texts) if other is line)
    below = next((other for other in texts[position + 1 :] if not is_heading(other)), None)
    return below is not None and not any(other is below for other in repeated)


def _is_listed(line: Line, texts: Sequence[Line], repeated: Sequence[Line]) -> bool:
    """Whether a line is an item, without a link, of a list of which others are no furniture: contents name sections."""
    if line.links or line.block.tag != "li":
        return False
    items = [other for other in texts if other.block.getparent() is line.block.getparent()]
    return any(all(other is not item for other in repeated) for item in items)
