"""What all feeds of an archive share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.feeds.addresses import Addresses
from builder.feeds.content import HtmlMaker
from builder.pages.rendering import Renderer


@dataclass(frozen=True, slots=True)
class FeedContext:
    """Common to all feeds of an archive.

    Attributes:
        addresses: Makes addresses and identifiers.
        html: Makes the full text.
        renderer: Knows the labels.
        topics: Labels of the topics.
        language: The site's.
    """

    addresses: Addresses
    html: HtmlMaker
    renderer: Renderer
    topics: Mapping[str, str]
    language: str
