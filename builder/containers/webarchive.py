"""Safari's web archives: a property list with the page and its resources."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator, Mapping
from typing import Any

from builder.containers.decoding import facts, one_line
from builder.containers.limits import LARGEST_PICTURE
from builder.containers.packages import PackageError
from builder.containers.sniffing import PICTURES, sniff
from builder.model.container import Part, Read

_PAGE = "WebMainResource"


def read_webarchive(data: bytes, _path: str, _depth: int) -> Read:
    """Open a web archive."""
    try:
        root = plistlib.loads(data)
    except Exception as error:  # the library lets through whatever a damaged list makes it raise
        raise PackageError("container-broken") from error
    page = root.get(_PAGE) if isinstance(root, dict) else None
    content = page.get("WebResourceData") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(content, bytes) or not content.strip():
        return (), ()
    part = Part(
        data=content,
        kind="webarchive",
        format="html",
        encoding=one_line(page.get("WebResourceTextEncodingName")),
        facts=facts(("url", page.get("WebResourceURL"), "WebResourceURL")),
        files=dict(_pictures(root)),
    )
    return (part,), ()


def _pictures(root: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    for resource in root.get("WebSubresources") or ():
        data = resource.get("WebResourceData") if isinstance(resource, dict) else None
        if isinstance(data, bytes) and len(data) <= LARGEST_PICTURE and sniff(data) in PICTURES:
            yield one_line(resource.get("WebResourceURL")), data
