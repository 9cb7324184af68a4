"""The chain: every rule of cleaning by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from builder.cleaning.draft import Draft
from builder.cleaning.rules import (
    adverts,
    attribution,
    boilerplate,
    furniture,
    headline,
    invisible,
    media,
    page,
    profiles,
    related,
    remains,
)

Rule = Callable[[Draft], None]

CHAIN: tuple[tuple[str, Rule], ...] = (
    # The tree: what no reader sees, and where images really are.
    ("profile: keep", profiles.kept_parts),
    ("profile: drop", profiles.dropped_parts),
    ("script", invisible.scripts),
    ("noscript", media.doubles),
    ("form", invisible.forms),
    ("hidden", invisible.hidden),
    ("player", media.players),
    ("tracker", invisible.trackers),
    # Parts of a page.
    ("layout table", page.layout_tables),
    ("outside", page.outside),
    ("named parts", furniture.named_parts),
    ("footer", furniture.footers),
    ("placeholder", media.lazy),
    ("proxy", media.proxies),
    ("advert", adverts.campaign_links),
    ("comments", related.reader_comments),
    # Lines.
    ("profile: lines", profiles.moved_lines),
    ("repeated-title", headline.repeated_title),
    ("original-address", headline.linked_original),
    ("dateline", attribution.datelines),
    ("related", related.related_lists),
    ("back-link", boilerplate.link_lines),
    ("boilerplate", boilerplate.boilerplate_lines),
    ("tags", attribution.tag_lines),
    ("credit", attribution.credit_lines),
    ("repetition", adverts.repetition),
    ("credit inside", attribution.credits_inside),
    # What is left behind.
    ("wrapper", remains.wrappers),
    ("empty", remains.empty_elements),
)
"""Name and rule. The names in the ledger are finer: a rule on named parts writes down which kind it took."""


def run(draft: Draft) -> None:
    """Run every rule once, in order."""
    for _name, rule in CHAIN:
        rule(draft)
