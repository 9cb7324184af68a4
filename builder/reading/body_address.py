"""The original's address where only the text gives it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from builder.patterns import pattern
from builder.reading.addresses import host_of
from builder.reading.words import alternatives, words

_MARKDOWN_LINK = pattern(
    r"\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){0,300})\]"
    r"\(\s*(?P<address>[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)"
)
_ANCHOR = pattern(
    r"""<a\b[^<>]{0,500}?href\s*=\s*["']?(?P<address>[^"'\s<>]{1,2000})[^<>]{0,500}>(?P<text>[^<]{0,300})""",
    re.IGNORECASE,
)
_BARE_LINE = pattern(
    r"(?m)^[ \t]*(?:<?(?=https?:)|\[https?://[^\[\]\s]{4,2000}\]\((?=[^()\s]{1,2000}\)[ \t]*$))"
    r"(?P<address>https?://[^\s<>]{4,2000}?)[>)]?[ \t]*$"
)
_NOT_LETTERS = pattern(r"\W+")
# Credits stand at the head or at the foot; in between, "source:" speaks of a picture or a quotation.
_EDGE = 1500
_MOST_LINKS = 500


def addresses_in_body(body: str, title: str) -> tuple[str, str]:
    """Find the address of the original, and tell it from that of the site that carries the post.

    Args:
        body: The text, Markdown or HTML.
        title: The headline.

    Returns:
        The original's address and the carrier's, each empty where unknown: a link that carries the headline, one
        behind words such as "original", or the only line that is nothing but an address. What lies on the site to
        which the page's back-links lead is the carrier's.
    """
    links = [link for link, _ in zip(_links(body), range(_MOST_LINKS), strict=False)]
    address = _titled(links, title) or _credited(body) or _alone(body)
    if address and _owners(host_of(address)) & _carriers(links):
        return "", address
    return address, ""


def _links(body: str) -> Iterator[tuple[str, str]]:
    for shape in (_MARKDOWN_LINK, _ANCHOR):
        for match in shape.finditer(body):
            yield html.unescape(match["text"]).strip(), html.unescape(match["address"])


def _titled(links: list[tuple[str, str]], title: str) -> str:
    wanted = _NOT_LETTERS.sub("", title)
    return next((address for text, address in links if wanted and _NOT_LETTERS.sub("", text) == wanted), "")


def _credited(body: str) -> str:
    edges = body if len(body) < 2 * _EDGE else f"{body[:_EDGE]}\n{body[-_EDGE:]}"
    found = [(match["words"], html.unescape(match["address"]).rstrip("~*_")) for match in _credit().finditer(edges)]
    # The same words before several addresses are each item's of a digest.
    several = found and len({address for words_before, address in found if words_before == found[0][0]}) > 1
    return "" if several or not found else found[0][1]


@cache
def _credit() -> re.Pattern[str]:
    """Words that lead to the original, not behind those for a picture, and the address that follows."""
    return re.compile(
        rf"(?<![图圖片料])(?P<words>{alternatives(words().original_words)})[^\n<>()]{{0,40}}?[:：]?[\s~*_]*"
        r"""(?:\]\(|\[[^\[\]\n]{0,300}\]\(|<a\b[^<>]{0,500}?href\s*=\s*["']?|<)?(?P<address>https?://[^\s<>()"'，。；、）]{4,2000})"""
    )


def _alone(body: str) -> str:
    lines = {match["address"] for match in _BARE_LINE.finditer(body)}
    return lines.pop() if len(lines) == 1 else ""


def _carriers(links: list[tuple[str, str]]) -> frozenset[str]:
    """The names in the hosts to which back-links lead."""
    hosts = (host_of(address) for text, address in links if text.startswith(words().back_words))
    return frozenset(owner for host in hosts for owner in _owners(host))


def _owners(host: str) -> frozenset[str]:
    """The parts of a host's name that may say whose it is: neither the top-level domain nor words like "news"."""
    return frozenset(host.split(".")[:-1]) - words().generic_labels - {"com", "co", "org", "net", "gov", "edu"}
