"""The wording of everything the program writes: one file per language, and the problem catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from builder.problems import BuilderError, Wording


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
        raise BuilderError(Wording("language-unknown", {"language": language}))
    text = file.read_text(encoding="utf-8")
    loaded: Mapping[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)  # safe, and ten times as fast
    return loaded
