"""What pages alike have of the theme (head, header, navigation, foot), rendered once: saves a quarter of publishing.

Pages are alike that lie in one folder outside the navigation, have no table of contents, and are of one kind and
language. What a page has of its own the theme includes from ``partials/own``, and that is rendered for each page. A
template that reads anything else of a page, or sets for its parts what MkDocs does not, is rendered whole each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from mkdocs.structure.pages import Page

_ALIKE = ("kind", "lang", "hide")
_OWN = "partials/own/"
_MARK = "\0"
_NAME = re.compile(r"[^/]+?(\.html|/|)$")


class _OwnError(Exception):
    """A shell asks for what pages alike need not have in common."""


class _Meta:
    """Front matter of which pages alike say the same."""

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = known

    def __getitem__(self, key: str) -> object:
        if key in _ALIKE:
            return self._known[key]
        raise _OwnError


class _AnyPage:
    """Stands for all pages that are alike."""

    def __init__(self, url: str, meta: Mapping[str, object]) -> None:
        self.url, self.meta, self.toc = url, _Meta(meta), ()

    def __getattr__(self, name: str) -> object:
        raise _OwnError


class Shells:
    """Renders pages, each kind's shell once."""

    def __init__(self, environment: jinja2.Environment) -> None:
        """Begin with none."""
        loader = environment.loader
        assert loader is not None  # noqa: S101  # MkDocs has given it one

        def load(name: str) -> tuple[str, str | None, Callable[[], bool] | None]:
            if name.startswith(_OWN):
                return f"{_MARK}{name}{_MARK}", None, None
            return loader.get_source(environment, name)

        self._environment = environment
        self._emptied = environment.overlay(loader=jinja2.FunctionLoader(load))
        self._known: dict[str, jinja2.Template] = {}

    def render(self, name: str, page: Page, context: Mapping[str, Any]) -> str:
        """A page's HTML by its template."""
        if page.toc or not page.meta:
            return self._environment.get_template(name).render(context)
        meta = {key: page.meta[key] for key in _ALIKE if key in page.meta}
        url = _NAME.sub(f"{_MARK}\\1", page.url)
        key = repr((name, url, meta))
        if key not in self._known:
            self._known[key] = self._template(name, context, _AnyPage(url, meta))
        return self._known[key].render(context)

    def _template(self, name: str, context: Mapping[str, Any], any_page: _AnyPage) -> jinja2.Template:
        """What pages alike share, as a template that includes the rest; the whole template where they cannot share."""
        whole = self._environment.get_template(name)
        try:
            parts = self._emptied.get_template(name).render({**context, "page": any_page}).split(_MARK)
            turns = ("{{{{ shell[{}] }}}}", "{{% include shell[{}] %}}")
            source = "".join(turns[at % 2].format(at) for at in range(len(parts)))
            shell = self._environment.from_string(source, {"shell": parts})
            return shell if shell.render(context) == whole.render(context) else whole
        except Exception:  # noqa: BLE001  # whatever a template does wrong, the whole one does again, and MkDocs says so
            return whole
