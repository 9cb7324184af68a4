"""What all feeds share: addresses, identifiers, labels, and how an article's body becomes HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from builder import paths
from builder.config.settings import Settings
from builder.feeds.content import HtmlMaker
from builder.pages.rendering import Renderer

_UNKNOWN_HOST = "localhost"
"""Stands for the authority of identifiers where the site's address is not known: nothing built so is published."""


@dataclass(frozen=True, slots=True)
class FeedContext:
    """Common to all feeds of an archive."""

    settings: Settings  # The archive's
    html: HtmlMaker  # Makes the full text
    renderer: Renderer  # Knows the labels
    topics: Mapping[str, str]  # Labels of the topics by slug

    @property
    def is_published(self) -> bool:
        """Whether absolute addresses can be made at all."""
        return bool(self.settings.site_url)

    def address(self, here: str, there: str) -> str:
        """The address of what lies below ``docs/``: absolute where the site's is known, else relative to ``here``."""
        return self.settings.address(there) or paths.link(here, there)

    def tag(self, what: str) -> str:
        """A ``tag:`` identifier (RFC 4151): host and date of the archive, then what is named.

        Args:
            what: ASCII letters, digits, ``-`` and ``/``: ``articles/abc``. Never a title, date or file name, so that
                the identifier outlives every correction.
        """
        parts = urlsplit(self.settings.site_url)
        path = parts.path.strip("/")
        specific = f"{path}/{what}" if path else what
        return f"tag:{parts.hostname or _UNKNOWN_HOST},{self.settings.tag_date}:{specific}"
