"""What stands beside a document's text: the fields of a web page, the 发文字号, a decree's number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from builder.documents.lines import unfold_width
from builder.documents.parts import Parts
from builder.documents.titles import DECREE
from builder.documents.words import Field, field_of
from builder.model.blocks import Block
from builder.model.official import Element
from builder.patterns import pattern


def document_number(parts: Parts, fields: Mapping[Field, Element]) -> Element | None:
    """The 发文字号: in its field, on a line of its own, or a decree's number below its head."""
    above = (*parts.front, *parts.between)
    decree = _decree_number(parts, above)
    own = next((found for block in above if (found := _number(block))), None)
    return decree or own or fields.get("number")


def _decree_number(parts: Parts, above: Sequence[Block]) -> Element | None:
    title = parts.notice_title or parts.title
    if title is None or not DECREE.fullmatch(title.text):
        return None
    if title.text.rstrip("）)").endswith("号"):
        return Element(_plain(title.text), parts.title_lines)
    below = next((block for block in above if _SERIAL.fullmatch(block.squeezed)), None)
    return Element(_plain(title.text + below.squeezed), below.lines) if below else None


def _plain(number: str) -> str:
    """A number with half-width digits and without brackets."""
    return re.sub(r"[（()）]", "", unfold_width(number))


def read_fields(front: tuple[Block, ...]) -> dict[Field, Element]:
    """What a web page says of the document in fields: a label, a colon, a value there or on the next line."""
    fields: dict[Field, Element] = {}
    for index, block in enumerate(front):
        name, value = field_of(block.squeezed) or (None, "")
        if name is None or name in fields:
            continue
        below = front[index + 1] if index + 1 < len(front) else None
        if value:
            fields[name] = Element(value, block.lines)
        elif below is not None and not below.text.endswith(("：", ":")) and field_of(below.squeezed) is None:
            fields[name] = Element(below.squeezed, below.lines)
    return {
        name: element
        for name, element in fields.items()
        if name != "number" or _NUMBER.search(element.text) or _LETTERED.fullmatch(element.text)
    }


def _number(block: Block) -> Element | None:
    """The 发文字号 of a block that holds little else."""
    text = block.squeezed
    lettered = _LETTERED.fullmatch(text)
    if lettered:
        return Element(lettered["number"], block.lines)
    if STANDARD.fullmatch(text):
        return Element(block.text.strip(), block.lines)
    found = _NUMBER.search(text)
    if not found or len(text) - len(found.group()) > _MOST_BESIDE_NUMBER or "附件" in text or "《" in text:
        return None
    return Element(f"{found['code']}〔{found['year']}〕{found['serial']}{found['sign']}", block.lines)


_MOST_BESIDE_NUMBER = 12
_NUMBER = pattern(
    r"(?P<code>[×一-鿿]{0,14})[〔\[【（(﹝［](?P<year>\d{4})[〕\]】）)﹞］]第?(?P<serial>\d{1,5})(?P<sign>[号號])"
)
_LETTERED = pattern(
    r"(?:[發发]文字[號号][：:])?(?P<number>[一-鿿]{1,8}字第\d{4,12}[號号]|[一-鿿]{2,24}(?:公告|通告|令)\d{4}年?第\d{1,4}号)"
)
# GB/T 1.1-2020, 8.2: letters of the kind of standard, serial number, year.
STANDARD = pattern(r"(?:[A-Z]{2,4}|DB\d{2,4})(?:/[TZ]?\d{0,4})?\d{1,6}(?:\.\d{1,3})?[-—－–]{1,2}(?:19|20)\d\d")
_SERIAL = pattern(r"[（(]?(?:\d{4}年)?第?[\d０-９一二三四五六七八九十百〇零]{1,6}号[）)]?")
