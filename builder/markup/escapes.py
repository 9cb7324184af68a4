r"""Python-Markdown reads what is escaped in a long text in one pass; by itself it copies the whole text for each mark.

A paragraph of 65,536 asterisks takes it 18 seconds, and the time grows with the square; raw text may hold such.
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
_ANCHOR = re.compile(r"\n\{: #p-[\w-]{1,40} \}\Z")
"""The identifier that the program gives a paragraph."""
_MARK = re.compile(
    r"`(?P<code>[\w.()=:/,+%@'\"-]+(?: +[\w.()=:/,+%@'\"-]+)*)`(?!\{)|`[^`]*`|\]\([^()\s]*\)|(?P<line>  \n)(?! )"
    r"|(?P<kept></?[a-z][a-z0-9]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)"
    r"|<[^<>`]*>|\\(?P<escaped>[^<])",
    re.DOTALL,
)
"""Plain code, tags, references, ends of lines, escapes; what else is code, an address or a tag is read over."""


class Escapes(Extension):
    """Puts aside in long texts what the library's patterns would put aside one by one."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        """Register."""
        md.treeprocessors.register(_Escapes(md), "escapes", _BEFORE_INLINE)


class _Escapes(Treeprocessor):
    _has_lists = False

    def run(self, root: Element) -> None:
        """Look at every text of a page, of which few are long."""
        for element in root.iter():
            element.text = self._read(element.text)
            element.tail = self._read(element.tail)

    def _read(self, text: str | None) -> str | None:
        if text is None or len(text) < _LONG or isinstance(text, AtomicString) or "``" in text or "\\`" in text:
            return text  # quotation marks of code that are not simply pairs
        self._has_lists = "{:" in _ANCHOR.sub("", text)
        return _MARK.sub(self._aside, text)

    def _aside(self, found: re.Match[str]) -> str:
        if found["escaped"]:
            is_escape = found["escaped"] in self.md.ESCAPED_CHARS
            return f"{STX}{ord(found['escaped'])}{ETX}" if is_escape else found[0]
        if found["kept"]:
            return self._stored(found["kept"])
        if self._has_lists or self.md.output_format != "xhtml" or not (found["line"] or found["code"]):
            return found[0]  # a list of attributes may mean the element
        return self._stored("<br />\n" if found["line"] else f"<code>{found['code']}</code>")

    def _stored(self, html: str) -> str:
        return str(self.md.htmlStash.store(html))
