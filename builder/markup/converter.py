"""Clean HTML to Markdown: markdownify with escapes, lists, tables and emphasis that Python-Markdown reads as meant."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping

from bs4 import Comment, NavigableString, Tag
from markdownify import ATX, MarkdownConverter

from builder.markup.escaping import escape, escape_inline
from builder.markup.layout import (
    BREAK,
    HEADING,
    ITEM,
    LIST_END,
    MARKS,
    PICTURE,
    QUOTE,
    ROW,
    SOFT,
    VERBATIM,
    break_lines,
    listed,
    on_one_line,
    quoted,
    without_soft_ends,
)
from builder.markup.links import absolute, destination
from builder.markup.tables import cells_of, is_layout, rows_of, table_text
from builder.model.article import Image

_LINE_ENDS = re.compile(r"[ \t\f]*[\r\n][ \t\f\r\n]*")
_SPACES = re.compile(r"[ \t\f]+")
_STRONG = frozenset({"b", "strong"})
_EMPHASIS = _STRONG | {"em", "i"}
_LISTS = frozenset({"ul", "ol"})
_PARTS = re.compile(rf"(\n\n+|{BREAK})")
_BLANK_LINES = re.compile(r"\n[ \n]*\n")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OUTER = f" \n\u3000\u00a0{SOFT}"
_STRUCTURE = (QUOTE, ITEM, ROW, HEADING, VERBATIM, LIST_END)
# libxml2 gives up at 256 levels; below it Python's own limit is far away.
_DEEPEST = 200
_LOWEST_HEADING = 6
_TOP_HEADING = 2


class Converter(MarkdownConverter):  # type: ignore[misc]  # the library is not typed
    """Converts one body; keeps what it sees of headings, images and stored blocks.

    Attributes:
        images: Images in reading order.
        stored: Blocks that stand in the result by index.
    """

    class Options:
        """How markdownify writes what it is left to write."""

        heading_style = ATX
        bullets = "-"
        autolinks = False

    def __init__(self, base: str | None, attachments: Mapping[str, str]) -> None:
        """Prepare for one body whose relative addresses are resolved against ``base``."""
        super().__init__()
        self.images: list[Image] = []
        self.stored: list[str] = []
        self._base = base
        self._attachments = attachments
        self._open_headings: list[int] = []
        self._depth = 0

    def process_tag(self, node: Tag, parent_tags: frozenset[str] = frozenset()) -> str:
        """Convert an element: first what is in it, then itself."""
        name = node.name
        if name == "table":
            return self._table(node, parent_tags)
        if self._depth > _DEEPEST:
            return escape(MARKS.sub("", node.get_text()))
        self._depth += 1
        inside = parent_tags | {name}
        parts = [
            self.process_tag(child, inside)
            if isinstance(child, Tag)
            else ""
            if isinstance(child, Comment)
            else self.process_text(child, inside)
            for child in node.contents
        ]
        self._depth -= 1
        convert = self.get_conv_fn_cached(name)
        text = "".join(parts)
        return convert(node, text, parent_tags) if convert else text

    def process_text(self, el: NavigableString, parent_tags: frozenset[str] = frozenset()) -> str:
        """Convert text: white space collapsed, everything that looks like markup escaped."""
        text = MARKS.sub("", el)
        if "pre" in parent_tags:
            return text
        return escape(_SPACES.sub(" ", _LINE_ENDS.sub(SOFT, text)))

    def convert_p(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A block of its own."""
        return f"\n\n{text}\n\n"

    convert_div = convert_article = convert_section = convert_dl = convert_dt = convert_dd = convert_p
    convert_figure = convert_main = convert_header = convert_footer = convert_aside = convert_nav = convert_p
    convert_address = convert_center = convert_details = convert_summary = convert_fieldset = convert_p
    convert_legend = convert_form = convert_td = convert_th = convert_tr = convert_p

    def convert_br(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A line break; in verbatim text, a line end."""
        return "\n" if "pre" in parent_tags else BREAK

    def convert_hr(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A rule; its mark keeps the line from being escaped as text."""
        return f"\n\n{self._store('---')}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: frozenset[str]) -> str:  # noqa: N802  # markdownify's name
        """A heading on one line; levels are closed up below the page's own."""
        line = on_one_line(text, " ")
        if not line:
            return ""
        if "td" in parent_tags or "th" in parent_tags or "li" in parent_tags:
            return f"\n\n{line}\n\n"
        while self._open_headings and self._open_headings[-1] >= n:
            self._open_headings.pop()
        self._open_headings.append(n)
        level = min(len(self._open_headings) + _TOP_HEADING - 1, _LOWEST_HEADING)
        return f"\n\n{HEADING * level} {line}\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A quotation: every line with its prefix."""
        content = self._block(text)
        return f"\n\n{quoted(content)}\n\n" if content else ""

    def convert_list(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A list; one that follows another is parted from it, since Python-Markdown would join them."""
        content = text.strip("\n ")
        if not content.strip(SOFT):
            return ""
        if "li" in parent_tags:
            return f"\n{content}\n\n"
        previous = _sibling(el)
        apart = f"{LIST_END}\n\n" if previous is not None and previous.name in _LISTS else ""
        return f"\n\n{apart}{content}\n\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A list item; what it holds is indented by four spaces. One without text of its own gives way to its content."""
        content = self._block(text)
        if not content:
            return ""
        if content.startswith((ITEM, QUOTE, ROW, LIST_END)):
            return f"\n{content}\n"
        marker = "-"
        if el.parent is not None and el.parent.name == "ol":
            marker = f"{_start(el.parent) + len(el.find_previous_siblings('li'))}."
        return f"\n{listed(content, marker)}\n"

    def convert_b(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """Strong emphasis."""
        return self._emphasised(el, text, parent_tags, _STRONG, ("**", "strong"))

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """Emphasis."""
        return self._emphasised(el, text, parent_tags, _EMPHASIS - _STRONG, ("*", "em"))

    convert_i = convert_em

    def convert_figcaption(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A caption: a paragraph of its own, emphasised as a whole."""
        return f"\n\n{self._emphasised(el, text, parent_tags, _EMPHASIS - _STRONG, ('*', 'em'))}\n\n"

    def convert_caption(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A table's caption: a paragraph before it."""
        return f"\n\n{text}\n\n"

    def convert_a(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """A link, where its address is safe and absolute; else, and around blocks or images, its text."""
        address = absolute(str(el.get("href") or ""), self._base)
        if address is None or "a" in parent_tags or "pre" in parent_tags or "\n" in text or PICTURE in text:
            return text
        target = destination(address)
        return _wrapped(text, lambda part: f"[{part}]({target})")

    def convert_img(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """An image, where its address is safe and absolute or that of a file beside the post."""
        written = str(el.get("src") or "").strip()
        source = self._attachments.get(written) or absolute(written, self._base)
        if source is None or "pre" in parent_tags:
            return ""
        alternative = " ".join(MARKS.sub("", str(el.get("alt") or "")).split())
        original = str(el.get("data-original") or written)
        self.images.append(Image(source, original, alternative, _caption(el)))
        return f"{PICTURE}[{escape_inline(alternative)}]({destination(source)})"

    def convert_pre(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """Verbatim text: as it stands, or with plain breaks where it lies inside another block."""
        if not text.strip():
            return ""
        if parent_tags & {"li", "blockquote", "td", "th", "pre"}:
            return f"\n\n{BREAK.join(escape(line) for line in text.split(chr(10)))}\n\n"
        return f"\n\n{self._store(f'<pre>{html.escape(text, quote=False)}</pre>')}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """Code within a line: its text is escaped like any other."""
        return self._tagged("code", text, parent_tags)

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_sub(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """Kept as HTML: Markdown has no way to write it."""
        return self._tagged(el.name, text, parent_tags)

    convert_sup = convert_q = convert_ruby = convert_rb = convert_rt = convert_rp = convert_rtc = convert_sub

    def convert_del(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """Text that the original strikes out."""
        return self._tagged("del", text, parent_tags)

    convert_s = convert_strike = convert_del

    def convert__document_(self, el: Tag, text: str, parent_tags: frozenset[str]) -> str:
        """The whole document, as it is."""
        return text

    def _table(self, table: Tag, parent_tags: frozenset[str]) -> str:
        """A table of data as such, one of layout as the blocks that it holds."""
        rows = [cells_of(row) for row in rows_of(table)]
        captions = "".join(
            self.process_tag(child, parent_tags)
            for child in table.contents
            if isinstance(child, Tag) and child.name == "caption"
        )
        if "pre" in parent_tags or is_layout(table, rows):
            return captions + "".join(self.process_tag(cell, parent_tags) for row in rows for cell in row)
        cells = [
            [(cell, on_one_line(self.process_tag(cell, parent_tags), "<br>")) for cell in row] for row in rows if row
        ]
        if not any(text for row in cells for _, text in row):
            return captions
        return f"{captions}\n\n{table_text(cells)}\n\n"

    def _emphasised(
        self, el: Tag, text: str, parent_tags: frozenset[str], same: frozenset[str], forms: tuple[str, str]
    ) -> str:
        """Text between asterisks where every reader of Markdown takes them for emphasis, else between tags."""
        if parent_tags & (same | {"pre", *_HEADINGS}):
            return text
        symbol, tag = forms
        plain = not parent_tags & _EMPHASIS and not _touches_emphasis(el)

        def wrap(part: str) -> str:
            if plain and "*" not in part and _is_letter(part[0]) and _is_letter(part[-1]):
                return f"{symbol}{part}{symbol}"
            return f"<{tag}>{part}</{tag}>"

        return _wrapped(text, wrap)

    def _tagged(self, tag: str, text: str, parent_tags: frozenset[str]) -> str:
        if "pre" in parent_tags:
            return text
        return _wrapped(text, lambda part: f"<{tag}>{part}</{tag}>")

    def _store(self, block: str) -> str:
        self.stored.append(block)
        return f"{VERBATIM}{len(self.stored) - 1}{VERBATIM}"

    def _block(self, text: str) -> str:
        """Converted content of a block that prefixes its lines: breaks written, no blank line more than one."""
        text = _BLANK_LINES.sub("\n\n", break_lines(without_soft_ends(text)))
        return "\n".join(line.strip(" ") if not line.endswith("  ") else line for line in text.strip("\n ").split("\n"))


def _wrapped(text: str, wrap: Callable[[str], str]) -> str:
    """Wrap each stretch of a line; breaks, paragraph ends and outer white space stay outside."""
    return "".join(_wrapped_part(part, wrap) for part in _PARTS.split(text))


def _wrapped_part(part: str, wrap: Callable[[str], str]) -> str:
    content = part.strip(_OUTER)
    if not content or content.startswith(_STRUCTURE):
        return part
    start = part.index(content)
    return part[:start] + wrap(content) + part[start + len(content) :]


def _touches_emphasis(el: Tag) -> bool:
    return any(getattr(side, "name", None) in _EMPHASIS for side in (el.previous_sibling, el.next_sibling))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _sibling(el: Tag) -> Tag | None:
    """The element before this one, if only white space lies between."""
    previous = el.previous_sibling
    while previous is not None and not isinstance(previous, Tag) and not str(previous).strip():
        previous = previous.previous_sibling
    return previous if isinstance(previous, Tag) else None


def _start(ordered: Tag) -> int:
    value = str(ordered.get("start") or "1")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < len("1000000000") else 1


def _caption(image: Tag) -> str:
    figure = image.find_parent("figure")
    caption = figure.find("figcaption") if figure is not None else None
    return " ".join(MARKS.sub("", caption.get_text()).split()) if caption is not None else ""
