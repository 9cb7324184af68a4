"""Renders an article's Markdown to HTML as MkDocs does, with links that work from a feed."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html
from markdown import Markdown

from builder import paths
from builder.config.publication import Publication, PythonName
from builder.feeds.addresses import Addresses
from builder.model.archive import Entry
from builder.pages.bodies import page_body

_REMEMBERED = 4096
"""Rendered articles kept at hand: an article stands in the feeds of the site, its source and its topics."""


@dataclass(frozen=True)
class _Syntax:
    """The Markdown of a site; two are one where their settings read alike.

    Attributes:
        settings: As text.
        publication: What they are part of.
    """

    settings: str
    publication: Publication = field(compare=False)


class HtmlMaker:
    """Turns articles into HTML; each is rendered once a process, and a preview builds many times in one."""

    def __init__(self, publication: Publication) -> None:
        """Remember which Markdown extensions ``mkdocs.yml`` names."""
        self._syntax = _Syntax(repr((publication.extensions, publication.extension_settings)), publication)
        self._addresses = Addresses(publication)

    def html(self, entry: Entry, here: str) -> str:
        """The article's body.

        Args:
            entry: The article.
            here: The feed, below ``docs/``; what the body links below the site is addressed from there.
        """
        page = paths.article(entry.id)
        rendered = _rendered(self._syntax, str(page_body(entry.article.markdown)))
        if "href=" not in rendered and "src=" not in rendered:
            return rendered
        tree = html.fragment_fromstring(rendered, create_parent="div")
        moved = False
        for element, attribute, address, _ in list(tree.iterlinks()):
            if attribute and (target := self._moved(address, page, here)) != address:
                element.set(attribute, target)
                moved = True
        return _inside(tree) if moved else rendered

    def _moved(self, address: str, page: str, here: str) -> str:
        """A link of the page as one of the feed; those to elsewhere and within the page stay."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return address
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path))
        moved = self._addresses.of(here, there)
        return f"{moved}#{parts.fragment}" if parts.fragment else moved


@lru_cache(_REMEMBERED)
def _rendered(syntax: _Syntax, text: str) -> str:
    return _markdown(syntax).reset().convert(text)


@lru_cache(1)
def _markdown(syntax: _Syntax) -> Markdown:
    """Loaded when it is needed: few builds make a feed anew."""
    publication = syntax.publication
    settings = {name: dict(_resolved(own)) for name, own in publication.extension_settings.items()}
    return Markdown(extensions=list(publication.extensions), extension_configs=settings)


def _inside(tree: html.HtmlElement) -> str:
    """What stands in the element, without it."""
    written = etree.tostring(tree, encoding="unicode", method="html")
    return written.removeprefix("<div>").removesuffix("</div>")


def _resolved(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Settings with the objects that names stand for, which the site's owner wrote and MkDocs imports as well."""
    return {key: _object(value) if isinstance(value, PythonName) else value for key, value in settings.items()}


def _object(name: str) -> object:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)
