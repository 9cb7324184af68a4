"""Renders single pages with MkDocs' own functions; each process that renders reads the configuration once."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import _build_template, _populate_page, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_timestamp

from builder.config.project import Project
from builder.markup.escapes import Escapes
from builder.problems import BuilderError, Wording
from builder.publishing.raw_blocks import RawBlocks
from builder.publishing.scan import PageNote, site_folder


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect warnings, instead of letting MkDocs print them."""
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]  # a handler of one line
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


@contextmanager
def strictly() -> Iterator[None]:
    """Stop at the end of the block where MkDocs has warned.

    Raises:
        BuilderError: It warned, or failed.
    """
    with collected() as lines:
        try:
            yield
        except (Abort, ConfigurationError, MkDocsException, SystemExit) as error:
            raise stopped(lines or [str(error)]) from error
    if lines:
        raise stopped(lines)


def stopped(lines: list[str]) -> BuilderError:
    """The error that quotes MkDocs."""
    return BuilderError(Wording("mkdocs-failed"), *(Wording("verbatim", {"line": line}) for line in lines))


_log = logging.getLogger("mkdocs.commands.build")


class _RecordingFiles:
    """The files of a site, remembering which ones a page asks for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """A file by its path below ``docs/``."""
        self.asked.add(path)
        return self._files.get_file_from_path(path)


class _ThemeLoader(jinja2.FileSystemLoader):
    """Lists no file below a dot folder: MkDocs publishes none of them, and Material keeps 14,000 icons in one."""

    def list_templates(self) -> list[str]:
        """Paths of all other files, sorted."""
        found: set[str] = set()
        for root in self.searchpath:
            for folder, below, names in os.walk(root):
                below[:] = [name for name in below if not name.startswith(".")]
                found.update(Path(folder, name).relative_to(root).as_posix() for name in names)
        return sorted(found)


def read_configuration(project: Project) -> MkDocsConfig:
    """The configuration as MkDocs reads it."""
    return load_config(config_file=str(project.mkdocs), strict=True)


def is_whole(config: MkDocsConfig, project: Project) -> bool:
    """Whether only MkDocs's own build can carry out a configuration."""
    places = Path(config.docs_dir) == project.docs and Path(config.site_dir) == site_folder(project)
    return bool(config.plugins or config.hooks or config.extra_templates) or not places


class Site:
    """A site as MkDocs sees it before the first page is rendered.

    Attributes:
        config: What ``mkdocs.yml`` says.
        files: Everything below ``docs/`` and of the theme.
        pages: The Markdown among them that is published.
        nav: The navigation, whose pages have been read.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        """Read folders and the pages of the navigation."""
        self.config = config
        self._raw_blocks = RawBlocks()
        config.markdown_extensions += [self._raw_blocks, Escapes()]  # type: ignore[list-item]  # the library takes either
        self.files = get_files(self.config)
        self._environment = self.config.theme.get_env()
        self._environment.loader = _ThemeLoader(self.config.theme.dirs)
        self.files.add_files_from_theme(self._environment, self.config)
        self.nav: Navigation = get_navigation(self.files, self.config)
        self.pages = self.files.documentation_pages()
        self._asked: dict[str, set[str]] = {}
        self._in_navigation = {page.file.src_uri for page in self.nav.pages}
        for page in self.nav.pages:
            self._read(page)

    def render(self, path: str) -> tuple[bytes, PageNote]:
        """A page's HTML, possibly empty, and what it depends on."""
        page = self._page(path)
        if page.content is None:
            self._read(page)
        page.active = True
        try:
            context = get_context(self.nav, self.pages, self.config, page)
            output = self._environment.get_template(page.meta.get("template", "main.html")).render(context)
        except Exception as error:  # noqa: BLE001  # whatever a template may do wrong, MkDocs says so of the page
            _log.error("Error building page '%s': %s", path, error)  # the line is all that is told
            output = ""
        page.active = False
        note = self._note(page)
        if path not in self._in_navigation:
            page.content = page.markdown = None
            page.toc = []  # type: ignore[assignment]  # nobody asks again
        return (output.encode(errors="xmlcharrefreplace") if output.strip() else b""), note

    def _page(self, path: str) -> Page:
        file = self.files.get_file_from_path(path)
        assert file is not None  # noqa: S101  # listed by MkDocs itself
        return file.page or Page(None, file, self.config)

    def _read(self, page: Page) -> None:
        asking: Any = _RecordingFiles(self.files)
        _populate_page(page, self.config, asking)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | self._raw_blocks.anchors
        self._asked[page.file.src_uri] = asking.asked

    def _note(self, page: Page) -> PageNote:
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        asked = tuple(sorted(self._asked.pop(page.file.src_uri, ())))
        return PageNote(asked, links, tuple(sorted(page.present_anchor_ids or ())), str(page.meta.get("date") or ""))

    def check_anchors(self, notes: dict[str, PageNote], paths: list[str]) -> None:
        """Let MkDocs warn of links of some pages to anchors that are not there, given the notes of all."""
        for path in paths:
            page, links = self._page(path), notes[path].links
            for target in links.keys() & notes.keys():
                self._page(target).present_anchor_ids = set(notes[target].anchors)
            page.links_to_anchors = {self._page(target).file: links[target] for target in links if target in notes}
            page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)

    def templates(self, notes: dict[str, PageNote]) -> tuple[dict[str, bytes], int]:
        """What is published beside pages and files: by path below ``site/``; and the time that a packed copy bears.

        Templates see of a page its addresses and its date, which the notes have.
        """
        for file in self.pages:
            page = self._page(file.src_uri)
            if page.markdown is None:
                page.meta = {"date": notes[file.src_uri].date}
        found = {name: self._template(name) for name in sorted(self.config.theme.static_templates)}
        stamp = get_build_timestamp(pages=[file.page for file in self.pages if file.page])
        return {name: output for name, output in found.items() if output.strip()}, stamp

    def _template(self, name: str) -> bytes:
        template = self._environment.get_template(name)
        return _build_template(name, template, self.files, self.config, self.nav).encode()
