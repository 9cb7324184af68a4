"""A body, in whichever language it is written, becomes one HTML tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.cleaning.dialects import plain_markdown
from builder.cleaning.footnotes import footnotes_as_html, sign_in_markdown
from builder.cleaning.islands import close_islands
from builder.cleaning.mathml import mathml_in_markdown, read_formulas
from builder.patterns import pattern
from builder.reading.html_page import is_page
from builder.reading.html_tree import parse_html

# HTML inside Markdown is common in crawled posts, and so is text indented by four spaces: it is never code there.
# Links are taken wherever they lead: cleaning and markup decide what becomes of an address.
# The parser drops what lies deeper than so many levels without a word; quotations and lists are cut to half of them.
_LEVELS = {"maxNesting": 100}
_BRACKETS = pattern(r"\[+(?=\[{20})")


def _brackets(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the library's signature
    """Rule for markdown-it, which looks behind each bracket for an end: of many in a row the last may begin a link."""
    found = _BRACKETS.match(state.src, state.pos)
    if not found:
        return False
    state.pending += "" if silent else found[0]
    state.pos = found.end()
    return True


_MARKDOWN = MarkdownIt("commonmark", _LEVELS).enable(["table", "strikethrough"]).disable("code")
_LINES = MarkdownIt("commonmark", {**_LEVELS, "breaks": True}).enable(["table", "strikethrough"]).disable("code")
for _renderer in (_MARKDOWN, _LINES):
    _renderer.inline.ruler.before("html_inline", "mathml", mathml_in_markdown)
    _renderer.inline.ruler.before("link", "footnote", sign_in_markdown)
    _renderer.inline.ruler.before("footnote", "brackets", _brackets)
    _renderer.validateLink = lambda url: bool(url) or True  # type: ignore[method-assign]  # the library's own way

# "[^1]: …" and "[问]: …": CommonMark takes whatever follows for an address and drops the line; only addresses are.
_NO_REFERENCE = pattern(
    r"^( {0,3})\[(?=[^\[\]\n]{1,200}\]:)(?![^\[\]\n]{1,200}\]:\s*<?(?:[a-z][a-z0-9+.-]{1,20}:|[/#.]|www\.))",
    re.MULTILINE | re.IGNORECASE,
)
_FENCED = pattern(r"(^ {0,3}(?:```|~~~)[^\n]*\n(?:[^\n]*\n)*? {0,3}(?:```|~~~))", re.MULTILINE)
_TOO_DEEP = pattern(
    r"^((?:[ \t]{0,3}(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s))){20}|[ \t]{60})[ \t>]*(?:[-*+>][ \t]+)*", re.MULTILINE
)
_LINK_LINE = pattern(r"^\[(.{1,1000})\]\(((?:https?:)?//[^\n<>]{0,4000})\)[ \t]*$", re.MULTILINE)
# "##小标题": a heading to writers and to older Markdown; one sign alone may begin a topic.
_TIGHT_HEADING = pattern(r"^(#{2,6})(?=[^\s#])", re.MULTILINE)
_STRONG = pattern(r"(?<![*\\])\*\*(?![\s*])([^*\n]{1,2000}?)(?<!\s)\*\*(?!\*)")
_TEMPLATES = (
    r"^(?P<fence>```|~~~)|(?P<span>`[^`\n]{1,500}`)|(?P<open><(?:pre|code)\b)|(?P<close></(?:pre|code)\b)"
    r"|\{\{[<%][^{}\n]{0,800}[%>]\}\}|\{%-?\s*[a-z_]+[^%{}\n]{0,400}%\}"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist|vc_\w{1,30}|et_pb_\w{1,30}|su_\w{1,30}|wp_ad\w{0,20}|youtube)"
    r"(?:\s[^\[\]\n]{0,400})?\]"
)
_SHORTCODE = pattern(_TEMPLATES, re.MULTILINE)
_ANY_TEMPLATE = pattern(r"\{[{%:]|\[/?[cgevapsvwy][a-z]")  # most posts have none, and no code to look for either
# Classes and tables of contents that one dialect of Markdown writes in braces.
_SHORTCODE_IN_BRACES = pattern(
    _TEMPLATES + r"|(?:^[*\-+] \w{1,12}\n)?^\{:\s?toc\}|\{:\s?[.#][\w-]{1,60}(?:\s+[.#][\w-]{1,60}){0,8}\s?\}",
    re.MULTILINE,
)
# A crawler's mark of time, a link to the original and a rule above a body that is HTML otherwise.
_LINK_HEADER = pattern(
    r"\s*(?:<!--[^<>]{0,80}-->\s*)?\[([^\n]{0,1000})\]\(([^\n]{0,4000})\)[ \t]*\n-{3,}[ \t]*(?:\n|$)"
)


@dataclass(frozen=True, slots=True)
class BodyTree:
    """A parsed body."""

    root: etree._Element  # The tree; its tag is ``html``, it holds no comments and no processing instructions
    shortcodes: tuple[str, ...]  # Template syntax that was taken out before parsing, as written
    is_page: bool  # Whether the body is a whole HTML page rather than the text of one post


def parse(text: str, body_format: str) -> BodyTree:
    """Parse a body.

    Args:
        text: The body as read.
        body_format: ``html``, ``markdown`` or ``text``; Markdown may hold HTML, or be nothing else; in plain text a
            line end is a line break.

    Returns:
        The tree, and what was no text to begin with.
    """
    shortcodes: list[str] = []
    whole = is_page(text)
    text = text if whole else _without_shortcodes(text, shortcodes)
    header = _LINK_HEADER.match(text)
    if body_format != "html" and not whole:
        text = _render(close_islands(plain_markdown(text, shortcodes)), _LINES if body_format == "text" else _MARKDOWN)
    elif header:
        text = f'<h2><a href="{escape(header[2])}">{header[1].replace("<", "&lt;")}</a></h2>{text[header.end() :]}'
    root = parse_html(text)
    if "math" in text:
        read_formulas(root)
    if whole:
        for element in root.iter("script", "style"):
            # Programs are no text, and most of a saved page; formulas and what is read of a page stand in some.
            element.text = element.text if (element.get("type") or "").startswith("math/") else None
    return BodyTree(root, tuple(shortcodes), whole)


def _render(markdown: str, renderer: MarkdownIt) -> str:
    if "```" not in markdown and "~~~" not in markdown:
        markdown = _TIGHT_HEADING.sub(r"\1 ", markdown)
    if _TOO_DEEP.search(markdown):
        markdown = _TOO_DEEP.sub(r"\1", markdown)
    markdown, notes = footnotes_as_html(markdown)
    if "]:" in markdown:
        parts = _FENCED.split(markdown)
        parts[::2] = [_NO_REFERENCE.sub(r"\1\\[", part) for part in parts[::2]]
        markdown = "".join(parts)
    html: str = renderer.render(_STRONG.sub(_plain_strong, _LINK_LINE.sub(_plain_link, markdown)), {"footnotes": notes})
    return html


def _plain_strong(match: re.Match[str]) -> str:
    """Strong emphasis that CommonMark would not see: to it, no emphasis ends between 。 and a Chinese character."""
    before, inside, after = match.string[match.start() - 1 : match.start()], match[1], match.string[match.end() :][:1]
    opens = inside[0].isalnum() or not before.isalnum()
    closes = inside[-1].isalnum() or not after.isalnum()
    return match[0] if (opens and closes) or "`" in inside else f"<strong>{inside}</strong>"


def _without_shortcodes(text: str, found: list[str]) -> str:
    """Take template syntax out of text, but not out of code."""
    if not _ANY_TEMPLATE.search(text):
        return text
    pieces: list[str] = []
    position = 0
    fenced, depth = False, 0
    for match in (_SHORTCODE_IN_BRACES if "{:" in text else _SHORTCODE).finditer(text):
        fenced ^= bool(match["fence"])
        depth = max(0, depth + bool(match["open"]) - bool(match["close"]))
        if match.lastgroup is None and not fenced and not depth:
            found.append(match[0])
            pieces.append(text[position : match.start()])
            position = match.end()
    return "".join([*pieces, text[position:]])


def _plain_link(match: re.Match[str]) -> str:
    """A line that is one link, written so that CommonMark sees it: spaces in the address, stray brackets."""
    title, address = match[1], match[2].strip()
    if "](" in title or address.endswith(('"', "'")):
        return match[0]
    if not re.search(r"\s", address) and title.count("[") == title.count("]"):
        return match[0]
    escaped = re.sub(r"(?<!\\)([\[\]])", r"\\\1", title)
    return f"[{escaped}](<{address}>)"
