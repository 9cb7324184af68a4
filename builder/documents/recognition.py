"""Tells an official document from an article, by what stands in its blocks, and says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from builder.documents.dates import DATE
from builder.documents.fields import STANDARD
from builder.documents.heads import prepare
from builder.documents.issuing import find_announced
from builder.documents.judging import YEAR, Judgement, Reason
from builder.documents.layout import width
from builder.documents.numbering import Marker, read_marker
from builder.documents.titles import find_title, is_addressee, is_official_title
from builder.documents.words import field_of, words
from builder.model.blocks import Block, BlockSource
from builder.patterns import pattern


def judge_source(source: BlockSource) -> Judgement:
    """Judge a file by its blocks."""
    blocks = prepare(source.blocks)
    reasons = tuple(_reasons(blocks))
    total = sum(reason.weight for reason in reasons)
    speaking = {reason.name for reason in reasons if reason.weight > 0}
    return Judgement(is_document=bool(speaking & _OWN and speaking - _HEADING) and total >= _LEAST, reasons=reasons)


def _reasons(blocks: Sequence[Block]) -> Iterator[Reason]:
    texts = [block.squeezed for block in blocks]
    markers = [read_marker(block.text) for block in blocks]
    first = _first_prose(blocks, markers)
    head = texts[: min(first + 1, _HEAD)]
    yield from _head(blocks, head)
    yield from _numbering([marker for marker in markers if marker], len(blocks))
    yield from _wording(texts)
    announced = find_announced(tuple(blocks))
    if announced:
        yield Reason("announced", 3, announced.title)
    yield from _against(texts[announced.end :] if announced else texts, head)


def _first_prose(blocks: Sequence[Block], markers: Sequence[Marker | None]) -> int:
    """Index of the first block that is running text, or numbered."""
    for index, block in enumerate(blocks):
        numbered = markers[index] is not None and block.text.endswith(("。", "；"))
        if numbered or (width(block.text) > _PROSE and "。" in block.text):
            return index
    return len(blocks)


def _head(blocks: Sequence[Block], head: Sequence[str]) -> Iterator[Reason]:
    """What stands above the text: 发文字号, title, 主送机关, fields of a web page, the day a law was passed."""
    stated = [(text, field[0]) for text in head if (field := field_of(text))]
    if len({name for _, name in stated} - _STATED_BY_OTHERS) > 1:
        yield Reason(
            "fields", 2, "、".join(re.split("[：:]", text)[0] for text, name in stated if name not in _STATED_BY_OTHERS)
        )
    numbered = (NUMBER_LINE, DECREE_LINE, STANDARD)
    number = next((text for text in head if any(line.fullmatch(text) for line in numbered)), "")
    if number:
        yield Reason("number", 2, number)
    title = find_title(tuple(blocks), len(head))
    if title is not None:
        yield Reason("title", 2 if is_official_title(title.text) else 1, title.text)
    enacted = next((text for text in head if ENACTED.search(text)), "")
    if enacted:
        yield Reason("enacted", 2, enacted)
    delivered = next((text for text in head if DELIVERED.match(text)), "")
    if delivered:
        yield Reason("delivered", 2, delivered)
    addressee = next((text for text in head if is_addressee(text)), "")
    if addressee:
        yield Reason("addressee", 1, addressee)


def _numbering(markers: Sequence[Marker], blocks: int) -> Iterator[Reason]:
    """How far the text is divided by official numbering."""
    articles = _run(markers, {"article"})
    if articles >= _LEAST_ARTICLES:
        yield Reason("articles", 3 if articles >= _MANY_ARTICLES else 1, str(articles))
    runs = {kind: _run(markers, {kind}) for kind in ("comma", "great", "chapter", "part", "section", "decimal")}
    kind, top = max(runs.items(), key=lambda run: run[1])
    if top >= _LEAST_TOP:
        yield Reason("numbered", 2 if kind in {"chapter", "part", "section"} else 1, str(top))
    share = len(markers) / max(1, blocks)
    if share >= _DENSE and len(markers) >= _LEAST_TOP:
        yield Reason("dense", 1, f"{share:.0%}")


def _run(markers: Iterable[Marker], kinds: set[str]) -> int:
    """How many numbers of a kind follow each other from one on; one or two may be missing between them."""
    longest = count = last = 0
    for marker in markers:
        if marker.kind not in kinds:
            continue
        if marker.ordinal == 1:
            count, last = 1, 1
        elif count and last < marker.ordinal <= last + _MISSING:
            count, last = count + 1, marker.ordinal
        longest = max(longest, count)
    return longest


def _wording(texts: Sequence[str]) -> Iterator[Reason]:
    """What a document says of itself, and how it ends."""
    whole = "".join(texts)
    said = sorted({found.group() for found in _SELF.finditer(whole)})
    if said:
        yield Reason("self", min(2, len(said)), "、".join(said[:4]))
    for before, text in pairwise(texts):
        if DATE.fullmatch(text) and len(before) <= _LONGEST_AGENCY and before.endswith(words().agency_endings):
            yield Reason("signed", 1, f"{before} {text}")
            return


def _against(texts: Sequence[str], head: Sequence[str]) -> Iterator[Reason]:
    """What only articles have: questions for titles, agencies' leads, reporters."""
    named = next((text for text in head[:_FIRST] if text), "")
    if _ASKS.search(named) or any(_EXPLAINS.search(text) for text in head[:_FIRST]):
        yield Reason("explains", -4, named)
    leads = (text for text in texts[:_LEADS] if not _DATELINE.fullmatch(text))
    lead = next((found.group() for text in leads if (found := _lead().search(text))), "")
    if lead:
        yield Reason("reported", -4, lead)
    told = next((found.group() for text in texts if (found := _TOLD.search(text))), "")
    if told:
        yield Reason("told", -2, told)


