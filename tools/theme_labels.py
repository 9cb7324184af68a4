"""Writes ``builder/theme/partials/labels.html``: the labels that the theme uses, out of the language files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from builder.languages import labels

THEME = Path(__file__).parents[1] / "builder" / "theme"
FILE = THEME / "partials" / "labels.html"
LANGUAGES = ("zh", "en")
_USED = re.compile(r"(?<![/\w])labels\.([a-z_]+)")
_HEAD = "{#- Written by tools/theme_labels.py from builder/languages/: labels that the theme uses. -#}\n"


def used() -> list[str]:
    """The labels that templates of the theme ask for, in order."""
    texts = (path.read_text(encoding="utf-8") for path in THEME.rglob("*") if path.is_file() and path != FILE)
    return sorted({key for text in texts for key in _USED.findall(text)})


def written() -> str:
    """The partial as it should stand: Jinja reads JSON's strings as its own."""
    chosen = {language: {key: labels(language)[key] for key in used()} for language in LANGUAGES}
    table = json.dumps(chosen, ensure_ascii=False, indent=2)
    return f'{_HEAD}{{%- set labels = {table}[config.theme.language.split("-")[0]] -%}}\n'


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
