"""The headline inside the body: link header, heading, the line above the text."""

from __future__ import annotations

import re

from builder.cleaning.draft import EDGE_HEAD, Draft, is_heading
from builder.cleaning.lines import Line, folded
from builder.folding import fold, letters, letters_in
from builder.patterns import pattern
from builder.reading.html_tree import words_of

_OUTLET_SUFFIX = pattern(r"\s*(?:[-–—|_·:/]|丨).{1,40}")
_LONGEST_LABEL = 30  # "原文来自订阅号「…」：" and its like; longer text beside the link is a sentence
_LEAST_TITLE = 4
_LONGEST_TITLE_LABEL, _LONGEST_HAN_LABEL = 8, 3  # "headline", "原标题"; an outlet before a title is longer
_SOURCE_IN_LABEL = pattern(
    r"\W*(?:\w{0,4}(?:来自|转自|转载自|出自|来源于|来源|源自|首发于|载于)[:：]?)"
    r"(?:微信)?(?:订阅号|公众号|公号|博客|网站|媒体|号)?\W*([^\W_][\w ·.&-]{1,24}?)(?:网站|公众号)?\W*$"
)


def repeated_title(draft: Draft) -> None:
    """Lines at the top that only say the title again, ``h1`` wherever it stands, and a link to the post itself."""
    titles = _titles(draft)
    texts = draft.texts
    left = len(texts)
    for position, line in enumerate(texts):
        if position >= EDGE_HEAD and line.block.tag != "h1":
            continue
        says_it = _says(draft, line, titles) or (position == 0 and _leads_to_itself(draft, line))
        says_it = says_it or (is_heading(line) and keep_headline(draft, line))
        if says_it and (left > 1 or is_heading(line) or line.is_links):
            draft.take_line(line, "repeated-title")
            left -= 1


def keep_headline(draft: Draft, line: Line) -> bool:
    """Keep a heading that is what a page's title says before the names of section and site; whether it is."""
    title, text = draft.post.title, line.text
    if not draft.is_page or len(text) < _LEAST_TITLE or not title.startswith(text):
        return False
    if not _OUTLET_SUFFIX.fullmatch(fold(title[len(text) :])):
        return False
    draft.headline = draft.headline or text
    return True


def linked_original(draft: Draft) -> None:
    """A line that is a short label and a link under this very title: where the post was taken from."""
    titles = _titles(draft)
    for line in draft.edge():
        link = next((link for link in line.links if letters(words_of(link)) in titles), None)
        if link is None or line.length - line.linked > _LONGEST_LABEL:
            continue
        source = _SOURCE_IN_LABEL.match(line.text.replace(words_of(link), ""))
        if source:
            draft.credit("source", source[1])
        draft.original = draft.original or link.get("href")
        draft.take_line(line, "original-address", "source" if source else "url")


def _titles(draft: Draft) -> frozenset[str]:
    """The title in every form in which the body may repeat it."""
    post = draft.post
    given = {post.title, post.title_original}
    without_suffix = {re.sub(r"\s+[-–—|_丨]\s+[^-–—|_丨]{1,40}$", "", title) for title in given}
    if draft.headline:
        given.add(draft.headline)
    return frozenset(bare for title in given | without_suffix if len(bare := letters(title)) >= 1)


def _says(draft: Draft, line: Line, titles: frozenset[str]) -> bool:
    bare = letters_in(line.folded)
    label, colon, said = line.folded.partition(":")
    longest = _LONGEST_TITLE_LABEL if label.isascii() else _LONGEST_HAN_LABEL
    is_labelled = colon and len(letters_in(label)) <= longest and not line.links and label not in draft.words.labels
    if bare in titles or (is_labelled and letters_in(said) in titles):
        return True
    return any(
        len(title) >= _LEAST_TITLE and bare.startswith(title) and _is_suffix(line.text, title) for title in titles
    )


def _is_suffix(text: str, title: str) -> bool:
    """Whether what follows the title in a line is an outlet's name behind a dash."""
    position = 0
    for index, character in enumerate(folded(text)):
        if position == len(title):
            return bool(_OUTLET_SUFFIX.fullmatch(text[index:]))
        position += character == title[position]
    return position == len(title)


def _leads_to_itself(draft: Draft, line: Line) -> bool:
    """Whether a line is nothing but a link to the post's own address."""
    own = {address.rstrip("/") for address in (draft.post.url, draft.post.carrier_url) if address}
    return line.is_links and len(line.links) == 1 and (line.links[0].get("href") or "").rstrip("/") in own
