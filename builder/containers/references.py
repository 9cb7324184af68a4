"""The pictures that a text shows, and how a written address finds a file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote, urljoin

from builder.patterns import pattern

_IMAGE = pattern(r"<(?:img|amp-img|image)\b([^<>]{1,20000})>", re.IGNORECASE)
_VALUE = pattern(r"=\s*(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'|([^\s\"'>]{1,4000}))")
_MARKDOWN = pattern(
    r"!\[[^\[\]\n]{0,1000}\]\(\s*(?:<([^<>\n]{1,4000})>|([^()\s]{1,4000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?))"
)
_ABSOLUTE = pattern(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_MOST = 2000


def references(text: str) -> tuple[str, ...]:
    """Every relative address that an image of a text may have, as written, in order, each once."""
    found: dict[str, None] = {}
    for image in _IMAGE.finditer(text):
        found.update(
            (unescape("".join(filter(None, value.groups()))).strip(), None) for value in _VALUE.finditer(image[1])
        )
    found.update(((match[1] or match[2]).strip(), None) for match in _MARKDOWN.finditer(text))
    local = (address for address in found if address and not _ABSOLUTE.match(address))
    return tuple(address for address, _ in zip(local, range(_MOST), strict=False))


def spellings(address: str) -> tuple[str, ...]:
    """The paths that a relative address may mean, the most literal first: escapes, queries, the other slash."""
    plain = address.strip().replace("\\", "/")
    bare = re.split(r"[?#]", plain, maxsplit=1)[0]
    return tuple(dict.fromkeys(path for each in (plain, bare) for path in (each, unquote(each)) if path.strip()))


def below(folder: str, address: str) -> tuple[str, ...]:
    """The paths that a relative address may mean, seen from a folder, as far as they do not lead above the root.

    Args:
        folder: POSIX path of the folder that the text lies in; empty for the root.
        address: As written; one that begins with a slash means nothing on a disk.
    """
    paths = (
        posixpath.normpath(posixpath.join(folder, each)) for each in spellings(address) if not each.startswith("/")
    )
    return tuple(path for path in paths if path != "." and not path.startswith(".."))


def find(files: Mapping[str, bytes], address: str, base: str | None) -> bytes | None:
    """The picture that an address means; on a page, containers may have resolved it against the address of the page."""
    if not files:
        return None
    names = [address, *spellings(address)]
    if base:
        try:
            absolute = urljoin(base, address)
        except ValueError:
            absolute = ""
        names += [absolute, absolute.partition("#")[0]]
    return next((files[name] for name in names if name in files), None)
