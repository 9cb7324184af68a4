"""Links that are no part of the text: lists of other articles between paragraphs, page numbers, closing runs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from urllib.parse import urlsplit

from lxml import etree

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import Line, words_of
from builder.cleaning.region import is_prose
from builder.folding import fold

_FEWEST = 2
_SHORTEST_HEADLINE = 8  # units of a link that names an article; shorter ones are terms
_INTRODUCES = (":", "：", "如下", "以下")
_TAIL = 8
_LONGEST_CALL = 40


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


def _names_article(draft: Draft, item: etree._Element) -> bool:
    links = list(item.iter("a"))
    if len(links) != 1 or len(words_of(item)) < _SHORTEST_HEADLINE or words_of(item) != words_of(links[0]):
        return False
    address = links[0].get("href") or ""
    host = _host(address)
    own = _host(draft.post.url or draft.post.carrier_url or "")
    return bool(own) and (host == own or (not host and not address.startswith(("#", "mailto:", "javascript:"))))


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def own_host(draft: Draft) -> str:
    """The host of a page's address, or the one that most links name; empty where most name none."""
    hosts = Counter(_host(link.get("href") or "") for link in draft.root.iter("a"))
    return _host(draft.post.url or "") or next(iter(host for host, _ in hosts.most_common(1)), "")


def leads_away(draft: Draft, part: etree._Element) -> bool:
    """Whether every link of a list leads to another site: what the article draws on, rather than what else there is."""
    hosts = {_host(link.get("href") or "") for link in part.iter("a")}
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


_NUMBER = re.compile(r"\d")
_ON = re.compile(r"下|次|next|다음|尾|末|全")


def closing_links(draft: Draft) -> None:
    """Links right above or below a call to follow or pay: they lead to the same."""
    calls = [removal for removal in draft.ledger.removals if removal.rule in {"share", "subscription"}]
    if not calls or len(draft.texts) <= _FEWEST:
        return
    run = list(takewhile(lambda line: line.is_links and line.length <= _LONGEST_CALL, reversed(draft.texts)))
    called = [line for line in run if draft.words.calls.search(line.folded)]
    for line in run if called else ():
        draft.take_line(line, "subscription")
