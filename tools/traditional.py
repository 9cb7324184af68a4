"""Fills in what ``builder/languages/zh-Hant.yml`` lacks, phrase by phrase from Simplified, to be read over."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import opencc

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from builder.problems import wordings

FILE = ROOT / "builder" / "languages" / "zh-Hant.yml"
_CONVERTER = opencc.OpenCC("s2twp")
_QUOTES = str.maketrans("“”", "「」")
_OTHERWISE = {"釋出": "發布"}
"""What the converter takes from software for every use of a word."""


def filled(ours: Any, theirs: Any) -> Any:  # noqa: ANN401  # what YAML holds
    """The wording with every key of the other one, its own texts kept; keys that are gone are left out."""
    if isinstance(ours, dict):
        known = theirs if isinstance(theirs, dict) else {}
        return {key: filled(value, known.get(key)) for key, value in ours.items()}
    if isinstance(theirs, str):
        return theirs
    text = _CONVERTER.convert(str(ours)).translate(_QUOTES)
    for word, other in _OTHERWISE.items():
        text = text.replace(word, other)
    return text


def written(content: dict[str, Any]) -> str:
    """As YAML: the labels first, then each section; a text of several lines as a block, others in quotation marks."""
    lines = [line for key, text in content.pop("labels").items() for line in _entry(key, text, "")]
    for section, texts in content.items():
        lines += ["", *_entry(section, texts, "")]
    return "\n".join([*lines, ""])


def _entry(key: str, text: Any, indent: str) -> list[str]:  # noqa: ANN401  # as above
    if isinstance(text, dict):
        return [f"{indent}{key}:", *(line for name, each in text.items() for line in _entry(name, each, f"{indent}  "))]
    if "\n" not in text:
        return [f"{indent}{key}: {json.dumps(text, ensure_ascii=False)}"]
    mark = "|" if text.endswith("\n") else "|-"
    block = (f"{indent}  {line}" if line else "" for line in text.rstrip("\n").split("\n"))
    return [f"{indent}{key}: {mark}", *block]


if __name__ == "__main__":
    head = "".join(f"{line}\n" for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    now = filled(wordings("zh-Hans"), wordings("zh-Hant"))
    FILE.write_text(f"{head}\n{written(now)}", encoding="utf-8")
