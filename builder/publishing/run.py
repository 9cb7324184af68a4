"""One publish run: renders or copies changed files, removes orphans, and writes the manifest last."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from builder import files
from builder.cache import write_note
from builder.config.project import Project
from builder.parallel.mapping import Progress, parallel_map
from builder.publishing.rendering import Site, collected, read_configuration, stopped, strictly
from builder.publishing.scan import FileState, PageNote, PublishManifest, look, manifest_file, site_folder

SHARED_FROM = 48
"""With fewer pages a second process costs more than it saves."""
_SITEMAP = "sitemap.xml"
_NOTHING_KNOWN = PublishManifest(b"", b"", 0, {}, {}, {}, {})


class _Rendered(msgspec.Struct, frozen=True, array_like=True):
    """What became of a page: what it depends on, the file below ``site/`` if any, and what MkDocs warned of."""

    path: str
    note: PageNote
    look: FileState | None
    written: bool
    warnings: list[str]


def _elsewhere(project: Project, day: str) -> PublishRun:
    os.environ["SOURCE_DATE_EPOCH"] = day
    return PublishRun(project, read_configuration(project), None, {}, {})


def whole_build(config: MkDocsConfig, project: Project) -> int:
    """Let MkDocs make the whole site; gives the number of its files."""
    build(config)
    return sum(path.is_file() for path in site_folder(project).rglob("*"))


def _see_that_none_is_missing(site: Site, docs: Mapping[str, object]) -> None:
    """MkDocs passes over a folder that it cannot read; its pages must not be taken for pages that are gone.

    Raises:
        OSError: A file that was there a moment ago is not among those MkDocs found.
    """
    for path in sorted(docs.keys() - site.files.src_uris.keys()):
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)


class PublishRun:
    """Publishes once."""

    def __init__(
        self,
        project: Project,
        config: MkDocsConfig,
        record: PublishManifest | None,
        docs: dict[str, FileState],
        site: dict[str, FileState],
    ) -> None:
        """Read what MkDocs needs.

        ``record`` is the last publishing, None where it says nothing of this one; ``docs`` and ``site`` are the
        files as they are.
        """
        self._project, self._docs, self._found = project, docs, site
        self._root, self._docs_folder = str(site_folder(project)), config.docs_dir
        with strictly():
            self._site = Site(config)
        _see_that_none_is_missing(self._site, docs)
        self._last = record or _NOTHING_KNOWN
        self._theme: dict[str, FileState] = {}
        self._left: dict[str, FileState] = {}
        self._written = 0

    def __reduce__(self) -> tuple[object, ...]:
        """Pass to another process, which reads the configuration for itself and renders pages."""
        return _elsewhere, (self._project, os.environ["SOURCE_DATE_EPOCH"])

    def publish(self, key: bytes, day: int, progress: Progress) -> int:
        """Publish; gives how many files were written or removed.

        Raises:
            BuilderError: MkDocs warns or fails.
        """
        navigation = self._navigation()
        if (key, navigation) != (self._last.key, self._last.navigation) or not key:
            self._last = _NOTHING_KNOWN
        made = {*self._site.config.theme.static_templates, f"{_SITEMAP}.gz"}
        claims = {file.dest_uri: file for file in self._published()}
        wanted = [file for path, file in claims.items() if path not in made and not self._stands(file)]
        pages = [file.src_uri for file in wanted if file.is_documentation_page()]
        self._remove(claims.keys() | made)
        rendered = {each.path: each for each in self._render(pages, progress)}
        if warnings := [line for path in pages for line in rendered[path].warnings]:
            raise stopped(warnings)
        notes = {
            file.src_uri: rendered[file.src_uri].note if file.src_uri in rendered else self._last.pages[file.src_uri]
            for file in self._site.pages
        }
        with strictly():
            self._site.check_anchors(notes, _linking(notes, rendered))
            self._templates(notes)
        self._copy([file for file in wanted if not file.is_documentation_page()], progress)
        record = PublishManifest(key, navigation, day, self._docs, self._theme, self._left, notes)
        write_note(manifest_file(self._project), record)
        return self._written

    def _navigation(self) -> bytes:
        """What pages show of the navigation: of another page everything but its description, which counts articles."""
        shown = [(page.url, page.title, {**page.meta, "description": None}) for page in self._site.nav.pages]
        return hashlib.blake2b(repr(shown).encode("utf-8", "surrogatepass")).digest()

    def _published(self) -> Iterator[File]:
        """Every file that is published; pages last, since they take the place of files of the same name."""
        others = (file for file in self._site.files if not file.is_documentation_page())
        yield from (file for file in others if file.inclusion.is_included())
        yield from self._site.pages

    def _stands(self, file: File) -> bool:
        """Whether what a file was published as is there, and would come out the same."""
        path, last = file.src_uri, self._last
        if file.src_dir == self._docs_folder:
            now = self._docs.get(path)  # None where only the configuration brings back what MkDocs leaves out
            same = now is not None and last.docs.get(path) == now
        else:
            self._theme[path] = look(str(file.abs_src_path))
            same = last.theme.get(path) == self._theme[path] and path not in last.docs
        left = last.site.get(file.dest_uri)
        if not same or left is None or self._found.get(file.dest_uri) != left:
            return False
        if self._moved and file.is_documentation_page() and not self._moved.isdisjoint(last.pages[path].asked):
            return False
        self._left[file.dest_uri] = left
        return True

    @cached_property
    def _moved(self) -> set[str]:
        """Paths below ``docs/`` that are new or gone."""
        return self._docs.keys() ^ self._last.docs.keys()

    def _remove(self, expected: set[str]) -> None:
        """Remove what is published no more."""
        for path in sorted(self._found.keys() - expected):
            files.remove(self._root, path)
            self._written += 1

    def _render(self, pages: Sequence[str], progress: Progress) -> Iterator[_Rendered]:
        for each in parallel_map(self._page, pages, progress, "stage_publish", worthwhile=SHARED_FROM):
            self._written += each.written
            if each.look:
                self._left[self._destination(each.path)] = each.look
            yield each

    def _page(self, path: str) -> _Rendered:
        with collected() as warnings:
            output, note = self._site.render(path)
        if warnings or not output:
            return _Rendered(path, note, None, written=False, warnings=warnings)
        return _Rendered(path, note, *self._put(self._destination(path), output), warnings)

    def _destination(self, path: str) -> str:
        file = self._site.files.get_file_from_path(path)
        assert file is not None  # noqa: S101  # it is one of those that MkDocs lists
        return file.dest_uri

    def _put(self, path: str, data: bytes) -> tuple[FileState, bool]:
        """Write a file below ``site/`` if its bytes are new."""
        target = f"{self._root}/{path}"
        is_new = not files.holds(target, data)
        if is_new:
            try:
                files.replace(target, data)
            except IsADirectoryError:  # of an earlier site; all that is below is published by us
                shutil.rmtree(target)
                files.replace(target, data)
        return look(target), is_new

    def _keep(self, path: str, data: bytes) -> None:
        self._left[path], is_new = self._put(path, data)
        self._written += is_new

    def _copy(self, wanted: Sequence[File], progress: Progress) -> None:
        for file in progress(wanted, "stage_copy"):
            self._keep(file.dest_uri, files.content(str(file.abs_src_path)))

    def _templates(self, notes: dict[str, PageNote]) -> None:
        """Write the theme's own files, where they may be others; what they are made of is small beside the pages."""
        found, stamp = self._site.templates(notes)
        for path, output in found.items():
            self._keep(path, output)
            if path == _SITEMAP:
                packed = io.BytesIO()
                with gzip.GzipFile(filename=f"{_SITEMAP}.gz", fileobj=packed, mode="wb", mtime=stamp) as file:
                    file.write(output)
                self._keep(f"{_SITEMAP}.gz", packed.getvalue())


def _linking(notes: Mapping[str, PageNote], rendered: Mapping[str, object]) -> list[str]:
    """Pages whose links to anchors may have become wrong."""
    return [
        path for path, note in notes.items() if note.links and (path in rendered or rendered.keys() & note.links.keys())
    ]
