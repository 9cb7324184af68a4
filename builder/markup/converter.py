"""Clean HTML to Markdown: markdownify with escapes, lists and tables that Python-Markdown reads as meant.

Markdownify knows which method converts which element; the tree is lxml's, which is made in a tenth of the time.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from lxml.etree import _Element as Tag

from builder.markup.escaping import escape
from builder.markup.inline import InlineConverter
from builder.markup.layout import (
    BREAK,
    HEADING,
    ITEM,
    LIST_END,
    OUTER,
    QUOTE,
    ROW,
    SOFT,
    VERBATIM,
    collapsed,
    listed,
    on_one_line,
    quoted,
    tidied,
)
from builder.markup.tables import cells_of, is_layout, rows_of, table_text
from builder.reading.html_tree import text_of

_LISTS = frozenset({"ul", "ol"})
_ONE_LINE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
_NESTING = frozenset({"li", "blockquote", "footnote"})
# The HTML parser gives up at 256 levels; Python's own limit of calls is beyond it.
_DEEPEST = 200
# Deeper quotations and lists only multiply prefixes: every level costs each of its lines four characters.
_MOST_NESTED = 8
_LOWEST_HEADING = 6
_TOP_HEADING = 2


class Converter(InlineConverter):
    """Converts one body.

    Attributes:
        stored: Blocks that stand in the result by their index.
    """

    def __init__(self, base: str | None, attachments: Mapping[str, str]) -> None:
        """Prepare for one body; see :class:`InlineConverter`."""
        super().__init__(base, attachments)
        self.stored: list[str] = []
        self._open_headings: list[int] = []
        self._numbers: dict[Tag, int] = {}
        self._depth = 0
        self._nesting = 0

    def process_tag(self, node: Tag, parent_tags: AbstractSet[str] = frozenset()) -> str:
        """Convert an element: first what is in it, then itself."""
        name = node.tag
        if self._depth > _DEEPEST:
            return escape(text_of(node))
        if name == "table":
            return self._table(node, parent_tags)
        nesting = name in _NESTING
        self._depth += 1
        self._nesting += nesting
        text = "".join(self._children(node, parent_tags | {name}))
        convert = self.get_conv_fn_cached(name)  # type: ignore[attr-defined]  # the library's type stub leaves it out
        if convert is not None:
            text = convert(node, text, parent_tags)
        self._depth -= 1
        self._nesting -= nesting
        return text

    def _children(self, node: Tag, inside: AbstractSet[str]) -> Iterator[str]:
        """Text with white space collapsed and everything that looks like markup escaped, and the elements in it."""
        verbatim = "pre" in inside
        if node.text:
            yield node.text if verbatim else escape(collapsed(node.text))
        for child in node:
            yield self.process_tag(child, inside)
            if child.tail:
                yield child.tail if verbatim else escape(collapsed(child.tail))

    def convert_p(self, _element: Tag, text: str, _parents: AbstractSet[str]) -> str:
        """A block of its own."""
        return f"\n\n{text}\n\n"

    convert_div = convert_article = convert_section = convert_dl = convert_dt = convert_dd = convert_p
    convert_figure = convert_main = convert_header = convert_footer = convert_aside = convert_nav = convert_p
    convert_address = convert_center = convert_details = convert_summary = convert_fieldset = convert_p
    convert_legend = convert_form = convert_td = convert_th = convert_tr = convert_caption = convert_p

    def convert_br(self, _element: Tag, _text: str, parents: AbstractSet[str]) -> str:
        """A line break; in verbatim text, a line end."""
        return "\n" if "pre" in parents else BREAK

    def convert_hr(self, _element: Tag, _text: str, parents: AbstractSet[str]) -> str:
        """A rule, where there is room for one."""
        return "" if self._nesting or parents & _ONE_LINE or "pre" in parents else f"\n\n{self._store('---')}\n\n"

    def convert_hN(self, n: int, _element: Tag, text: str, parents: AbstractSet[str]) -> str:  # noqa: N802  # markdownify's name
        """A heading on one line, its level closed up below the page's own; inside other blocks, a paragraph."""
        if self._nesting or parents & {"td", "th", "pre"}:
            return f"\n\n{text}\n\n"
        line = on_one_line(text, " ")
        if not line:
            return ""
        while self._open_headings and self._open_headings[-1] >= n:
            self._open_headings.pop()
        self._open_headings.append(n)
        level = min(len(self._open_headings) + _TOP_HEADING - 1, _LOWEST_HEADING)
        return f"\n\n{HEADING * level} {line}\n\n"

    def convert_blockquote(self, _element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """A quotation: every line with its prefix."""
        if self._nesting > _MOST_NESTED or "pre" in parents:
            return f"\n\n{text}\n\n"
        content = tidied(text)
        return f"\n\n{quoted(content)}\n\n" if content.strip(OUTER) else ""

    def convert_list(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """A list; one that follows another is parted from it, since Python-Markdown would join them."""
        content = text.strip(f"\n {SOFT}")
        if not content or "pre" in parents:
            return text
        if "li" in parents:
            return f"\n{content}\n\n"
        apart = f"{LIST_END}\n\n" if _follows_list(element) and not self._nesting else ""
        return f"\n\n{apart}{content}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """A list item, further lines indented by four spaces; one without text of its own gives way to its content."""
        if self._nesting > _MOST_NESTED or "pre" in parents or not parents & _LISTS:
            return f"\n\n{text}\n\n"
        content = tidied(text)
        if not content.strip(OUTER) or content.startswith((ITEM, QUOTE, ROW, LIST_END)):
            return f"\n{content}\n"
        item = listed(content, self._marker(element))
        return f"\n\n{item}\n\n" if "\n\n" in item else f"\n{item}"

    def convert_footnote(self, element: Tag, text: str, _parents: AbstractSet[str]) -> str:
        """A footnote, further lines indented by four spaces; one that no sign leads to is a paragraph."""
        content, label = tidied(text).strip(OUTER), element.get("label")
        if content and label in self.footnotes:
            content = listed(content, f"[^{label}]:")
        return f"\n\n{content}\n\n"

    def convert_pre(self, _element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Verbatim text: as it stands, or with plain breaks where it lies inside another block."""
        if not text.strip() or "pre" in parents:
            return text
        if self._nesting or parents & _ONE_LINE:
            return f"\n\n{BREAK.join(escape(line) for line in text.split(chr(10)))}\n\n"
        return f"\n\n{self._store(f'<pre>{html.escape(text, quote=False)}</pre>')}\n\n"

    def _table(self, table: Tag, parents: AbstractSet[str]) -> str:
        """A table of data as such, one of layout as the blocks that it holds."""
        rows = [cells_of(row) for row in rows_of(table)]
        self._depth += 1
        inside = parents | {"table"}
        before = "".join(self.process_tag(part, inside) for part in table.iterchildren("caption"))
        if "pre" in parents or is_layout(table, rows):
            content = "".join(self.process_tag(cell, inside) for row in rows for cell in row)
        else:
            texts = [
                [(cell, on_one_line(self.process_tag(cell, inside), "<br>")) for cell in row] for row in rows if row
            ]
            content = f"\n\n{table_text(texts)}\n\n" if any(text for row in texts for _, text in row) else ""
        self._depth -= 1
        return before + content

    def _marker(self, item: Tag) -> str:
        """A dash, or the next number of an ordered list."""
        ordered = item.getparent()
        if ordered is None or ordered.tag != "ol":
            return "-"
        number = self._numbers.get(ordered) or _first_number(ordered)
        self._numbers[ordered] = number + 1
        return f"{number}."

    def _store(self, block: str) -> str:
        self.stored.append(block)
        return f"{VERBATIM}{len(self.stored) - 1}{VERBATIM}"


def _follows_list(element: Tag) -> bool:
    """Whether nothing but white space lies between a list and another one before it."""
    previous = element.getprevious()
    return previous is not None and previous.tag in _LISTS and not (previous.tail or "").strip()


def _first_number(ordered: Tag) -> int:
    value = str(ordered.get("start") or "1")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < len("1000000000") else 1
