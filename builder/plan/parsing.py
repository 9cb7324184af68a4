"""Raw document to Plan."""

from __future__ import annotations

import hashlib
import re

from builder.model.plan import OfficialMetadata, Plan
from builder.model.post import RawDocument
from builder.plan.structure import grow_trees, lay_out


def parse(document: RawDocument) -> Plan:
    """Read a plan.

    Args:
        document: The decoded seed, one that ``is_plan`` accepts.

    Returns:
        The plan; whatever the text is, nothing is raised.
    """
    layout = lay_out(document.text)
    body, annexes = grow_trees(layout)
    title = layout.parts.title
    number = _NUMBER.search(document.text)
    blocks = (*layout.body, *(block for _, annex in layout.annexes for block in annex))
    return Plan(
        path=document.path,
        sha256=document.sha256,
        slug=slug_of(number.group() if number else "", title.text if title else ""),
        title=title.text if title else "",
        title_lines=layout.parts.title_lines,
        metadata=OfficialMetadata(),
        preface=body.preface,
        provisions=body.provisions,
        annexes=annexes,
        joins=tuple(pair for block in blocks for pair in block.joins),
        source=tuple(document.text.split("\n")),
    )


def slug_of(number: str, title: str) -> str:
    """A plan's address: ``plan-`` and ten characters from its document number, or from its title where it has none."""
    identity = re.sub(r"\W", "", number or title)
    return f"plan-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"


_NUMBER = re.compile(r"[一-鿿]{1,12}〔\d{4}〕\d{1,5}号")
