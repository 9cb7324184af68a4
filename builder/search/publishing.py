"""What the search publishes beside its index, as files below the site's ``search/``."""

from __future__ import annotations

from collections.abc import Mapping

from builder.search.bundling import scripts

FOLDER = "search"
DATA = f"{FOLDER}/data"
"""The index: what ``query`` is given, and where the files of ``update_index`` belong."""


def engine_files(words: Mapping[str, str]) -> Mapping[str, bytes]:
    """The engine, the box and the page, as scripts and styles.

    Args:
        words: What they say, from the archive's language.

    Returns:
        Content by path below ``docs/``, all of it in ``search/``; the page there, ``index.md``, comes from a template.
    """
    return {f"{FOLDER}/{name}": content for name, content in scripts(words).items()}
