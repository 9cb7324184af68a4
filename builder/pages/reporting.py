"""Where readers report an error in an article, and where editors correct it: prefilled links."""

from __future__ import annotations

from urllib.parse import urlencode

from builder.archive.corrections import FILE
from builder.model.archive import Entry
from builder.pages import places
from builder.pages.rendering import Renderer

_BRANCH = "main"
"""The branch that is published."""


def report_links(entry: Entry, title: str, renderer: Renderer) -> tuple[tuple[str, str], ...]:
    """Label and address of each link.

    Args:
        entry: The article.
        title: As its page shows it.
        renderer: Knows the repository; without one there are no links.

    Returns:
        A new issue that names the page and its raw file, and the page on which corrections are edited.
    """
    if not renderer.repository:
        return ()
    page = f"{places.article(entry.id).removesuffix('.md')}.html"
    issue = urlencode(
        {
            "title": renderer.label("correction_title", title=title),
            "body": renderer.label("correction_body", page=page, seed=f"seeds/{entry.article.path}"),
        }
    )
    return (
        (renderer.label("correction_link"), f"{renderer.repository}/issues/new?{issue}"),
        (renderer.label("correction_edit"), f"{renderer.repository}/edit/{_BRANCH}/{FILE}"),
    )
