"""The few settings of ``mkdocs.yml`` that the builder itself needs, read without loading MkDocs."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from builder.problems import BuilderError


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``mkdocs.yml`` says.

    Attributes:
        site_name: The archive's name.
        site_description: In a sentence or two; possibly empty.
        language: Language of the labels, ``zh`` or ``en``.
        repository: Address of the GitHub repository in which editors correct (``extra.archive.repository``); empty
            where there is none. Not MkDocs' ``repo_url``: that makes readers' browsers call an API.
    """

    site_name: str
    site_description: str
    language: str
    repository: str = ""


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
        raise BuilderError(f"{path}: 缺少 site_name。请写上档案库的名称。")
    if data.get("use_directory_urls", True) is not False:
        raise BuilderError(f"{path}: 请写 use_directory_urls: false；程序生成的链接都以 .html 结尾。")
    return Settings(data["site_name"], str(data.get("site_description") or ""), str(language), _repository(path, data))


def _repository(path: Path, data: dict[str, Any]) -> str:
    extra = data.get("extra")
    own = extra.get("archive") if isinstance(extra, dict) else None
    address = str(own.get("repository") or "") if isinstance(own, dict) else ""
    if address and not re.fullmatch(r"https://[\w.-]+(?:/[\w.-]+){2,}/?", address):
        raise BuilderError(
            f"{path}: extra.archive.repository 写的是“{address}”，不是仓库的网址。请写成 https://github.com/用户名/仓库名。"
        )
    return address.rstrip("/")


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=SettingsLoader)  # noqa: S506  # a safe loader's child
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BuilderError(f"{path}: 无法读取：{error}。请检查缩进、冒号和引号。") from error
    if not isinstance(data, dict):
        raise BuilderError(f"{path}: 应当是键和值，而不是 {type(data).__name__}。")
    return data
