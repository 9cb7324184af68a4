"""Permalinks: identifiers that outlive corrected titles, renamed files, newly added posts, and better readings."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

from builder import cleaning, reading
from builder.config.project import Curation
from builder.documents.judging import judge
from builder.model.article import Article

_LENGTH = 10


def permalink_id(article: Article) -> str:
    """The identifier of an article: that of its canonical address, or, where none is known, of its raw bytes.

    Never of anything else that a program reads out of the file, since that improves; nor of the file's name or
    place, nor of anything an editor may correct.
    """
    return article.identifier or identifier_of(article.url, article.sha256, article.member)


def identifier_of(address: str | None, sha256: str, member: str = "") -> str:
    """What stands for an article in addresses: of its canonical address, else of its raw bytes or its container's.

    Returns:
        Ten characters of ``a-z2-7``: 50 bits, so that a collision among 30,000 articles has odds of 1 in 2.5 million.
    """
    bytes_of = f"bytes:{sha256}!{member}" if member else f"bytes:{sha256}"
    return short_hash(f"url:{bare_address(address)}" if address else bytes_of)


def short_hash(text: str) -> str:
    """Ten characters of ``a-z2-7`` that stand for a text in an address."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_LENGTH]


def source_slug(name: str) -> str:
    """An address for an outlet that has no profile: its Latin name, else a hash of its name."""
    latin = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", name).lower()).strip("-")
    return latin if name.isascii() and latin and latin not in _DEVICES else f"source-{short_hash('source:' + name)}"


_DEVICES = {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10))}
"""Windows keeps these names for itself, whatever ending a file has."""


def bare_address(url: str) -> str:
    """The address without what does not tell pages apart: scheme, ``www.``, fragment, trailing slash, escapes."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return unicodedata.normalize("NFC", unquote(f"{host}{parts.path.rstrip('/')}{query}"))


def identify(data: bytes, path: str, curation: Curation) -> tuple[str, str] | None:
    """Identifier and digest of the article that a seed is; None where it is no post, or cannot be read."""
    document, _ = reading.decode_document(data, path)
    if document is None or judge(document.text, document.path).is_document:
        return None
    article = cleaning.clean(reading.parse_post(document), curation.sources)
    return permalink_id(article), article.sha256
