"""The elements of an official document, named after GB/T 9704-2012: 版头, 主体, 版记."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.documents.dates import DATE, DAY, iso_date
from builder.documents.edits import close_spaced
from builder.documents.enactment import TERM, read_enactment
from builder.documents.fields import document_number, read_fields
from builder.documents.imprint import read_imprint
from builder.documents.joining import join_passages
from builder.documents.lines import squeeze
from builder.documents.parts import Parts
from builder.documents.sections import PLAIN
from builder.documents.tail import attachment_start, is_signature
from builder.documents.titles import DECREE, is_addressee
from builder.documents.words import field_of, words
from builder.model.blocks import Block
from builder.model.official import Element, OfficialMetadata
from builder.model.plan import OuterPart
from builder.patterns import pattern


def read_official(parts: Parts, furniture: Sequence[OuterPart]) -> tuple[OfficialMetadata, tuple[tuple[int, int], ...]]:
    """The elements of a document, None or empty where the seed has none, and the joins that their texts needed."""
    head, below = _head_and_below(parts)
    addressee = next((block for block in (*below, *head) if is_addressee(block.squeezed)), None)
    texts = below[below.index(addressee) + 1 :] if addressee in below else below
    passages = join_passages(texts, [PLAIN] * len(texts)) if parts.notice_title else ()
    dated_above = any(_BRACKETED_DATE.fullmatch(block.squeezed) for block in below)
    ended = tuple(passage.block for passage in passages) + (() if dated_above else parts.closing)
    if parts.notice_title is None and not any(DATE.fullmatch(block.squeezed) for block in ended):
        ended = _signed_above(parts.front) or ended
    imprint = join_passages(parts.imprint, [PLAIN] * len(parts.imprint))
    metadata = _read_head(OfficialMetadata(), head, parts)
    metadata = _read_title(metadata, parts)
    metadata = replace(metadata, addressee=_element(addressee, addressee.squeezed.rstrip("：:")) if addressee else None)
    metadata = _read_end(metadata, ended, notice=parts.notice_title is not None)
    metadata = read_imprint(metadata, tuple(passage.block for passage in imprint))
    metadata = read_enactment(metadata, parts)
    metadata = _read_lone_agency(metadata, parts)
    metadata = replace(metadata, separators=_separators(furniture, parts))
    return metadata, tuple(pair for passage in (*passages, *imprint) for pair in passage.joins)


def _read_lone_agency(metadata: OfficialMetadata, parts: Parts) -> OfficialMetadata:
    """An agency by the title, the one whose rules they are, the file's author: where nothing else says who it was."""
    named = metadata.signatures or metadata.mark_agencies or metadata.issuer_field or metadata.title_agencies
    if named or metadata.adoption:
        return metadata
    near = (*parts.front[-_NEAR:], *parts.between[:_NEAR])
    lone = [
        tuple(block.text.split())
        for block in near
        if is_signature(block)
        and len(block.squeezed) >= _SHORTEST_AGENCY
        and block.squeezed not in words().web_footers
        and field_of(block.squeezed) is None
    ]
    own = _OWN_RULES.match(parts.title.text) if parts.title else None
    author = read_fields(parts.front + parts.between).get("author")
    stated = author.text.removesuffix("等") if author else ""
    named = own.group() if own else stated if stated.endswith(words().agency_endings) else ""
    return replace(metadata, title_agencies=lone[0] if lone else (named,) if named else ())


def _signed_above(front: tuple[Block, ...]) -> tuple[Block, ...]:
    """Signatures and date of a notice without a title, above the title of what it sends out."""
    for index in range(len(front) - 1, 0, -1):
        if DATE.fullmatch(front[index].squeezed) and is_signature(front[index - 1]):
            return front[: index + 1]
    return ()


def _head_and_below(parts: Parts) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks above the notice's title and those below it; without a notice, all of the front is head."""
    notice = parts.notice_title
    if notice is None or notice.start >= len(parts.front):
        return parts.front + parts.between, ()
    return parts.front[: notice.start], parts.front[notice.end :]


def _read_head(metadata: OfficialMetadata, head: tuple[Block, ...], parts: Parts) -> OfficialMetadata:
    fields = read_fields(parts.front + parts.between)
    mark, agencies = _issuing_mark(head)
    return replace(
        metadata,
        copy_number=_matching(head, _COPY_NUMBER),
        secrecy=_matching(head, _SECRECY),
        urgency=_matching(head, _URGENCY),
        issuing_mark=mark,
        mark_agencies=agencies,
        document_number=document_number(parts, fields),
        signer=_matching(head, _SIGNER),
        issuer_field=fields["issuer"].text if "issuer" in fields and not _SITE.search(fields["issuer"].text) else "",
        publisher_field=fields["publisher"].text if "publisher" in fields else "",
    )


def _issuing_mark(head: tuple[Block, ...]) -> tuple[Element | None, tuple[str, ...]]:
    """The 发文机关标志: agencies, then 文件; OCR may put 文件 between them and space them out."""
    run: list[Block] = []
    for block in head:
        if all(_may_be_marked(token) for token in close_spaced(block.text).split()):
            run.append(block)
        elif any("文件" in line.squeezed for line in run):
            break
        else:
            run = []
    tokens = [token for block in run for token in close_spaced(block.text).split()]
    agencies = tuple(name for token in tokens if (name := token.removesuffix("文件")))
    if not agencies or not any(token.endswith("文件") for token in tokens):
        return None, ()
    text = " ".join((*agencies, "文件")) if len(agencies) > 1 else f"{agencies[0]}文件"
    return Element(text, tuple(line for block in run for line in block.lines)), agencies


