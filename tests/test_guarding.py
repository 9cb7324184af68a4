"""The preview answers this machine's own names only, and serves nothing beyond the site."""

from __future__ import annotations

from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from builder.site.guarding import guarded


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page, and a secret beside it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("page", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "site" / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path / "site"


def _ask(site: Path, path: str, host: str, listens: str = "127.0.0.1") -> str:
    """The status of an answer."""

    def application(_: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start("200 OK", [])
        return [b"page"]

    answers: list[str] = []
    environ: WSGIEnvironment = {"PATH_INFO": path, "HTTP_HOST": host}
    setup_testing_defaults(environ)
    guarded(application, listens, site)(environ, lambda status, *_: answers.append(status) or print)  # type: ignore[func-returns-value]  # a collector
    return answers[0]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000", "192.168.1.5:8000"])
def test_own_names_are_answered(site: Path, host: str) -> None:
    """Names of this machine, and addresses of numbers, which nobody can make lead elsewhere."""
    assert _ask(site, "/index.html", host).startswith("200")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil", "", "[x"]
)
def test_strange_names_are_refused(site: Path, host: str) -> None:
    """A stranger's page that was made to lead here asks under its own name."""
    assert _ask(site, "/index.html", host).startswith("421")


def test_the_name_it_listens_under_is_its_own(site: Path) -> None:
    """``--host studio.local`` is answered under that name."""
    assert _ask(site, "/", "studio.local:8000", "studio.local").startswith("200")


@pytest.mark.parametrize("path", ["/\0", "/a\0.html", "/leak.txt", "/..\\secret.txt", "/\\..\\secret.txt"])
def test_nothing_beyond_the_site_is_served(site: Path, path: str) -> None:
    """No link that leads outside, no other system's separators, no NUL."""
    assert _ask(site, path, "localhost").startswith("404")
