"""The pages of the plan documents: overview, chapters, the whole on one page, collation, index of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder import paths
from builder.config.plans import Diagram, PlanCuration
from builder.documents.goals import goal_of
from builder.documents.text import heading_text
from builder.model.archive import Archive
from builder.model.plan import Plan, Provision
from builder.output.products import PageFile, Product, plan_digest, product
from builder.pages.citations import located_plan_citation, plan_citations
from builder.pages.plans import overview as plan_overview
from builder.pages.plans.collation import collation_rows, doubt_rows, repair_counts
from builder.pages.plans.diagram import WIDTH, draw, unknown_paragraphs
from builder.pages.plans.divisions import Division, collection_label, divisions, section_page
from builder.pages.plans.links import links_by_section
from builder.pages.plans.names import names_by_kind
from builder.pages.plans.paragraphs import ParagraphView, SectionMaker
from builder.pages.plans.references import References
from builder.pages.raws import raw_file
from builder.pages.rendering import Renderer
from builder.problems import BuilderError, Wording


def plan_products(
    archive: Archive, renderer: Renderer, seeds: Path, curation: Mapping[str, PlanCuration]
) -> Iterator[Product]:
    """The list of plans, and for each plan its pages and its raw file; ``curation`` is what editors add, by slug."""
    yield product(paths.PLANS, lambda: [_list(archive, renderer)], *map(plan_digest, archive.plans))
    for plan in archive.plans:
        pages = _PlanPages(plan, archive, renderer, curation.get(plan.slug, PlanCuration()))
        yield from pages.products(seeds)


def _list(archive: Archive, renderer: Renderer) -> PageFile:
    title = renderer.label(collection_label(archive.plans))
    newest = sorted(archive.plans, key=lambda plan: (plan.metadata.date_iso, plan.slug), reverse=True)
    return renderer.page(
        paths.PLANS, "plans.md.j2", {"plans": newest, "title": title}, {"title": title, "kind": "listing"}
    )


class _PlanPages:
    """Makes the pages of one plan."""

    def __init__(self, plan: Plan, archive: Archive, renderer: Renderer, curation: PlanCuration) -> None:
        self._plan = plan
        self._archive = archive
        self._renderer = renderer
        self._curation = curation
        self._links = links_by_section(archive, plan, renderer)
        self._references = References(plan, archive.plans)
        self._sections = SectionMaker(plan, renderer, _citation(plan), self._links, self._references)

    def products(self, seeds: Path) -> Iterator[Product]:
        """All of them, in three products: what articles show beside the plan's own text differs."""
        plan, archive = self._plan, self._archive
        folder = paths.plan(plan.slug, "")
        collection = collection_label(archive.plans)
        own = (plan_digest(plan), self._curation, self._links, self._references.depends_on, collection)
        years = plan_overview.years(plan, self._links, self._renderer)
        names = names_by_kind(archive, plan, self._renderer)
        yield product(f"{folder} text", lambda: self._text(seeds), *own)
        yield product(f"{folder} overview", lambda: [self.overview()], *own, years)
        yield product(f"{folder} names", lambda: [self.names()], *own, names)

    def _text(self, seeds: Path) -> Iterator[PageFile]:
        yield from self.chapters()
        yield self.whole()
        yield self.collation()
        yield from raw_file(self._plan, self._plan.slug, seeds)

    def overview(self) -> PageFile:
        """Official elements, figures, outline, targets, baselines, time, map."""
        plan, renderer = self._plan, self._renderer
        context = {
            "groups": plan_overview.element_groups(plan, renderer),
            "printed": plan_overview.is_printed(plan.metadata),
            "figures": plan_overview.figures(plan, renderer),
            "outline": plan_overview.outline(plan, renderer),
            "text": () if plan.provisions else tuple(map(self._sections.paragraph, plan.preface)),
            "years": plan_overview.years(plan, self._links, renderer),
            "goal": goal_of(plan),
            **self._drawing(()),
            "links": self._links.get("", ()),
            "citations": plan_citations(plan),
            "section_page": lambda eid: section_page(plan, eid),
            "place": self._sections.places,
        }
        return self._page("index", "plan-overview.md.j2", context, plan_overview.plan_head(plan))

    def _drawing(self, sections: Sequence[Provision]) -> Mapping[str, Any]:
        """The drawing stands with the last annex, in whose place it is; on the overview where there is no annex."""
        annexes = self._plan.annexes
        here = annexes[-1] in sections if annexes else not sections
        diagram = _checked(self._curation.diagram, self._plan) if here else None
        return {"drawing": draw(diagram, self._plan) if diagram else None, "drawing_width": WIDTH}

    def chapters(self) -> Iterator[PageFile]:
        """The pages of the text, each with the ones before and after."""
        pages = divisions(self._plan)
        for index, division in enumerate(pages):
            first = division.sections[0]
            context = {
                "line": first.line,
                "name": _range(division) if first.kind == "article" else "",
                "above": tuple(self._above(division, pages[index - 1] if index else None)),
                "sections": tuple(view for each in division.sections for view in self._sections.sections(each)),
                "previous": _named(pages[index - 1]) if index else None,
                "following": _named(pages[index + 1]) if index + 1 < len(pages) else None,
                **self._drawing(division.sections),
            }
            title = f"{_named(division)[1]} - {self._plan.title}"
            yield self._page(division.page, "plan-chapter.md.j2", context, {"title": title, "kind": "chapter"})

    def _above(
        self, division: Division, before: Division | None
    ) -> Iterator[tuple[str, str, tuple[ParagraphView, ...]]]:
        """The headings that a page stands below, with their own paragraphs where the page is the first below them."""
        for provision in division.above:
            first = before is None or provision not in before.above
            paragraphs = tuple(map(self._sections.paragraph, provision.paragraphs)) if first else ()
            yield provision.eid if first else "", self._sections.heading(provision), paragraphs

    def whole(self) -> PageFile:
        """Everything on one page, for reading through and for printing."""
        plan = self._plan
        context = {
            "preface": tuple(map(self._sections.paragraph, plan.preface)),
            "outline": [(part.eid, heading_text(part.heading)) for part in (*plan.provisions, *plan.annexes)],
            "sections": tuple(
                section for part in (*plan.provisions, *plan.annexes) for section in self._sections.sections(part, 2)
            ),
        }
        return self._special("whole", "plan-whole.md.j2", context)

    def collation(self) -> PageFile:
        """Every repair and doubt, and every line of the seed beside what became of it."""
        context = {
            "rows": collation_rows(self._plan, self._renderer),
            "counts": repair_counts(self._plan),
            "doubts": doubt_rows(self._plan, self._renderer),
        }
        return self._special("collation", "plan-collation.md.j2", context)

    def names(self) -> PageFile:
        """The index of names."""
        kinds = names_by_kind(self._archive, self._plan, self._renderer)
        return self._special("names", "plan-names.md.j2", {"kinds": kinds})

    def _special(self, page: str, template: str, context: Mapping[str, Any]) -> PageFile:
        title = self._renderer.label(f"plan_{page}")
        front_matter = {"title": f"{title} - {self._plan.title}", "kind": f"plan-{page}"}
        return self._page(page, template, {**context, "title": title}, front_matter)

    def _page(
        self, page: str, template: str, context: Mapping[str, Any], front_matter: Mapping[str, object]
    ) -> PageFile:
        shared = {
            "plan": self._plan,
            "citation": _citation(self._plan),
            "located": located_plan_citation(self._plan),
            "lang": "zh-Hans",
            "collection": self._renderer.label(collection_label(self._archive.plans)),
        }
        head = {"lang": "zh-Hans", **front_matter, "hide": ["navigation"]}
        return self._renderer.page(paths.plan(self._plan.slug, page), template, {**shared, **context}, head)


def _checked(diagram: Diagram | None, plan: Plan) -> Diagram | None:
    """A diagram whose every node leads to a paragraph that exists."""
    unknown = unknown_paragraphs(diagram, plan) if diagram else ()
    if unknown:
        raise BuilderError(Wording("plan-no-paragraph", {"plan": plan.slug, "paragraphs": ", ".join(unknown)}))
    return diagram


def _named(division: Division) -> tuple[str, str]:
    """A page's name and what it is called: its section's heading, or its first and last article."""
    first = division.sections[0]
    return division.page, _range(division) if first.kind == "article" else heading_text(first.heading)


def _range(division: Division) -> str:
    """From which article to which."""
    first, last = division.sections[0].heading.number, division.sections[-1].heading.number
    return first if first == last else f"{first}—{last}"


def _citation(plan: Plan) -> str:
    """Who issued what under which number: what a reader puts before the place of a paragraph."""
    number = plan.metadata.document_number
    issuers = "、".join(plan.issuers)
    return f"{issuers}{'：' if issuers else ''}《{plan.title}》{f'（{number.text}）' if number else ''}"
