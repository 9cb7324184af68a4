"""Prepares an article's Markdown for its page: lazy images that enlarge, an identifier for each paragraph."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

from markupsafe import Markup

from builder.model.article import Image

# Raw text never holds an image's syntax: its brackets are escaped, and so is an exclamation mark before a link.
# Verbatim blocks hold text as it is and stay alone.
_PRE = r"<pre>[^<]*</pre>"
_IMAGE = re.compile(rf"({_PRE}|\\[\\!])|(!\[((?:\\.|[^\[\]\\\n])*)\]\(([^()\s]+)\))", re.DOTALL)
_VERBATIM = re.compile(rf"({_PRE})")
# What begins a block that is no paragraph, or a quotation of more than one; inline markup may begin one.
_NO_PARAGRAPH = re.compile(
    r"#|    |\||\[\^[\w-]+\]:|!?\[!|!\[|(?:[-*+]|\d{1,9}[.)]) |> (?:[>#|]|[-*+] |\d{1,9}[.)] )"
    r"|<(?!(?:strong|em|del|ins|sup|sub|code|ruby|q|mark|a)\b)"
)
_SIGN = re.compile(r"(?<!\\)\[\^([\w-]{1,40})\]")
_NOTE = re.compile(r"^\[\^([\w-]{1,40})\]: (.*(?:\n(?: {4}.*)?)*)", re.MULTILINE)
_REMOTE = '{ loading="lazy" referrerpolicy="no-referrer" }'
_OWN = '{ loading="lazy" }'


def page_body(markdown: str, enlarge: str = "", images: Iterable[Image] = ()) -> Markup:
    """The body of an article's page.

    Args:
        markdown: Safe Markdown, as the markup room wrote it; it never puts an image inside a link.
        enlarge: Name of the link from an image to itself where the image has no text of its own; empty for no links.
        images: The article's: those whose size is known say it, so that no line moves when they arrive.

    Returns:
        The same with an attribute list behind each image, and anchors for footnotes where they stand, since not every
        archive has an extension for them; fit to be put into a page as it is.
    """
    markdown = _with_footnotes(markdown) if "[^" in markdown else markdown
    sizes = {image.source.rpartition("/")[2]: image.size for image in images if all(image.size)}
    return Markup(_IMAGE.sub(partial(_marked, enlarge, sizes), markdown))  # noqa: S704  # the markup room has escaped it


def _with_footnotes(markdown: str) -> str:
    """Signs and notes that lead to each other; a note leads back to its first sign."""
    seen: Counter[str] = Counter()

    def sign(found: re.Match[str]) -> str:
        label = found[1]
        seen[label] += 1
        number = f"-{seen[label]}" if seen[label] > 1 else ""
        return f'<sup><a id="fnref-{label}{number}" href="#fn-{label}">\\[{label}\\]</a></sup>'

    def note(found: re.Match[str]) -> str:
        label, text = found[1], found[2].replace("\n    ", "\n")
        return f'<a id="fn-{label}" href="#fnref-{label}">\\[{label}\\]</a> {text}'

    parts = _VERBATIM.split(markdown)
    parts[::2] = [_SIGN.sub(sign, _NOTE.sub(note, part)) for part in parts[::2]]
    return "".join(parts)


def with_anchors(markdown: str) -> str:
    """Give each paragraph of an article an identifier, as an attribute list on a line of its own.

    The identifier is drawn from the paragraph's text, so that it stays when others are corrected or removed; the second
    of two equal paragraphs gets a number. Headings, lists, tables, pictures and verbatim blocks are left alone.

    Args:
        markdown: Safe Markdown, as the markup room wrote it.
    """
    seen: Counter[str] = Counter()
    return "".join(
        block if index % 2 else "\n\n".join(_anchored(part, seen) for part in block.split("\n\n"))
        for index, block in enumerate(_VERBATIM.split(markdown))
    )


def _anchored(block: str, seen: Counter[str]) -> str:
    if not block.strip() or _NO_PARAGRAPH.match(block) or block.endswith("}"):
        return block
    digest = hashlib.sha256("".join(block.split()).encode()).digest()
    name = f"p-{base64.b32encode(digest[:5]).decode().lower()[:7]}"
    seen[name] += 1
    number = f"-{seen[name]}" if seen[name] > 1 else ""
    quotation = "> " if block.startswith("> ") else ""
    return f"{block}\n{quotation}{{: #{name}{number} }}"


def _marked(enlarge: str, sizes: Mapping[str, tuple[int, int]], found: re.Match[str]) -> str:
    verbatim, image, alternative, address = found.groups()
    if verbatim:
        return str(verbatim)
    width, height = sizes.get(address.rpartition("/")[2], (0, 0))
    own = f'{{ loading="lazy" width="{width}" height="{height}" }}' if width else _OWN
    marked = image + (_REMOTE if "//" in address else own)
    if not enlarge:
        return marked
    name = "" if alternative.strip() else f' aria-label="{enlarge}"'
    return f'[{marked}]({address}){{ .enlarge rel="noreferrer"{name} }}'
