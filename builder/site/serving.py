"""A preview that follows the editor: a change below ``seeds/``, ``curation/`` or ``docs/`` shows in the browser."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from builder.config.project import Project
from builder.pages.places import GENERATED
from builder.problems import BuilderError, Language
from builder.site import banner
from builder.site.generating import Generated, generate

Report = Callable[[Generated | BuilderError], None]


class _Preview:
    """Rebuilds the site, reports, and remembers what the bar over its pages says."""

    def __init__(self, project: Project, address: tuple[str, int], report: Report, *, confirmed: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="archive-"))
        self.bar = ""
        self._project = project
        self._address = address
        self._report = report
        self._confirmed = confirmed

    def build(self) -> None:
        """Build everything.

        Raises:
            BuilderError: Configuration is wrong, or MkDocs fails.
        """
        generated = generate(self._project, confirmed=self._confirmed)
        config = load_config(config_file=str(self._project.mkdocs), site_dir=str(self.folder))
        mount = urlsplit(str(config.site_url or "/")).path
        config.site_url = f"http://{self._address[0]}:{self._address[1]}{mount}"
        try:
            build(config, serve_url=config.site_url)
        except (Abort, MkDocsException) as error:
            raise BuilderError(f"mkdocs.yml: MkDocs 没有完成：{error}") from error
        language: Language = "en" if generated.settings.language.startswith("en") else "zh"
        self.bar = banner.found(generated.archive.problems, language)
        self._report(generated)

    def rebuild(self) -> None:
        """Build again; what stops it is said in the terminal and on the pages, and the last site stays."""
        try:
            self.build()
        except BuilderError as error:
            self.bar = banner.stopped(str(error))
            self._report(error)


def serve(project: Project, address: tuple[str, int], report: Report, *, confirmed: bool = False) -> None:
    """Serve the archive until interrupted.

    Args:
        project: The archive.
        address: Host and port.
        report: Told of every rebuild, or of what stopped it; serving goes on either way.
        confirmed: Whether losing everything is meant.

    Raises:
        BuilderError: The port is taken, or the first build fails.
    """
    preview = _Preview(project, address, report, confirmed=confirmed)
    host, port = address
    try:
        preview.build()
        mount = urlsplit(str(load_config(config_file=str(project.mkdocs)).site_url or "/")).path
        server = LiveReloadServer(
            builder=preview.rebuild, host=host, port=port, root=str(preview.folder), mount_path=mount
        )
        server.set_app(banner.laid_over(server.serve_request, lambda: preview.bar))
        _watch(server, project)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve()
        server.shutdown()
    except OSError as error:
        raise BuilderError(f"{host}:{port}: 无法开启预览（{error.strerror}）。请用 --port 换一个端口。") from error
    finally:
        shutil.rmtree(preview.folder, ignore_errors=True)


def _watch(server: LiveReloadServer, project: Project) -> None:
    """Watch what people write; watching what the builder writes would build everything twice."""
    for folder in (project.seeds, project.curation):
        if folder.is_dir():
            server.watch(str(folder))
    server.watch(str(project.mkdocs))
    for path in sorted(project.docs.iterdir()):
        if path.name not in GENERATED:
            server.watch(str(path))
