"""Which anchors a page has, as MkDocs counts them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.structure.pages import _ExtractAnchorsTreeprocessor, _RawHTMLPreprocessor

from builder.publishing.converting import Converter, front_matter
from builder.publishing.facts import Facts

_UNUSED: Any = None


class Anchors:
    """Finds the anchors of pages; asked only for those that a link names an anchor of."""

    def __init__(self, docs: Path, facts: Facts) -> None:
        """Prepare for the pages below a folder."""
        self._docs = docs
        self._converter = Converter(facts.extensions, facts.extension_settings)
        self._raw = _RawHTMLPreprocessor()
        self._read = _ExtractAnchorsTreeprocessor(_UNUSED, _UNUSED, _UNUSED)
        self._raw._register(self._converter.md)  # noqa: SLF001  # MkDocs is pinned
        self._read._register(self._converter.md)  # noqa: SLF001  # likewise

    def of(self, path: str) -> set[str]:
        """The anchors of a page below ``docs/``."""
        self._read.present_anchor_ids = set()
        markdown = front_matter((self._docs / path).read_text(encoding="utf-8-sig"))[0]
        self._converter.convert(markdown, path, lambda _: True)
        return self._read.present_anchor_ids | self._raw.present_anchor_ids
