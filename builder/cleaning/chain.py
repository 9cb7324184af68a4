"""The chain: every rule of cleaning by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.cleaning.draft import Draft
from builder.cleaning.rules import (
    adverts,
    attribution,
    boilerplate,
    bylines,
    exports,
    footnotes,
    furniture,
    headline,
    invisible,
    linked,
    media,
    notation,
    page,
    profiles,
    related,
    remains,
)
from builder.model.container import DOCUMENTS, Kind

Rule = Callable[[Draft], None]

CHAIN: tuple[tuple[str, Rule], ...] = (
    # The tree: what no reader sees, and where images really are.
    ("profile: keep", profiles.kept_parts),
    ("profile: drop", profiles.dropped_parts),
    ("formula", notation.formulas),
    ("line-numbers", notation.line_numbers),
    ("permalink", notation.permalinks),
    ("footnote", footnotes.footnotes),
    ("script", invisible.scripts),
    ("noscript", media.doubles),
    ("form", invisible.forms),
    ("hidden", invisible.hidden),
    ("player", media.players),
    ("tracker", invisible.trackers),
    # Parts of a page.
    ("layout table", page.layout_tables),
    ("outside", page.outside),
    ("byline", bylines.mastheads),
    ("named parts", furniture.named_parts),
    ("footer", furniture.footers),
    ("placeholder", media.lazy),
    ("proxy", media.proxies),
    ("advert", adverts.campaign_links),
    # Lines.
    ("profile: lines", profiles.moved_lines),
    ("repeated-title", headline.repeated_title),
    ("original-address", headline.linked_original),
    ("excerpt", exports.excerpts),
    ("interface", exports.interface),
    ("byline of clippers", exports.clipped_bylines),
    ("dateline", attribution.datelines),
    ("related", related.related_lists),
    ("lists of articles", linked.lists_of_articles),
    ("pagination", linked.page_numbers),
    ("back-link", boilerplate.link_lines),
    ("comments", boilerplate.comments_behind),
    ("networks", boilerplate.network_lines),
    ("boilerplate", boilerplate.boilerplate_lines),
    ("closing links", linked.closing_links),
    ("tags", attribution.tag_lines),
    ("credit", attribution.credit_lines),
    ("repetition", adverts.repetition),
    ("credit inside", attribution.credits_inside),
    # What is left behind.
    ("wrapper", remains.wrappers),
    ("empty", remains.empty_elements),
)
"""Name and rule. The names in the ledger are finer: a rule on named parts writes down which kind it took."""


# What only pages of a site have; and, of works and tables, what only articles have.
_OF_PAGES = frozenset(
    ["outside", "named parts", "footer", "advert", "related", "back-link", "networks", "boilerplate", "repetition"]
)
_OF_ARTICLES = _OF_PAGES | {"original-address", "dateline", "tags", "credit", "credit inside"}
_LEFT_OUT: Mapping[Kind, frozenset[str]] = {
    **dict.fromkeys(DOCUMENTS, _OF_ARTICLES),
    "docx": _OF_PAGES,
    "pdf": _OF_PAGES,
}


def run(draft: Draft) -> None:
    """Run every rule once, in order; of a document, those that could find something in one."""
    left_out = _LEFT_OUT.get(draft.post.document.kind, frozenset())
    for name, rule in CHAIN:
        if name not in left_out:
            rule(draft)
