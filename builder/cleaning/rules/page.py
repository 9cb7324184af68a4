"""Whole pages: the part that holds the article, and everything around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import HEADINGS, MEDIA, Line, lines_of
from builder.cleaning.naming import parts_of_name
from builder.cleaning.region import Region, choose, is_link_list, is_prose
from builder.cleaning.rules.beside import PARAGRAPHS, pictures_it, signature, stands_out, stays, sums_up
from builder.cleaning.rules.bylines import collect
from builder.cleaning.rules.headline import keep_headline
from builder.cleaning.rules.linked import SHORTEST_HEADLINE, leads_away, leads_on_site, leads_to_pages, own_site
from builder.cleaning.rules.related import is_related_label
from builder.folding import fold, letters
from builder.reading.html_tree import words_of

_RULE = "outside"
_SECTIONS = ("thead", "tbody", "tfoot")
_FEWEST = 2  # rows and columns of a table; as in markup
_COLUMNS = frozenset(["ul", "ol", "li"])
_HEAD = 12  # lines above a headline inside of the article's part: ways to the section, labels
_MUCH = 0.25  # of what stays: so much text is left out only with a word to the editor


def layout_tables(draft: Draft) -> None:
    """Tables that only place things are no tables: their cells are blocks like others, with lines like others."""
    for table in draft.elements("table"):
        rows = list(table.iterchildren("tr")) + [
            row for part in table.iterchildren(*_SECTIONS) for row in part.iterchildren("tr")
        ]
        cells = max((sum(1 for _ in row.iterchildren("td", "th")) for row in rows), default=0)
        nested = next(table.iterdescendants("table"), None) is not None
        if len(rows) >= _FEWEST and cells >= _FEWEST and not nested:
            continue
        for row in rows:
            for cell in row.iterchildren("td", "th"):
                cell.tag = "div"
            row.tag = "div"
        for part in (table, *table.iterchildren(*_SECTIONS)):
            part.tag = "div"


def outside(draft: Draft) -> None:
    """On a whole page, keep the part that holds the article with what belongs to it; take what lies around."""
    if not draft.is_page:
        return
    lines = lines_of(draft.root)
    post = draft.post
    region = choose(draft, lines, [letters(title) for title in (post.title, post.title_original)])
    if region.headline is not None:
        keep_headline(draft, region.headline)
    draft.host = own_site(draft)
    collect(draft, lines, region)
    for line in _behind(lines, region):
        leads_to_pages(draft, line)
    _unlist(region.core)
    kept = region.weights.get(region.core, 0)
    holding = set(region.core.iterancestors())
    if region.headline is not None:
        holding.update([region.headline.block, *region.headline.block.iterancestors()])
    left = _take_around(draft, draft.root, region, holding)
    if left > _MUCH * kept:
        draft.doubts.append("text-left-out")
    _take_above(draft, region)


def _behind(lines: Sequence[Line], region: Region) -> Sequence[Line]:
    """The lines right behind the last prose of the core, where the numbers of other pages stand."""
    prose = [place for place, line in enumerate(lines) if region.weights.get(line.block) and _is_inside(line, region)]
    return lines[prose[-1] + 1 :][:_NEAR_END] if prose else ()


def _is_inside(line: Line, region: Region) -> bool:
    return region.core is line.block or region.core in line.block.iterancestors()


_NEAR_END = 6


def _unlist(core: etree._Element) -> None:
    """List items that place columns are no items."""
    element: etree._Element | None = core
    while element is not None:
        if element.tag in _COLUMNS:
            element.tag = "div"
        element = element.getparent()


def _take_around(draft: Draft, element: etree._Element, region: Region, holding: set[etree._Element]) -> int:
    """Take what is around the article, element by element down to the core; says how much prose that was."""
    in_frame = element is region.frame or region.frame in element.iterancestors()
    is_head = element not in region.core.iterancestors()
    left = 0
    for slot in _loose(element) if not in_frame else ():
        draft.ledger.take_line(slot, _RULE)
    is_before, is_below_headline = True, False
    for child in list(element):
        if child is region.core:
            _take_edges(draft, child, region, holding)
            is_before = False
        elif child in holding or (not in_frame and _holds_annex(child)):
            left += _take_around(draft, child, region, holding)
            is_before = is_before and child not in region.core.iterancestors()
            is_below_headline = is_head
        elif stands_out(child) or (is_before and pictures_it(draft, child, region)):
            continue
        elif not (
            is_below_headline and sums_up(draft, child)
            if is_head
            else stays(child, region, in_frame=in_frame, is_before=is_before)
        ):
            left += region.weights.get(child, 0)
            draft.take(child, _RULE)
    return left


def _holds_annex(part: etree._Element) -> bool:
    """Whether a part around the article holds notes to it further down."""
    return any(
        "annex" in parts_of_name(inner.get("class", ""))
        for inner in part.iterdescendants("div", "section", "aside", "ol")
    )


def _loose(element: etree._Element) -> Iterator[Line]:
    """Text that stands directly in an element around the article, short of a sentence."""
    for holder, is_tail in ((element, False), *((child, True) for child in element)):
        text = " ".join(((holder.tail if is_tail else holder.text) or "").split())
        line = Line(element, [(holder, is_tail)], text)
        if text and not is_prose(line):
            yield line


def _take_edges(draft: Draft, core: etree._Element, region: Region, holding: set[etree._Element]) -> None:
    """Menus and tools above the first and below the last prose of the core, however deep that lies."""
    children = list(core)
    prose = [place for place, child in enumerate(children) if region.weights.get(child)]
    signatures = {signature(children[place]) for place in prose}
    for place, child in enumerate(children):
        if child in holding and child.tag not in HEADINGS:
            _take_edges(draft, child, region, holding)
        elif _holds_cards(draft, child, region):
            draft.take(child, _RULE)
        elif not prose or prose[0] < place < prose[-1]:
            _take_lists(draft, child, region)
        elif place in prose:
            if child.tag in _DIVISIONS:
                _take_edges(draft, child, region, holding)
        elif _is_menu(draft, child) or (signature(child) not in signatures and _is_tool(draft, child)):
            draft.take(child, _RULE)


def _take_lists(draft: Draft, part: etree._Element, region: Region) -> None:
    """Lists of links in divisions of their own amid the text: what else there is to read."""
    if part.tag not in _DIVISIONS or next(part.iter("a"), None) is None:
        return
    is_list = part not in region.weights and _is_named(part) and is_link_list(part, _FEWEST_AMID)
    if is_list or _holds_cards(draft, part, region):
        draft.take(part, _RULE)
        return
    for child in list(part):
        _take_lists(draft, child, region)


_FEWEST_AMID = 3


def _holds_cards(draft: Draft, part: etree._Element, region: Region) -> bool:
    """Whether a part is made of links to other articles of the site, at most a teaser below each."""
    is_part = part.tag in {"ul", "ol"} or (part.tag in _DIVISIONS and _is_named(part))
    share = region.weights.get(part, 0) / max(1, region.weights.get(region.core, 0))
    if not is_part or share > _MOST_CARDS or next(part.iter("a"), None) is None:
        return False
    leading, headed, teased, between = set(), False, 0, _MOST_TEASERS
    for line in lines_of(part):
        if leads_on_site(draft, line) and (line.media or len(line.text) >= SHORTEST_HEADLINE):
            leading.add(line.links[0].get("href"))
            headed, between = headed or is_heading(line), 0
        elif is_prose(line):
            teased, between = teased + 1, between + 1
            if between > _MOST_TEASERS:
                return False
    alike = sum(signature(other) == signature(part) for other in part.itersiblings()) if part.get("class") else _FEWEST
    is_promoted = headed and share <= _MOST_PROMOTED and alike < _FEWEST
    return is_promoted or (teased > 0 and len(leading) >= _FEWEST_AMID)


_MOST_TEASERS = 2  # sentences of a card in lines of their own
_MOST_CARDS = 0.5
_MOST_PROMOTED = 0.08  # of the text: one article that an editor put beside it, with a headline of its own


def _is_menu(draft: Draft, part: etree._Element) -> bool:
    if part.tag in MEDIA or part.tag in HEADINGS:
        return False
    return is_link_list(part) and not leads_away(draft, part)


def _is_tool(draft: Draft, part: etree._Element) -> bool:
    """Whether a part without prose is one that the page's programs built: it has a name, and nothing but text.

    What follows a picture is its caption; what ends in a colon, or names a list of articles, speaks of what follows.
    """
    if part.tag not in _DIVISIONS or not _is_named(part) or stands_out(part):
        return False
    text, before = fold(words_of(part)), part.getprevious()
    if not text or text.endswith(":") or is_related_label(draft, text):
        return False
    if before is not None and next(before.iter(*MEDIA), None) is not None and not words_of(before):
        return False
    return next(part.iter("figure", *MEDIA, *PARAGRAPHS, *HEADINGS), None) is None


def _is_named(part: etree._Element) -> bool:
    """Whether a part has a class or an id."""
    return bool(part.get("class") or part.get("id"))


_DIVISIONS = frozenset(["div", "section", "article", "aside", "header", "footer"])


def _take_above(draft: Draft, region: Region) -> None:
    """Short lines above the headline, where it stands inside of the article's part."""
    headline = region.headline
    if headline is None or not draft.holds(headline.block):
        return
    above: list[Line] = []
    for line in draft.texts[: _HEAD + 1]:
        if line.block is headline.block:
            for each in above:
                draft.take_line(each, _RULE)
            return
        if is_prose(line):
            return
        above.append(line)
