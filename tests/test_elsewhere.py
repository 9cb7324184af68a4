"""The recipes of the manual for other hosts, as far as they can be run here."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from builder.config.project import Project

pytestmark = pytest.mark.site
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _asked(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/archive/{path}")
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_nginx_serves_it_under_a_sub_path(built: Project, tmp_path: Path) -> None:
    """Debian's nginx with the one line of the manual: pages, styles, raw files and the page for what is not there."""
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        pytest.skip("no nginx on this machine")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    site = shutil.copytree(built.root / "site", tmp_path / "srv")
    settings = tmp_path / "nginx.conf"
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in TEMPORARY)
    user = "user root; " if os.getuid() == 0 else ""
    settings.write_text(
        f"{user}daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off; {folders}"
        f"include /etc/nginx/mime.types; server {{ listen 127.0.0.1:{port}; error_page 404 /archive/404.html; "
        f"location /archive/ {{ alias {site}/; }} }} }}",
        encoding="utf-8",
    )
    with subprocess.Popen([nginx, "-c", str(settings), "-p", str(tmp_path)]) as server:
        try:
            for _ in range(100):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            article = min((site / "articles").glob("??????????.html"))
            for path in ("index.html", f"articles/{article.name}", "assets/stylesheets/archive.css"):
                assert _asked(port, path) == (200, (site / path).read_bytes())
            assert _asked(port, "nothing.html") == (404, (site / "404.html").read_bytes())
        finally:
            server.terminate()
