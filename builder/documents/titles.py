"""Finds the titles in a file: of the notice, of what it sends out, of a document without a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.documents.dates import DATE
from builder.documents.lines import squeeze
from builder.documents.numbering import read_marker
from builder.documents.words import field_of, words
from builder.model.blocks import Block
from builder.patterns import pattern

_MOST_LINES = 6
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class TitleBlocks:
    """A title, without white space: from the index of its first block to the one behind its last."""

    text: str
    start: int
    end: int


def find_title(blocks: tuple[Block, ...], end: int) -> TitleBlocks | None:
    """The title of the first document of a file.

    Returns:
        The title as the page's fields quote it where it stands in the text; else the last lines above the text that
        end like one, with the lines it began on.
    """
    quoted = _quoted_title(blocks, end)
    if quoted is not None and bare_title(quoted.text).endswith(title_kinds()):
        return quoted
    found = None
    for index in range(end):
        text = blocks[index].squeezed
        if _ends_like_title(blocks[index]) and may_be_title(blocks[index]):
            found = with_lines_above(blocks, index)
        elif found is not None and found.end == index and is_subtitle(text):
            found = TitleBlocks(found.text + text, found.start, index + 1)
        elif "。" in text or text.endswith("；") or (found and is_addressee(text)):
            break
    return found or quoted or _below_notice(blocks) or _headline(blocks, end) or _marked_title(blocks, end)


def _headline(blocks: tuple[Block, ...], end: int) -> TitleBlocks | None:
    """The title that a front matter states, where it has the form of one and the text has none."""
    for index, block in enumerate(blocks[: min(end, _FIRST)]):
        name, value = field_of(block.squeezed) or ("", "")
        if name == "headline" and bare_title(value).endswith(title_kinds()) and not _REPORTS.search(bare_title(value)):
            return TitleBlocks(value, index, index + 1)
    return None


def _below_notice(blocks: tuple[Block, ...]) -> TitleBlocks | None:
    """The title right below the signature and date of a notice that has lost its own title."""
    for index in range(1, min(len(blocks) - 1, _FIRST)):
        if DATE.fullmatch(blocks[index].squeezed) and blocks[index - 1].squeezed.endswith(words().agency_endings):
            below = index + 1 + bool(_BRACKETS.fullmatch(blocks[index + 1].squeezed))
            spans = [span for span in spans_from(blocks, below) if bare_title(span.text).endswith(title_kinds())]
            return spans[-1] if spans else None
    return None


def is_subtitle(text: str) -> bool:
    """Whether a line in brackets belongs to the title above it: 试行 does, the day of passing or of effect does not."""
    return bool(_BRACKETS.fullmatch(text)) and not _PASSED.search(text) and not DATE.search(text)


def _marked_title(blocks: tuple[Block, ...], end: int) -> TitleBlocks | None:
    """The first heading above the text, where nothing ends like a title."""
    for index in range(min(end, _FIRST)):
        if blocks[index].marked and may_be_title(blocks[index]):
            return TitleBlocks(blocks[index].squeezed, index, index + 1)
    return None


def _quoted_title(blocks: tuple[Block, ...], end: int) -> TitleBlocks | None:
    """The title that the page's fields name, where the text has it: the last of its places."""
    place, named = next(
        ((index, title) for index, block in enumerate(blocks[:end]) if (title := _title_field(block))), (0, "")
    )
    if not named:
        return None
    spans = [found for index in range(end) for found in spans_from(blocks, index)]
    said = TitleBlocks(named, place, place + 1) if bare_title(named).endswith(title_kinds()) else None
    return next((found for found in reversed(spans) if found.text == named), said)


def _title_field(block: Block) -> str:
    name, value = field_of(block.squeezed) or ("", "")
    return value if name == "title" else ""


def _ends_like_title(block: Block) -> bool:
    text = block.squeezed
    if _ONLY_KIND.fullmatch(text):
        return False
    if DECREE.fullmatch(text):
        return True
    bare = bare_title(text)
    return len(text) <= _LONGEST and bare.endswith(title_kinds())


def title_kinds() -> tuple[str, ...]:
    """What titles of official documents end with."""
    return words().plan_kinds


def bare_title(text: str) -> str:
    """A title without the bracket, date or draft note behind it."""
    before = text
    while (after := _TAIL.sub("", before)) != before and after:
        before = after
    return before


def is_official_title(text: str) -> bool:
    """Whether a title without white space has the form of 公文 or of law: 机关 关于 事由 的 文种, or a law's name."""
    bare = bare_title(text)
    named = bare.endswith(words().named_kinds) and not _REPORTS.search(bare)
    return named or (bool(_OFFICIAL.search(bare)) and bare.endswith(title_kinds()))


