"""The recipes of the manual for other hosts, as far as they can be run here."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import open_page

from builder.config.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.site
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _asked(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/archive/{path}")
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@pytest.fixture
def nginx(built: Project, tmp_path: Path) -> Iterator[int]:
    """Debian's nginx with the one line of the manual, serving the site under a sub-path; gives its port."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
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
    with subprocess.Popen([program, "-c", str(settings), "-p", str(tmp_path)]) as server:
        try:
            for _ in range(100):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()


def test_nginx_serves_it_under_a_sub_path(built: Project, nginx: int) -> None:
    """Pages, styles, raw files and the page for what is not there."""
    site = built.root / "site"
    article = min((site / "articles").glob("??????????.html"))
    for path in ("index.html", f"articles/{article.name}", "assets/stylesheets/archive.css"):
        assert _asked(nginx, path) == (200, (site / path).read_bytes())
    assert _asked(nginx, "nothing.html") == (404, (site / "404.html").read_bytes())


@pytest.mark.browser
def test_the_page_for_what_is_not_there_finds_the_rest_without_site_url(chromium: Browser, nginx: int) -> None:
    """At whatever depth it is shown, its styles and links are those of the site, wherever that stands."""
    page = open_page(chromium, f"http://127.0.0.1:{nginx}/archive/articles/2021/nothing-here.html")
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length)")
    assert page.locator(".md-skip").get_attribute("href") == "/archive/articles/2021/nothing-here.html#content"
    page.locator(".ways a").nth(1).click()
    page.wait_for_url(f"http://127.0.0.1:{nginx}/archive/articles/index.html")
    page.context.close()
