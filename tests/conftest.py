"""Shared by all tests: small archives, the site of the tests' own archive, a web server, Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from editing import CommandLine
from hypothesis import HealthCheck, settings

from builder.config.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[1]
ARCHIVE = Project(ROOT / "tests" / "archive")
"""The tests' own archive, of invented text: no test cares what the repository's archive holds."""
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes golden files anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


SLOW = [HealthCheck.too_slow]  # no test looks at a clock: machines are busy
settings.register_profile("free", deadline=None, suppress_health_check=SLOW)
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.load_profile("free")
if os.environ.get("CI"):
    settings.load_profile("steady")  # what lands must not hang on a draw; at home every run tries new examples

os.environ["LC_ALL"] = "C.UTF-8"  # where no archive says one, commands speak the terminal's language

LONGEST_WAIT = 120_000
"""Milliseconds for which a browser test waits before it fails: four busy processes beside it must not matter."""
ArchiveMaker = Callable[[Mapping[str, str | bytes]], Project]


@dataclass(frozen=True)
class Finished:
    """A command that has run."""

    code: int
    out: str
    err: str


def copy_project(target: Path, *, seeds: bool = True) -> Project:
    """A copy of the tests' own archive, with the manual and its pictures, which come with the program."""
    shutil.copytree(ARCHIVE.root, target, dirs_exist_ok=True, ignore=None if seeds else _nothing_of_seeds)
    for name in ("docs/assets", "docs/manual"):
        shutil.copytree(ROOT / name, target / name)
    return Project(target)


def _nothing_of_seeds(folder: str, names: list[str]) -> list[str]:
    """No seed, and no correction of one."""
    return names if Path(folder) in (ARCHIVE.seeds, ARCHIVE.curation / "corrections") else []


def run_builder(project: Project, *arguments: str, environment: Mapping[str, str] | None = None) -> Finished:
    """Run the command line as people do, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "builder", *arguments],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def make_archive(tmp_path: Path) -> ArchiveMaker:
    """Makes an archive out of the tests' own configuration and the seeds given."""

    def make(seeds: Mapping[str, str | bytes]) -> Project:
        project = copy_project(tmp_path / "archive", seeds=False)
        for name, content in seeds.items():
            path = project.seeds / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return project

    return make


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Runs commands in this process."""
    return CommandLine(monkeypatch, capsys)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tests' own archive, built once."""
    project = copy_project(tmp_path_factory.mktemp("built"))
    done = run_builder(project, "build")
    assert done.code == 0, done.err
    return project


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a site under a sub-path, as GitHub Pages serves a project; gives its address."""
    root = site.parent.with_name(f"{site.parent.name}-served")
    shutil.copytree(site, root / "sub" / "path")
    handler = functools.partial(_QuietHandler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sub/path/"
        server.shutdown()


@pytest.fixture(scope="session")
def served(built: Project) -> Iterator[str]:
    """Address of the built site."""
    with serving(built.root / "site") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; without one the browser tests are skipped, except under CI."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: install Debian's package chromium")
        pytest.skip("no Chromium on this machine: browser tests are skipped")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # most rooms are tested without a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        _be_patient(browser)
        yield browser
        browser.close()


def _be_patient(browser: Browser) -> None:
    """Let every page of it wait as long as a busy machine takes; a claim that is false still fails."""
    new_context = browser.new_context

    def patient(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(LONGEST_WAIT)
        return context

    browser.new_context = patient  # type: ignore[method-assign]
    browser.new_page = lambda **options: patient(**options).new_page()  # type: ignore[method-assign]


def open_page(browser: Browser, address: str, **options: Any) -> Page:
    """A page in a context of its own, to which no other host exists; close its context when done."""
    page = browser.new_context(**options).new_page()
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    page.goto(address, wait_until="load")
    return page
