"""Words of a document: its headings as printed, its paragraphs without the brackets of duties."""

from __future__ import annotations

import re

from builder.documents.words import words
from builder.model.plan import Heading


def without_duties(text: str) -> str:
    """A text in which blanks stand for what brackets say of who is responsible; as long as before."""
    if "（" not in text and "(" not in text:
        return text
    return re.sub(words().duties, lambda found: " " * len(found.group()), text)


def heading_text(heading: Heading) -> str:
    """Number and title as official documents print them: 一、总则, （一）目标, 1.任务, 第一章　总则."""
    return f"{heading.number}{_joint(heading.number)}{heading.title}"


def _joint(number: str) -> str:
    if number.startswith(("第", "附")):
        return "\u3000"
    return "" if number.endswith(("）", ".")) or not number else "、"
