"""The 版记 of an official document: who gets a copy, who printed it and when."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.documents.dates import DAY, iso_date
from builder.documents.words import words
from builder.model.blocks import Block
from builder.model.official import Element, OfficialMetadata
from builder.patterns import pattern


def read_imprint(metadata: OfficialMetadata, imprint: tuple[Block, ...]) -> OfficialMetadata:
    """Add the elements of the 版记."""
    for block in imprint:
        text = block.squeezed
        copied, printed = _COPIED.match(text), _PRINTED.search(text)
        if copied:
            names = copied["names"].rstrip("。")
            agencies = tuple(filter(None, re.split(r"[，、,；;]", names)))
            metadata = replace(metadata, copied_to=Element(names, block.lines), copied_to_agencies=agencies)
        elif printed:
            day = Element(printed["date"], block.lines)
            metadata = replace(metadata, printing_date=day, printing_date_iso=iso_date(day.text))
            if printed.start():
                metadata = replace(metadata, printing_agency=Element(text[: printed.start()], block.lines))
        elif text.endswith(words().agency_endings):
            metadata = replace(metadata, printing_agency=Element(text, block.lines))
    return metadata


_COPIED = pattern(r"^(?:抄送|抄报|分送|发送)[：:](?P<names>.+)$")
_PRINTED = pattern(rf"(?P<date>{DAY})印发$")
