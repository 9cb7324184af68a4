"""Fills templates: escaping is on by default, an unknown name is an error, and every page begins with front matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timezone
from functools import cache, partial
from typing import Any

import jinja2

from builder import markup, paths
from builder.characters import linked_address
from builder.languages import labels
from builder.output.products import PageFile
from builder.problems import Language, resolve


class Renderer:
    """Renders the templates of one language; pages see the documented context of their template and nothing else."""

    def __init__(
        self, language: str, repository: str = "", zone: timezone | None = None, *, raw_containers: bool = False
    ) -> None:
        """Load the templates.

        Args:
            language: Language of the labels, ``zh``, ``zh-Hant``, ``en`` ….
            repository: Address of the repository in which editors correct; empty where readers are not told.
            raw_containers: Whether raw files of other kinds than text are published.
            zone: The readers' zone of time; None where times are shown as stated.
        """
        self.language: Language = resolve(language)
        self.repository = repository
        self.raw_containers = raw_containers
        self.zone = zone
        self.labels = labels(language)

    def label(self, key: str, **values: object) -> str:
        """A label with its placeholders filled."""
        return _label(self.labels, key, **values)

    def page(
        self, path: str, template: str, context: Mapping[str, Any], front_matter: Mapping[str, object]
    ) -> PageFile:
        """A finished page.

        Args:
            path: Where it lies below ``docs/``; links in the template are made relative to it.
            template: File name of the template.
            context: What the template sees beside ``label``, ``paths`` and ``link``.
            front_matter: Written as YAML; empty values are left out.
        """
        body = self.filled(path, template, context)
        head = markup.front_matter({key: value for key, value in front_matter.items() if value not in (None, "", ())})
        return PageFile(path, f"{head}\n{body.strip()}\n".encode())

    def filled(self, path: str, template: str, context: Mapping[str, Any]) -> str:
        """What a template makes of a context; see ``page``."""
        return _environment(self.language).get_template(template).render(context, link=partial(paths.link, path))


@cache
def _environment(language: str) -> jinja2.Environment:
    """Templates that write a language; one for all renderers, so that each template is loaded once."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("builder.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["label"] = partial(_label, labels(language))
    environment.globals["paths"] = paths
    environment.globals["interface"] = resolve(language)
    environment.filters["address"] = linked_address
    return environment


def _label(known: Mapping[str, str], key: str, **values: object) -> str:
    return known[key].format(**values)
