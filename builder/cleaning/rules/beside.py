"""What stands beside an article's text, and whether it belongs to it: pictures, standfirsts, notes, more text."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft, unlinked
from builder.cleaning.lines import HEADINGS, MEDIA
from builder.cleaning.naming import parts_of_name
from builder.cleaning.region import Region, belongs, is_link_list
from builder.cleaning.rules.media import all_addresses, file_of
from builder.folding import letters
from builder.reading.html_tree import words_of

# Share of the core's text from which on a part behind it is more of the article: in the article's own part, outside.
_SOME, _MUCH = 0.1, 0.25


def stays(part: etree._Element, region: Region, *, in_frame: bool, is_before: bool) -> bool:
    """Whether a part beside the core belongs to the article: its standfirst, its picture, more of its text.

    What stands behind all the text is the page's more often than the article's, unless there is much of it, or it is
    built as the core is.
    """
    if not in_frame and region.container not in part.iterancestors():
        return False
    if part.tag in _KEPT or (in_frame and not unlinked(part)):
        return not is_link_list(part)
    if in_frame and (part.tag in PARAGRAPHS or (is_before and part.tag in HEADINGS)):
        return not is_link_list(part)
    if in_frame and is_before and _is_picture(part):
        return not is_link_list(part)
    if not belongs(region, part):
        return False
    least = 0 if is_before or signature(part) == signature(region.core) else _SOME if in_frame else _MUCH
    return region.weights[part] >= least * region.weights[region.core]


def stands_out(part: etree._Element) -> bool:
    """Whether a part says that it is a standfirst, or notes."""
    names = f"{part.get('class') or ''} {part.get('id') or ''}"
    return not names.isspace() and not parts_of_name(names).isdisjoint(("lead", "annex")) and unlinked(part) > 0


def pictures_it(draft: Draft, part: etree._Element, region: Region) -> bool:
    """Whether a part near the text is one captioned figure, or shows the picture that the page's head shows for it."""
    if region.container not in part.iterancestors() or not _is_picture(part):
        return False
    caption = part.find(".//figure//figcaption")
    if caption is not None and words_of(caption) == words_of(part):
        return True
    shown = {file_of(address) for image in part.iter("img") for address in all_addresses(image)}
    return not shown.isdisjoint(map(file_of, draft.pictured))


def _is_picture(part: etree._Element) -> bool:
    """Whether a part holds an image and, at most, its caption."""
    holds_more = next(part.iter(*HEADINGS, *_LISTS), None) is not None
    return next(part.iter("img"), None) is not None and not holds_more and unlinked(part) <= _LONGEST_CAPTION


_LISTS = ("ul", "ol", "form")
_LONGEST_CAPTION = 300


def sums_up(draft: Draft, part: etree._Element) -> bool:
    """Whether a part below the headline is a heading, or says what the page's head says of the article."""
    if part.tag in HEADINGS:
        return True
    text = letters(words_of(part))
    return len(text) >= _SHORTEST_SUMMARY and any(
        text.startswith(summary[:_SHORTEST_SUMMARY]) and len(summary) >= _SHORTEST_SUMMARY
        for summary in draft.summaries
    )


_SHORTEST_SUMMARY = 20  # letters
_KEPT = frozenset(["figure", *MEDIA])
PARAGRAPHS = frozenset(["p", "blockquote", "pre", "table", "dl", "br", "hr"])
"""Elements that writers use, rather than programs."""


def signature(part: etree._Element) -> tuple[str, str]:
    """How a part is built: parts of one text are built alike."""
    return part.tag, part.get("class") or ""
