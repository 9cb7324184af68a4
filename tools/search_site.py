"""A site of many articles in a real browser: what the tools that measure the search share."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["SHARED", "Corpus", "Line", "Shown", "ask", "build_site", "chromium", "served", "stub_of", "take_corpus"]
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import CHROMIUM_FLAGS, copy_project
from search_samples import stub_of

from builder.config.project import Project, load_curation
from builder.model.search import SearchNames, SearchRecord
from builder.pages.searching import loader, names, stubs
from builder.site.archives import read_archive


@dataclass(frozen=True)
class Corpus:
    """The seeds and the corpus beside the checkout, as an archive of their own.

    Attributes:
        project: A copy of this project with all of them as seeds.
        records: What its search can find.
        names: What widens its queries.
        paths: Path of the seed by page address; all pages of a plan count.
        seeds: Name of the seed's file, likewise.
    """

    project: Project
    records: list[SearchRecord]
    names: SearchNames
    paths: dict[str, str]
    seeds: dict[str, str]


def take_corpus(folder: Path, posts: Path = SHARED / "corpus") -> Corpus:
    """The five seeds and a folder of posts as an archive with this project's curation; everything is read."""
    project = copy_project(folder, seeds=False)
    shutil.rmtree(project.curation)
    shutil.copytree(ROOT / "curation", project.curation)
    shutil.copytree(SHARED / "seeds", project.seeds, dirs_exist_ok=True)
    shutil.copytree(posts, project.seeds / "corpus", ignore=shutil.ignore_patterns("*.md~", "QUIRKS.md"))
    archive = read_archive(project)
    load = loader(archive)
    found = [load(stub.id) for stub in stubs(archive, lambda _: b"")]
    paths = {f"articles/{entry.id}.html": entry.article.path for entry in archive.entries}
    for plan, record in zip(archive.plans, found[len(archive.entries) :], strict=True):
        paths |= {section.address.partition("#")[0]: plan.path for section in record.sections}
        paths[record.address] = plan.path
    seeds = {address: Path(path).name for address, path in paths.items()}
    return Corpus(project, found, names(archive, load_curation(project).entities), paths, seeds)


def build_site(project: Project) -> None:
    """Build the whole site as people do; problems in the corpus's posts are its own."""
    done = subprocess.run(
        [sys.executable, "-m", "builder", "build"],
        cwd=project.root,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(project.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not (project.root / "site" / "search" / "index.html").is_file():
        sys.exit(f"the site was not built:\n{done.stderr[-2000:]}")


@dataclass(frozen=True)
class Line:
    """How slow a server is.

    Attributes:
        latency: Seconds before each answer.
        bytes_per_second: For all answers together; 0 for as many as can be.
    """

    latency: float = 0
    bytes_per_second: int = 0


class Served:
    """A folder over HTTP.

    Attributes:
        address: Of the folder.
    """

    def __init__(self, address: str) -> None:
        """Begin to count."""
        self.address = address
        self._sent: list[tuple[str, int]] = []

    def count(self, path: str, size: int) -> None:
        """Note an answer's body."""
        self._sent.append((path, size))

    def sent(self, below: str) -> int:
        """Bytes of all bodies sent from below a path."""
        return sum(size for path, size in self._sent if path.startswith(below))


@contextmanager
def served(site: Path, line: Line | None = None) -> Iterator[Served]:
    """Serve a folder, possibly over a slow line."""
    speed = line or Line()
    turn = threading.Lock()

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer late and slowly, and count; what the browser has already is asked for again, but not sent."""
            file = Path(self.translate_path(self.path))
            size = file.stat().st_size if file.is_file() and "If-Modified-Since" not in self.headers else 0
            time.sleep(speed.latency)
            with turn:  # one line for all
                time.sleep(size / speed.bytes_per_second if speed.bytes_per_second else 0)
            here.count(self.path, size)
            super().do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            """Say nothing."""

    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        here = Served(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield here
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        sys.exit("Chromium is needed: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@dataclass(frozen=True)
class Shown:
    """What the search page shows.

    Attributes:
        pages: Addresses of the results' pages, in order, without fragment.
        near: Of each result, whether it is labelled as one that only comes near.
        note: The line above them.
    """

    pages: tuple[str, ...]
    near: tuple[bool, ...]
    note: str

    @property
    def claimed(self) -> list[str]:
        """The pages that are said to hold what was asked for."""
        return [page for page, near in zip(self.pages, self.near, strict=True) if not near]


def ask(page: Page, query: str, *, first: bool = False) -> Shown:
    """Type a query into the field of the search page and read what is shown.

    Args:
        page: It stands on the search page.
        query: What is typed.
        first: Whether to be content with the first results, before all are there.
    """
    page.evaluate("document.querySelector('#search-page').removeAttribute('data-answered')")
    page.locator("#search-page [name=query]").fill(query)
    done = "document.querySelector('#search-page').hasAttribute('data-answered')"
    early = f"({done}) || document.querySelectorAll('.search-page__result:not([data-old])').length > 0"
    page.wait_for_function(early if first else done)
    return Shown(**page.evaluate(_READ))


_READ = """() => {
    const form = document.querySelector("#search-page");
    const root = new URL(form.dataset.root, document.baseURI).href;
    const items = [...document.querySelectorAll(".search-page__result")];
    const urls = items.map((item) => new URL(item.querySelector("a").href));
    return {
        pages: urls.map((url) => (url.origin + url.pathname).slice(root.length)),
        near: items.map((item) => item.querySelector(".search-page__near") !== null),
        note: document.querySelector("#search-page-status").textContent,
    };
}"""
