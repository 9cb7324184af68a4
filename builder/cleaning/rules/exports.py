"""What exporters and saved apps leave in a text: their own lines, the interface of the reader, an excerpt above it."""

from __future__ import annotations

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import HEADINGS, Line
from builder.cleaning.region import is_prose
from builder.cleaning.rules.names import is_tool
from builder.folding import fold
from builder.patterns import pattern
from builder.reading.days import WHEN
from builder.reading.html_tree import words_of

_FEWEST = 2
_HEAD = 12
_LONGEST_NAME = 20
_LONGEST_MARK = 40
_EXCERPTS = frozenset(["excerpt", "摘要"])


def excerpts(draft: Draft) -> None:
    """A quotation headed "Excerpt", with nothing but a title above it, repeats how the text begins."""
    for quote in draft.elements("blockquote")[:1]:
        heading, inside, opening = next(quote.iter(*HEADINGS), None), set(quote.iter()), draft.texts[:_FEWEST]
        if heading is None or fold(words_of(heading)) not in _EXCERPTS:
            continue
        if opening[0].block in inside or (is_heading(opening[0]) and opening[-1].block in inside):
            draft.take(quote, "excerpt")


def interface(draft: Draft) -> None:
    """Buttons and prompts of the app that a text was saved from, where several of them say which it was."""
    if draft.is_page:
        return
    texts = draft.texts
    short = [line for line in texts if len(line.text) <= _LONGEST_MARK]
    marks = [line for line in short if draft.words.interface_marks.fullmatch(line.folded)]
    if len(marks) < _FEWEST:
        return
    prose = [place for place, line in enumerate(texts) if is_prose(line) and not _is_mark(draft, line)]
    if not prose:
        return
    _head(draft, texts[: prose[0]][:_HEAD])
    tail = texts[prose[-1] + 1 :]
    first = next((line for line in tail if _is_mark(draft, line)), None)
    started = False
    for line in draft.lines:
        started = started or line is first
        if started:
            draft.take_line(line, "interface", media=True)


def _head(draft: Draft, lines: list[Line]) -> None:
    """Prompts above the text, and the names among them: the author's, then the account's."""
    outlets = {fold(name) for name in draft.post.outlet_names}
    if not any(_is_mark(draft, line) for line in lines):
        return
    for line in lines:
        if _is_mark(draft, line):
            draft.take_line(line, "interface")
            continue
        name = _NAME.fullmatch(line.text)
        if fold(line.text) in outlets:
            draft.take_line(line, "byline", "source")
        elif name and len(line.text) <= _LONGEST_NAME and line.block.tag not in HEADINGS:
            draft.credit("author", name[1])
            draft.take_line(line, "byline", "author")


_NAME = pattern(r"(\S{2,20}?)(?: ?\1){0,3}")
"""A name, which apps show several times: beside the picture, above the text."""


def _is_mark(draft: Draft, line: Line) -> bool:
    return bool(draft.words.interface_marks.fullmatch(line.folded) or draft.words.interface.fullmatch(line.folded))


def clipped_bylines(draft: Draft) -> None:
    """A first line of author, account and date, as clippers copy it from above a text.

    It is one where the author is known, or where a link that runs a script, which opens the account, is in it.
    """
    known = {fold(name) for name in (draft.post.author, *draft.credits.get("author", ())) if name}
    for line in draft.texts[:_FEWEST]:
        accounts = {words_of(link) for link in line.links if (link.get("href") or "").startswith("javascript:")}
        date = WHEN.search(line.folded) if known or accounts else None
        is_short = date is not None and line.length <= 2 * _LONGEST_NAME + len(date[0])
        if date is None or not is_short or len(line.text) - date.end() > _LONGEST_PLACE:
            continue
        names = [name for name in line.text[: date.start()].split() if not is_tool(draft, name)]
        others = [name for name in names if fold(name) not in known]
        if accounts or (len(others) < len(names) and len(others) <= 1):
            draft.credit("published", line.text[date.start() : date.end()])
            for name in others:
                draft.credit("source" if name in accounts or not accounts else "author", name)
            draft.take_line(line, "byline", "byline")
            return


_LONGEST_PLACE = 6  # behind the date, the province from which an account posted
