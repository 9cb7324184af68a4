"""Addresses: what is one, in which form it is kept, and which lead to a mirror instead of the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from builder.patterns import pattern
from builder.reading.words import Mirror, words

_ADDRESS = pattern(r"(?:https?:)?//[^\s/?#<>\"'\\]+\.[^\s/?#<>\"'\\]+[^<>\"\n]*", re.IGNORECASE)
# Reserved and already encoded characters stay; everything that is no ASCII, and spaces, are encoded as UTF-8.
_KEPT = "%/:=&?~#+!$,;@()*[]'"
_STAMP = pattern(r"\d{4,14}(?:[a-z]{2}_)?/|\*/")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a post stands."""

    original: str | None = None  # The outlet's own page; None where unknown
    carrier: str | None = None  # The page of a mirror that carried it


def normalised(text: str) -> str | None:
    """A web address in the form that is kept, or None where the text is none.

    Only what no address may hold is changed: white space at the ends is cut, other characters are percent-encoded, a
    missing scheme becomes ``https``.
    """
    text = text.strip().strip("<>").strip()
    if len(text) > _LONGEST or not _ADDRESS.fullmatch(text):
        return None
    address = quote("https:" + text if text.startswith("//") else text, safe=_KEPT)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return address if host and "." in host.strip(".") else None


def host_of(address: str | None) -> str:
    """The host name in lower case, without ``www.``; empty where there is none."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def site_of(address: str | None) -> str:
    """The name under which a host was registered: sections of one site have hosts of their own."""
    labels = host_of(address).split(".")
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2 :])  # noqa: PLR2004  # a.co.uk


_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "go", "gob", "gov", "idv", "ne", "net", "or", "org"])


def sort_addresses(candidates: tuple[str, ...]) -> Addresses:
    """Tell originals from mirrors.

    Args:
        candidates: Texts that may be addresses, the most trustworthy first.

    Returns:
        The first original, given directly or inside a mirror's address, and the first mirror's address or else the
        first on another host than the original.
    """
    addresses = [address for text in candidates if (address := normalised(text))]
    direct = [address for address in addresses if not _mirror(address)]
    carried = [address for address in addresses if _mirror(address)]
    wrapped = [original for address in carried if (original := _inside(address))]
    original = next(iter((*direct, *wrapped)), None)
    elsewhere = [address for address in direct if host_of(address) != host_of(original)]
    return Addresses(original, next(iter((*carried, *elsewhere)), None))


def _mirror(address: str) -> Mirror | None:
    """The service behind an address; a bare number for a host is a copy, too, since no outlet publishes on one."""
    host = host_of(address)
    if host.replace(".", "").isdecimal():
        return Mirror(host)
    for mirror in words().mirrors:
        if host == mirror.host or host.endswith("." + mirror.host):
            return mirror
    return None


def _inside(address: str) -> str | None:
    """The original's address inside a mirror's, with the mirror's time stamp taken off."""
    mirror = _mirror(address)
    for mark in mirror.after if mirror else ():
        _, found, rest = address.partition(mark)
        rest = _STAMP.sub("", rest, count=1) if _STAMP.match(rest) else rest
        rest = unquote(rest) if rest[:12].lower().startswith(("http%3a", "https%3a")) else rest
        rest = re.sub(r"^(https?:)/(?=[^/])", r"\1//", rest)
        if found and (inner := normalised(rest)) and not _mirror(inner):
            return inner
    return None
