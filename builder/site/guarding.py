"""Restricts the preview to this machine's host names and to files of the site."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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
