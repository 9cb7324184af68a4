"""Remote pictures of articles, kept beside their seeds: an editor's own command, never part of a build."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder import files
from builder.archive.siblings import FETCHED_INDEX, Fetched, fetched_folder, read_fetched, write_fetched
from builder.config.project import Project
from builder.containers.limits import LARGEST_PICTURE
from builder.containers.picture_formats import NoPictureError
from builder.containers.pictures import publishable
from builder.model.archive import Archive
from builder.model.article import Article, Image
from builder.parallel.mapping import Progress
from builder.problems import BuilderError, Wording
from builder.site.archives import archive_of
from builder.site.caching import with_cache
from builder.site.downloading import DownloadError, DownloadLimits, Gate, download, is_public

AGENT = "archive-builder fetch-images"
_SECONDS = 30.0
"""Time for one picture."""
_MOST = 500
"""Pictures of one run."""
_MOST_BYTES = 512 * 1024 * 1024
"""Bytes of one run."""
_MOST_SECONDS = 1800.0
"""Time of one run."""
_PAUSE = 1.0
"""Seconds between two requests."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A picture that lies on another host."""

    file: str  # The raw file of its article, below ``seeds/``
    address: str  # Where it is
    written: tuple[str, ...]  # The addresses that the raw file has for it


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of a picture; ``reason`` is empty where it is kept."""

    remote: Remote
    reason: str = ""
    detail: str = ""


@dataclass(slots=True)
class Run:
    """What one run may cost, and how it asks; a test brings a gate and clocks of its own."""

    day: str  # Today, as it is written beside each picture
    gate: Gate = is_public  # Which hosts may be asked
    pause: Callable[[float], None] = time.sleep  # Waits between two requests
    most: int = _MOST  # Pictures
    began: float = field(default_factory=time.monotonic)


def remote_images(project: Project, progress: Progress, wanted: str | None) -> list[Remote]:
    """The pictures on other hosts of all articles, or of one named by identifier, original address or raw file.

    Raises:
        BuilderError: There is no such article, or configuration is wrong.
    """
    articles = with_cache(project, lambda store: _articles(archive_of(project, store, progress, linked=False), wanted))
    if wanted is not None and not articles:
        raise BuilderError(Wording("no-such-article", {"name": wanted}))
    return [Remote(file, address, written) for file, images in articles for address, written in _remote(images).items()]


def fetch_all(seeds: Path, pictures: Iterable[Remote], run: Run) -> Iterator[FetchOutcome]:
    """Fetch pictures, one after the other.

    Yields:
        What became of each. One that is kept lies in a folder beside its seed (``NAME.pictures``), with its address,
        the day and its digest in an index; the next build shows it in place of the remote one.
    """
    spent = 0
    for asked, remote in enumerate(pictures):
        if asked >= run.most or spent > _MOST_BYTES or time.monotonic() - run.began > _MOST_SECONDS:
            yield FetchOutcome(remote, "enough")
            return
        if asked:
            run.pause(_PAUSE)
        try:
            data = download(remote.address, DownloadLimits(LARGEST_PICTURE, _SECONDS), AGENT, run.gate)
            spent += len(data)
            _keep(seeds / remote.file, data, remote, run.day)
        except DownloadError as error:
            yield FetchOutcome(remote, error.reason, error.detail)
        except NoPictureError as error:
            yield FetchOutcome(remote, str(error))
        else:
            yield FetchOutcome(remote)


def _articles(archive: Archive, wanted: str | None) -> list[tuple[str, tuple[Image, ...]]]:
    """Raw file and pictures of the articles that are meant."""
    articles = (entry.article for entry in archive.entries)
    return [(each.file, each.images) for each in articles if wanted is None or wanted in _names(each)]


def _names(article: Article) -> set[str | None]:
    return {article.identifier, article.url, article.path, article.file, f"seeds/{article.file}"}


def _remote(images: Iterable[Image]) -> Mapping[str, tuple[str, ...]]:
    """Addresses of pictures on other hosts, each with the ways in which the raw file writes it."""
    found: dict[str, tuple[str, ...]] = {}
    for image in images:
        if image.source.startswith(("http://", "https://")):
            found[image.source] = tuple(dict.fromkeys((*found.get(image.source, ()), image.original)))
    return found


def _keep(seed: Path, data: bytes, remote: Remote, day: str) -> None:
    """Write a picture beside its seed.

    Raises:
        DownloadError: A link stands where its folder would.
        NoPictureError: It is none that could be published.
    """
    suffix = Path(publishable(data).name).suffix
    folder = fetched_folder(seed)
    if files.is_link(str(folder)):
        raise DownloadError("link", folder.name)
    sha256 = hashlib.sha256(data).hexdigest()
    entry = Fetched(remote.address, remote.written, f"{sha256[:32]}{suffix}", day, sha256)
    files.replace(f"{folder}/{entry.file}", data)
    others = [each for each in read_fetched(folder / FETCHED_INDEX) if each.address != remote.address]
    files.replace(f"{folder}/{FETCHED_INDEX}", write_fetched([*others, entry]))
