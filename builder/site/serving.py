"""A preview that follows the editor: a change below ``seeds/``, ``curation/`` or ``docs/`` shows in the browser."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from builder.config.project import Project
from builder.config.settings import load_settings
from builder.parallel.worker import Worker
from builder.paths import GENERATED
from builder.problems import BuilderError, Language, Wording
from builder.publishing.scan import ChangeScan, site_folder
from builder.site.building import Built, build_site
from builder.site.caching import beginning_anew, locked
from builder.site.guarding import guarded, problem_bar, stopped_bar, with_bar
from builder.site.theme import lay_theme

Report = Callable[[Built | BuilderError], None]


_EVERY = 0.2
"""Seconds between two looks for changes."""


class _Preview:
    """Builds the site, reports, and says what the bar over its pages is to say."""

    def __init__(self, project: Project, report: Report, language: Language, *, confirmed: bool) -> None:
        self._language = language
        self._project = project
        self._report = report
        self._confirmed = confirmed

    def build(self) -> str:
        """Build what has changed.

        Returns:
            The bar.

        Raises:
            BuilderError: Configuration is wrong, or MkDocs fails.
        """
        with locked(self._project, wait=True):
            built = beginning_anew(self._project, self._once)
        self._report(built)
        return problem_bar(built.archive.problems, self._language)

    def _once(self) -> Built:
        scan = ChangeScan(self._project)
        lay_theme(self._project, load_settings(self._project.mkdocs).language)
        return build_site(self._project, scan, confirmed=self._confirmed)

    def rebuild(self) -> str:
        """Build again; what stops it is said in the terminal and on the pages, and the last site stays."""
        try:
            return self.build()
        except BuilderError as error:
            self._report(error)
            return stopped_bar(error.message(self._language))


def serve(
    project: Project,
    address: tuple[str, int],
    report: Report,
    language: Language,
    *,
    opened: bool = False,
    confirmed: bool = False,
) -> None:
    """Serve the archive until interrupted.

    Args:
        project: The archive.
        address: Host and port.
        report: Told of every rebuild, or of what stopped it; serving goes on either way.
        language: In which problems are said over the pages.
        opened: Whether to show the site in a browser.
        confirmed: Whether losing everything is meant.

    Raises:
        BuilderError: The port is taken, which is seen before anything is built, or the first build fails.
    """
    _see_that_free(*address)
    host, port = address
    preview = _Preview(project, report, language, confirmed=confirmed)
    try:
        before = _state(project)
        bar = [preview.build()]
        with contextlib.closing(Worker(preview.rebuild)) as builder:
            mount = urlsplit(load_settings(project.mkdocs).site_url or "/").path
            rebuild = _rebuilding(builder, bar)
            server = LiveReloadServer(rebuild, host, port, str(site_folder(project)), mount, _EVERY)
            server.set_app(guarded(with_bar(server.serve_request, lambda: bar[0]), host, site_folder(project)))
            _watch(server, project)
            _catch_up(project, before, rebuild)
            with contextlib.suppress(KeyboardInterrupt):
                server.serve(open_in_browser=opened)
            server.shutdown()
    except OSError as error:
        raise _taken(host, port, error) from error


def _rebuilding(builder: Worker[str], bar: list[str]) -> Callable[[], None]:
    """Has the site built again, and keeps the new bar."""

    def rebuild() -> None:
        builder.start()
        bar[0] = builder.result()

    return rebuild


def _see_that_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _taken(host, port, error) from error


def _taken(host: str, port: int, error: OSError) -> BuilderError:
    return BuilderError(Wording("port-taken", {"address": f"{host}:{port}", "reason": str(error.strerror)}))


def _watched(project: Project) -> list[Path]:
    """What people write; watching what the builder writes would build everything twice."""
    folders = [folder for folder in (project.seeds, project.curation) if folder.is_dir()]
    written = sorted(project.docs.iterdir()) if project.docs.is_dir() else []
    return [*folders, project.mkdocs, *(path for path in written if path.name not in GENERATED)]


def _watch(server: LiveReloadServer, project: Project) -> None:
    """Look for changes from now on, not from when the server takes its first request."""
    for path in _watched(project):
        server.watch(str(path))
    server.observer.start()
    server.observer.start = lambda: None  # type: ignore[method-assign]  # the server would start it once more


def _catch_up(project: Project, before: Mapping[Path, tuple[int, int]], rebuild: Callable[[], None]) -> None:
    """Build what came while the first build ran."""
    if _state(project) != before:
        rebuild()


def _state(project: Project) -> dict[Path, tuple[int, int]]:
    """Time of change and size of every file that is watched."""
    files = (file for path in _watched(project) for file in (path.rglob("*") if path.is_dir() else [path]))
    stats = ((file, file.lstat()) for file in files if not file.is_dir())
    return {file: (found.st_mtime_ns, found.st_size) for file, found in stats}
