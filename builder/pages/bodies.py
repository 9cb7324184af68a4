"""An article's Markdown as its page has it: images load late, do not tell their host of the reader, and enlarge."""

from __future__ import annotations

import re
from functools import partial

from markupsafe import Markup

# Raw text never holds an image's syntax: its brackets are escaped. Verbatim blocks hold text as it is and stay alone.
_IMAGE = re.compile(r"(<pre>.*?</pre>)|(!\[((?:\\.|[^\]\\\n])*)\]\(([^)\s]+)\))", re.DOTALL)
_REMOTE = '{ loading="lazy" referrerpolicy="no-referrer" }'
_OWN = '{ loading="lazy" }'


def page_body(markdown: str, enlarge: str = "") -> Markup:
    """The body of an article's page.

    Args:
        markdown: Safe Markdown, as the markup room wrote it; it never puts an image inside a link.
        enlarge: Name of the link from an image to itself where the image has no text of its own; empty for no links.

    Returns:
        The same with an attribute list behind each image, fit to be put into a page as it is.
    """
    return Markup(_IMAGE.sub(partial(_marked, enlarge), markdown))  # noqa: S704  # the markup room has escaped it


def _marked(enlarge: str, found: re.Match[str]) -> str:
    verbatim, image, alternative, address = found.groups()
    if verbatim:
        return str(verbatim)
    marked = image + (_REMOTE if "//" in address else _OWN)
    if not enlarge:
        return marked
    name = "" if alternative.strip() else f' aria-label="{enlarge}"'
    return f'[{marked}]({address}){{ .enlarge rel="noreferrer"{name} }}'
