"""The few settings of ``mkdocs.yml`` that the builder itself needs, read without loading MkDocs."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

from builder.problems import BuilderError, Language, Wording, resolve


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

    @property
    def spoken(self) -> Language:
        """The language in which the archive's editors are spoken to."""
        return resolve(self.language)


class SettingsLoader(yaml.CSafeLoader):
    """MkDocs allows tags (``!ENV``, ``!!python/name:``) that only it may carry out; here they are left empty."""


def _from_environment(_loader: yaml.CSafeLoader, node: yaml.Node) -> object:
    """MkDocs' ``!ENV NAME`` and ``!ENV [NAME, …, default]``: the first variable that is set."""
    if not isinstance(node, yaml.SequenceNode):
        return os.environ.get(str(node.value))
    *names, default = [str(each.value) for each in node.value] or [""]
    return next((os.environ[name] for name in names if name in os.environ), default)


SettingsLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
SettingsLoader.add_constructor("!ENV", _from_environment)


def load_settings(path: Path) -> Settings:
    """Read ``mkdocs.yml``.

    Raises:
        BuilderError: It is unreadable, lacks a name, or asks for addresses that the generated links do not fit.
    """
    data = _mapping(path)
    theme = data.get("theme")
    language = theme.get("language", "en") if isinstance(theme, dict) else "en"
    if not isinstance(data.get("site_name"), str):
        raise BuilderError(Wording("no-site-name", {"path": str(path)}))
    if data.get("use_directory_urls", True) is not False:
        raise BuilderError(Wording("directory-urls", {"path": str(path)}))
    description = str(data.get("site_description") or "")
    own = _own(data)
    return Settings(data["site_name"], description, str(language), _repository(path, own), _zone(path, own), _raw(own))


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """What ``extra.archive`` says; MkDocs itself checks nothing below ``extra``."""
    extra = data.get("extra")
    own = extra.get("archive") if isinstance(extra, dict) else None
    return own if isinstance(own, dict) else {}


def _zone(path: Path, own: dict[str, Any]) -> timezone | None:
    """``+08:00 北京时间``: an offset and a name; names of the IANA database need files that systems may lack."""
    written = str(own.get("time_zone") or "")
    if not written:
        return None
    found = re.fullmatch(r"([+-])([01]\d|2[0-3]):([0-5]\d) (\S[^\n]{0,40})", written)
    if not found:
        raise BuilderError(Wording("setting-malformed", {"path": str(path), "key": "time_zone", "value": written}))
    sign, hours, minutes, name = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset, name.strip())


def _raw(own: dict[str, Any]) -> bool:
    return own.get("raw") == "all"


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
