"""Styles of WordprocessingML (ECMA-376 part 1, 17.7): what a paragraph inherits from the chain of its styles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from builder.containers.docx_numbering import W, integer, value
from builder.patterns import pattern

_HEADING = pattern(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = pattern(r"toc (?:[1-9]|heading)", re.IGNORECASE)
_LONGEST_CHAIN = 20
_BODY_LEVEL = 9
"""``outlineLvl`` of body text."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a paragraph is set."""

    styles: tuple[str, ...]  # Identifiers of its style and of those that one is based on, nearest first
    number: str | None  # ``numId``; None where it is in no list by itself or its styles
    list_level: int | None  # ``ilvl``; None where not said
    heading: int  # 1 to 9; 0 for body text
    title: bool  # Whether its style is the document's title
    contents: bool  # Whether it belongs to a table of contents
    centred: bool  # Whether it stands in the middle
    size: int  # Of its type, in half points; 0 where nothing says


class Styles:
    """The styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read ``styles.xml``; None where the document has none."""
        styles = root.iterchildren(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId") or "": style for style in styles}
        defaults = [key for key, style in self._styles.items() if style.get(f"{W}default") in {"1", "true"}]
        paragraphs = [key for key in defaults if self._styles[key].get(f"{W}type") == "paragraph"]
        self._default = next(iter(paragraphs), None)

    def format(self, paragraph: etree._Element) -> Format:
        """How a paragraph is set, by itself or by its styles."""
        own = paragraph.find(f"{W}pPr")
        chain = self._chain(value(own, "pStyle") or self._default)
        sources = [own, *(self._styles[key].find(f"{W}pPr") for key in chain)]
        names = [value(self._styles[key], "name") or "" for key in chain]
        numbered = [source.find(f"{W}numPr") for source in sources if source is not None]
        numbers = [each for each in numbered if each is not None]
        number = next((found for each in numbers if (found := value(each, "numId"))), None)
        level = next((found for each in numbers if (found := value(each, "ilvl"))), None)
        outline = next((found for source in sources if (found := value(source, "outlineLvl"))), None)
        return Format(
            styles=chain,
            number=None if number == "0" else number,
            list_level=None if level is None else integer(level, 0),
            heading=_heading(names, outline),
            title=any(name.lower() == "title" for name in names),
            contents=any(_CONTENTS.fullmatch(name) for name in names),
            centred=next((found for source in sources if (found := value(source, "jc"))), "") == "center",
            size=self._size(paragraph, chain),
        )

    def _chain(self, style: str | None) -> tuple[str, ...]:
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = value(self._styles[style], "basedOn")
        return tuple(chain)

    def _size(self, paragraph: etree._Element, chain: tuple[str, ...]) -> int:
        """Of the first run that says one, else of the styles."""
        runs = paragraph.iterfind(f"{W}r/{W}rPr")
        sources = [*runs, *(self._styles[key].find(f"{W}rPr") for key in chain)]
        return next((integer(found, 0) for source in sources if (found := value(source, "sz"))), 0)


def _heading(names: list[str], outline: str | None) -> int:
    named = next((int(match[1]) for name in names if (match := _HEADING.fullmatch(name))), 0)
    level = integer(outline, _BODY_LEVEL) if outline is not None else _BODY_LEVEL
    return level + 1 if level < _BODY_LEVEL else named