NUMBER_LINE = pattern(rf"(?:[^：:]{{0,8}}[：:])?[（(]?[×一-鿿]{{0,14}}{YEAR}(?:第)?\d{{1,5}}[号號][）)]?")
DECREE_LINE = pattern(r"(?:[一-鿿]{2,40}令)?[（(]?第?[\d一二三四五六七八九十百〇零]{1,6}号(?:令)?[）)]?")
DELIVERED = pattern(r"[—-]{1,2}\d{4}年\d{1,2}月\d{1,2}日在.{2,60}(?:会议|大会|会)上$")
ENACTED = pattern(r"\d{4}年\d{1,2}月\d{1,2}日.{0,60}?(?:通过|公布|发布|批准|修订|修正|施行)")
_SELF = pattern(
    r"[制編编][定订][本][一-鿿]{0,4}(?:规划|纲要|计划|方案|办法|细则|条例|法|规定|意见|解释|规则|措施|章程|准则|规范|要点|指引|指南|预案|决定)"
    r"|[制訂][定訂]本(?:辦法|條例|法|規定|計畫|要點|細則|規則)|本(?:規劃|計畫|辦法|條例|細則|要點)"
    r"|本(?:行动计划|行动方案|实施方案|规划|方案|办法|细则|条例|意见|规定|通知|决定|解释|规则|措施|纲要|计划|章程|修正案|预案|标准|规范)(?!身)"
    r"|本法(?:所称|自|适用|规定|第)|[现經经]?(?:印发|转发|批转|下达)给你们|现将《|请(?:认真)?(?:贯彻|遵照|按照)?(?:贯彻)?执行"
    r"|自(?:公布|发布|印发|通过|颁布)之日起(?:施行|实施|执行)?|(?:现|制定|提出)(?:就[^。]{0,30})?(?:提出|作出)?(?:如下|以下)(?:意见|措施|规定|方案|决定)?"
    r"|(?:通知|函复|批复|通报|决定|公告|报告|规定|纪要)如下|特此(?:通知|公告|批复|函复|报告)|此复"
)
_ASKS = pattern(r"[？?]|哪些|如何|怎么|为何|为什么|什么")
_EXPLAINS = pattern(r"解读|答记者问|一图|图解|专访|访谈|问答|读懂|热点|热评|时评|述评|综述|快评|观察")
_DATELINE = pattern(r"[（(]?[一-鿿]{3,16}\d{1,2}月\d{1,2}日电[）)]?")
_TOLD = pattern(r"记者|笔者|小编|网友|采访|受访")
_STATED_BY_OTHERS = {"published", "headline", "author"}
_OWN = frozenset({"announced", "delivered", "fields", "number", "title", "enacted", "articles", "self"})
_HEADING = frozenset({"title", "enacted"})  # a page that reprints a resolution of one paragraph has as much
_LEAST = 4
_HEAD = 60
_FIRST = 3
_LEADS = 12
_PROSE = 44
_LEAST_ARTICLES = 3
_MANY_ARTICLES = 5
_LEAST_TOP = 3
_DENSE = 0.25
_MISSING = 3
_LONGEST_AGENCY = 40


@cache
def _lead() -> re.Pattern[str]:
    """How a report begins or names where it was heard."""
    reporters = "|".join(map(re.escape, words().reporters))
    return re.compile(rf"(?:{reporters}).{{0,24}}?(?:电|讯|报道|获悉|摄)|[（(]记者|据.{{2,12}}(?:报道|消息)|日前，记者")
