"""When and by whom a law was passed, published, amended and put into force (立法法; the note below a law's title)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.documents.dates import DATE, DAY, iso_date, iso_month
from builder.documents.fields import read_fields
from builder.documents.parts import Parts
from builder.model.blocks import Block
from builder.model.official import Element, Enactment, EnactmentKind, OfficialMetadata
from builder.patterns import pattern


def read_enactment(metadata: OfficialMetadata, parts: Parts) -> OfficialMetadata:
    """How a law was passed and when it comes into force; and the date of what states none below its text."""
    fields = read_fields(parts.front + parts.between)
    metadata = replace(
        metadata,
        enactments=tuple(dict.fromkeys(event for block in parts.between for event in _events(block))),
        effective_iso=effective_date(block.text for block in (*parts.front, *parts.between, *parts.all_text())),
    )
    stated = [event for event in metadata.enactments if event.kind == "effective"]
    if not metadata.effective_iso and stated:
        metadata = replace(metadata, effective_iso=stated[-1].date_iso)
    if not metadata.effective_iso and "effective" in fields:
        metadata = replace(metadata, effective_iso=iso_date(fields["effective"].text))
    if metadata.date:
        return metadata
    if metadata.adoption:
        event = metadata.adoption
        printed = DATE.search(event.text)
        return replace(
            metadata, date=Element(printed.group() if printed else event.text, event.lines), date_iso=event.date_iso
        )
    dated = [fields[name] for name in ("date", "adopted", "announced", "amended") if name in fields]
    near = [
        Element(block.squeezed, block.lines)
        for block in parts.above
        if _IS_DATE.match(block.squeezed) or iso_month(block.text)
    ]
    for element in (*dated, *near[-1:]):
        day = iso_date(element.text) or iso_month(element.text)
        if day:
            return replace(metadata, date=element, date_iso=day)
    return metadata


def _events(block: Block) -> Iterator[Enactment]:
    """The events that a block between a law's title and its text states."""
    if block.squeezed.rstrip("）)").endswith(("失效", "废止")):
        return
    for found in _STANDARD.finditer(block.squeezed):
        yield Enactment(_KINDS[found["verb"]], found["day"], "", found.group(), block.lines)
    for found in _EVENT.finditer(block.squeezed):
        day = iso_date(found["day"])
        if day:
            kind = _KINDS[found["verb"]]
            body = _body(found["who"]) if kind in _BY_BODIES else ""
            together = _TOGETHER.search(block.squeezed, 0, found.start())
            if together:
                yield Enactment(kind, iso_date(together["day"]), _body(together["who"]), together.group(), block.lines)
            yield Enactment(kind, day, body, found.group().strip("（()）"), block.lines)


def _body(who: str) -> str:
    """The body that acted: without its term, its session, the number of its decree."""
    name = TERM.sub("", who)
    name = _SESSION.split(name)[0]
    name = _DECREE.sub("", name).removeprefix("由")
    if name != "中华人民共和国主席":
        name = name.removeprefix("中华人民共和国")
    name = name.removesuffix("审判委员会").removesuffix("检察委员会")
    return name if 1 < len(name) <= _LONGEST and not _NOT_NAME.search(name) else ""


def effective_date(texts: Iterable[str]) -> str:
    """The day a document comes into force (ISO 8601), the last that its text states of itself; possibly empty."""
    day = ""
    for text in texts:
        for found in _IN_FORCE.finditer("".join(text.split())) if "施行" in text or "起" in text else ():
            day = iso_date(found["day"]) or day
    return day


_VERBS: dict[EnactmentKind, str] = {
    "adopted": "通过 通過",
    "approved": "批准",
    "published": "公布 发布 發布 颁布 頒布 發布施行",
    "amended": "修正 修订 修订通过 修改 修訂",
    "effective": "施行 实施 實施 生效 起施行 起实施 起實施",
}
_KINDS = {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split()}
_BY_BODIES = frozenset({"adopted", "approved", "published", "amended"})
_EVENT = pattern(
    rf"(?P<day>{DAY})(?P<who>(?:(?!\d{{4}}年).){{0,200}}?)"
    rf"(?P<verb>{'|'.join(sorted(_KINDS, key=len, reverse=True))})(?!的)"
)
# What one body passed on one day and another on the next: 某院某会议、某日某院某会议通过.
_TOGETHER = pattern(rf"(?P<day>{DAY})(?P<who>[^，。；：、]{{2,60}})[、和]$")
# The cover of a standard (GB/T 1.1-2020, 8.1): 2012-06-29 发布 2012-07-01 实施.
_STANDARD = pattern(r"(?P<day>(?:19|20)\d\d-[01]\d-[0-3]\d)(?P<verb>发布|实施)")
_IN_FORCE = pattern(
    r"(?:本[一-鿿]{1,8}|，|。|^)(?:从|自)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?:起|开始|開始|之日起)(?:正式)?(?:施行|实施|實施|执行|生效)"
)
TERM = pattern(r"第[一二三四五六七八九十百〇零\d]{1,5}[届屆]")
_SESSION = pattern(r"第[一二三四五六七八九十百〇零\d]{1,6}次|[常全]?[务体務體]?[会會][议議]|全体会议|《|根据|主席团")
_DECREE = pattern(r"(?:令|公告)?[〔（(]?(?:\d{4}[〕）)])?第?[一二三四五六七八九十百〇零\d]{0,6}号?$")
_NOT_NAME = pattern(r"[，。；：、（）]|^[起经自]|关于")
_LONGEST = 40
_IS_DATE = pattern(rf"[（(]?{DAY}[）)]?$|[—-]{{1,2}}{DAY}在.{{2,60}}上$")
