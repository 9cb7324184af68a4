"""Does what must be done, beginning with what goes and ending with the record."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from builder.config.project import Project
from builder.files import remove
from builder.publishing.addresses import destination
from builder.publishing.changes import Changes, split
from builder.publishing.files import put
from builder.publishing.own import OwnParts
from builder.publishing.record import DOCS, SITE, Entry, Record
from builder.publishing.survey import site_folder
from builder.publishing.work import Done, Workshop
from builder.sharing.spreading import Progress, spread

_TOGETHER = 256
"""Files copied at a time; pages remembered at a time."""
SHARED_FROM = 48
"""With fewer pages a second process costs more than it saves; of batches of files a quarter is enough."""
_DAY = 86400
Item = TypeVar("Item")


class Ledger:
    """The entries of both trees as they will be recorded."""

    def __init__(self, record: Record, changes: Changes) -> None:
        """Begin with what the record holds that still counts."""
        self._record, self._changes = record, changes
        self._vouched = record.folders(SITE) if changes.anew and changes.damaged is not None else {}
        self.folders: dict[tuple[int, str], dict[str, Entry]] = {}
        for tree, known in ((DOCS, record.folders(DOCS)), (SITE, self._vouched)) if changes.standing else ():
            for path in changes.standing:
                folder, name = split(path)
                self.note(tree, path, known[folder][name])

    def standing(self, path: str) -> Entry | None:
        """What is known of a file below ``site/``."""
        if self._changes.damaged is None or path in self._changes.damaged:
            return None
        folder, name = split(path)
        known = self._vouched.get(folder, {}) if self._changes.anew else self._folder(SITE, folder)
        return known.get(name)

    def note(self, tree: int, path: str, entry: Entry | None) -> None:
        """Record a file, or that it is gone."""
        folder, name = split(path)
        if entry is not None:
            self._folder(tree, folder)[name] = entry
        else:
            self._folder(tree, folder).pop(name, None)

    def _folder(self, tree: int, folder: str) -> dict[str, Entry]:
        if (tree, folder) not in self.folders:
            self.folders[tree, folder] = {} if self._changes.anew else self._record.folder(tree, folder)
        return self.folders[tree, folder]


class Round:
    """One publishing."""

    def __init__(self, project: Project, record: Record, changes: Changes, workshop: Workshop) -> None:
        """Begin."""
        self._site = str(site_folder(project))
        self._record, self._changes, self._workshop = record, changes, workshop
        self._exists = workshop.exists
        self.ledger = Ledger(record, changes)
        self.doubtful: list[str] = []
        self.written = 0
        self._sitemap_changed = changes.sitemap

    def remove(self) -> None:
        """Remove what goes."""
        for path in sorted(self._changes.orphans):
            remove(self._site, path)
            self.ledger.note(SITE, path, None)
            self.written += 1
        for path in self._changes.gone:
            self.ledger.note(DOCS, path, None)
        self._sitemap_changed |= any(path.endswith(".md") for path in self._changes.gone | self._changes.added)
        self._record.put_pages([], self._changes.gone)

    def pages(self, progress: Progress) -> None:
        """Publish pages: first one of each folder, so that the processes that share the rest know most shapes."""
        first, rest = _first_of_each_folder(sorted(self._changes.pages))
        for paths, told in ((first, _untold), (rest, progress)):
            items = [(path, self.ledger.standing(destination(path))) for path in paths]
            for batch in _batched(spread(self._workshop.publish, items, told, "stage_publish", worthwhile=SHARED_FROM)):
                self._remember(batch)

    def _remember(self, batch: Sequence[Done]) -> None:
        rows = [done.page for done in batch if done.page]
        for done in batch:
            self._note(done, destination(done.path))
            self._workshop.shapes.update(done.shapes)
        if not self._sitemap_changed:
            known = {row.path: self._record.converted(row.path) for row in rows}
            self._sitemap_changed = any((old := known[row.path]) is None or old.date != row.date for row in rows)
        self._record.put_pages(rows)

    def copies(self, progress: Progress) -> None:
        """Copy the other files."""
        items = [
            [(path, self.ledger.standing(path)) for path in paths] for paths in _batched(sorted(self._changes.files))
        ]
        for batch in spread(self._workshop.copy, items, progress, "stage_copy", worthwhile=SHARED_FROM // 4):
            for done in batch:
                self._note(done, done.path)

    def _note(self, done: Done, place: str) -> None:
        if done.doubtful:
            self.doubtful.append(done.path)
            return
        self.ledger.note(DOCS, done.path, done.read)
        self.ledger.note(SITE, place, done.put)
        self.written += done.written

    def put(self, path: str, data: bytes) -> None:
        """Publish something that is not below ``docs/``."""
        entry, written = put(f"{self._site}/{path}", data, self.ledger.standing(path))
        self.ledger.note(SITE, path, entry)
        self.written += written

    def anchored(self) -> dict[str, list[tuple[str, str]]]:
        """Links to anchors that may have changed: by page that must have them, the pages that link and the anchors."""
        changed = self._changes.pages
        found: dict[str, list[tuple[str, str]]] = {}
        for path, links in self._record.links():
            for link in links:
                target, _, anchor = link.partition("#")
                if anchor and target.endswith(".md") and (path in changed or target in changed) and self._exists(path):
                    found.setdefault(target, []).append((path, anchor))
        return found

    def sitemap(self, own: OwnParts, day: int) -> None:
        """Write the sitemap, where it may be another one."""
        if not self._sitemap_changed:
            return
        known = self._record.dates()
        dates = sorted((pair for pair in known if self._exists(pair[0])), key=lambda pair: _order(pair[0]))
        self._record.put_pages([], {path for path, _ in known}.difference(path for path, _ in dates))
        output = own.sitemap(dates).encode()
        if not output.strip():
            return
        packed = io.BytesIO()
        stamp = day - day % _DAY if dates else day
        with gzip.GzipFile(filename="sitemap.xml.gz", fileobj=packed, mode="wb", mtime=stamp) as file:
            file.write(output)
        self.put("sitemap.xml", output)
        self.put("sitemap.xml.gz", packed.getvalue())


def _first_of_each_folder(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    folders: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for path in paths:
        folder = split(path)[0]
        (rest if folder in folders else first).append(path)
        folders.add(folder)
    return first, rest


def _order(path: str) -> tuple[list[str], bool, str]:
    """The order in which MkDocs finds pages."""
    *folders, name = path.split("/")
    return folders, name != "index.md", name


def _untold(items: Sequence[Item], _stage: str) -> Iterable[Item]:
    return items


def _batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, some at a time."""
    rest = iter(items)
    while batch := list(islice(rest, _TOGETHER)):
        yield batch
