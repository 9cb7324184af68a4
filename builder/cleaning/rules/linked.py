"""Links that are no part of the text: lists of other articles between paragraphs, page numbers, closing runs."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import CELLS, Line
from builder.cleaning.region import FILE, is_prose
from builder.folding import fold
from builder.patterns import pattern
from builder.reading.addresses import site_of
from builder.reading.html_tree import words_of

_FEWEST = 2
SHORTEST_HEADLINE = 8  # units of a link that names an article; shorter ones are terms
_INTRODUCES = (":", "：", "如下", "以下")
_TAIL = 8


def lists_of_articles(draft: Draft) -> None:
    """Lists of nothing but links to other articles of the same site, which no line before them introduces."""
    texts = draft.texts
    for listed in draft.elements("ul", "ol"):
        items = list(listed.iterchildren("li"))
        if len(items) < _FEWEST or not draft.holds(listed):
            continue
        if all(_names_article(draft, item) for item in items) and not _is_introduced(texts, listed):
            prose = [line for line in texts if is_prose(line)]
            if len(prose) > len(items) // 2 and prose:
                draft.take(listed, "related")
                texts = draft.texts
    for line in _promoted(draft) if draft.is_page else ():
        draft.take_line(line, "related")


def _promoted(draft: Draft) -> list[Line]:
    """Paragraphs between two of prose that are nothing but a link to another article, which nothing introduces."""
    texts = draft.texts
    linked = [line for line in texts if line.is_links and leads_on_site(draft, line)]
    if _FEWEST * len(linked) > sum(map(is_prose, texts)):
        return []  # a list of articles, each with what it says in short
    return [
        line
        for before, line, after in zip(texts, texts[1:], texts[2:], strict=False)
        if line in linked and line.block.tag in _PARAGRAPHS and len(line.text) >= SHORTEST_HEADLINE
        if is_prose(before) and is_prose(after) and not before.text.endswith(_INTRODUCES)
    ]


_PARAGRAPHS = frozenset(["p", "div"])


def _names_article(draft: Draft, item: etree._Element) -> bool:
    links = list(item.iter("a"))
    if len(links) != 1 or len(words_of(item)) < SHORTEST_HEADLINE or words_of(item) != words_of(links[0]):
        return False
    address = links[0].get("href") or ""
    site = site_of(address)
    own = site_of(draft.post.url or draft.post.carrier_url or "")
    return bool(own) and (site == own or (not site and not address.startswith(("#", "mailto:", "javascript:"))))


def own_site(draft: Draft) -> str:
    """The site of a page's address, or the one that most links name; empty where most name none."""
    if draft.post.url:
        return site_of(draft.post.url)
    addresses = [link.get("href") or "" for link in draft.root.iter("a")]
    hosts = Counter(address.split("/", 3)[2] if "//" in address[:8] else "" for address in addresses)
    return next((site_of(f"//{host}") for host, _ in hosts.most_common(1)), "")


def leads_away(draft: Draft, part: etree._Element) -> bool:
    """Whether every link of a list leads to another site: what the article draws on, rather than what else there is."""
    hosts = {site_of(link.get("href") or "") for link in part.iter("a")}
    return part.tag in _LISTS and not hosts & {"", draft.host}


_LISTS = frozenset(["ul", "ol"])


def _is_introduced(texts: list[Line], listed: etree._Element) -> bool:
    """Whether the line before a list ends in a colon or is a heading: then the list is what it speaks of."""
    before: Line | None = None
    inside = set(listed.iter())
    for line in texts:
        if line.block in inside:
            return before is None or is_heading(before) or before.text.endswith(_INTRODUCES)
        before = line
    return True


def page_numbers(draft: Draft) -> None:
    """Numbers and words that lead to the other pages of the same article; the editor is told that there are some."""
    for line in draft.texts[-_TAIL:]:
        if len(draft.texts) > 1 and leads_to_pages(draft, line):
            draft.take_line(line, "pagination")


