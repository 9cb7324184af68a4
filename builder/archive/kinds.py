"""Whether a seed is an official document or an article: by its blocks, unless an editor says what it is."""

from __future__ import annotations

from collections.abc import Mapping

from builder import reading
from builder.archive.identity import identifier_of
from builder.documents.judging import judge
from builder.model.post import RawDocument


def is_document(document: RawDocument, kinds: Mapping[str, str]) -> bool:
    """Whether a seed is an official document; ``kinds`` is what editors say of some, by path or identifier."""
    said = _said(document, kinds) if kinds else None
    return judge(document.text, document.path).is_document if said is None else said == "document"


def _said(document: RawDocument, kinds: Mapping[str, str]) -> str | None:
    post = reading.parse_post(document)
    addresses = dict.fromkeys((None, post.url, post.url if post.front_matter else None))
    names = [document.path, *(identifier_of(url, document.sha256, document.member) for url in addresses)]
    return next((kinds[name] for name in names if name in kinds), None)
