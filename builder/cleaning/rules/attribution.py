"""Lines that say who, when and whence: they move to the metadata. Inside a paragraph they stay and are copied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import CELLS, Line, folded
from builder.cleaning.rules.names import is_signature, signed
from builder.folding import fold
from builder.patterns import pattern
from builder.reading.days import WHEN
from builder.reading.html_tree import words_of
from builder.reading.outlets import endings

_OPENING = " \t(（[【〔<「『*_-—–·•|/／※▍●■◆▲\u3000"
_CLOSING = " \t)）]】〕>」』*_-—–·•|/／※#。.;,\u3000"
_STAMP = pattern(r"\d{6,8}$")
LONGEST_CREDITS = 160
"""Characters of the longest line of labels and values; longer lines are not looked at."""
_SENTENCE = pattern(r"[。!?;]|\.\s")
_SPOKEN = pattern(r"[。！？!?][”」]?$")  # a label with a sentence behind it is a speaker
_TRAILING_BRACKET = pattern(r"[(（【\[]([^()（）【】\[\]]{2,60})[)）】\]][。.]?\s*\d{0,8}$")
_DATE_BEHIND = pattern(rf"(?<=\s){WHEN.pattern}$")
_DATELINE = pattern(rf"{WHEN.pattern}(?:\s*\(?(?:更新|updated|发布|发表)\)?)?")


def datelines(draft: Draft) -> None:
    """Lines above the text that are nothing but a date, and a line of names right above one."""
    texts = draft.texts
    if sum(_is_date(line) for line in texts) >= _LEAST_DIARY:
        return  # a diary, or a chronicle
    text_begins = max(range(len(texts)), key=lambda position: texts[position].length, default=0)
    head = texts[: min(_DATELINES, text_begins)]
    for position, line in enumerate(head):
        said = _masthead(draft, line)
        for field, value in said:
            draft.credit(field, value)
        if said:
            draft.take_line(line, "dateline", "published")
        if line.gone or not _is_date(line):
            continue
        draft.credit("published", line.text)
        draft.take_line(line, "dateline", "published")
        above = head[position - 1] if position else None
        if above is not None and not above.gone and above.block is line.block and _are_names(above.text):
            draft.credit("author", next(iter(signed(draft, (above.text,))), above.text))
            draft.take_line(above, "byline", "author")


_DATELINES = 5
_DIALOGUE = 3  # the same label in so many lines is a speaker, or names the source of each of several parts
_LEAST_DIARY = 3
_LONGEST_DATE = 60
_NAMES = pattern(r"[^\W\d_][\w .,·•&/、'’\-]{1,60}")


def _is_date(line: Line) -> bool:
    return len(line.text) <= _LONGEST_DATE and line.block.tag not in CELLS and bool(_DATELINE.fullmatch(line.folded))


def _masthead(draft: Draft, line: Line) -> list[tuple[str, str]]:
    """Fields and values of a line that holds a date and, set apart from it, names of which one is known for what it is.

    "甲报 2021年5月3日", "(3 May 2021, The Gazette)": the outlet's name ends as organisations' do, a person's stands
    behind a label or a word for an author.
    """
    if len(line.text) > _LONGEST_MASTHEAD or line.block.tag in CELLS or _STOP.search(line.text):
        return []
    date = WHEN.search(line.folded)
    if date is None or len(date[0]) < _SHORTEST_DATE:
        return []
    parts = _parts(line.text[: date.start()]) + _parts(line.text[date.end() :])
    said = [each for part in parts for each in _named(draft, part)]
    if not any(field for field, _ in said) or not all(value for _, value in said):
        return []
    return [("published", date[0]), *((field, value) for field, value in said if field)]


def _parts(text: str) -> list[str]:
    return [part for part in (part.strip(_OPENING + _CLOSING) for part in _BETWEEN_PARTS.split(text)) if part]


def _named(draft: Draft, part: str) -> list[tuple[str, str]]:
    """Fields and names of a part of a line; no field where a name may be anybody's, no name where it is none."""
    people = pairs(draft, part) or [("author", name) for name in signed(draft, (part,))]
    if people:
        return people
    names = [part] if part.isascii() else part.split()
    if not all(_HAN_NAME.fullmatch(name) or (name.isascii() and is_signature(name)) for name in names):
        return [("", "")]
    labels, said = draft.words.labels, []
    for before, name in pairwise(["", *names]):
        field = labels.get(fold(before)) or ("source" if fold(name).endswith(endings()) else "")
        said += [] if fold(name) in labels else [(field, name)]
    return said


_LONGEST_MASTHEAD = 80
_SHORTEST_DATE = 8  # characters of one with its year
_STOP = pattern(r"[。！？!?；，]")
_BETWEEN_PARTS = pattern(r"[|｜丨·•,，、;；()（）【】\[\]]|\s[-–—/]+\s|\s{2,}|\u3000")
_HAN_NAME = pattern(r"[^\W\d_a-z]{2,12}")


def credit_lines(draft: Draft) -> None:
    """Lines made of labels and values: editors, reporters, translators, sources, dates."""
    dialogue = _labels_of_dialogue(draft)
    for line in draft.edge():
        if len(line.text) > LONGEST_CREDITS or line.block.tag in CELLS or _first_label(draft, line) in dialogue:
            continue
        said = pairs(draft, line.text)
        if said and _SPOKEN.search(line.text) and said[0][0] != "editor":
            continue
        if said and len(draft.texts) > 1:
            for field, value in said:
                draft.credit(field, value)
            draft.take_line(line, "credit", said[0][0])


