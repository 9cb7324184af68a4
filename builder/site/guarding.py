"""What the preview puts between browser and site: only its own names and files, and a bar of problems on each page."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from builder.languages import labels
from builder.problems import Language, Problem

_SHOWN = 20
_STYLE = (
    "position:fixed;inset:auto 0 0 0;z-index:99;max-height:50vh;overflow:auto;margin:0;padding:.5rem 1rem;"
    "font:14px/1.6 system-ui,sans-serif;color:#fff;"
)
_SERIOUS, _MILD = "background:#8a1f1f", "background:#5c4a00"


def stopped_bar(message: str) -> str:
    """The bar for what stopped a rebuild: the pages are those of the last one that went through."""
    return _bar(message.splitlines(), message.splitlines()[0], _SERIOUS, is_open=True)


def problem_bar(problems: Sequence[Problem], language: Language) -> str:
    """The bar for errors or, where there are none, warnings; empty where there is neither."""
    errors = [problem for problem in problems if problem.severity == "error"]
    told = [*errors, *(problem for problem in problems if problem.severity == "warning")]
    if not told:
        return ""
    said = labels(language)["summary_problems"].format(
        errors=len(errors), warnings=len(told) - len(errors), notices=len(problems) - len(told)
    )
    lines = [problem.line_text(language) for problem in (errors or told)[:_SHOWN]]
    return _bar(lines, said, _SERIOUS if errors else _MILD, is_open=bool(errors))


def with_bar(application: WSGIApplication, bar: Callable[[], str]) -> WSGIApplication:
    """An application that answers as the given one does, with the bar of the moment at the end of each HTML page."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[Any, ...]] = []

        def remember(*arguments: Any) -> Callable[[bytes], object]:  # noqa: ANN401  # WSGI's own loose signature
            begun.append(arguments)
            return lambda _data: None

        body = application(environ, remember)
        status, headers, *rest = begun[0]
        if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            start_response(status, headers, *rest)
            return body
        content = b"".join(body).replace(b"</body>", bar().encode() + b"</body>")
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*kept, ("Content-Length", str(len(content)))], *rest)
        return [content]

    return answer


def _bar(lines: Iterable[str], headline: str, colour: str, *, is_open: bool) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return (
        f'<details id="builder-problems" role="status" style="{_STYLE}{colour}"{" open" if is_open else ""}>'
        f'<summary>{escape(headline)}</summary><ul style="margin:.3rem 0;padding-left:1.2rem">{items}</ul></details>'
    )


_PLAIN = [("Content-Type", "text/plain; charset=utf-8")]


def guarded(application: WSGIApplication, host: str, site: Path) -> WSGIApplication:
    """An application that answers only under its own name, and nothing from beyond the site's folder.

    A page of a stranger's whose name is made to lead to this machine (DNS rebinding) asks under that name; an
    address of numbers cannot be made to lead elsewhere.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_ours(environ.get("HTTP_HOST", ""), host):
            start_response("421 Misdirected Request", _PLAIN)
            return [b"This preview answers under its own names only.\n"]
        if not _is_inside(environ.get("PATH_INFO", ""), site):
            start_response("404 Not Found", _PLAIN)
            return [b"Not found.\n"]
        return application(environ, start_response)

    return answer


def _is_ours(asked: str, host: str) -> bool:
    try:
        name = (urlsplit(f"//{asked}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name in {"localhost", host.lower()} or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_inside(path: str, site: Path) -> bool:
    """Whether a path could be a file of the site: no NUL, no other system's separators, no link that leads outside."""
    if any(character in path for character in "\0\\"):
        return False
    root = os.path.realpath(site)
    found = os.path.realpath(os.path.join(root, os.path.normpath("/" + path).lstrip("/")))  # noqa: PTH118  # as the server
    return found == root or found.startswith(root + os.sep)
