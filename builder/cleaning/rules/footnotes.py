"""Footnotes: a sign in the text and its note, whichever program linked them, become a pair that markup can write."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.footnotes import NOTE, SIGN
from builder.cleaning.lines import BLOCKS, HEADINGS, MEDIA, above
from builder.folding import letters
from builder.patterns import pattern
from builder.reading.html_tree import text_of, words_of

_BLOCKS_OF_NOTES = frozenset(["p", "div", "li", "aside", "section"])
_NO_SIGNS = frozenset([*HEADINGS, "nav", "title"])
_NO_NOTE = (*HEADINGS, "table", "form")
# What a sign says, and a note begins with: [1], ①, 注一, note 3.
_NUMBER = pattern(
    r"\s{0,8}[\[(（〔【［]?\s{0,8}((?:(?:注|註|note|fn)\s?)?[\w-]{1,24})\s{0,8}[\])）〕】］]?(?:[.、:：]\s{0,8}|\s{1,8}|(?!\w))"
)
_LONGEST = 40


@dataclass(slots=True)
class _Note:
    """A note, the links that lead to it, and its links that lead back to those."""

    block: etree._Element
    signs: list[etree._Element] = field(default_factory=list)
    ways_back: list[etree._Element] = field(default_factory=list)
    number: str = ""


def footnotes(draft: Draft) -> None:
    """Pair signs and notes: each leads to the other, or the note begins with what its sign says."""
    links = {link: _target(link) for link in draft.elements("a")}
    links = {link: target for link, target in links.items() if target}
    if not links:
        return
    places = _places(draft.root, set(links.values()))
    notes = _notes(draft.root, {link: places[target] for link, target in links.items() if target in places})
    holding = {above for note in notes for above in note.block.iterancestors()}
    kept = [note for note in notes if note.block not in holding and next(note.block.iter(*_NO_NOTE), None) is None]
    blocks = {note.block for note in kept}
    lists = {note.block.getparent() for note in kept if note.block.tag == "li"}
    broken = {each for each in lists if each is None or not blocks.issuperset(each)}
    taken: set[str] = set()
    for note in kept:
        if note.block.getparent() not in broken:
            _pair(draft, note, taken)


def _target(link: etree._Element) -> str:
    """The place on its own page that a link names; saved pages often write the page's address before it."""
    return unquote((link.get("href") or "").partition("#")[2])


def _places(root: etree._Element, names: Collection[str]) -> Mapping[str, etree._Element]:
    """Where each name stands: the element itself, or what an empty one is put before."""
    found: dict[str, etree._Element] = {}
    for element in root.iter():
        for name in (element.get("id", ""), element.get("name", "") if element.tag == "a" else ""):
            if name in names and name not in found:
                found[name] = element if _start(element) else _behind(element)
    return found


def _start(element: etree._Element) -> str:
    """The first words of an element."""
    said = ""
    for text in element.itertext():
        said = f"{said} {str(text)[:_LONGEST].strip()}".strip()
        if len(said) >= _LONGEST:
            break
    return said


def _behind(empty: etree._Element) -> etree._Element:
    following, parent = empty.getnext(), empty.getparent()
    if following is not None and not (empty.tail or "").strip():
        return following
    return empty if parent is None else parent


def _notes(root: etree._Element, places: Mapping[etree._Element, etree._Element]) -> Sequence[_Note]:
    """The notes of a tree, by links and the places that they lead to."""
    order = {element: number for number, element in enumerate(root.iter())}
    found: dict[etree._Element, _Note] = {}
    for link, place in places.items():
        block = _block(place)
        if block is not None and order[link] < order[block] and _is_sign(link):
            found.setdefault(block, _Note(block)).signs.append(link)
    for link, place in places.items():
        note = next((found[above] for above in link.iterancestors() if above in found), None)
        if note is not None and any(place is sign or place in sign.iterancestors() for sign in note.signs[:_LONGEST]):
            note.ways_back.append(link)
    for note in found.values():
        begun = _NUMBER.match(_start(note.block))
        note.number = _bare(begun) if begun and _bare(begun) in map(_said, note.signs) else ""
    return [note for note in found.values() if note.ways_back or (note.number and _is_in_text(note.signs[0]))]