def _labels_of_dialogue(draft: Draft) -> frozenset[str]:
    """Labels that begin line after line: the speakers of an interview."""
    counts = Counter(_first_label(draft, line) for line in draft.texts)
    return frozenset(label for label, count in counts.items() if label and count >= _DIALOGUE)


def _first_label(draft: Draft, line: Line) -> str:
    found = draft.words.label.match(line.folded) if len(line.text) <= LONGEST_CREDITS else None
    return found[1] if found else ""


def credits_inside(draft: Draft) -> None:
    """Copies what a bracket at the end of a paragraph, or a byline inside one, says about people and sources."""
    for line in draft.edge():
        bracket = _TRAILING_BRACKET.search(line.text)
        for field, value in pairs(draft, bracket[1]) if bracket else ():
            draft.credit(field, value)
        for name in signed(draft, (line.text,)):
            draft.credit("author", name)


def pairs(draft: Draft, text: str) -> list[tuple[str, str]]:
    """Field and value of each label in a line that holds nothing else, its date included; empty where it is prose."""
    body = _STAMP.sub("", text.rstrip(_CLOSING)).rstrip(_CLOSING)
    start = len(body) - len(body.lstrip(_OPENING))
    line, body = folded(text)[start : len(body)], body[start:]
    date = WHEN.match(line)
    if date:
        rest = pairs(draft, body[date.end() :])
        return [("published", date[0]), *rest] if rest else []
    if not draft.words.label.match(line):
        return _bare_pairs(draft, body, line)
    found = list(draft.words.label.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(body)]
    said = [
        each
        for match, end in zip(found, ends, strict=True)
        for each in _dated(draft.words.labels[match[1]], body[match.end() : end].strip(_OPENING + _CLOSING + "、，；;"))
    ]
    if len(found) == 1 and found[0][1] in draft.words.weak_labels:
        return []
    return said if all(_is_value(draft, value) or (field, value) == ("editor", "") for field, value in said) else []


def _dated(field: str, value: str) -> list[tuple[str, str]]:
    """Field and value, and as one of its own the date that stands behind a name ("来源：某报 2019-05-06")."""
    date = _DATE_BEHIND.search(fold(value))
    if not date or not date.start():
        return [(field, value)]
    return [(field, value[: date.start()].strip(_OPENING + _CLOSING)), ("published", value[date.start() :].strip())]


def _bare_pairs(draft: Draft, body: str, folded: str) -> list[tuple[str, str]]:
    """Label, space, names: "发稿 张三；审校 李四"."""
    said = []
    for start, end in _segments(folded):
        match = draft.words.bare.fullmatch(folded, start, end)
        if not match or not _are_people(body[match.start(2) : match.end(2)]):
            return []
        said.append((draft.words.bare_fields[match[1]], body[match.start(2) : match.end(2)].strip()))
    return said


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    """Where the parts between semicolons and double spaces stand, white space at their ends left out."""
    for match in re.finditer(r"[^;；|]+", folded):
        start, part = match.start(), match[0]
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _is_value(draft: Draft, value: str) -> bool:
    return 0 < len(value) <= draft.words.longest_value and not _SENTENCE.search(fold(value))


def _are_people(text: str) -> bool:
    """Whether text looks like names alone: short words of Chinese, Latin words with capitals."""
    return all(
        len(word) <= _LONGEST_NAME if not word.isascii() else word[:1].isupper() or word.lower() in _BETWEEN_NAMES
        for word in re.split(r"[\s,、/&，.]+", text.strip())
    )


_LONGEST_NAME = 8
_BETWEEN_NAMES = frozenset(["", "and", "with", "for", "in", "of", "the", "de", "la", "von", "van", "al", "bin"])


def _are_names(text: str) -> bool:
    return len(text) <= _LONGEST_DATE and bool(_NAMES.fullmatch(text))


def tag_lines(draft: Draft) -> None:
    """Lines of hash tags or of links to tag pages, and labelled lines of tags: moved to the tags."""
    for line in draft.edge():
        tags = _tags(draft, line)
        if tags and len(draft.texts) > 1:
            draft.tags.extend(tag for tag in tags if tag not in draft.tags)
            draft.take_line(line, "tags", "tags")


def _tags(draft: Draft, line: Line) -> list[str]:
    folded = line.folded
    label = draft.words.tag_label.match(folded)
    if label and len(line.text) <= LONGEST_CREDITS and not _SENTENCE.search(folded):
        tags = [tag for tag in re.split(r"[\s,、，;；|/#]+", line.text[label.end() :]) if tag]
        return tags if line.links or all(len(tag) <= _LONGEST_TAG for tag in tags) else []
    if line.is_links and all(_is_tag_link(draft, link) for link in line.links):
        return [tag for link in line.links if (tag := words_of(link).lstrip("#"))]
    if folded.startswith("#") and _HASH_TAGS.fullmatch(folded):
        return [tag.strip() for tag in line.text.replace("#", " #").split("#") if tag.strip()]
    return []


_LONGEST_TAG = 16
_HASH_TAGS = pattern(r"(?:#[^#\s]{1,24}#?\s*){1,20}")


def _is_tag_link(draft: Draft, link: etree._Element) -> bool:
    relation = (link.get("rel") or "").split()
    return "tag" in relation or bool(draft.words.tag_path.search((link.get("href") or "").lower()))
