"""The pictures that are published with articles, each a file named by its content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder import paths
from builder.cache import digest
from builder.model.archive import Archive
from builder.output.products import PageFile, Product


def picture_products(archive: Archive) -> Iterator[Product]:
    """A product for each picture: it is written once, and never again while it stands there."""
    articles = [article for entry in archive.entries for article in (entry.article, *entry.versions)]
    for name in sorted({name for article in articles for name in article.pictures}):
        yield Product(paths.picture(name), digest(name), partial(_picture, archive, name))


def _picture(archive: Archive, name: str) -> list[PageFile]:
    return [PageFile(paths.picture(name), archive.picture(name))]
