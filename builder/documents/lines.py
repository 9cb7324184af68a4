"""Plan text to blocks: one per physical line, without Markdown's marks; page furniture is taken out and remembered."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.model.blocks import Block
from builder.model.plan import Part


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


def read_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    """Split a text into blocks.

    Args:
        text: The whole seed.

    Returns:
        The blocks in order, and the furniture: page numbers, rules and images.
    """
    blocks: list[Block] = []
    furniture: list[Part] = []
    gap, after_page = 0, False
    lines = text.split("\n")
    for number, raw in enumerate(lines, 1):
        plain = strip_markdown(raw)
        if not plain and not raw.strip():
            gap += 1
        elif _is_furniture(raw, plain) or (_BARE_NUMBER.fullmatch(plain) and _stands_alone(lines, number - 1)):
            furniture.append(Part("furniture", (number,), raw.strip()))
            after_page = True
        else:
            indented, broken = raw.startswith(("\u3000", "    ", "\t")), raw.endswith("  ")
            blocks.append(Block(plain, (number,), gap, after_page, _is_marked(raw, plain), indented, broken))
            gap, after_page = 0, False
    return tuple(blocks), tuple(furniture)


def strip_markdown(raw: str) -> str:
    """One line without heading marks, bold, escapes, quote and list marks."""
    text = _LEADING.sub("", raw.strip().strip("\u3000"))
    text = text.replace("**", "").replace("__", "")
    return _ESCAPED.sub(r"\1", text).strip().strip("\u3000").strip()


def _is_furniture(raw: str, plain: str) -> bool:
    stripped = raw.strip()
    if _RULE.fullmatch(stripped) or _IMAGE.fullmatch(stripped) or _COMMENT.fullmatch(stripped):
        return True
    return not plain or bool(_PAGE_NUMBER.fullmatch(plain) or _PAGE_NUMBER.fullmatch(stripped))


def _stands_alone(lines: list[str], index: int) -> bool:
    """Whether a bare number has blank lines, or the edge of the text, on both sides."""
    before = index == 0 or not lines[index - 1].strip()
    after = index + 1 >= len(lines) or not lines[index + 1].strip()
    return before and after


def _is_marked(raw: str, plain: str) -> bool:
    stripped = raw.strip()
    return stripped.startswith("#") or (stripped.startswith("**") and stripped.endswith("**") and bool(plain))


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LATIN = re.compile(r"[0-9A-Za-z]")
_LEADING = re.compile(r"^(?:[#>]+[ \t\u3000]*|\*\*(?=\s)|[*+-][ \t](?=\D))+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_RULE = re.compile(r"(?:[-_*=—－─━][ \t]?){3,200}")
_IMAGE = re.compile(r"!\[[^\]]{0,500}\]\([^)]{0,2000}\)|<img\b[^>]{0,2000}>")
_COMMENT = re.compile(r"<!--.{0,2000}-->")
_DASH = r"[-—–－―──·•~]"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}{{1,3}}\s*\d{{1,4}}\s*{_DASH}{{1,3}}|第\s*\d{{1,4}}\s*页(?:\s*[,，/／]?\s*共\s*\d{{1,4}}\s*页)?"
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
