"""Permalinks: identifiers that outlive corrected titles, renamed files and newly added posts."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

from builder.model.article import Article

_LENGTH = 10


def permalink_id(article: Article) -> str:
    """The identifier of an article, from what its raw file says of itself.

    The original's address where it is known; else outlet, original date and original headline; else the bytes.
    Never the file's name, its place, or anything an editor may correct.

    Args:
        article: The article as cleaned, before any correction.

    Returns:
        Ten characters of ``a-z2-7``: 50 bits, so that a collision among 30,000 articles has odds of 1 in 2.5 million.
    """
    return article.identifier or short_hash(_identity(article))


def short_hash(text: str) -> str:
    """Ten characters of ``a-z2-7`` that stand for a text in an address."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_LENGTH]


def source_slug(name: str) -> str:
    """An address for an outlet that has no profile: its Latin name, else a hash of its name."""
    latin = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", name).lower()).strip("-")
    return latin if name.isascii() and latin else f"source-{short_hash('source:' + name)}"


def _identity(article: Article) -> str:
    if article.url:
        return f"url:{_normal_address(article.url)}"
    written = article.published.original if article.published else ""
    if article.title_original or written:
        return f"post:{article.source}\n{written}\n{unicodedata.normalize('NFC', article.title_original)}"
    return f"bytes:{article.sha256}"


def _normal_address(url: str) -> str:
    """The address without what does not tell pages apart: scheme, ``www.``, fragment, trailing slash, escapes."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return unicodedata.normalize("NFC", unquote(f"{host}{parts.path.rstrip('/')}{query}"))
