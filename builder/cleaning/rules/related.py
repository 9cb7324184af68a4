"""Lists of other articles."""

from __future__ import annotations

from lxml import etree

from builder.cleaning.draft import Draft, unlinked
from builder.cleaning.lines import Line, lines_of
from builder.patterns import pattern
from builder.reading.html_tree import words_of

_LONGEST_LABEL = 30
_LONGEST_LABELLED = 120
_LONGEST_ON_CARD = 40  # an outlet, a date, a headline; a sentence of the article is longer
_MOST_ON_CARD = 2
_SENTENCE_ENDS = ("。", "！", "？", "。”", "。」")
_INNER_SIGNS = pattern(r"[·・|/\s](?<=\w[·・|/\s])[·・|/\s]*(?=[^\W\d_a-z])")
_LABEL_ENDS = pattern(r"[:|\]】>›»]\W*$")


def related_lists(draft: Draft) -> None:
    """A label such as "相关阅读" and the lines of links after it; a line of label and link."""
    if draft.is_page:
        _take_boxes(draft)
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
        elif is_related_label(draft, folded):
            following = _links_after(texts, position) or _cards_at_end(texts, position)
            if following or position == len(texts):
                for taken in (line, *following):
                    draft.take_line(taken, "related")


def is_related_label(draft: Draft, folded: str) -> bool:
    """Whether a line is nothing but a label of other articles."""
    return draft.words.related.fullmatch(_INNER_SIGNS.sub("", folded)) is not None


def _take_boxes(draft: Draft) -> None:
    """Take parts that begin with a label: what they hold beside links are teasers."""
    labels = [line for line in draft.texts if len(line.text) <= _LONGEST_LABEL and is_related_label(draft, line.folded)]
    for label in labels[:_MOST_BOXES]:
        box = _box_of(draft, label) if draft.holds(label.block) else None
        if box is not None:
            draft.take(box, "related")


def _box_of(draft: Draft, label: Line) -> etree._Element | None:
    """The largest part that begins with a label, holds a line of links, and little of the page's text."""
    most = _LARGEST_BOX * unlinked(draft.root)
    box = None
    for part in (label.block, *label.block.iterancestors()):
        if part.tag in _NO_BOX or unlinked(part) > most:
            break
        lines = [line for line in lines_of(part) if line.text]
        if not lines or lines[0].text != label.text:
            break
        box = part if any(line.is_links for line in lines[1:]) else box
    return box


_MOST_BOXES = 20  # each is looked at with all that is around it
_LARGEST_BOX = 0.25  # teasers in a box of related articles say less than the article does
_NO_BOX = frozenset(["html", "body", "main", "article"])


def _is_labelled_link(draft: Draft, line: Line, folded: str) -> bool:
    """Label, colon, link: nothing but the label stands outside of the link, or all stands in it."""
    label = draft.words.related.match(folded)
    if not label or not line.links:
        return False
    outside = line.length - line.linked
    is_apart = 0 < outside <= len(label[0].replace(" ", "")) + 1 and line.text.endswith(words_of(line.links[-1]))
    return is_apart or (line.is_links and bool(_LABEL_ENDS.search(label[0])))


def _links_after(texts: list[Line], position: int) -> list[Line]:
    """The lines of links from a position on, with the short lines between them: outlets and dates on cards."""
    following: list[Line] = []
    pending: list[Line] = []
    for line in texts[position:]:
        if line.is_links:
            following += [*pending, line]
            pending = []
        elif (
            line.length - line.linked > _LONGEST_ON_CARD
            or len(pending) == _MOST_ON_CARD
            or line.text.endswith(_SENTENCE_ENDS)
        ):
            return following
        else:
            pending.append(line)
    return [*following, *pending] if following else []


def _cards_at_end(texts: list[Line], position: int) -> list[Line]:
    """The last lines, where they are few and short and no sentences: what a script would have made cards of."""
    rest = texts[position:]
    short = all(line.length <= _LONGEST_LABEL and not line.text.endswith(_SENTENCE_ENDS) for line in rest)
    return rest if short and len(rest) <= _MOST_ON_CARD else []
