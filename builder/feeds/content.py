"""Renders an article's Markdown to HTML as MkDocs does, with links that work from a feed."""

from __future__ import annotations

import posixpath
from functools import cached_property
from importlib import import_module
from urllib.parse import urlsplit

from lxml import etree, html
from markdown import Markdown

from builder import paths
from builder.config.settings import PythonName, Settings
from builder.markup.escapes import Escapes
from builder.model.archive import Entry
from builder.pages.bodies import page_body


class HtmlMaker:
    """Turns articles into HTML, each once: an article stands in the feeds of the site, its source and its topics."""

    def __init__(self, settings: Settings) -> None:
        """Remember which Markdown extensions ``mkdocs.yml`` names."""
        self._settings = settings
        self._bodies: dict[str, str] = {}  # By identifier
        self._known: dict[tuple[str, str], str] = {}  # By identifier and folder of the feed

    def html(self, entry: Entry, here: str) -> str:
        """An article's body; what it links below the site is addressed from the feed ``here``."""
        folder = posixpath.dirname(here)
        if (entry.id, folder) not in self._known:
            self._known[entry.id, folder] = self._addressed(self._rendered(entry), paths.article(entry.id), here)
        return self._known[entry.id, folder]

    def _addressed(self, rendered: str, page: str, here: str) -> str:
        if "href=" not in rendered and "src=" not in rendered:
            return rendered
        tree = html.fragment_fromstring(rendered, create_parent="div")
        moved = False
        for element, attribute, address, _ in list(tree.iterlinks()):
            if attribute and (target := self._moved(address, page, here)) != address:
                element.set(attribute, target)
                moved = True
        return _inside(tree) if moved else rendered

    def _rendered(self, entry: Entry) -> str:
        if entry.id not in self._bodies:
            self._bodies[entry.id] = self._markdown.reset().convert(str(page_body(entry.article.markdown)))
        return self._bodies[entry.id]

    def _moved(self, address: str, page: str, here: str) -> str:
        """A link of the page as one of the feed; those to elsewhere and within the page stay."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return address
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path))
        moved = self._settings.address(there) or paths.link(here, there)
        return f"{moved}#{parts.fragment}" if parts.fragment else moved

    @cached_property
    def _markdown(self) -> Markdown:
        """Loaded when it is needed: few builds make a feed anew."""
        settings = {
            name: {key: _object(value) if isinstance(value, PythonName) else value for key, value in own.items()}
            for name, own in self._settings.extension_settings.items()
        }
        return Markdown(extensions=[*self._settings.extensions, Escapes()], extension_configs=settings)


def _inside(tree: html.HtmlElement) -> str:
    """What stands in the element, without it."""
    written = etree.tostring(tree, encoding="unicode", method="html")
    return written.removeprefix("<div>").removesuffix("</div>")


def _object(name: str) -> object:
    """What a name stands for that the site's owner wrote and MkDocs imports as well."""
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)
