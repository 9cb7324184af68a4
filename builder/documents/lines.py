"""Plan text to blocks: one per physical line, without Markdown's marks; page furniture is taken out and remembered."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.documents.tables import read_html_table, read_pipes, table_text
from builder.documents.words import words
from builder.model.blocks import Block
from builder.model.plan import OuterPart
from builder.patterns import pattern


def squeeze(text: str) -> str:
    """Take all white space out of a text."""
    return "".join(text.split())


def unfold_width(text: str) -> str:
    """Full-width ASCII as half-width, one character to one character."""
    return text.translate(_HALF_WIDTH)


def join_blocks(first: Block, second: Block) -> Block:
    """Two blocks as one: without a space, except between Latin words or numbers."""
    space = " " if _LATIN.match(first.text[-1:]) and _LATIN.match(second.text) else ""
    return replace(first, text=first.text + space + second.text, lines=first.lines + second.lines, broken=second.broken)


def read_blocks(lines: Sequence[str], start: int = 0) -> tuple[tuple[Block, ...], tuple[OuterPart, ...]]:
    """The blocks of a text or Markdown from a line on, in order, and the furniture: page numbers, rules and images."""
    blocks: list[Block] = []
    furniture: list[OuterPart] = []
    gap, after_page, index = 0, False, start
    in_table = False
    while index < len(lines):
        raw, number = lines[index], index + 1
        table, index = _table_at(lines, index)
        plain = strip_markdown(raw)
        if table is not None:
            blocks.append(replace(table, gap=gap, after_page=after_page))
        elif not plain and not raw.strip():
            gap += 1
            continue
        elif _is_furniture(raw, plain) or (not in_table and _is_page_number(lines, number - 1, plain)):
            furniture.append(OuterPart("furniture", (number,), raw.strip()))
            after_page = True
            continue
        else:
            blocks += _blocks_of_line(raw, number, gap, after_page=after_page)
            in_table = _CAPTION.match(plain) is not None or (in_table and len(plain) <= _LONGEST_CELL)
        gap, after_page = 0, False
    return tuple(blocks), tuple(furniture)


def _blocks_of_line(raw: str, number: int, gap: int, *, after_page: bool) -> Iterator[Block]:
    """The block of a line; several where the line holds forced breaks or the cells of a page's head."""
    for piece in _pieces(raw):
        plain = strip_markdown(piece)
        if plain:
            indented, broken = piece.startswith(("\u3000", "    ", "\t")), piece.endswith("  ")
            found = _DEPTH.match(piece)
            depth = len(found[1]) if found else 0
            yield Block(plain, (number,), gap, after_page, _is_marked(piece, plain), indented, broken, depth=depth)
            gap, after_page = 0, False


def _pieces(raw: str) -> list[str]:
    pieces = _BREAK.split(raw) if "<" in raw else [raw]
    if ("\t" in raw or "|" in raw) and (":" in raw or "：" in raw):
        cells = [cell for cell in _CELL_END.split(raw) if cell.strip()]
        if any(squeeze(cell).rstrip("：:") in words().field_labels for cell in cells):
            return _labelled(cells)
    return pieces


def _labelled(cells: Sequence[str]) -> list[str]:
    """The cells of a page's head, labels with their values."""
    pieces: list[str] = []
    for cell in cells:
        text = squeeze(cell)
        if pieces and pieces[-1].endswith("：") and not text.endswith(("：", ":")):
            pieces[-1] += text
        else:
            pieces.append(text.replace(":", "："))
    return pieces


def _table_at(lines: Sequence[str], index: int) -> tuple[Block | None, int]:
    """The table that begins on a line, and the index behind it; behind the line where none begins."""
    first = lines[index].strip()
    if first.startswith("|") and first.endswith("|") and len(first) > 1:
        end = index
        while end < len(lines) and lines[end].strip().startswith("|") and lines[end].strip().endswith("|"):
            end += 1
        rows, header = read_pipes(lines[index:end])
    elif first[:6].lower() == "<table":
        end = index + 1
        while end < len(lines) and "</table" not in lines[end - 1].lower():
            end += 1
        rows, header = read_html_table("\n".join(lines[index:end]))
    else:
        return None, index + 1
    if not rows:
        return None, index + 1
    numbers = tuple(range(index + 1, end + 1))
    return Block(table_text(rows), numbers, kind="table", rows=rows, header=header), end


