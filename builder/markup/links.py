"""Addresses in Markdown: absolute, of a safe scheme, without a character that would end or change the link."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

_SAFE_SCHEMES = {"http": True, "https": True, "mailto": False}
# Kept as they stand; parentheses, quotes, asterisks, brackets and everything outside ASCII are percent-encoded.
_KEPT = "%/:=&?~#+!$,;@-._"
_REFERENCE = re.compile(r"&(?=#?\w{1,40};)")
_LONGEST = 4000


def absolute(address: str, base: str | None) -> str | None:
    """An address that may be linked, made absolute, or None; without a base relative ones cannot be."""
    address = address.strip()
    if not address or len(address) > _LONGEST or address.startswith("#"):
        return None
    try:
        resolved = urljoin(base or "", address)
        parts = urlsplit(resolved)
        needs_host = _SAFE_SCHEMES.get(parts.scheme.lower())
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if needs_host is None or (needs_host and not has_host):
        return None
    return quote(resolved, safe=_KEPT)


def destination(address: str) -> str:
    """An address as it stands between the parentheses of a link: what looks like a character reference is escaped."""
    return _REFERENCE.sub("&amp;", address)
