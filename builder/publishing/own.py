"""Renders what differs from page to page: the theme's templates in ``partials/own``, and the sitemap."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import jinja2
import jinja2.meta

from builder.bytecode import bytecode
from builder.publishing.addresses import address, relative
from builder.publishing.converting import Converted
from builder.publishing.facts import Facts
from builder.publishing.standins import FIRST_HEADING, Known
from builder.publishing.unfamiliar import UnfamiliarError

OWN = "partials/own/"
SITEMAP = "sitemap.xml"


class _Heading:
    """An entry of a page's table of contents."""

    def __init__(self, token: list[Any]) -> None:
        self.title, self.id, self.level, children = token
        self.url = "#" + self.id
        self.children = [_Heading(child) for child in children]


class OwnParts:
    """The templates of ``partials/own``, each compiled when it is first used."""

    def __init__(self, facts: Facts) -> None:
        """Prepare for a site."""
        self._facts = facts
        loader = jinja2.FileSystemLoader(facts.custom_dir)
        self._environment = jinja2.Environment(  # noqa: S701  # MkDocs escapes nothing by itself either, and must make the same bytes: the templates do
            loader=loader, auto_reload=False, bytecode_cache=bytecode()
        )
        self._environment.filters["url"] = _url
        self._config = Known(**facts.settings, theme=Known(**facts.theme))

    def page(self, path: str, meta: Mapping[str, Any], converted: Converted) -> Known:
        """The page at a path below ``docs/``."""
        url, name = address(path), posixpath.basename(path).removesuffix(".md")
        is_home = path in self._facts.home or (path == "index.md" and path not in self._facts.navigation)
        title = self._facts.navigation.get(path)
        if title is None:
            title = meta["title"] if "title" in meta else converted.title or _from_name(name, is_home=is_home)
        toc = [_Heading(token) for token in converted.toc]
        canonical = self._canonical(url)
        return Known(
            url=url, meta=meta, title=title, content=converted.content, toc=toc, is_homepage=is_home,
            canonical_url=canonical,
        )  # fmt: skip

    def _canonical(self, url: str) -> str | None:
        base = self._facts.settings["site_url"]
        return urljoin(base if base.endswith("/") else base + "/", url) if base else None

    def render(self, names: Iterable[str], page: Known) -> dict[str, str]:
        """What each of the templates makes of the page, by its name."""
        base = relative(".", page.url)
        return {
            name: page.toc[0].id
            if name == FIRST_HEADING
            else self._template(name).render(page=page, config=self._config, base_url=base)
            for name in set(names)
        }

    def sitemap(self, dates: Iterable[tuple[str, str]]) -> str:
        """The sitemap of pages in order: path and date, possibly empty."""
        pages = [
            Known(page=Known(canonical_url=self._canonical(address(path)), meta={"date": date})) for path, date in dates
        ]
        return self._template(SITEMAP).render(pages=pages)

    def check(self, names: Iterable[str]) -> None:
        """Read templates for what they use.

        Raises:
            UnfamiliarError: It is something else than the page and the configuration.
        """
        for name in names:
            known = {"pages"} if name == SITEMAP else {"page", "config", "base_url"}
            assert self._environment.loader  # noqa: S101  # given at birth
            source = self._environment.loader.get_source(self._environment, name)[0]
            tree = self._environment.parse(source)
            stored = {each.name for each in tree.find_all(jinja2.nodes.Name) if each.ctx == "store"}
            used = jinja2.meta.find_undeclared_variables(tree) - stored
            if used - known:
                raise UnfamiliarError(f"{name} uses {min(used - known)}")

    def _template(self, name: str) -> jinja2.Template:
        return self._environment.get_template(name)

    @cached_property
    def names(self) -> list[str]:
        """All of them."""
        folder = Path(self._facts.custom_dir, OWN)
        return sorted(OWN + path.name for path in folder.glob("*.html"))


def _from_name(name: str, *, is_home: bool) -> str:
    """A title for a page that says none, as MkDocs makes it."""
    if is_home:
        return "Home"
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title


@jinja2.pass_context
def _url(context: jinja2.runtime.Context, value: object) -> str:
    """An address below the site as the page must write it: MkDocs' filter of this name."""
    return _seen_from(str(value) or ".", context["page"].url.rpartition("/")[0])


@lru_cache(maxsize=4096)
def _seen_from(path: str, folder: str) -> str:
    if "\\" in path:
        raise UnfamiliarError("an address with a backslash")
    parsed = urlsplit(path)
    if parsed.scheme or parsed.netloc or path.startswith(("/", "#")):
        return path
    level, norm = 0, posixpath.normpath(path) + "/"
    while norm.startswith("../", level * 3):
        level += 1
    return "../" * level + relative(path, f"{folder}/page.html")
