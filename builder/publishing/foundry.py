"""MkDocs: reads the configuration, renders the theme once for pages alike, and says in its own words what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import yaml
from mkdocs.commands.build import _build_template, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from builder.bytecode import bytecode
from builder.config.settings import SettingsLoader
from builder.publishing.addresses import relative
from builder.publishing.converting import EXTENSIONS, FUNCTIONS
from builder.publishing.facts import Facts, Shape
from builder.publishing.own import OWN, SITEMAP, OwnParts
from builder.publishing.standins import MARK, Known, Unknown
from builder.publishing.unfamiliar import UnfamiliarError

_SETTINGS = ("site_name", "site_description", "site_author", "site_url", "copyright")
_UNKNOWN = ("exclude_docs", "draft_docs", "extra_templates", "hooks", "plugins", "repo_url", "edit_uri",
            "edit_uri_template", "use_directory_urls")  # fmt: skip


class _OnDemand(Files):
    """The files of ``docs/``, each looked for when it is asked for: there may be tens of thousands."""

    def __init__(self, config: MkDocsConfig, exists: Callable[[str], bool]) -> None:
        super().__init__([])
        self._config, self._exists = config, exists

    def get_file_from_path(self, path: str) -> File | None:
        if path not in self._src_uris and self._exists(path):
            self.append(File(path, self._config.docs_dir, self._config.site_dir, use_directory_urls=False))
        return self._src_uris.get(path)


class Foundry:
    """Makes what pages share."""

    def __init__(self, config: MkDocsConfig, exists: Callable[[str], bool], code: bytes) -> None:
        """Take a configuration.

        Args:
            config: Read by MkDocs.
            exists: Whether a path below ``docs/`` is published.
            code: Digest of libraries and code.

        Raises:
            UnfamiliarError: It asks for something that only MkDocs can do.
        """
        self._config, self._exists = config, exists
        self._files = _OnDemand(config, exists)
        self._nav = _navigation(self._files, config)
        self.facts = _facts(config, self._nav, code)
        self.own = OwnParts(self.facts)
        self.own.check([*self.own.names, SITEMAP])
        self._plain = config.theme.get_env()
        self._marked = config.theme.get_env()
        self._plain.bytecode_cache = self._marked.bytecode_cache = bytecode()
        marks = {name: MARK + name + MARK for name in self.own.names}
        assert self._marked.loader  # noqa: S101  # MkDocs gives it one
        self._marked.loader = jinja2.ChoiceLoader([jinja2.DictLoader(marks), self._marked.loader])

    def shape(self, path: str, outside: Known, template: str, splice: Callable[[Shape], str]) -> Shape:
        """Render the theme round a page.

        Args:
            path: A page below ``docs/``.
            outside: What the theme may know of it.
            template: Name of its template.
            splice: Puts the page's own parts in.

        Raises:
            UnfamiliarError: The theme asks for more, or MkDocs itself makes another page of it.
        """
        page = _read(path, self._files, self._config)
        page.active = True
        context = {**get_context(self._nav, _NOTHING, self._config, page), "page": outside, "build_date_utc": _NOTHING}
        context["base_url"] = relative(".", outside.url)
        shape = self._marked.get_template(template).render(context).split(MARK)
        truth = self._plain.get_template(template).render(get_context(self._nav, [], self._config, page))
        page.active = False
        _hide(page)
        if splice(shape) != truth:
            raise UnfamiliarError(f"{path} does not fit")
        return shape

    def fixed(self) -> tuple[dict[str, bytes | Path], list[str]]:
        """What is published beside ``docs/``.

        Returns:
            By path below ``site/``, bytes or the file to copy; and the paths below ``docs/`` that stand in for some.
        """
        files = _OnDemand(self._config, self._exists)
        files.add_files_from_theme(self._plain, self._config)
        shadowed = [file.src_uri for file in files if file.src_dir == self._config.docs_dir]
        found: dict[str, bytes | Path] = {
            file.dest_uri: Path(str(file.abs_src_path)) for file in files if file.src_uri not in shadowed
        }
        for name in self._config.theme.static_templates - {SITEMAP}:
            output = _build_template(name, self._plain.get_template(name), _NOTHING, self._config, self._nav)
            if output.strip():
                found[name] = output.encode()
        return found, shadowed

    def complain(self, paths: Iterable[str], omitted: Iterable[str]) -> None:
        """Let MkDocs read pages and check their links, so that it logs what is wrong with them.

        Args:
            paths: Pages with a doubtful link.
            omitted: Pages that the navigation lacks.
        """
        files = _OnDemand(self._config, self._exists)
        for path in [*self.facts.navigation, *omitted]:
            files.get_file_from_path(path)
        get_navigation(files, self._config)
        pages = [_read(path, files, self._config) for path in paths]
        for page in pages:
            for target in list(page.links_to_anchors or {}):
                if target is not page.file and target.is_documentation_page():
                    _read(target.src_uri, files, self._config)
            page.validate_anchor_links(files=files, log_level=self._config.validation.links.anchors)


_NOTHING: Any = Unknown()


def _read(path: str, files: Files, config: MkDocsConfig) -> MkDocsPage:
    file = files.get_file_from_path(path)
    assert file  # noqa: S101  # asked for because it exists
    page = file.page or MkDocsPage(None, file, config)
    page.read_source(config)
    page.render(config, files)
    return page


def _facts(config: MkDocsConfig, nav: Navigation, code: bytes) -> Facts:
    found = [name for name in _UNKNOWN if config.get(name)]
    custom = config.theme.custom_dir
    if found or custom is None or not Path(custom, SITEMAP).is_file() or not Path(custom, OWN).is_dir():
        raise UnfamiliarError(", ".join(found) or "theme")
    if unknown := set(config.markdown_extensions) - set(EXTENSIONS):
        raise UnfamiliarError(min(unknown))
    return Facts(
        code=code,
        settings={name: config.get(name) for name in _SETTINGS},
        theme={name: config.theme[name] for name in ("language", "favicon") if name in config.theme},
        extensions=list(config.markdown_extensions),
        extension_settings={name: _plain(settings) for name, settings in (config.mdx_configs or {}).items()},
        navigation={page.file.src_uri: str(page.title) for page in nav.pages},
        home=[page.file.src_uri for page in nav.pages if page.is_homepage],
        not_in_nav=_written(config).get("not_in_nav") or "",
        custom_dir=str(custom),
    )


def _written(config: MkDocsConfig) -> dict[str, Any]:
    """The configuration as it is written: MkDocs keeps patterns in a form that cannot be remembered."""
    source = Path(config.config_file_path).read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=SettingsLoader)  # noqa: S506  # a safe loader's child
    return data


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """An extension's settings with names in place of functions."""
    names = {function: f"!{name}" for name, function in FUNCTIONS.items()}
    plain = {key: names.get(value, value) if callable(value) else value for key, value in settings.items()}
    if any(not isinstance(value, str | int | float | bool | None) or value == "!" for value in plain.values()):
        raise UnfamiliarError("settings of an extension")
    return plain


def _navigation(files: Files, config: MkDocsConfig) -> Navigation:
    if not config.nav:
        raise UnfamiliarError("nav")
    nav = get_navigation(files, config)
    if any(page.title is None for page in nav.pages):
        raise UnfamiliarError("a page in the navigation without a title")
    for page in nav.pages:
        _hide(page)
    return nav


def _hide(page: MkDocsPage) -> None:
    page.meta = page.toc = page.content = _NOTHING