def _block(place: etree._Element) -> etree._Element | None:
    """The block of a note that may stand at a place."""
    block: etree._Element | None = place
    while block is not None and block.tag not in BLOCKS:
        block = block.getparent()
    return block if block is not None and block.tag in _BLOCKS_OF_NOTES else None


def _is_sign(link: etree._Element) -> bool:
    """Whether a link reads like the sign of a note: a number, a letter, a mark, or raised."""
    text = words_of(link)
    if not text or next(link.iter(*MEDIA), None) is not None or any(each.tag in _NO_SIGNS for each in above(link)):
        return False
    if not any(map(str.isalnum, text)):
        return len(text) <= len("***")
    is_short = text.isascii() and len(text) <= len("ii")
    return bool(_said(link)) and (is_short or any(map(str.isnumeric, text)) or _is_raised(link))


def _is_in_text(sign: etree._Element) -> bool:
    """Whether a sign that nothing leads back to is raised or in brackets, in a sentence: comments are counted, too."""
    block = next(element for element in above(sign) if element.tag in BLOCKS)
    return (not words_of(sign).isalnum() or _is_raised(sign)) and len(_start(block)) >= _LONGEST // 2


def _is_raised(sign: etree._Element) -> bool:
    parent = sign.getparent()
    in_sup = parent is not None and parent.tag == "sup"
    return in_sup or sign.find(".//sup") is not None or sign.get("role") == "doc-noteref"


def _said(sign: etree._Element) -> str:
    """The number or letter of a sign, without brackets; empty where it says more, or is a mark."""
    found = _NUMBER.fullmatch(words_of(sign))
    return _bare(found) if found else ""


def _bare(found: re.Match[str]) -> str:
    return "".join(found[1].split())


def _pair(draft: Draft, note: _Note, taken: set[str]) -> None:
    """Mark a note and its signs with a label that no other has; ways back go, but for one that is the note's number."""
    said = _said(note.signs[0])
    free = (str(number) for number in range(1, len(taken) + 2))
    label = said if said and said not in taken else next(each for each in free if each not in taken)
    taken.add(label)
    for sign in note.signs:
        _mark(_holder(sign)).set("label", label)
    if note.number:
        _mark_number(note.block)
    for link in note.ways_back:
        parent = link.getparent()
        if draft.holds(link):
            draft.take(link, "footnote")
            if parent is not None and parent.tag not in BLOCKS and not letters(text_of(parent)):
                draft.take(parent, "footnote")
    parent = note.block.getparent()
    if note.block.tag == "li" and parent is not None:
        parent.tag = "div"
    draft.notes.add(note.block)
    note.block.tag = NOTE
    note.block.set("label", label)


def _holder(element: etree._Element) -> etree._Element:
    """The outermost element that belongs to a line and says nothing more."""
    said = letters(text_of(element))
    while (parent := element.getparent()) is not None and parent.tag not in BLOCKS:
        if letters(_start(parent)) != said:
            break
        element = parent
    return element


def _mark(element: etree._Element) -> etree._Element:
    """Make an element with its text the sign of a note."""
    sign = element.makeelement(SIGN)
    sign.text, sign.tail = text_of(element), element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, sign)
    return sign


def _mark_number(block: etree._Element) -> None:
    """Make the number with which a note begins a sign of its own, which has no label."""
    first = next(element for element in block.iter() if element.text and element.text.strip())
    if first.tag not in BLOCKS:
        _mark(_holder(first))
        return
    text = first.text or ""
    number = _NUMBER.match(text)
    if number:
        sign = first.makeelement(SIGN)
        sign.text, sign.tail, first.text = number[0], text[number.end() :], None
        first.insert(0, sign)
