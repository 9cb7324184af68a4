"""What the search publishes beside its index, as files below the site's ``search/``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from builder.search.bundling import scripts

FOLDER = "search"
DATA = f"{FOLDER}/data"
"""The index: what ``query`` is given, and where the files of ``update_index`` belong."""


def engine_files() -> Mapping[str, bytes]:
    """The engine, and what the theme asks for.

    Returns:
        Content by path below ``docs/``, all of it in ``search/``; the page there, ``index.md``, comes from a template.
    """
    files = {f"{FOLDER}/{name}": content for name, content in scripts().items()}
    files[f"{FOLDER}/search_index.json"] = json.dumps(_THEME_INDEX, separators=(",", ":")).encode()
    return files


# The theme fetches this before it starts the worker; it uses only the separator, to mark words after a click.
_THEME_INDEX = {"config": {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "fields": {}}, "docs": []}
