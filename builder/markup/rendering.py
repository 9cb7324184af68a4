"""One body's clean HTML to Markdown, text, excerpt and images."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.markup.allowlist import allowed
from builder.markup.converter import Converter
from builder.markup.layout import finish
from builder.markup.plain import excerpt, plain_text
from builder.markup.soup import BeautifulSoup
from builder.model.article import Rendered

_ADJOINING = re.compile(r"</(strong|b|em|i)><\1>")
"""Emphasis that ends only to begin again, as programs write it."""
_NO_ATTACHMENTS: Mapping[str, str] = {}


def render(html: str, base_url: str | None, attachments: Mapping[str, str] = _NO_ATTACHMENTS) -> Rendered:
    """Render clean HTML.

    Args:
        html: The article's body. It need not be safe: nothing passes but an allow-list. ``data-original`` on an image
            holds the address that the raw file gave it.
        base_url: The original's address; relative links and images are resolved against it, without it they are
            dropped, their text stays.
        attachments: Addresses of files lying beside the post, by the ``src`` that the body uses for them.

    Returns:
        Markdown that reads as the HTML did, plain text, excerpt and images.
    """
    clean = _ADJOINING.sub("", allowed(html))
    if not clean.strip():
        return Rendered("", "", "")
    converter = Converter(base_url, attachments)
    tree = BeautifulSoup(f"<div>{clean}</div>", "lxml", multi_valued_attributes=None)
    markdown = finish(converter.process_tag(tree), converter.stored)
    text = plain_text(clean)
    return Rendered(markdown, text, excerpt(text, clean), tuple(converter.images))