def _may_be_marked(token: str) -> bool:
    name = token.removesuffix("文件")
    return not name or (len(name) >= _SHORTEST_AGENCY and name.endswith(words().agency_endings))


def _read_title(metadata: OfficialMetadata, parts: Parts) -> OfficialMetadata:
    """The title; spaces between agencies before 关于 stay, all others go."""
    title = parts.notice_title or parts.title
    if title is None:
        return metadata
    blocks = parts.notice_blocks if parts.notice_title else parts.title_blocks
    raw = "".join(block.text for block in blocks)
    raw = raw if squeeze(raw) == title.text else title.text
    before, about, after = close_spaced(raw).partition("关于")
    agencies = tuple(_FORWARDS.split(before)[0].replace("、", " ").split()) if about else ()
    text = " ".join(before.split()) + about + squeeze(after) if about else title.text
    lines = tuple(line for block in blocks for line in block.lines)
    named = tuple(name for name in agencies if name.endswith(words().agency_endings))
    if DECREE.fullmatch(title.text):
        several = tuple(_decreeing(name) for name in re.split("令|公告", close_spaced(raw))[0].split())
        whole = (_decreeing(title.text),)
        named = several if all(name.endswith(words().agency_endings) for name in several) else whole
    named = named or parts.agencies
    return replace(metadata, title=Element(text, lines), title_agencies=named)


def _decreeing(title: str) -> str:
    """Who issues a decree: 国务院 of 中华人民共和国国务院令, but the state's president by the full name."""
    name = TERM.sub("", re.split("令|公告", title)[0])
    bare = name.removeprefix("中华人民共和国")
    return name if bare in {"", "主席"} else bare


def _read_end(metadata: OfficialMetadata, ended: tuple[Block, ...], *, notice: bool) -> OfficialMetadata:
    """Body of the notice, attachment note, signatures, date and note."""
    dated = next((index for index, block in enumerate(ended) if DATE.fullmatch(block.squeezed)), None)
    last = len(ended) if dated is None else dated
    first = last
    while dated is not None and first > 0 and is_signature(ended[first - 1]):
        first -= 1
    attachments = ended[attachment_start(ended, first) : first]
    body = ended[: first - len(attachments)] if notice else ()
    note = _note(ended[last + 1 :])
    return replace(
        metadata,
        notice_body=tuple(_element(block) for block in body),
        attachment_note=_attachments(attachments),
        signatures=tuple(_element(block) for block in ended[first:last]) if dated is not None else (),
        date=_element(ended[dated]) if dated is not None else None,
        date_iso=iso_date(ended[dated].text) if dated is not None else "",
        note=note,
    )


def _attachments(blocks: tuple[Block, ...]) -> Element | None:
    """附件说明 without its label; entries of a list are kept apart."""
    if not blocks:
        return None
    text = "；".join(block.squeezed for block in blocks)
    return Element(_ATTACHMENT.sub("", text), tuple(line for block in blocks for line in block.lines))


def _note(behind: tuple[Block, ...]) -> Element | None:
    """附注: what stands in brackets below the date, over several lines where it needs them."""
    text: str = ""
    lines: tuple[int, ...] = ()
    for block in behind:
        if not text and not block.squeezed.startswith(("（", "(")):
            break
        text, lines = text + block.squeezed, lines + block.lines
        if block.squeezed.endswith(("）", ")")):
            return Element(text.strip("（）()"), lines)
    return None


def _separators(furniture: Sequence[OuterPart], parts: Parts) -> tuple[int, ...]:
    """The rules above the notice's title and in the imprint."""
    title = parts.notice_blocks[0].lines[0] if parts.notice_blocks else 0
    imprint = parts.imprint[0].lines[0] - 2 if parts.imprint else None
    rules = [part.lines[0] for part in furniture if _RULE.fullmatch(part.text)]
    return tuple(line for line in rules if line < title or (imprint is not None and line >= imprint))


def _matching(blocks: tuple[Block, ...], shape: re.Pattern[str]) -> Element | None:
    for block in blocks:
        found = shape.search(block.squeezed)
        if found:
            return _element(block, found.group(found.lastindex or 0))
    return None


def _element(block: Block, text: str = "") -> Element:
    return Element(text or block.squeezed, block.lines)


_SHORTEST_AGENCY = 3
_BRACKETED_DATE = pattern(rf"[（(]{DAY}[）)]")
_FORWARDS = pattern("转发|批转|印发")
_NEAR = 3
_OWN_RULES = pattern(r"[一-鿿]{1,9}[省市县区州旗]人民政府(?:办公[厅室])?(?!关于)")
_SITE = pattern("网站?$|[網网]站$|门户")
_COPY_NUMBER = pattern(r"^\d{6}$")
_SECRECY = pattern(r"^(?:绝密|机密|秘密)(?:★.{1,8})?$")
_URGENCY = pattern(r"^(?:特急|加急|特提|平急)$")
_SIGNER = pattern(r"签发人[：:](.{2,20})$")
_ATTACHMENT = pattern(r"^附件\d{0,2}[：:.]")
_RULE = pattern(r"(?:[-_*=—－─━][ \t]?){3,200}")
