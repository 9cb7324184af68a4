"""What a plan document becomes: a numbered tree of provisions, its other parts, its repairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from builder.model.blocks import Table
from builder.model.container import Kind
from builder.model.official import Baseline, OfficialMetadata, Target, TimelineEntry
from builder.problems import Problem

ParagraphKind = Literal["plain", "numbered", "item", "dash", "ordinal", "definition", "table"]
Family = Literal["plan", "official", "law"]
ProvisionKind = Literal["part", "chapter", "section", "article", "text", "annex"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, on a line of its own or running into its paragraph.

    Attributes:
        level: 1 for 一、, 2 for （一）, 3 for ``1.``, 4 for （1）; in laws 编 1, 章 2, 节 3, 条 4, and what stands
            below them deeper.
        number: As printed, without the 、, brackets full-width: ``一``, ``（一）``, ``1.``, ``第一章``.
        ordinal: The number's value.
        title: Without white space that OCR put in; empty where a numbered paragraph has no heading sentence.
        run_in: Whether the paragraph goes on behind the title.
    """

    level: int
    number: str
    ordinal: int
    title: str
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """One place of a text and what comes there.

    Attributes:
        rule: Name of the rule.
        start: Offset of the first character.
        end: Offset behind the last.
        after: What comes there.
        why: The editor's reason, for a curated repair.
    """

    rule: str
    start: int
    end: int
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of the text, or one doubt about it.

    Attributes:
        rule: Name of the rule.
        line: Line of the seed, 1-based.
        before: The text as the seed has it.
        after: The text as published.
        eid: Identifier of the paragraph or provision, empty in the front and the imprint.
        why: The editor's reason, for a curated repair.
    """

    rule: str
    line: int
    before: str
    after: str
    eid: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something only the original could settle; the text stays as it is.

    Attributes:
        rule: Name of the rule that noticed it.
        line: Line of the seed, 1-based.
        quote: The doubtful words.
        suggestion: What may have stood there; empty where unknown.
        eid: Identifier of the paragraph.
    """

    rule: str
    line: int
    quote: str
    suggestion: str
    eid: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, re-joined.

    Attributes:
        eid: Identifier from its place: ``sec-3-3-p2``.
        kind: ``numbered`` where a heading runs in, ``item`` for an entry of a list.
        text: Joined, before textual repairs.
        repaired: After textual repairs.
        lines: Lines of the seed it was joined from, 1-based.
        heading: The heading that runs in, for ``numbered``.
        edits: What makes ``repaired`` of ``text``, in order.
        table: The cells, for ``table``; its text has them row by row.
    """

    eid: str
    kind: ParagraphKind
    text: str
    repaired: str
    lines: tuple[int, ...]
    heading: Heading | None = None
    edits: tuple[Edit, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the tree: a section with its own paragraphs and its children.

    Attributes:
        eid: Identifier from its place: ``sec-3-3``; in laws ``chapter-2``, ``article-7``.
        kind: What it is called.
        heading: Its number and title.
        line: Line of the seed its heading stands on, 1-based.
        paragraphs: Directly below the heading, before the first child.
        children: Sections below it.
    """

    eid: str
    kind: ProvisionKind
    heading: Heading
    line: int
    paragraphs: tuple[Paragraph, ...] = ()
    children: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """This provision and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_paragraphs(self) -> Iterator[Paragraph]:
        """Its paragraphs and those of all below it, in the order of the text."""
        for provision in self.walk():
            yield from provision.paragraphs


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the seed that is not the plan's body.

    Attributes:
        kind: ``front`` (everything before the plan), ``imprint`` (版记), ``closing`` (signatures below the text),
            ``contents``, ``furniture`` (page numbers, rules, images) or ``web`` (what a web page added).
        lines: Lines of the seed, 1-based.
        text: What stands there.
    """

    kind: Literal["front", "imprint", "closing", "contents", "furniture", "web"]
    lines: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan document.

    Attributes:
        path: POSIX path of the seed below ``seeds/``.
        sha256: Digest of the seed's bytes.
        title: Title of the plan itself.
        title_lines: Lines of the seed it stands on.
        metadata: The elements of the official document.
        preface: Paragraphs before the first heading.
        provisions: The numbered tree.
        annexes: What stands behind it, each with its own tree.
        targets: With a number.
        aims: Targets without a number.
        baselines: What is said of the present.
        measures: Planning parameters (areas and the like) that are neither.
        timeline: In order of time.
        repairs: Every change of the text, in order of lines.
        doubts: What only the original could settle.
        joins: Pairs of lines across which a paragraph was re-joined.
        parts: Everything of the seed that is not body.
        source: The seed's lines, for the collation.
        problems: Gaps in the numbering and the like.
        container: What it came in; ``member`` is its name there, empty where the seed holds nothing else.
        kind: Kind of document by its title (规划, 通知, 法律 …); empty where none is known.
        family: What its pages are like: a plan, another official document, a law.
        slug: Its place in addresses: ``plan-`` and the identifier of its seed; empty before it is assigned.
    """

    path: str
    sha256: str
    title: str
    title_lines: tuple[int, ...]
    metadata: OfficialMetadata
    preface: tuple[Paragraph, ...]
    provisions: tuple[Provision, ...]
    annexes: tuple[Provision, ...]
    targets: tuple[Target, ...] = ()
    aims: tuple[Target, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    measures: tuple[Target, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    joins: tuple[tuple[int, int], ...] = ()
    parts: tuple[Part, ...] = ()
    source: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    container: Kind = "plain"
    member: str = ""
    kind: str = ""
    family: Family = "plan"
    slug: str = ""

    @property
    def identifier(self) -> str:
        """Stands for the document in the names of files that correct it."""
        return self.slug.removeprefix("plan-")

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who issued it: who signed, else the 发文机关标志, whom its title names, who passed it, the page's word."""
        metadata = self.metadata
        signed, titled = tuple(element.text for element in metadata.signatures), metadata.title_agencies
        named, publisher = ((text,) if text else () for text in (metadata.issuer_field, metadata.publisher_field))
        speaks = titled if self.title.startswith(f"{''.join(titled)}关于") else ()
        return signed or metadata.mark_agencies or speaks or metadata.passed_by or named or titled or publisher

    def walk(self) -> Iterator[Provision]:
        """Every provision in the order of the text, annexes last."""
        for provision in (*self.provisions, *self.annexes):
            yield from provision.walk()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in the order of the text, preface first, annexes last."""
        yield from self.preface
        for provision in self.walk():
            yield from provision.paragraphs
