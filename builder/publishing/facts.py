"""What the site's configuration says that shows on its pages, as far as it is remembered between builds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec


class Facts(msgspec.Struct, frozen=True):
    """What publishing needs of a configuration that MkDocs has read and found familiar.

    Attributes:
        code: Digest of the libraries and of this room.
        settings: Of the site, as the page's own templates may ask for them.
        theme: Of the theme, likewise.
        extensions: Of Markdown, in order.
        extension_settings: Theirs; ``!name`` stands for a function of ``converting.FUNCTIONS``.
        navigation: Title of each page in the navigation, by its path below ``docs/``.
        home: The page of the navigation that is the home page, if any.
        not_in_nav: Patterns of pages that may stand outside it.
        custom_dir: The folder of the project's own templates.
        fixed: What is published beside ``docs/``: paths below ``site/``.
        shadowed: Paths below ``docs/`` that stand in for files of the theme.
    """

    code: bytes
    settings: dict[str, Any]
    theme: dict[str, Any]
    extensions: list[str]
    extension_settings: dict[str, dict[str, Any]]
    navigation: dict[str, str]
    home: list[str]
    not_in_nav: str
    custom_dir: str
    fixed: list[str] = []
    shadowed: list[str] = []


Shape = Sequence[str]
"""A page's outside: text, and at each odd place the name of the template whose part of the page goes there."""
