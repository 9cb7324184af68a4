"""What ``mkdocs.yml`` says that the builder itself needs, read without loading MkDocs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from builder import paths
from builder.problems import BuilderError, Language, Wording, resolve

_BUILT_IN = ("toc", "tables", "fenced_code")
"""MkDocs adds these to whatever ``markdown_extensions`` names (``mkdocs/config/defaults.py``)."""
_TAG_DATE = "2026"


class PythonName(str):
    """A dotted name behind ``!!python/name:``; MkDocs imports it, and so does whoever renders as MkDocs does."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``mkdocs.yml`` says."""

    site_name: str  # The archive's name
    site_description: str  # In a sentence or two; possibly empty
    language: str  # Language of the labels, as the theme calls it: ``zh``, ``zh-Hant``, ``en``
    # Address of the GitHub repository in which editors correct (``extra.archive.repository``); empty where there is
    # none. Not MkDocs' ``repo_url``: that makes readers' browsers call an API
    repository: str = ""
    # The readers' zone of time with its name (``extra.archive.time_zone``); None shows times as stated
    zone: timezone | None = None
    # Whether raw files of other kinds than text are published (``extra.archive.raw: all``)
    raw_containers: bool = False
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

    @property
    def spoken(self) -> Language:
        """The language in which the archive's editors are spoken to."""
        return resolve(self.language)

    def address(self, there: str) -> str:
        """The absolute address of a page or file below ``docs/``; empty where the site's is not known."""
        published = paths.link("", there)
        return self.site_url and self.site_url + ("" if published == "index.html" else published)


class SettingsLoader(yaml.CSafeLoader):
    """MkDocs allows tags (``!ENV``, ``!!python/name:``) that only it may carry out; here names stay names."""


def _from_environment(_loader: yaml.CSafeLoader, node: yaml.Node) -> object:
    """MkDocs' ``!ENV NAME`` and ``!ENV [NAME, …, default]``: the first variable that is set."""
    if not isinstance(node, yaml.SequenceNode):
        return os.environ.get(str(node.value))
    *names, default = [str(each.value) for each in node.value] or [""]
    return next((os.environ[name] for name in names if name in os.environ), default)


SettingsLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _loader, name, _node: PythonName(name))
SettingsLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
SettingsLoader.add_constructor("!ENV", _from_environment)


def load_settings(path: Path) -> Settings:
    """Read ``mkdocs.yml``.

    Raises:
        BuilderError: It is unreadable, lacks a name, asks for addresses that the generated links do not fit, or a
            setting of ``extra.archive`` is malformed.
    """
    data = _mapping(path)
    theme, extra = data.get("theme"), data.get("extra")
    language = theme.get("language", "en") if isinstance(theme, dict) else "en"
    if not isinstance(data.get("site_name"), str):
        raise BuilderError(Wording("no-site-name", {"path": str(path)}))
    if data.get("use_directory_urls", True) is not False:
        raise BuilderError(Wording("directory-urls", {"path": str(path)}))
    archive = extra.get("archive") if isinstance(extra, dict) else None  # MkDocs checks nothing below ``extra``
    own = archive if isinstance(archive, dict) else {}
    names, options = extensions_of(data)
    return Settings(
        site_name=data["site_name"],
        site_description=str(data.get("site_description") or ""),
        language=str(language),
        repository=_repository(path, own),
        zone=_zone(path, own),
        raw_containers=own.get("raw") == "all",
        site_url=_site_url(path, str(data.get("site_url") or "")),
        tag_date=_checked(path, "tag_date", str(own.get("tag_date") or _TAG_DATE), r"\d{4}(-\d\d(-\d\d)?)?"),
        contact=_checked(path, "contact", str(own.get("contact") or ""), r"([^\s@]+@[^\s@.]+(\.[^\s@.]+)+)?"),
        extensions=tuple(dict.fromkeys((*_BUILT_IN, *names))),
        extension_settings=options,
    )


def _zone(path: Path, own: dict[str, Any]) -> timezone | None:
    """``+08:00 北京时间``: an offset and a name; names of the IANA database need files that systems may lack."""
    pattern = r"([+-])([01]\d|2[0-3]):([0-5]\d) (\S[^\n]{0,40})"
    found = re.fullmatch(pattern, _checked(path, "time_zone", str(own.get("time_zone") or ""), f"({pattern})?"))
    if not found:
        return None
    sign, hours, minutes, name = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset, name.strip())


def _repository(path: Path, own: dict[str, Any]) -> str:
    address = str(own.get("repository") or "")
    if address and not re.fullmatch(r"https://[\w.-]+(?:/[\w.-]+){2,}/?", address):
        raise BuilderError(Wording("repository-no-address", {"path": str(path), "address": address}))
    return address.rstrip("/")


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=SettingsLoader)  # noqa: S506  # a safe loader's child
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BuilderError(Wording("settings-unreadable", {"path": str(path), "reason": str(error)})) from error
    if not isinstance(data, dict):
        raise BuilderError(Wording("settings-no-mapping", {"path": str(path), "kind": type(data).__name__}))
    return data


def extensions_of(data: Mapping[str, Any]) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """Names of Markdown extensions and their settings, written as a list of names and mappings, or as one mapping."""
    written = data.get("markdown_extensions")
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
