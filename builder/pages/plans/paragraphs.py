"""What templates see of a plan's sections and paragraphs: marked stretches of text, places in words, citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from builder import markup
from builder.documents.text import heading_text
from builder.model.plan import Doubt, Paragraph, Plan, Provision
from builder.pages.plans.divisions import named_places
from builder.pages.plans.links import LinkView
from builder.pages.plans.references import References
from builder.pages.rendering import Renderer

_DEEPEST = 6
"""HTML has six levels of headings."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of a paragraph."""

    # ``lead`` for a heading that runs in, ``doubt``, ``repair`` or plain ``text``
    kind: Literal["text", "lead", "doubt", "repair", "link"]
    text: str  # As published
    note: str = ""  # What a doubt or a repair says of it; of a link its page


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph."""

    eid: str  # Its identifier
    kind: str  # As in the model
    segments: tuple[TextSpan, ...]  # Its text
    header: tuple[str, ...]  # The head's cells, for ``table``
    rows: tuple[tuple[tuple[str, int], ...], ...]  # The cells below, for ``table``, each with how many columns it spans
    place: str  # Where it stands, in words
    citation: str  # What readers copy, without the address


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its paragraphs; the sections below it follow it in the list."""

    eid: str  # Its identifier
    depth: int  # Level of its HTML heading
    heading: Markup  # Number and title as Markdown
    run_in: bool  # Whether its heading runs into its first paragraph, so that it has no line of its own
    paragraphs: tuple[ParagraphView, ...]  # Its own paragraphs
    links: tuple[LinkView, ...]  # Articles that speak of it


class SectionMaker:
    """Makes the views of one plan."""

    def __init__(
        self,
        plan: Plan,
        renderer: Renderer,
        citation: str,
        links: Mapping[str, Sequence[LinkView]],
        references: References,
    ) -> None:
        """Remember what all paragraphs share; ``links`` are articles by the section they speak of."""
        self._references = references
        self._plan = plan
        self._renderer = renderer
        self._citation = citation
        self._links = links
        self._doubts: dict[str, list[Doubt]] = {}
        for doubt in plan.doubts:
            self._doubts.setdefault(doubt.eid, []).append(doubt)
        self.places = named_places(plan, renderer)

    def sections(self, provision: Provision, top: int = 1) -> Iterator[SectionView]:
        """A provision and all below it, in the order of the text; ``top`` is the level of its HTML heading."""
        yield SectionView(
            eid=provision.eid,
            depth=min(top, _DEEPEST),
            heading=self.heading(provision),
            run_in=provision.heading.run_in and provision.kind != "annex",
            paragraphs=tuple(map(self.paragraph, provision.paragraphs)),
            links=tuple(self._links.get(provision.eid, ())),
        )
        for child in provision.children:
            yield from self.sections(child, top + 1)

    def heading(self, provision: Provision) -> Markup:
        """A section's number and title as Markdown."""
        return Markup(markup.escape_inline(heading_text(provision.heading)))  # noqa: S704  # escaped right here

    def paragraph(self, paragraph: Paragraph) -> ParagraphView:
        """A paragraph with its doubts marked."""
        place = self.places[paragraph.eid]
        table = paragraph.table
        rows = tuple(tuple(_spans(row)) for row in table.rows) if table else ()
        return ParagraphView(
            eid=paragraph.eid,
            kind=paragraph.kind,
            segments=tuple(self._linked(_segments(paragraph, self._doubts.get(paragraph.eid, ()), self._renderer))),
            header=table.header if table else (),
            rows=rows,
            place=place,
            citation=f"{self._citation} {place}",
        )

    def _linked(self, segments: Iterable[TextSpan]) -> Iterator[TextSpan]:
        """Segments with links where the text names an article."""
        for segment in segments:
            position = 0
            for start, end, page in self._references.links(segment.text) if segment.kind == "text" else ():
                yield TextSpan("text", segment.text[position:start])
                yield TextSpan("link", segment.text[start:end], page)
                position = end
            yield replace(segment, text=segment.text[position:])


def repaired_segments(paragraph: Paragraph, renderer: Renderer) -> Iterator[TextSpan]:
    """A paragraph with its repairs marked."""
    position = 0
    for edit in paragraph.edits:
        yield TextSpan("text", paragraph.text[position : edit.start])
        before = paragraph.text[edit.start : edit.end].replace(" ", "␣")
        why = f"{renderer.label(f'repair_{edit.rule}')} · {before} → {edit.after or '∅'}"
        yield TextSpan("repair", edit.after, why)
        position = edit.end
    yield TextSpan("text", paragraph.text[position:])


def _segments(paragraph: Paragraph, doubts: Iterable[Doubt], renderer: Renderer) -> Iterator[TextSpan]:
    text = paragraph.repaired
    lead = _lead(paragraph)
    if lead:
        yield TextSpan("lead", text[:lead])
    position = lead
    for start, doubt in sorted((text.find(doubt.quote, lead), doubt) for doubt in doubts):
        if start < position:
            continue
        yield TextSpan("text", text[position:start])
        suggestion = renderer.label("plan_suggestion", text=doubt.suggestion) if doubt.suggestion else ""
        name = renderer.label(f"repair_{doubt.rule}")
        yield TextSpan("doubt", doubt.quote, f"{name}{suggestion}")
        position = start + len(doubt.quote)
    yield TextSpan("text", text[position:])


def _lead(paragraph: Paragraph) -> int:
    """Where a heading that runs in ends, its stop included."""
    if not paragraph.heading:
        return 0
    if not paragraph.heading.title:
        found = paragraph.repaired.find(paragraph.heading.number)
        return len(paragraph.heading.number) if found == 0 else 0
    end = paragraph.repaired.find(paragraph.heading.title) + len(paragraph.heading.title)
    return end + (paragraph.repaired[end : end + 1] in set("。：:！？】"))


def _spans(row: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The cells of a row with how many columns each spans: one that says the same all along is one."""
    if len(row) > 1 and len(set(row)) == 1:
        yield row[0], len(row)
    else:
        yield from ((cell, 1) for cell in row)
