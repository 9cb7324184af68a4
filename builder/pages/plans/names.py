"""What the template of a plan's index of names sees: each name with the paragraphs and articles that mention it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from builder import paths
from builder.model.archive import Archive
from builder.model.links import NameEntry
from builder.model.plan import Plan
from builder.pages.articles import title_of
from builder.pages.plans.divisions import named_places, section_page
from builder.pages.rendering import Renderer


@dataclass(frozen=True, slots=True)
class NameView:
    """A name.

    Attributes:
        slug: For its anchor.
        name: As shown.
        aliases: Other names.
        description: Possibly empty.
        paragraphs: Page and place in words of each paragraph of the plan.
        articles: Page and headline of the newest articles.
        more: How many articles there are beside those.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    description: str
    paragraphs: tuple[tuple[str, str], ...]
    articles: tuple[tuple[str, str], ...]
    more: int


def names_by_kind(archive: Archive, plan: Plan, renderer: Renderer) -> tuple[tuple[str, tuple[NameView, ...]], ...]:
    """The names a plan mentions, by kind: the kind's label and its names, most mentioned first."""
    mentioned = [name for name in archive.names if any(each.document == plan.slug for each in name.mentions)]
    ordered = sorted(mentioned, key=lambda name: (_KINDS.index(name.kind), -name.count, name.name))
    views = _Views(archive, plan, renderer)
    return tuple(
        (renderer.label(f"name_{kind}"), tuple(map(views.view, group)))
        for kind, group in groupby(ordered, key=lambda name: name.kind)
    )


_KINDS = ("organisation", "place", "programme", "event", "work", "person")
"""In the order of the page."""


class _Views:
    """Makes the views of one plan's names."""

    def __init__(self, archive: Archive, plan: Plan, renderer: Renderer) -> None:
        self._plan = plan
        self._places = named_places(plan, renderer)
        self._titles = {entry.id: title_of(entry.article, renderer) for entry in archive.entries}

    def view(self, name: NameEntry) -> NameView:
        return NameView(
            name.slug,
            name.name,
            name.aliases,
            name.description,
            tuple(self._paragraphs(name)),
            tuple(
                (paths.article(each.document), self._titles[each.document])
                for each in name.mentions
                if each.kind == "article" and each.document in self._titles
            ),
            name.more,
        )

    def _paragraphs(self, name: NameEntry) -> Iterator[tuple[str, str]]:
        for each in name.mentions:
            if each.kind == "paragraph" and each.document == self._plan.slug:
                yield section_page(self._plan, each.eid), self._places.get(each.eid, each.eid)
