"""Parts of a page that stand around an article: what their tag, class or id says they are."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft, unlinked
from builder.cleaning.lines import MEDIA
from builder.cleaning.naming import TAGS_IF_LINKED, rule_of_name
from builder.cleaning.rules.attribution import pairs
from builder.folding import fold
from builder.reading.html_tree import text_of, words_of

_WRAPPERS = frozenset(["div", "section", "ul", "dl", "footer", "aside"])
_MOVED = frozenset(["tags", "copyright", "byline"])
_NEVER = frozenset([
    "html", "body", "article", "main", "table", "tbody", "tr", "td", "th", "pre", "code", "math", "mjx-container",
    "tex",
])  # fmt: skip
# What pages are styled, scripted, tested and measured by names the parts of a page alike.
_NAMING = ("class", "id", "data-e2e", "data-testid", "data-component", "data-module", "aria-labelledby")
# How much prose a part may hold and still be furniture, in characters outside links and as shares of all of them. The
# furniture of the 947 posts of the sample has at most 43 characters in one part, and is 12 % of the shortest post.
_LEAST_TEXT = 80
_MOST_SHARE = 0.12
_MOST_TOGETHER = 0.3
_PITCHES = frozenset(["subscription", "share", "advert", "biography"])
_PITCH = 400
_PITCH_SHARE = 0.3
_MOST_COMMENTS = 0.7  # readers may write more than the journalist did


def named_parts(draft: Draft) -> None:
    """Elements whose tag, class or id says that they are furniture, unless they hold prose."""
    total = unlinked(draft.root)
    code = {inner for block in draft.elements("pre", "code") for inner in block.iterdescendants()}
    elements = [
        (element, rule) for element in draft.elements() if element not in code and (rule := named(draft, element))
    ]
    together: dict[tuple[str, str], int] = {}
    for element, rule in elements:
        key = (element.tag, element.get("class") or "")
        if element.tag == "p" and rule in _PITCHES:
            together[key] = together.get(key, 0) + unlinked(element)
    for element, rule in elements:
        if not draft.holds(element) or not _may_go(element, rule, total):
            continue
        if together.get((element.tag, element.get("class") or ""), 0) > _MOST_TOGETHER * total:
            continue  # paragraphs that are named for what may be read for pay are the article
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


def named(draft: Draft, element: etree._Element) -> str | None:
    """The rule that an element's tag, class, id or role speaks of."""
    tag = element.tag
    if tag in _NEVER:
        return None
    if tag in draft.words.elements:
        return draft.words.elements[tag]
    for name in _NAMING if element.attrib else ():
        value = element.get(name)
        rule = rule_of_name(value) if value else None
        if rule == TAGS_IF_LINKED:
            rule = "tags" if tag in _WRAPPERS and not unlinked(element) and words_of(element) else None
        if rule is not None and rule != "hidden" and not (rule == "dialog" and _is_term(element)):
            return rule
    return draft.words.roles.get(element.get("role") or "")


def _is_term(element: etree._Element) -> bool:
    """Whether a word of a sentence is explained elsewhere: it is named for the bubble that says more."""
    return element.tag in _TERMS or (element.tag == "span" and bool((element.tail or "").strip()))


_TERMS = frozenset(["a", "abbr", "dfn", "em", "strong", "b", "i"])


def _may_go(element: etree._Element, rule: str, total: int) -> bool:
    """Whether an element is poor enough in prose to be furniture."""
    mine = unlinked(element)
    if rule in _MOVED and (
        mine > _LEAST_TEXT or next(element.iter(*MEDIA), None) is not None or _is_attribution(element)
    ):
        return False
    if rule == "advert" and _is_sentence(element):
        return False
    if rule == "comments":
        return mine <= _MOST_COMMENTS * total
    pitch = min(_PITCH, _PITCH_SHARE * total) if rule in _PITCHES else 0
    return mine <= max(_LEAST_TEXT if total > 2 * _LEAST_TEXT else 0, pitch, _MOST_SHARE * total)


def _is_sentence(element: etree._Element) -> bool:
    """Whether an element says a whole sentence and links to nothing: the article runs on inside the slot."""
    text = words_of(element)
    return len(text) >= _LEAST_SENTENCE and text.endswith(_SENTENCE_ENDS) and next(element.iter("a"), None) is None


_LEAST_SENTENCE = 12
_SENTENCE_ENDS = ("。", "！", "？", "”", "」")


def _is_attribution(element: etree._Element) -> bool:
    """Whether an element says who made a picture or said what is quoted: that belongs to the text."""
    return any(ancestor.tag in {"figure", "figcaption", "blockquote"} for ancestor in element.iterancestors())


def _move(draft: Draft, element: etree._Element, rule: str) -> None:
    """Tags, bylines and copyright lines are kept as metadata."""
    if rule == "tags":
        links = [words_of(link) for link in element.iter("a")]
        tags = [text.lstrip("#") for text in links if not draft.words.link_texts["read-more"].fullmatch(fold(text))]
        draft.tags.extend(tag for tag in tags if tag and tag not in draft.tags)
    else:
        text = words_of(element)
        for field, value in pairs(draft, text) or [(rule, text)]:
            draft.credit(field, value)
    draft.take(element, rule, rule)
