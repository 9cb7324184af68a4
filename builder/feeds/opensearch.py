"""How browsers search the archive from their address bar (OpenSearch 1.1, draft 6)."""

from __future__ import annotations

from builder import paths
from builder.feeds.context import FeedContext
from builder.feeds.xml import add, document, root
from builder.output.products import PageFile

_SHORT_NAME, _LONGEST_DESCRIPTION = 16, 1024
"""Characters that OpenSearch allows."""


def search_description(name: str, context: FeedContext) -> PageFile:
    """The description; the site's address must be known.

    Args:
        name: The archive's.
        context: Where it is published, and its language.
    """
    description = root("OpenSearchDescription", "http://a9.com/-/spec/opensearch/1.1/")
    add(description, "ShortName", name[:_SHORT_NAME])
    add(description, "Description", f"{context.renderer.label('lost_search')} · {name}"[:_LONGEST_DESCRIPTION])
    template = context.addresses.of(paths.OPENSEARCH, paths.SEARCH) + "?query={searchTerms}"
    add(description, "Url", type="text/html", template=template)
    add(description, "InputEncoding", "UTF-8")
    return PageFile(paths.OPENSEARCH, document(description))
