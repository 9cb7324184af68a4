"""Addresses and identifiers in what machines read."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from builder import paths
from builder.config.publication import Publication

_UNKNOWN_HOST = "localhost"
"""Stands for the authority of identifiers where the site's address is not known: nothing built so is published."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the archive is published, as far as it is known."""

    publication: Publication

    @property
    def known(self) -> bool:
        """Whether absolute addresses can be made at all."""
        return bool(self.publication.site_url)

    def of(self, here: str, there: str) -> str:
        """The address of a page or file below ``docs/``.

        Args:
            here: The file that links.
            there: What is linked.

        Returns:
            An absolute address where the site's is known, else one relative to ``here``.
        """
        if not self.known:
            return paths.link(here, there)
        published = paths.link("", there)
        return self.publication.site_url + ("" if published == "index.html" else published)

    def tag(self, what: str) -> str:
        """A ``tag:`` identifier (RFC 4151): host and date of the archive, then what is named.

        Args:
            what: ASCII letters, digits, ``-`` and ``/``: ``articles/abc``. Never a title, date or file name, so that
                the identifier outlives every correction.
        """
        parts = urlsplit(self.publication.site_url)
        path = parts.path.strip("/")
        specific = f"{path}/{what}" if path else what
        return f"tag:{parts.hostname or _UNKNOWN_HOST},{self.publication.tag_date}:{specific}"
