"""What the template of a plan's index of names sees: each name with the paragraphs and articles that mention it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from builder import paths
from builder.model.archive import Archive
from builder.model.links import NameEntry
from builder.model.plan import Plan
from builder.pages.articles import title_of
from builder.pages.plans.divisions import named_places, section_page
from builder.pages.rendering import Renderer

_KINDS = ("organisation", "place", "programme", "event", "work", "person")
"""In the order of the page."""


def names_by_kind(archive: Archive, plan: Plan, renderer: Renderer) -> list[tuple[str, list[dict[str, Any]]]]:
    """The names a plan mentions, by kind: the kind's label and its names, most mentioned first.

    Each with ``paragraphs``, page and place in words of those of the plan, ``articles``, page and headline of the
    newest, and ``more``, how many there are beside those.
    """
    mentioned = [name for name in archive.names if any(each.document == plan.slug for each in name.mentions)]
    ordered = sorted(mentioned, key=lambda name: (_KINDS.index(name.kind), -name.count, name.name))
    places = named_places(plan, renderer)
    titles = {entry.id: title_of(entry.article, renderer) for entry in archive.entries}

    def view(name: NameEntry) -> dict[str, Any]:
        here = [each.eid for each in name.mentions if each.kind == "paragraph" and each.document == plan.slug]
        articles = [each.document for each in name.mentions if each.kind == "article" and each.document in titles]
        return {
            "slug": name.slug,
            "name": name.name,
            "aliases": name.aliases,
            "description": name.description,
            "paragraphs": [(section_page(plan, eid), places.get(eid, eid)) for eid in here],
            "articles": [(paths.article(identifier), titles[identifier]) for identifier in articles],
            "more": name.more,
        }

    return [
        (renderer.label(f"name_{kind}"), list(map(view, group)))
        for kind, group in groupby(ordered, key=lambda name: name.kind)
    ]
