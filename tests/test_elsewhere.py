"""The recipes of the manual for other hosts, as far as they can be run here."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT, open_page
from editing import post

from builder.config.project import Project
from builder.scaffold.files import Choices, begin

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.site
ELSEWHERE = (ROOT / "docs/manual/publishers.md").read_text(encoding="utf-8").partition("{ #elsewhere }")[2]
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _asked(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@contextmanager
def _nginx(folder: Path, server: str) -> Iterator[int]:
    """Debian's nginx with one server's directives; gives its port."""
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        pytest.skip("no nginx on this machine")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    settings = folder / "nginx.conf"
    folders = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in TEMPORARY)
    user = "user root; " if os.getuid() == 0 else ""
    settings.write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/log; events {{}} http {{ access_log off; {folders}"
        f"include /etc/nginx/mime.types; server {{ listen 127.0.0.1:{port}; {server} }} }}",
        encoding="utf-8",
    )
    with subprocess.Popen([nginx, "-c", str(settings), "-p", str(folder)]) as process:
        try:
            for _ in range(100):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def _assert_served(port: int, above: str, site: Path) -> None:
    """Pages, styles, raw files and the page for what is not there."""
    article = min((site / "articles").glob("??????????.html"))
    for path in ("index.html", f"articles/{article.name}", "assets/stylesheets/archive.css", f"raw/{article.stem}.txt"):
        assert _asked(port, f"{above}/{path}") == (200, (site / path).read_bytes())
    assert _asked(port, f"{above}/nothing.html") == (404, (site / "404.html").read_bytes())


@pytest.fixture
def nginx(built: Project, tmp_path: Path) -> Iterator[int]:
    """Serves the site under a sub-path with the one line of the manual; gives the port."""
    site = shutil.copytree(built.root / "site", tmp_path / "srv")
    [line] = re.findall(r"`(location /archive/ [^`]+)`", ELSEWHERE)
    with _nginx(tmp_path, f"error_page 404 /archive/404.html; {line.replace('/srv/archive/', f'{site}/')}") as port:
        yield port


def test_nginx_serves_it_under_a_sub_path(built: Project, nginx: int) -> None:
    """As nginx does with the manual's line."""
    _assert_served(nginx, "/archive", built.root / "site")


@pytest.mark.browser
def test_the_page_for_what_is_not_there_finds_the_rest_without_site_url(chromium: Browser, nginx: int) -> None:
    """At whatever depth it is shown, its styles and links are those of the site, wherever that stands."""
    page = open_page(chromium, f"http://127.0.0.1:{nginx}/archive/articles/2021/nothing-here.html")
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length)")
    assert page.locator(".md-skip").get_attribute("href") == "/archive/articles/2021/nothing-here.html#content"
    page.locator(".ways a").nth(1).click()
    page.wait_for_url(f"http://127.0.0.1:{nginx}/archive/articles/index.html")
    page.context.close()


def test_the_container_builds_and_serves(tmp_path: Path) -> None:
    """Each step of the Dockerfile that needs no network: it copies what is there, builds, and its nginx serves."""
    archive = tmp_path / "archive"
    begin(archive, Choices("zh-Hans", "档案", "https://example.org/owner/program@" + "0" * 40))
    (archive / "seeds" / "a.md").write_text(post(1), encoding="utf-8")
    steps = [line.split(" ", 1) for line in (archive / "Dockerfile").read_text(encoding="utf-8").splitlines() if line]
    kinds = {"FROM", "RUN", "COPY", "ARG", "WORKDIR", "#"}
    assert {kind for kind, _ in steps} <= kinds
    copied = [each for kind, what in steps if kind == "COPY" and "--from" not in what for each in what.split()[:-1]]
    assert copied == ["requirements.txt", "program.txt", "."]
    assert all((archive / each).exists() for each in copied)
    installs = [what for kind, what in steps if kind == "RUN" and what.startswith("pip install")]
    flow = (archive / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    assert [each.replace("--no-cache-dir ", "") for each in installs] == [
        each.replace("uv ", "").replace("--quiet ", "") for each in re.findall(r"uv pip install [^\n]+", flow)
    ]
    [build] = [what for kind, what in steps if kind == "RUN" and what.endswith("builder build")]
    tool = tmp_path / "bin" / "builder"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m builder "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tool.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "SITE_URL": ""}
    subprocess.run(["sh", "-c", build], cwd=archive, env=environment, check=True, capture_output=True)
    [settings] = [what for kind, what in steps if kind == "RUN" and "default.conf" in what]
    written = subprocess.run(
        ["sh", "-c", settings.partition(" > ")[0]], check=True, capture_output=True, text=True
    ).stdout
    own = re.fullmatch(r"server \{ listen 80; (.*) \}", written)
    assert own
    with _nginx(tmp_path, own[1].replace("root /srv;", f"root {archive / 'site'};")) as port:
        _assert_served(port, "", archive / "site")


def test_the_recipes_install_and_build_as_the_workflows_do(built: Project) -> None:
    """GitLab's file is YAML whose steps are those of the container; hosts with a limit of files are not near it."""
    [recipe] = re.findall(r"(?m)^ {8}pages:\n(?: {8}.*\n)+", ELSEWHERE)
    job = yaml.safe_load(textwrap.dedent(recipe))["pages"]
    assert job["artifacts"]["paths"] == ["public"]
    *installs, build, move = job["script"]
    assert " && ".join([*installs, "builder build"]) in ELSEWHERE
    assert (build, move) == ('SITE_URL="$CI_PAGES_URL/" builder build', "mv site public")
    assert sum(path.is_file() for path in (built.root / "site").rglob("*")) < 20_000
