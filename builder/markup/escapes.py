r"""Python-Markdown reads what is escaped in a long text in one pass; by itself it copies the whole text for each mark.

A paragraph of 64,000 asterisks takes it 18 seconds, one of a million more than an hour, and raw text may hold such.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

_BEFORE_INLINE = 21
"""Right before the library applies its inline patterns (20)."""
_LONG = 10_000
"""Characters from which on a text is read so; pages that people write have no such paragraphs."""
_MARK = re.compile(
    r"`[^`]*`|\]\([^()\s]*\)"
    r"|(?P<kept></?[a-z][a-z0-9]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)"
    r"|<[^<>`]*>|\\(?P<escaped>[^<])",
    re.DOTALL,
)
"""Plain tags, references and escapes; code, addresses and other tags are read over: marks mean something else there."""


class Escapes(Extension):
    """Puts aside in long texts what the library's patterns would put aside one by one."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register."""
        md.treeprocessors.register(_Escapes(md), "escapes", _BEFORE_INLINE)


class _Escapes(Treeprocessor):
    def run(self, root: Element) -> None:
        """Look at every text of a page, of which few are long."""
        for element in root.iter():
            if _is_long(element.text):
                element.text = _MARK.sub(self._aside, element.text or "")
            if _is_long(element.tail):
                element.tail = _MARK.sub(self._aside, element.tail or "")

    def _aside(self, found: re.Match[str]) -> str:
        character, kept = found["escaped"], found["kept"]
        if character and character in self.md.ESCAPED_CHARS:
            return f"{STX}{ord(character)}{ETX}"
        return str(self.md.htmlStash.store(kept)) if kept else found[0]


def _is_long(text: str | None) -> bool:
    """Whether a text is to be read so; where quotation marks of code are not simply pairs it is left alone."""
    if text is None or len(text) < _LONG or isinstance(text, AtomicString):
        return False
    return "``" not in text and "\\`" not in text
