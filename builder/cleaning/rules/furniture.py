"""What stands around an article on a page: navigation, share buttons, related lists, comments, pitches."""

from __future__ import annotations

import re

from lxml import etree

from builder.cleaning.draft import Draft, is_heading, unlinked
from builder.cleaning.ledger import text_of
from builder.cleaning.lines import CELLS, MEDIA, Line
from builder.cleaning.wording import rule_of_name
from builder.folding import fold

_MOVED = frozenset(["tags", "copyright", "byline"])
_NEVER = frozenset(["html", "body", "article", "main", "table", "tbody", "tr", "td", "th", "pre", "code"])
_LEAST_TEXT = 80  # a block of so few characters outside links is furniture, whatever its share
_MOST_SHARE = 0.12  # furniture of the shaping sample holds at most 9 % of the characters that stand outside links
_MOST_COMMENTS = 0.7  # readers may write more than the journalist did


def named_parts(draft: Draft) -> None:
    """Elements whose tag, class or id says that they are furniture, unless they hold prose."""
    total = unlinked(draft.root)
    for element in draft.elements(etree.Element):
        rule = _named(draft, element)
        if rule is None or not draft.holds(element) or not _may_go(element, rule, total):
            continue
        if rule in _MOVED:
            _move(draft, element, rule)
        else:
            draft.take(element, rule)


def footers(draft: Draft) -> None:
    """``footer`` and ``aside`` of a post: links and small print, unless they hold prose."""
    total = unlinked(draft.root)
    for element in draft.elements("footer", "aside"):
        quoted = any(ancestor.tag == "blockquote" for ancestor in element.iterancestors())
        if not draft.holds(element) or quoted or not _may_go(element, "footer", total):
            continue
        if element.tag == "footer" or len("".join(text_of(element).split())) >= 2 * unlinked(element):
            draft.take(element, "navigation")


def boilerplate_lines(draft: Draft) -> None:
    """Lines that match the patterns of ``words.yml``, where they stand."""
    edge, tail = {id(line) for line in draft.edge()}, {id(line) for line in draft.tail()}
    for line in draft.texts:
        folded = line.folded if len(line.text) <= _LONGEST_LINE else ""
        if not folded or line.block.tag in CELLS:
            continue
        for rule in draft.words.lines:
            here = rule.where == "any" or id(line) in (edge if rule.where == "edge" else tail)
            if here and len(folded) <= rule.longest and rule.pattern.fullmatch(folded.strip(_BRACKETS)) and _may_leave(draft, line):
                if rule.field:
                    draft.credit(rule.field, line.text)
                draft.take_line(line, rule.rule, rule.field)
                break


def link_lines(draft: Draft) -> None:
    """Lines of nothing but links that lead back, on, or to the whole of the text; inside a paragraph such links stay."""
    for line in draft.edge():
        if not line.is_links or len(draft.texts) == 1:
            continue
        texts = [fold(_text(link)) for link in line.links]
        rule = next((rule for rule in ("back-link", "read-more") if _all_match(draft, rule, texts)), None)
        if rule:
            draft.take_line(line, rule)
        elif _is_own_address(draft, line):
            draft.take_line(line, "original-address", "url")


def related_lists(draft: Draft) -> None:
    """A label such as "相关阅读" and the lines of links after it; a line of label and link."""
    texts = draft.texts
    position = 0
    while position < len(texts):
        line = texts[position]
        position += 1
        if line.gone or len(line.text) > _LONGEST_LABELLED:
            continue
        folded = line.folded
        if _is_labelled_link(draft, line, folded):
            draft.take_line(line, "related")
        elif draft.words.related.fullmatch(folded):
            following = _links_after(texts, position)
            if following or position == len(texts):
                for taken in (line, *following):
                    draft.take_line(taken, "related")


def reader_comments(draft: Draft) -> None:
    """Everything from the first line of the tail on after which readers can reply."""
    replies = [line for line in draft.texts if _is_reply(draft, line)]
    if len(replies) < _LEAST_REPLIES:
        return
    for line in draft.texts:
        folded = line.folded
        if is_heading(line) and _is_comments_label(draft, folded):
            _take_rest(draft, line)
            return


