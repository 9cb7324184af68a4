"""An article's Markdown as its page has it: images load late and do not tell their host where the reader came from."""

from __future__ import annotations

import re

from markupsafe import Markup

# Raw text never holds an image's syntax: its brackets are escaped. Verbatim blocks hold text as it is and stay alone.
_IMAGE = re.compile(r"(<pre>.*?</pre>)|(!\[(?:\\.|[^\]\\\n])*\]\(([^)\s]+)\))", re.DOTALL)
_REMOTE = '{ .remote loading="lazy" decoding="async" referrerpolicy="no-referrer" }'
_OWN = '{ loading="lazy" decoding="async" }'


def page_body(markdown: str) -> Markup:
    """The body of an article's page.

    Args:
        markdown: Safe Markdown, as the markup room wrote it.

    Returns:
        The same with an attribute list behind each image, fit to be put into a page as it is.
    """
    return Markup(_IMAGE.sub(_marked, markdown))  # noqa: S704  # the markup room has escaped it


def _marked(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return found[2] + (_REMOTE if "//" in found[3] else _OWN)
