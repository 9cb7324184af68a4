"""The 版记 of an official document: who gets a copy, who printed it and when."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.model.official import Element, OfficialMetadata
from builder.plan.dates import iso_date
from builder.plan.lines import Unit
from builder.plan.words import words


def read_imprint(metadata: OfficialMetadata, imprint: tuple[Unit, ...]) -> OfficialMetadata:
    """Add the elements of the 版记.

    Args:
        metadata: What is known so far.
        imprint: The 版记, joined.
    """
    for unit in imprint:
        text = unit.squeezed
        copied, printed = _COPIED.match(text), _PRINTED.search(text)
        if copied:
            names = copied["names"].rstrip("。")
            agencies = tuple(filter(None, re.split(r"[，、,；;]", names)))
            metadata = replace(metadata, copied_to=Element(names, unit.lines), copied_to_agencies=agencies)
        elif printed:
            day = Element(printed["date"], unit.lines)
            metadata = replace(metadata, printing_date=day, printing_date_iso=iso_date(day.text))
            if printed.start():
                metadata = replace(metadata, printing_agency=Element(text[: printed.start()], unit.lines))
        elif text.endswith(words().agency_endings):
            metadata = replace(metadata, printing_agency=Element(text, unit.lines))
    return metadata


_COPIED = re.compile(r"^(?:抄送|抄报|分送)[：:](?P<names>.+)$")
_PRINTED = re.compile(r"(?P<date>(?:\d{4}|[一二三四五六七八九〇零○]{4})年[^年月日]{1,3}月[^年月日]{1,3}日)印发$")