_LONGEST_LINE = 270
_BRACKETS = " ()[]【】〔〕「」*•·"
_LONGEST_LABELLED = 120
_LEAST_REPLIES = 1
_LONGEST_ON_CARD = 40  # the longest description on a card of the shaping sample has 34 characters
_MOST_ON_CARD = 2
_LABEL_ENDS = re.compile(r"[:|\]】>›»]\W*$")


def _named(draft: Draft, element: etree._Element) -> str | None:
    tag = element.tag
    if tag in _NEVER:
        return None
    if tag in draft.words.elements:
        return draft.words.elements[tag]
    for name in ("class", "id"):
        value = element.get(name)
        rule = rule_of_name(value) if value else None
        if rule is not None and rule != "hidden":
            return rule
    return None


def _may_go(element: etree._Element, rule: str, total: int) -> bool:
    """Whether an element is poor enough in prose to be furniture."""
    mine = unlinked(element)
    if rule in _MOVED and (mine > _LEAST_TEXT or next(element.iter(*MEDIA), None) is not None or _is_in_figure(element)):
        return False
    if rule == "comments":
        return mine <= _MOST_COMMENTS * total
    return mine <= max(_LEAST_TEXT if total > 2 * _LEAST_TEXT else 0, _MOST_SHARE * total)


def _is_in_figure(element: etree._Element) -> bool:
    """Whether an element belongs to a picture: its photographer and agency are part of the caption."""
    return any(ancestor.tag in {"figure", "figcaption"} for ancestor in element.iterancestors())


def _move(draft: Draft, element: etree._Element, rule: str) -> None:
    """Tags, bylines and copyright lines are kept as metadata."""
    if rule == "tags":
        links = [_text(link) for link in element.iter("a")]
        draft.tags.extend(tag for text in links if (tag := text.lstrip("#")) and tag not in draft.tags)
    else:
        draft.credit(rule, " ".join(text_of(element).split()))
    draft.take(element, rule, rule)


def _may_leave(draft: Draft, line: Line) -> bool:
    """The last line of text never leaves: a teaser is better than nothing."""
    return len(draft.texts) > 1 or line.is_links


def _text(link: etree._Element) -> str:
    return " ".join(text_of(link).split())


def _all_match(draft: Draft, rule: str, texts: list[str]) -> bool:
    return all(draft.words.link_texts[rule].fullmatch(text) for text in texts)


def _is_own_address(draft: Draft, line: Line) -> bool:
    """Whether a line is the post's own address, and its own text: crawlers put it under the text."""
    address = (line.links[0].get("href") or "").rstrip("/")
    own = {known.rstrip("/") for known in (draft.post.url, draft.post.carrier_url) if known}
    return len(line.links) == 1 and address in own and line.text.rstrip("/") == address


def _is_labelled_link(draft: Draft, line: Line, folded: str) -> bool:
    """Label, colon, link: nothing but the label stands outside of the link, or all stands in it."""
    label = draft.words.related.match(folded)
    if not label or not line.links or not _LABEL_ENDS.search(label[0]):
        return False
    return line.is_links or line.length - line.linked <= len(label[0].replace(" ", "")) + 1


def _links_after(texts: list[Line], position: int) -> list[Line]:
    """The lines of links from a position on, with the short lines between them: outlets and dates on cards."""
    following: list[Line] = []
    pending: list[Line] = []
    for line in texts[position:]:
        if line.is_links:
            following += [*pending, line]
            pending = []
        elif line.length - line.linked > _LONGEST_ON_CARD or len(pending) == _MOST_ON_CARD:
            return following
        else:
            pending.append(line)
    return [*following, *pending] if following else []


def _is_reply(draft: Draft, line: Line) -> bool:
    pattern = draft.words.link_texts["comment-reply"]
    return line.is_links and any(pattern.fullmatch(fold(_text(link))) for link in line.links)


def _is_comments_label(draft: Draft, folded: str) -> bool:
    return any(rule.rule == "comments" and rule.pattern.fullmatch(folded) for rule in draft.words.lines)


def _take_rest(draft: Draft, first: Line) -> None:
    """Take a line and all that follows it."""
    started = False
    for line in draft.lines:
        started |= line is first
        if started:
            draft.take_line(line, "comments", media=True)
