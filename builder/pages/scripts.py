"""Writes the dictionary with which a reader's browser converts pages to the other Chinese script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder import conversion, paths
from builder.config.project import Project
from builder.config.settings import Settings
from builder.conversion import Needed
from builder.files import content, files_at
from builder.languages import labels
from builder.output.products import PageFile, Product, product


def script_product(generated: Iterable[Needed], project: Project, settings: Settings) -> Product:
    """One file for the whole site: what generated pages, hand-written ones and the settings need."""
    written = map(conversion.needed, _written_by_hand(project, settings))
    every = conversion.together([*generated, *written])
    return product(paths.SCRIPTS, lambda: [PageFile(paths.SCRIPTS, conversion.dictionary(every))], every)


def _written_by_hand(project: Project, settings: Settings) -> Iterator[str]:
    """Texts that no product holds: pages of ``docs/``, the labels, and what ``mkdocs.yml`` puts into the header."""
    yield "\n".join(labels(settings.language).values())
    yield project.mkdocs.read_text(encoding="utf-8")
    for each in sorted(project.docs.iterdir()):
        if each.name not in paths.GENERATED:
            for path in sorted(files_at(str(each))):
                if path.endswith(".md"):
                    yield content(path).decode("utf-8", "replace")