def strip_markdown(raw: str) -> str:
    """One line without heading marks, bold, escapes, quote and list marks, inline HTML, links and simple formulas."""
    text = raw.strip().strip("\u3000")
    if "<" in text:
        text = _INLINE.sub("", text)
    if "&" in text:
        text = html.unescape(text).replace("\xa0", " ")
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if text.startswith("#") and text.endswith("}"):
        text = _ATTRIBUTES.sub("", text)
    text = _LEADING.sub("", text.strip())
    if "$" in text:
        text = _FORMULA.sub(_plain_formula, text)
    text = text.replace("**", "").replace("__", "")
    if len(text) > _EMPHASISED and text[0] == text[-1] == "*":
        text = text[1:-1]
    return _ESCAPED.sub(r"\1", text).strip().strip("\u3000").strip()


def _plain_formula(found: re.Match[str]) -> str:
    """A formula that only writes a number, as text; any other stays as it is."""
    text = squeeze(found[1])
    for command, sign in _SIGNS_OF_FORMULAS:
        text = text.replace(command, sign)
    return found.group() if "\\" in text or "{" in text else text


def _is_furniture(raw: str, plain: str) -> bool:
    stripped = raw.strip()
    if _FENCE.match(stripped) or _ONLY_LINKS.fullmatch(stripped):
        return True
    if _RULE.fullmatch(stripped) or _IMAGE.fullmatch(stripped) or _COMMENT.fullmatch(stripped):
        return True
    return not plain or bool(_PAGE_NUMBER.fullmatch(plain) or _PAGE_NUMBER.fullmatch(stripped))


def _is_page_number(lines: Sequence[str], index: int, plain: str) -> bool:
    """Whether a line is a bare number with blank lines, or the edge of the text, on both sides."""
    if not _BARE_NUMBER.fullmatch(plain):
        return False
    before = index == 0 or not lines[index - 1].strip()
    after = index + 1 >= len(lines) or not lines[index + 1].strip()
    return before and after


def _is_marked(raw: str, plain: str) -> bool:
    stripped = raw.strip()
    return stripped.startswith("#") or (stripped.startswith("**") and stripped.endswith("**") and bool(plain))


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DEPTH = pattern(r"[ \t]{0,3}(#{1,6})[ \t]")
_LATIN = pattern(r"[0-9A-Za-z]")
_LEADING = pattern(r"^(?:[#>]+[ \t\u3000]*|\*\*(?=\s)|[*+-][ \t]+(?=\D|\d{1,3}[.．、]))+")
_CELL_END = pattern(r"[\t|]")
_BREAK = pattern(r"<br\s*/?>", re.IGNORECASE)
_INLINE = pattern(
    r"</?(?:span|a|u|b|i|s|em|strong|font|sup|sub|small|big|mark|center|div|p|ins|del|section)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_LINK = pattern(r"(?<!!)\[([^\[\]]{1,200})\]\([^()\s]{0,500}(?:\s\"[^\"]{0,100}\")?\s?\)")
_FORMULA = pattern(r"\$\s{0,20}([^$\n]{1,60}?)\s{0,20}\$")
_SIGNS_OF_FORMULAS = (
    ("\\%", "%"), ("\\sim", "～"), ("\\geq", "≥"), ("\\ge", "≥"), ("\\leq", "≤"), ("\\le", "≤"),
    ("\\times", "×"), ("~", ""),
)  # fmt: skip
_EMPHASISED = 2
_ESCAPED = pattern(r"\\([\\`*_{}\[\]()#+.!|>~-])")
# What documentation sites add to CommonMark: containers, tabs, a table of contents, links within the page, attributes.
_FENCE = pattern(r":{3,}|@tab\b|\[{1,2}toc\]{1,2}$|<https?://[^<>\s]{1,2000}>$", re.IGNORECASE)
_ONLY_LINKS = pattern(r"(?:[-*][ \t]+)?(?:\[[^\[\]\n]{1,80}\]\(#[^()\s]{1,200}\)(?:&[a-z]{2,8};|\s){0,8}){3,200}")
_ATTRIBUTES = pattern(r"(?:(?<![ \t])[ \t]+)?\{[#.:]?[\w-]+[^{}\n]{0,200}\}$")
_RULE = pattern(r"(?:[-_*=—－─━][ \t]?){3,200}")
_IMAGE = pattern(r"!\[[^\]]{0,500}\]\([^)]{0,2000}\)|<img\b[^>]{0,2000}>")
_COMMENT = pattern(r"<!--.{0,2000}-->")
_DASH = r"[-—–－―──·•~]"
_PAGE_NUMBER = pattern(
    rf"{_DASH}{{1,3}}\s*\d{{1,4}}\s*{_DASH}{{1,3}}|第\s*\d{{1,4}}\s*页(?:\s*(?:[,，/／]\s*)?共\s*\d{{1,4}}\s*页)?"
)
_CAPTION = pattern(r"(?:专栏|專欄|附表|表)[ \u3000]?[\d一二三四五六七八九十]")
_LONGEST_CELL = 24
_BARE_NUMBER = pattern(r"\d{1,3}")