def with_lines_above(blocks: tuple[Block, ...], last: int) -> TitleBlocks:
    """A title's last line with the lines it began on: lines like it that nothing ends."""
    text, start = blocks[last].squeezed, last
    while start > 0 and last + 1 - start < _MOST_LINES:
        above = blocks[start - 1]
        if not _goes_on(above, blocks[start], text):
            break
        text, start = above.squeezed + text, start - 1
    return TitleBlocks(text, start, last + 1)


def _goes_on(above: Block, below: Block, text: str) -> bool:
    """Whether a title begins on the line above what is known of it."""
    line = above.squeezed
    if not may_be_title(above) or above.marked != below.marked or len(line) + len(text) > _LONGEST:
        return False
    if _is_another(line):
        return False
    if line.endswith(words().agency_endings):
        return text.startswith(("关于", *words().issuing_verbs)) or ("关于" not in text[1:] and _opens(line))
    if text.startswith("关于"):
        return any(0 < line.find(verb) < len(line) - len(verb) for verb in words().issuing_verbs)
    return text.find("关于") <= _SHORTEST_AGENCY  # else it names who or where, then what about


def _is_another(line: str) -> bool:
    """Whether a line is a title of its own, or a red head: not where it breaks off behind 关于."""
    if line.endswith("文件"):
        return "关于" not in line
    if "关于" in line:
        return is_official_title(line)
    return bare_title(line).endswith(title_kinds())


def _opens(line: str) -> bool:
    """Whether a line that ends in an agency is the beginning of a longer name: it has 关于 or a verb itself."""
    return "关于" in line or any(verb in line for verb in words().issuing_verbs)


def is_addressee(text: str) -> bool:
    """Whether a block names whom a document is sent to: agencies, then a colon."""
    if not text.endswith(("：", ":")) or len(text) > _LONGEST_ADDRESSEE or _SENTENCE.search(text):
        return False
    label = text.rstrip("：:")
    return label.endswith(words().addressee_endings) and label not in words().field_labels


def may_be_title(block: Block) -> bool:
    """Whether a block may be a line of a title: short, no sentence, no number, no label."""
    text = block.squeezed
    if block.kind != "text" or not text or len(text) > _LONGEST or _ENDS_SENTENCE.search(text):
        return False
    if "：" in text or ":" in text or "。" in text or ">" in text or text.startswith(words().web_headers):
        return False
    return read_marker(block.text) is None and not NOT_TITLE.search(text) and not DATE.fullmatch(text)


def spans_from(blocks: tuple[Block, ...], index: int) -> Iterator[TitleBlocks]:
    """The text of one block, of two, of three … from an index on, as long as they may be one title."""
    text = ""
    for end in range(index, min(index + _MOST_LINES, len(blocks))):
        if not may_be_title(blocks[end]):
            return
        text += squeeze(blocks[end].text)
        if len(text) > _LONGEST:
            return
        yield TitleBlocks(text, index, end + 1)


_FIRST = 12
_SHORTEST_AGENCY = 1
_LONGEST_ADDRESSEE = 160
_SENTENCE = pattern(
    r"[。；]|如下|以下|下列|根据|为了|现将|经研究|职责|是[：:]?$"
    r"|^(?:责任|牵头|主办|承办|联系|配合|来源|报送|印送|抄)"
)
# A people's congress publishes what it passed by 公告 (立法法 第八十八条), everyone else by 令.
DECREE = pattern(r"[一-鿿]{2,60}(?:令|(?:委员会|主席团)公告)(?:[（(]?第?.{1,12}号[）)]?)?")
_OFFICIAL = pattern(
    r"\A(?:(?!关于).)*关于.{2,}(?:的.{0,4}[一-鿿]{2}|解释|规定|决定|意见|办法)$|(?:法|条例|修正案|典|条例实施细则|纲要|條例|通則|規程|細則|辦法)$|令$"
)
_REPORTS = pattern(r"发布|出台|印发|公布|推出|拟|将|获批|解读|《|》|：|，|！")
_ONLY_KIND = pattern(r"[一-鿿]{1,3}")
_ENDS_SENTENCE = pattern(r"[。；！？，、?!;]$")
_TAIL = pattern(r"(?:\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[（(〔][^（()）]{0,24}[）)〕])$")
_BRACKETS = pattern(r"[（(〔][^（()）。]{1,24}[）)〕]")
_PASSED = pattern(r"通过|公布|公开发布|删减")
NOT_TITLE = pattern(
    r"[〔\[【（(]\d{4}[〕\]】）)].{0,4}[号號]|^[（(].*[）)]$|^附[件录表图]|^第?\d{1,5}号$|^\d{4}年第|总第\d|第\d+期|通过$|[.·…]{4}"
)