def leads_to_pages(draft: Draft, line: Line) -> bool:
    """Whether a line is nothing but links to the other pages of an article; if so, that is noted as a doubt."""
    if not line.links or is_heading(line) or not draft.words.page_numbers.fullmatch(line.folded):
        return False
    if not any(map(_leads_on, line.links)):
        return False
    if "other-pages" not in draft.doubts:
        draft.doubts.append("other-pages")
    return True


def _leads_on(link: etree._Element) -> bool:
    return bool(_NUMBER.search(words_of(link))) or bool(_ON.search(fold(words_of(link))))


_NUMBER = pattern(r"\d")
_ON = pattern(r"下|次|next|다음|尾|末|全")


def closing_links(draft: Draft) -> None:
    """Links to more of the same site with which a page ends, what leads over to them, and headings nothing follows."""
    if not draft.is_page:
        return
    first = _first_of_run(draft)
    started = False
    for line in draft.lines:
        started |= line is first
        if started:
            draft.take_line(line, "related", media=True)
    while len(draft.texts) > 1 and draft.lines[-1] is draft.texts[-1] and _is_label(draft.texts[-1]):
        draft.take_line(draft.texts[-1], "related")


def _is_label(line: Line) -> bool:
    return is_heading(line) and not _ENDS.search(line.text)


def _first_of_run(draft: Draft) -> Line | None:
    """The line with which a closing run of links begins; None where there is none, or it is much of the text."""
    texts = draft.texts
    first, links, between = len(texts), 0, 0
    for place in range(len(texts) - 1, 0, -1):
        line = texts[place]
        if leads_on_site(draft, line):
            first, links, between = place, links + 1, 0
        elif between < _MOST_BETWEEN and line.length <= _LONGEST_BETWEEN and not _ENDS.search(line.text):
            between += 1
        else:
            break
    if not links or (links < _FEWEST and first + 1 < len(texts)):
        return None
    while first > 1 and (is_heading(texts[first - 1]) or _LEADS_OVER.fullmatch(texts[first - 1].text)):
        first -= 1
    if any(draft.words.annex.match(line.folded) for line in texts[first:]):
        return None
    is_little = sum(line.length for line in texts[first:]) <= _MOST_OF_TEXT * sum(line.length for line in texts)
    return texts[first] if is_little and any(map(is_prose, texts[:first])) else None


_MOST_BETWEEN = 2  # outlets and dates on cards
_LONGEST_BETWEEN = 40
_MOST_OF_TEXT = 0.25
_ENDS = pattern(r"(?<![.。])[。！？.!?”」）)]$")
"""How sentences end, and remarks in brackets; an ellipsis leads on."""
_LEADS_OVER = pattern(r".{1,30}[:：>»▼↓]|[^\w\s“\"「『（(—–\-].{1,30}")
"""A label of what follows: it ends in a colon or an arrow, or begins with a mark."""


def leads_on_site(draft: Draft, line: Line) -> bool:
    """Whether a line is nothing but links to the site it stands on, perhaps behind a label; files are no such links."""
    label, colon, _ = line.text.partition("：" if "：" in line.text else ":")
    outside = line.length - line.linked
    is_labelled = colon and len(label) <= _LONGEST_LABEL and outside <= len(label) + 1
    is_tool = line.length <= _LONGEST_LABEL and not line.media
    if not line.links or _ENDS.search(line.text) or not (line.is_links or is_labelled or is_tool):
        return False
    addresses = [link.get("href") or "" for link in line.links]
    is_here = all(site_of(address) in {"", draft.host} and not address.startswith("mailto:") for address in addresses)
    is_here = is_here and not any(_stays(draft, address) for address in addresses)
    return is_here and line.block.tag not in CELLS and not any(map(FILE.search, addresses))


_LONGEST_LABEL = 12


def _stays(draft: Draft, address: str) -> bool:
    """Whether a link leads to a place of its own article, as those between notes and their signs do."""
    page, _, place = address.partition("#")
    return bool(place) and (not page or bool(draft.root.xpath("boolean(.//*[@id=$place])", place=place)))
