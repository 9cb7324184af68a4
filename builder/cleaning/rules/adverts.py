"""Links whose targets are campaigns, and what a source repeats in post after post."""

from __future__ import annotations

import re

from lxml import etree

from builder.cleaning.draft import EDGE_TAIL, Draft
from builder.cleaning.ledger import address_of
from builder.cleaning.lines import CELLS, Line
from builder.cleaning.repetition import address_key, line_key

_LONGEST_SLOGAN = 40
_LEAST_LEFT = 0.5  # repetition never takes half of what a post says


def campaign_links(draft: Draft) -> None:
    """A picture alone in its line that links to a campaign; a slogan at the head or tail that links to an advert."""
    edge = {id(line) for line in draft.edge()}
    for line in draft.lines:
        for link in line.links:
            if not draft.holds(link):
                continue
            if not line.text and _leads_to(link, draft.words.campaign_address, draft.words.advert_address):
                draft.take(link, "advert")
            elif id(line) in edge and _is_slogan(line) and _leads_to(link, draft.words.advert_address):
                draft.take_line(line, "advert", media=True)
                break


def repetition(draft: Draft) -> None:
    """Lines and images that this source repeats; never the line that says most, never half of the text."""
    if not draft.repeated:
        return
    texts = draft.texts
    total = sum(line.length for line in texts)
    longest = max((line.length for line in texts), default=0)
    repeated = [
        line
        for line in texts
        if line.length < longest and line.block.tag not in CELLS and line_key(line.text) in draft.repeated
    ]
    if sum(line.length for line in repeated) <= _LEAST_LEFT * total:
        for line in repeated:
            draft.take_line(line, "repetition")
    for line in draft.lines[-EDGE_TAIL:]:
        for image in line.media:
            if address_key(address_of(image)) in draft.repeated:
                draft.take(image, "repetition")


def _is_slogan(line: Line) -> bool:
    return line.is_links and line.length <= _LONGEST_SLOGAN


def _leads_to(link: etree._Element, *patterns: re.Pattern[str]) -> bool:
    """Whether a link says it is paid for, or its address does."""
    address = (link.get("href") or "").lower()
    return "sponsored" in (link.get("rel") or "") or any(pattern.search(address) for pattern in patterns)
