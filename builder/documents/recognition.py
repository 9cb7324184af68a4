"""Tells a plan from a post by its structure: how dense and how consecutive its official numbering is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from builder.documents.contents import split_contents
from builder.documents.fragments import mend_fragments
from builder.documents.lines import read_blocks, squeeze
from builder.documents.numbering import Marker, read_marker
from builder.documents.words import words
from builder.model.blocks import Block


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a plan.

    Attributes:
        top: Length of the longest run of 一、二、三… (or of chapters) from one on.
        numbered: How many lines begin with a number.
        articles: Length of the longest run of 第一条、第二条… from 第一条 on.
        share: Numbered lines among all lines of text.
        official: How many kinds of official wording occur: a 文号, a notice's title, self-references.
        crawled: Whether it begins with a crawler's front matter.
    """

    top: int
    numbered: int
    articles: int
    share: float
    official: int
    crawled: bool


def is_plan(text: str) -> bool:
    """Whether a text is a plan, a regulation or the like rather than a post.

    Args:
        text: The whole seed.
    """
    return _may_be_numbered(text) and judge(read_signs(text))


def _may_be_numbered(text: str) -> bool:
    """Whether enough lines begin like a number for the measuring to be worth its time."""
    return sum(1 for _ in islice(_LIKE_A_NUMBER.finditer(text), _LEAST_TOP)) == _LEAST_TOP


def judge(signs: Signs) -> bool:
    """Weigh the signs.

    A post that quotes a numbered list has few numbers among many lines, or no official wording; a crawler's front
    matter asks for more of both.
    """
    few_do = _OFFICIAL_IF_DENSE if signs.share >= _DENSE_SHARE else _OFFICIAL_BEYOND_DOUBT
    least_numbered = _LEAST_TOP if signs.official >= few_do else _LEAST_NUMBERED
    numbered = signs.top >= _LEAST_TOP and signs.numbered >= least_numbered
    law = signs.articles >= _LEAST_ARTICLES
    least = _LEAST_OFFICIAL_LAW if law else _LEAST_OFFICIAL
    official = signs.official >= (_LEAST_OFFICIAL_CRAWLED if signs.crawled else least)
    share = signs.share >= (_LEAST_SHARE_CRAWLED if signs.crawled else _LEAST_SHARE)
    return (numbered or law) and official and share


def read_signs(text: str) -> Signs:
    """Measure a text."""
    blocks = split_contents(mend_fragments(read_blocks(text)[0]))[0]
    markers = [marker for block in blocks if (marker := read_marker(block.text)) is not None]
    return Signs(
        top=max(_run(markers, {kind}) for kind in ("comma", "chapter", "part")),
        numbered=len(markers),
        articles=_run(markers, {"article"}),
        share=len(markers) / max(1, len(blocks)),
        official=_official(text, blocks),
        crawled=bool(_FRONT_MATTER.match(text)),
    )


def _run(markers: Iterable[Marker], kinds: set[str]) -> int:
    """The longest run of consecutive numbers of these kinds that begins with one."""
    longest = current = 0
    for marker in markers:
        if marker.kind not in kinds:
            continue
        if marker.ordinal == 1:
            current = 1
        elif marker.ordinal == current + 1 and current:
            current += 1
        longest = max(longest, current)
    return longest


def _official(text: str, blocks: tuple[Block, ...]) -> int:
    front = squeeze("".join(block.text for block in blocks[:_FRONT_BLOCKS]))
    whole = squeeze(text)
    signs = [
        bool(_NUMBER.search(front)),
        bool(_NOTICE.search(front)),
        any(block.squeezed.rstrip("*").endswith(words().plan_kinds) for block in blocks[:_FRONT_BLOCKS]),
        *(word in whole for word in words().self_references),
    ]
    return sum(signs)


_FRONT_MATTER = re.compile(
    r"\s*(?:---|\+\+\+)[ \t]*\n(?=(?:.*\n){0,40}?(?:---|\+\+\+)[ \t]*(?:\n|$))(?:\s*[\w-]+\s*[:=])"
)
_SIGNS = r"(?:[^\w\n]|_){0,24}"
_LIKE_A_NUMBER = re.compile(
    rf"^{_SIGNS}(?:<[a-z][^<>\n]{{0,99}}>{_SIGNS})?第?[ \t]{{0,4}}[一二三四五六七八九十百〇零\d]", re.MULTILINE
)
_NUMBER = re.compile(r"[一-鿿]{1,12}[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号")
_NOTICE = re.compile(r"关于(?:印发|发布|下达|转发|批转|公布).{2,80}?的通知")
_FRONT_BLOCKS = 60
_LEAST_TOP = 3
_LEAST_NUMBERED = 6
_LEAST_ARTICLES = 5
# Measured on 947 posts and six plans: the plans have three official signs or more and every seventh line numbered.
_LEAST_OFFICIAL = 2
# A short plan has few numbers, but its 文号, its notice and what it calls itself leave no doubt; no post has as many.
_OFFICIAL_BEYOND_DOUBT = 5
# A short plan without its notice has three signs, and every third line numbered; of the 947 posts none that counts
# 一、二、三 has more than two.
_OFFICIAL_IF_DENSE = 3
_DENSE_SHARE = 0.25
_LEAST_OFFICIAL_LAW = 1
_LEAST_OFFICIAL_CRAWLED = 4
_LEAST_SHARE = 0.04
_LEAST_SHARE_CRAWLED = 0.15
