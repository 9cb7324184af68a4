"""Articles in the other script: a small file each, which the page asks for when the reader wants it."""

from __future__ import annotations

import json

from builder import conversion
from builder.model.archive import Entry
from builder.pages import places
from builder.pages.rendering import PageFile

_TAGS = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-TW"}


def target(language: str) -> str | None:
    """The ``lang`` an article can be switched to; None where there is no other script."""
    other = conversion.OTHER.get(language)
    return _TAGS[other] if other else None


def variant_page(entry: Entry, title: str) -> PageFile | None:
    """An article's other script.

    Args:
        entry: The article.
        title: Its headline, as the page shows it.

    Returns:
        A JSON file: ``lang``, ``title``, and the body as ``length`` (of the original without white space), ``text`` and
        ``shifts``, see ``conversion.Converted``; None where there is no other script.
    """
    article = entry.article
    lang = target(article.language)
    if lang is None:
        return None
    body = conversion.convert(article.text, article.language)
    data = {
        "lang": lang,
        "title": conversion.phrase(title, article.language),
        "length": len(conversion.bare(article.text)),
        "text": body.text,
        "shifts": body.shifts,
    }
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return PageFile(places.variant(entry.id), content)
