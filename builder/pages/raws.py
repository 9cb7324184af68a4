"""Raw files on the site: text as it is, containers where the settings ask for them; and the pictures of articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from builder import paths
from builder.cache import digest
from builder.model.archive import Archive
from builder.model.article import Article
from builder.model.container import PUBLIC, file_of
from builder.model.plan import Plan
from builder.output.products import PageFile, Product


def raw_path(item: Article | Plan, identifier: str, *, containers: bool) -> str:
    """Where the raw file of an article or a document lies below ``docs/``; empty where it is not published."""
    if item.container in PUBLIC and not item.member:
        return paths.raw(identifier)
    return paths.raw_container(item.sha256) if containers else ""


def raw_file(item: Article | Plan, identifier: str, seeds: Path) -> Iterator[PageFile]:
    """The raw file of a text; that of a container, which several may share, is a product of its own."""
    if raw_path(item, identifier, containers=False):
        yield PageFile(paths.raw(identifier), seeds / item.path, item.sha256)


def container_products(archive: Archive, seeds: Path) -> Iterator[Product]:
    """Every container once."""
    items: list[Article | Plan] = [*(entry.article for entry in archive.entries), *archive.plans]
    held = {item.sha256: item for item in items if not raw_path(item, "", containers=False)}
    for sha256, item in sorted(held.items()):
        file = PageFile(paths.raw_container(sha256), seeds / file_of(item.path, item.member), sha256)
        yield Product(file.path, digest(file.path), partial(list, (file,)))


def picture_products(archive: Archive) -> Iterator[Product]:
    """Every picture of an article once, a file named by its content: never written again while it stands there."""
    articles = [article for entry in archive.entries for article in (entry.article, *entry.versions)]
    for name in sorted({name for article in articles for name in article.pictures}):
        yield Product(paths.picture(name), digest(name), partial(_picture, archive, name))


def _picture(archive: Archive, name: str) -> list[PageFile]:
    return [PageFile(paths.picture(name), archive.picture(name))]
