"""Everything the search publishes, as files below the site's ``search/``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from builder.model.search import SearchNames, SearchRecord
from builder.search.bundling import scripts
from builder.search.writing import write_index

FOLDER = "search"
DATA = f"{FOLDER}/data"
"""The index: what ``query`` is given."""


def search_files(records: Iterable[SearchRecord], names: SearchNames) -> Mapping[str, bytes]:
    """The files of the search.

    Args:
        records: Everything that can be found.
        names: Labels of topics, aliases.

    Returns:
        Content by path below ``docs/``, all of it in ``search/``; the page there, ``index.md``, comes from a template.
    """
    files = {f"{DATA}/{path}": content for path, content in write_index(records, names).items()}
    files.update({f"{FOLDER}/{name}": content for name, content in scripts().items()})
    files[f"{FOLDER}/search_index.json"] = json.dumps(_THEME_INDEX, separators=(",", ":")).encode()
    return files


# The theme fetches this before it starts the worker; it uses only the separator, to mark words after a click.
_THEME_INDEX = {"config": {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "fields": {}}, "docs": []}
