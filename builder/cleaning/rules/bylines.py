"""What the lines around a page's article say of it: labels and values, dates, names beside them, named elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import Line
from builder.cleaning.naming import field_of_name
from builder.cleaning.region import Region, is_prose
from builder.cleaning.rules.names import could_be_outlet, is_signature, is_tool, signed
from builder.cleaning.rules.tokens import BRACKETED, CLOCK, EDGES, WEAK, Token, tokens_of
from builder.folding import fold, letters
from builder.model.post import Candidate
from builder.patterns import pattern
from builder.reading.words import words

LABELLED, SIGNED, NAMED, BESIDE_DATE, BEHIND, ELSEWHERE = 0, 2, 3, 5, 10, 20
"""Ranks: behind a label above the text, as newsrooms sign, in an element named so, beside a date, below the text,
elsewhere near it."""
_ABOVE = 4  # lines above a headline that may hold its date
_NEAR = 20  # lines around the prose in which an author may be printed
_BELOW = 14  # lines behind the last prose that may hold credits
_LONGEST = 200
_LONGEST_NAME = 40
_FIELDS = frozenset(["published", "updated", "source", "author", "reporter", "editor", "origin"])


def collect(draft: Draft, lines: Sequence[Line], region: Region) -> None:
    """Keep what the lines around the article say, each with its evidence, before any of them goes."""
    texts = [line for line in lines if line.text]
    inside = {id(line) for line in texts if region.core is line.block or region.core in line.block.iterancestors()}
    prose = [place for place, line in enumerate(texts) if id(line) in inside and is_prose(line)]
    if not prose:
        return
    near = texts[max(0, prose[0] - _NEAR) : prose[-1] + _NEAR]
    draft.printed = letters("".join(line.text for line in near))
    head = next((place for place, line in enumerate(texts) if line is region.headline), None)
    start = head if head is not None and head <= prose[0] else max(0, prose[0] - _ABOVE)
    zones = (
        (range(start, prose[0]), 0, "above the text"),
        (range(max(0, start - _ABOVE), start), ELSEWHERE, "above the headline"),
        (range(prose[-1], min(len(texts), prose[-1] + _BELOW)), BEHIND, "below the text"),
    )
    for places, rank, place_name in zones:
        for place in places:
            line = texts[place]
            if line is not region.headline and len(line.text) <= _LONGEST and not _is_caption(line):
                draft.said.extend(_said(draft, line, rank, place_name))


def mastheads(draft: Draft) -> None:
    """On a whole page, lines between headline and text that only say who and when, or hold the page's tools."""
    if not draft.is_page:
        return
    texts = draft.texts
    # A headline may be as long as prose, and end as sentences do.
    prose = next((place for place, line in enumerate(texts) if is_prose(line) and not is_heading(line)), 0)
    for line in texts[: min(prose, _MOST_MASTHEAD)]:
        tokens = list(tokens_of(draft, line))
        kinds = {token.kind for token in tokens}
        is_text = line.block.tag in _TEXT or (is_heading(line) and not {"label", "date"} <= kinds)
        if is_text or _is_caption(line) or len(line.text) > _LONGEST:
            continue
        said = list(_said(draft, line, 0, "above the text"))
        free = [token.text for token in tokens if token.kind == "text"]
        if kinds - {"text"} and sum(map(len, free)) <= _MOST_FREE:
            for each in said:
                draft.credit(each.field, each.value)
            draft.take_line(line, "byline", "byline")
        elif all(is_tool(draft, text) or (text.isascii() and len(text) <= _SHORTEST) for text in free):
            draft.take_line(line, "share")
        elif line.length <= _LONGEST_NAME and (_is_role(line.text) or any(each.field == "author" for each in said)):
            draft.credit("byline", line.text)
            draft.take_line(line, "byline", "byline")


_MOST_MASTHEAD = 10
_MOST_FREE = 60
_TEXT = frozenset(["h1", "pre", "td", "th", "dt", "dd"])
_SHORTEST = 2


def _is_role(text: str) -> bool:
    """Whether a line ends as newsrooms sign: "the Times' reporter"."""
    return fold(text).endswith(tuple(fold(role) for role in words().roles_after))


def _is_caption(line: Line) -> bool:
    return line.block.tag in _CAPTIONS or any(above.tag in _CAPTIONS for above in line.block.iterancestors())


_CAPTIONS = frozenset(["figure", "figcaption", "blockquote", "table"])


