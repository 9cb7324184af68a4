"""The wording of everything the program writes: one file per language, and the problem catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from builder.problems import BuilderError


@cache
def labels(language: str) -> Mapping[str, str]:
    """The labels of a language.

    Args:
        language: ``zh``, ``en`` or a longer tag beginning so (``zh-Hant``).

    Raises:
        BuilderError: There is no file for the language.
    """
    file = files("builder").joinpath(f"languages/{language.partition('-')[0]}.yml")
    if not file.is_file() or language == "problems":
        raise BuilderError(f"mkdocs.yml: theme.language 写的是“{language}”，程序只会 zh 和 en。请改成其中之一。")
    text = file.read_text(encoding="utf-8")
    loaded: Mapping[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)  # safe, and ten times as fast
    return loaded
