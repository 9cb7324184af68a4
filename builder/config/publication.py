"""What ``mkdocs.yml`` says about publishing: the site's address, its Markdown, and what feeds need to name things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from builder import paths
from builder.config.settings import SettingsLoader
from builder.problems import BuilderError, Wording

_BUILT_IN = ("toc", "tables", "fenced_code")
"""MkDocs adds these to whatever ``markdown_extensions`` names (``mkdocs/config/defaults.py``)."""
_TAG_DATE = "2026"


class PythonName(str):
    """A dotted name behind ``!!python/name:``; MkDocs imports it, and so does whoever renders as MkDocs does."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """How the archive is published."""

    # The site's address with a slash at its end; empty where it is not known, as on an editor's machine
    site_url: str = ""
    # A year, month or day on which the address belonged to the archive (``extra.archive.tag_date``): what RFC 4151
    # asks for in ``tag:`` identifiers. It must never change, or readers see everything as new
    tag_date: str = _TAG_DATE
    # Address of whoever answers for the archive (``extra.archive.contact``); empty where none is given
    contact: str = ""
    extensions: tuple[str, ...] = _BUILT_IN  # Markdown extensions
    # Their settings; a ``PythonName`` stands for what it names
    extension_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def address(self, there: str) -> str:
        """The absolute address of a page or file below ``docs/``; empty where the site's is not known."""
        published = paths.link("", there)
        return self.site_url and self.site_url + ("" if published == "index.html" else published)


class SettingsWithNames(SettingsLoader):
    """Keeps names of Python objects as names."""


SettingsWithNames.yaml_multi_constructors = {
    "tag:yaml.org,2002:python/name:": lambda _loader, suffix, _node: PythonName(suffix),
    **SettingsLoader.yaml_multi_constructors,
}


def load_publication(path: Path) -> Publication:
    """Read ``mkdocs.yml``, which ``settings`` has found readable.

    Raises:
        BuilderError: The site's address, the date or the contact is none.
    """
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=SettingsWithNames)  # noqa: S506  # a safe loader's child
    extra = data.get("extra") or {}
    own = extra.get("archive") or {} if isinstance(extra, dict) else {}
    names, settings = _extensions(data.get("markdown_extensions") or [])
    return Publication(
        site_url=_site_url(path, str(data.get("site_url") or "")),
        tag_date=_checked(path, "tag_date", str(own.get("tag_date") or _TAG_DATE), r"\d{4}(-\d\d(-\d\d)?)?"),
        contact=_checked(path, "contact", str(own.get("contact") or ""), r"([^\s@]+@[^\s@.]+(\.[^\s@.]+)+)?"),
        extensions=tuple(dict.fromkeys((*_BUILT_IN, *names))),
        extension_settings=settings,
    )


def extensions_of(data: Mapping[str, Any]) -> list[str]:
    """Names of the Markdown extensions that the settings name."""
    return _extensions(data.get("markdown_extensions") or [])[0]


def _extensions(written: object) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """The names in either way of writing: a list of names and one-key mappings, or one mapping."""
    items = [{name: settings} for name, settings in written.items()] if isinstance(written, dict) else written
    names: list[str] = []
    settings: dict[str, Mapping[str, Any]] = {}
    for item in items if isinstance(items, list) else []:
        name, own = next(iter(item.items())) if isinstance(item, dict) else (item, None)
        names.append(str(name))
        if isinstance(own, dict):
            settings[str(name)] = own
    return names, settings


def _site_url(path: Path, address: str) -> str:
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BuilderError(Wording("site-url-no-address", {"path": str(path), "address": address}))
    return f"{address.rstrip('/')}/"


def _checked(path: Path, key: str, value: str, pattern: str) -> str:
    if not re.fullmatch(pattern, value):
        raise BuilderError(Wording("setting-malformed", {"path": str(path), "key": key, "value": value}))
    return value