def _said(draft: Draft, line: Line, rank: int, place: str) -> Iterator[Candidate]:
    tokens = _labels_first(list(tokens_of(draft, line)))
    evidence = f"{place}: {line.text}"
    named_for: str | None = None
    dated = any(token.kind == "date" for token in tokens)
    for number, token in enumerate(tokens):
        if token.kind == "label":
            # "Source: …" below a text names what it draws on, not who wrote it.
            named_for = _field(token) if not token.text.startswith(WEAK) or rank < BEHIND else "page"
        elif token.kind == "date" or (named_for in _TIMES and _SHORT_DATE.match(token.text)):
            field = named_for if named_for in _TIMES else "published"
            yield Candidate(field, _with_clock(tokens, number), evidence, rank + (LABELLED if named_for else 1))
            named_for = None
        elif named_for is None or named_for in _TIMES:
            yield from _unlabelled(draft, tokens, number, evidence, rank, dated=dated)
            named_for = None
        else:
            value = _joined(draft, tokens, number) if named_for in {"author", "reporter"} else token.text
            if named_for in _FIELDS:
                yield Candidate(named_for, value.strip(EDGES), evidence, rank + LABELLED)
            # A label of tags or sections speaks for all the links behind it.
            named_for = named_for if named_for == "page" and token.element.tag == "a" else None
    if rank < ELSEWHERE:
        names = signed(draft, (line.text, *(token.text for token in tokens if token.kind == "text")))
        yield from (Candidate("author", name, evidence, rank + SIGNED) for name in names)


def _labels_first(tokens: list[Token]) -> list[Token]:
    """The tokens, with labels of times put before their dates where the line has them behind: "5 March, updated"."""
    times = [token for token in tokens if token.kind == "date" or _is_time_label(token)]
    if not times or times[0].kind != "date" or times[-1].kind != "label":
        return tokens
    ordered: list[Token] = []
    for token in tokens:
        ordered.append(token)
        if _is_time_label(token):
            dates = [place for place in range(len(ordered)) if ordered[place].kind == "date"]
            ordered.insert(dates[-1] if dates else len(ordered), ordered.pop())
    return ordered


def _is_time_label(token: Token) -> bool:
    return token.kind == "label" and _field(token) in _TIMES


def _field(label: Token) -> str:
    return label.text.removeprefix(WEAK)


_TIMES = frozenset(["published", "updated"])
_SHORT_DATE = pattern(r"(?:\d{2}|1\d\d)[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")


def _with_clock(tokens: Sequence[Token], number: int) -> str:
    """A date with the time in the element after it; behind a label two digits are a year of this century."""
    text = tokens[number].text
    text = f"20{text}" if _SHORT_DATE.match(text) and not text[2].isdigit() else text
    following = tokens[number + 1].text if number + 1 < len(tokens) else ""
    return f"{text} {following}" if CLOCK.fullmatch(fold(following)) and ":" not in text else text


def _unlabelled(
    draft: Draft, tokens: Sequence[Token], number: int, evidence: str, rank: int, *, dated: bool
) -> Iterator[Candidate]:
    """A name without a label: by the name of its element, or because it stands beside a date."""
    token = tokens[number]
    name = BRACKETED.sub(" ", token.text).strip(EDGES) or token.text.strip(EDGES)
    if not name or len(name) > _LONGEST_NAME or is_tool(draft, name):
        return
    field = _field_of(token.element)
    if rank >= BEHIND or field == "page" or _is_filed(draft, token.element):
        return  # below a text stand readers' names, and those of other articles' authors
    if field == "source" and is_signature(name):
        yield Candidate(field, name, f"{evidence} (named so)", rank + NAMED)
    elif field == "author" and is_signature(name):
        several = _joined(draft, tokens, number) if token.element.tag == "a" else name
        yield Candidate(field, several, f"{evidence} (named so)", rank + NAMED)
    elif (
        field is None and dated and rank == 0 and could_be_outlet(draft, name, linked=_link(token.element) is not None)
    ):
        yield Candidate("source", name, evidence, rank + BESIDE_DATE)


def _link(element: etree._Element) -> etree._Element | None:
    """The link that an element is, or stands in."""
    return next((each for each in (element, element.getparent()) if each is not None and each.tag == "a"), None)


def _is_filed(draft: Draft, element: etree._Element) -> bool:
    """Whether an element is a link to a section, or to what is filed under a word."""
    link = _link(element)
    if link is None:
        return False
    marks = {"tag", "category"} & set((link.get("rel") or "").split())
    return bool(marks or draft.words.tag_path.search((link.get("href") or "").lower()))


def _field_of(element: etree._Element) -> str | None:
    """The field that an element, or the nearest ones around it, are named for."""
    for _ in range(_LEVELS):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if "author" in (element.get("rel") or "").split():
            return "author"
        field = None if names.isspace() else field_of_name(names)
        parent = element.getparent()
        if field or parent is None:
            return field
        element = parent
    return None


_LEVELS = 2


def _joined(draft: Draft, tokens: Sequence[Token], number: int) -> str:
    """The names of several authors, each a link of its own, with nothing but a small word between."""
    first = tokens[number]
    names, between = first.text.strip(EDGES), ", "
    for token in tokens[number + 1 :] if first.element.tag == "a" else ():
        if token.kind == "text" and token.text in words().particles:
            between = f" {token.text} "
            continue
        if token.kind != "text" or token.element.tag != "a" or _is_filed(draft, token.element):
            break
        if not is_tool(draft, token.text):
            names, between = names + between + token.text.strip(EDGES), ", "
    return names
