"""Links whose targets are campaigns, and what a source repeats in post after post."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import EDGE_TAIL, Draft
from builder.cleaning.ledger import address_of
from builder.cleaning.lines import CELLS
from builder.cleaning.repetition import address_key, line_key

_LONGEST_SLOGAN = 40
_LEAST_LEFT = 0.5  # repetition never takes half of what a post says


def campaign_links(draft: Draft) -> None:
    """A line of nothing but a campaign's link: its picture, or its slogan at the head or tail."""
    edge = {id(line) for line in draft.edge()}
    for line in draft.lines:
        for link in line.links:
            if not _is_campaign(draft, link) or not draft.holds(link):
                continue
            if line.text and (id(line) not in edge or not line.is_links or line.length > _LONGEST_SLOGAN):
                continue
            if line.text:
                draft.take_line(line, "advert", media=True)
            elif any(link in media.iterancestors() for media in line.media):
                draft.take(link, "advert")


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


def _is_campaign(draft: Draft, link: etree._Element) -> bool:
    address = link.get("href") or ""
    relation = link.get("rel") or ""
    return "sponsored" in relation or bool(draft.words.advert_address.search(address.lower()))
