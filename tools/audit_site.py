"""Builds the site of this checkout into a folder of its own and serves it, compressed, below a sub-path."""

from __future__ import annotations

import gzip
import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
WRITTEN_BY_HAND = ("mkdocs.yml", "curation", "seeds", "builder")
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
MOUNT = "/sub/path"
# So that there is a page of each kind: an article taken out, an address that leads on.
_GONE = f"""
removed:
  aaaaaaaaaa: {{title: 一篇撤下的报道, why: 应权利人要求撤下, who: 李四, sha256: "{"0" * 64}"}}
moved:
  articles/bbbbbbbbbb.html: topics/index.html
"""


def free_port() -> int:
    """A port to serve on, known before the build, because some addresses in the site are absolute."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def address(port: int) -> str:
    """The site's address, which ends in a slash."""
    return f"http://127.0.0.1:{port}{MOUNT}/"


def build(folder: Path, port: int) -> Path:
    """Build the site from what git tracks, as it stands on the disk, and return its folder.

    Args:
        folder: Where to.
        port: Where it will be served.

    Raises:
        SystemExit: The build fails.
    """
    tracked = subprocess.run(
        ["git", "ls-files", *WRITTEN_BY_HAND, "docs"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in tracked.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    with (folder / "curation" / "corrections.yml").open("a", encoding="utf-8") as corrections:
        corrections.write(_GONE)
    done = subprocess.run(
        [sys.executable, "-m", "builder", "build"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SITE_URL": address(port)},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return folder / "site"


def kinds(site: Path) -> dict[str, str]:
    """A page of each kind, below the site's root: the longest article of each script, the first of all else."""

    def first(pattern: str) -> str:
        found = sorted(path for path in site.glob(pattern) if path.name != "index.html")
        return found[0].relative_to(site).as_posix()

    articles = [path for path in sorted(site.glob("articles/*.html")) if '"article-head"' in path.read_text("utf-8")]
    simplified = [path for path in articles if 'lang="zh-Hant' not in path.read_text("utf-8")[:200]]
    traditional = [path for path in articles if path not in simplified]
    pictured = [path for path in articles if "<img" in path.read_text("utf-8")]
    chosen = {
        "article (Hans)": max(simplified, key=_size),
        "article (Hant)": max(traditional, key=_size),
        "article (image)": max(pictured, key=_size),
    }
    fixed = {
        "home": "index.html",
        "browse": "articles/index.html",
        "topics": "topics/index.html",
        "sources": "sources/index.html",
        "plans": "plans/index.html",
        "timeline": "timeline.html",
        "search": "search/index.html",
        "data": "data/index.html",
        "about": "about.html",
        "manual": "manual/index.html",
        "editors": "manual/editors.html",
        "problems": "manual/problems.html",
        "withdrawn": "articles/aaaaaaaaaa.html",
        "404": "404.html",
    }
    plan = min(site.glob("plans/*/index.html")).parent
    return {
        **fixed,
        **{kind: path.relative_to(site).as_posix() for kind, path in chosen.items()},
        "topic": _fullest(site, "topics"),
        "source": first("sources/*.html"),
        "plan": f"{plan.relative_to(site).as_posix()}/index.html",
        **{name: f"{plan.relative_to(site).as_posix()}/{name}.html" for name in ("whole", "collation", "names")},
        "chapter": first(f"{plan.relative_to(site).as_posix()}/sec-*.html"),
    }


def _size(path: Path) -> int:
    return path.stat().st_size


def _fullest(site: Path, folder: str) -> str:
    found = [path for path in sorted(site.glob(f"{folder}/*.html")) if path.name != "index.html"]
    return max(found, key=_size).relative_to(site).as_posix()


class _Compressing(http.server.BaseHTTPRequestHandler):
    """A static host as common ones are: HTTP/1.1, gzip, a page for what does not exist."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: Path, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]  # the server's own three

    def do_GET(self) -> None:  # the library's name
        mounted, _, path = self.path.partition("?")[0].partition(f"{MOUNT}/")
        file = self.site / (f"{path}index.html" if not path or path.endswith("/") else path)
        inside = not mounted and file.resolve().is_relative_to(self.site.resolve()) and file.is_file()
        body, compressed = _content(file if inside else self.site / "404.html")
        self.send_response(200 if inside else 404)
        self.send_header("Content-Type", f"{self._type(file if inside else Path('404.html'))}")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def _type(file: Path) -> str:
        kind = http.server.SimpleHTTPRequestHandler.extensions_map.get(file.suffix) or _TYPES.get(file.suffix)
        return f"{kind or 'application/octet-stream'}; charset=utf-8"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain", ".png": "image/png",
}  # fmt: skip


@cache
def _content(file: Path) -> tuple[bytes, bool]:
    data = file.read_bytes()
    return (gzip.compress(data, 6, mtime=0), True) if file.suffix in COMPRESSED else (data, False)


@contextmanager
def serving(site: Path, port: int) -> Iterator[str]:
    """Serve a site; gives its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(_Compressing, site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address(port)
        server.shutdown()
