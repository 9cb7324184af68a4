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
    """A numbered heading, on a line of its own or running into its paragraph."""

    # 1 for 一、, 2 for （一）, 3 for ``1.``, 4 for （1）; in laws 编 1, 章 2, 节 3, 条 4, and what stands
    # below them deeper

    level: int
    number: str  # As printed, without the 、, brackets full-width: ``一``, ``（一）``, ``1.``, ``第一章``
    ordinal: int  # The number's value
    title: str  # Without white space that OCR put in; empty where a numbered paragraph has no heading sentence
    run_in: bool = False  # Whether the paragraph goes on behind the title


@dataclass(frozen=True, slots=True)
class Edit:
    """One place of a text and what comes there."""

    rule: str  # Name of the rule
    start: int  # Offset of the first character
    end: int  # Offset behind the last
    after: str  # What comes there
    why: str = ""  # The editor's reason, for a curated repair


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of the text, or one doubt about it."""

    rule: str  # Name of the rule
    line: int  # Line of the seed, 1-based
    before: str  # The text as the seed has it
    after: str  # The text as published
    eid: str = ""  # Identifier of the paragraph or provision, empty in the front and the imprint
    why: str = ""  # The editor's reason, for a curated repair


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something only the original could settle; the text stays as it is."""

    rule: str  # Name of the rule that noticed it
    line: int  # Line of the seed, 1-based
    quote: str  # The doubtful words
    suggestion: str  # What may have stood there; empty where unknown
    eid: str  # Identifier of the paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, re-joined."""

    eid: str  # Identifier from its place: ``sec-3-3-p2``
    kind: ParagraphKind  # ``numbered`` where a heading runs in, ``item`` for an entry of a list
    text: str  # Joined, before textual repairs
    repaired: str  # After textual repairs
    lines: tuple[int, ...]  # Lines of the seed it was joined from, 1-based
    heading: Heading | None = None  # The heading that runs in, for ``numbered``
    edits: tuple[Edit, ...] = ()  # What makes ``repaired`` of ``text``, in order
    table: Table | None = None  # The cells, for ``table``; its text has them row by row


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the tree: a section with its own paragraphs and its children."""

    eid: str  # Identifier from its place: ``sec-3-3``; in laws ``chapter-2``, ``article-7``
    kind: ProvisionKind  # What it is called
    heading: Heading  # Its number and title
    line: int  # Line of the seed its heading stands on, 1-based
    paragraphs: tuple[Paragraph, ...] = ()  # Directly below the heading, before the first child
    children: tuple[Provision, ...] = ()  # Sections below it

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
class OuterPart:
    """A stretch of the seed that is not the plan's body."""

    # ``front`` (everything before the plan), ``imprint`` (版记), ``closing`` (signatures below the text),
    # ``contents``, ``furniture`` (page numbers, rules, images) or ``web`` (what a web page added)
    kind: Literal["front", "imprint", "closing", "contents", "furniture", "web"]
    lines: tuple[int, ...]  # Lines of the seed, 1-based
    text: str  # What stands there


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan document."""

    path: str  # POSIX path of the seed below ``seeds/``
    sha256: str  # Digest of the seed's bytes
    title: str  # Title of the plan itself
    title_lines: tuple[int, ...]  # Lines of the seed it stands on
    metadata: OfficialMetadata  # The elements of the official document
    preface: tuple[Paragraph, ...]  # Paragraphs before the first heading
    provisions: tuple[Provision, ...]  # The numbered tree
    annexes: tuple[Provision, ...]  # What stands behind it, each with its own tree
    targets: tuple[Target, ...] = ()  # With a number
    aims: tuple[Target, ...] = ()  # Targets without a number
    baselines: tuple[Baseline, ...] = ()  # What is said of the present
    measures: tuple[Target, ...] = ()  # Planning parameters (areas and the like) that are neither
    timeline: tuple[TimelineEntry, ...] = ()  # In order of time
    repairs: tuple[Repair, ...] = ()  # Every change of the text, in order of lines
    doubts: tuple[Doubt, ...] = ()  # What only the original could settle
    joins: tuple[tuple[int, int], ...] = ()  # Pairs of lines across which a paragraph was re-joined
    parts: tuple[OuterPart, ...] = ()  # Everything of the seed that is not body
    source: tuple[str, ...] = ()  # The seed's lines, for the collation
    problems: tuple[Problem, ...] = field(default=())  # Gaps in the numbering and the like
    container: Kind = "plain"  # What it came in; ``member`` is its name there, empty where the seed holds nothing else
    member: str = ""
    kind: str = ""  # Kind of document by its title (规划, 通知, 法律 …); empty where none is known
    family: Family = "plan"  # What its pages are like: a plan, another official document, a law
    slug: str = ""  # Its place in addresses: ``plan-`` and the identifier of its seed; empty before it is assigned

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
