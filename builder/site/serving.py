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
from mkdocs.livereload import LiveReloadServer

from builder.config.project import Project
from builder.pages.places import GENERATED
from builder.problems import BuilderError
from builder.site.generating import Generated, generate


def serve(project: Project, address: tuple[str, int], report: Callable[[Generated | BuilderError], None]) -> None:
    """Serve the archive until interrupted.

    Args:
        project: The archive.
        address: Host and port.
        report: Told of every rebuild, or of what stopped it; serving goes on either way.

    Raises:
        BuilderError: The port is taken, or the first build fails.
    """
    folder = Path(tempfile.mkdtemp(prefix="archive-"))
    host, port = address
    try:
        _build(project, folder, address, report)
        mount = urlsplit(str(load_config(config_file=str(project.mkdocs)).site_url or "/")).path

        def rebuild() -> None:
            try:
                _build(project, folder, address, report)
            except BuilderError as error:
                report(error)

        server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(folder), mount_path=mount)
        _watch(server, project)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve()
        server.shutdown()
    except OSError as error:
        raise BuilderError(f"{host}:{port}: 无法开启预览（{error.strerror}）。请用 --port 换一个端口。") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(
    project: Project, folder: Path, address: tuple[str, int], report: Callable[[Generated | BuilderError], None]
) -> None:
    generated = generate(project)
    config = load_config(config_file=str(project.mkdocs), site_dir=str(folder))
    mount = urlsplit(str(config.site_url or "/")).path
    config.site_url = f"http://{address[0]}:{address[1]}{mount}"
    build(config, serve_url=config.site_url)
    report(generated)


def _watch(server: LiveReloadServer, project: Project) -> None:
    """Watch what people write; watching what the builder writes would build everything twice."""
    for folder in (project.seeds, project.curation):
        if folder.is_dir():
            server.watch(str(folder))
    server.watch(str(project.mkdocs))
    for path in sorted(project.docs.iterdir()):
        if path.name not in GENERATED:
            server.watch(str(path))
