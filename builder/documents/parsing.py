"""Blocks of an official document to a Plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.config.curation import Correction
from builder.documents.baselines import find_baselines, present_paragraphs
from builder.documents.collation import doubts_of, joins_of, marks_of, repairs_of
from builder.documents.edits import find_edits
from builder.documents.fields import STANDARD
from builder.documents.goals import inherit_deadlines
from builder.documents.kinds import kind_of
from builder.documents.lines import squeeze, strip_markdown
from builder.documents.official import read_official
from builder.documents.source import read_source
from builder.documents.structure import Layout, grow_trees, lay_out
from builder.documents.table_targets import find_table_targets
from builder.documents.targets import find_measures, find_targets
from builder.documents.timeline import find_timeline
from builder.documents.validity import find_problems
from builder.model.blocks import Block, BlockSource
from builder.model.official import OfficialMetadata
from builder.model.plan import Doubt, Heading, OuterPart, Plan, Repair
from builder.model.post import RawDocument

_NO_CORRECTION = Correction(why="无")


def parse(document: RawDocument, correction: Correction | None = None) -> Plan:
    """Read an official document from a decoded file."""
    return parse_source(read_source(document.text, document.path), document, correction)


def parse_source(source: BlockSource, document: RawDocument, correction: Correction | None = None) -> Plan:
    """Read an official document from blocks, whatever format they came from.

    Of the seed path, digest and problems are taken, not its text. Whatever the blocks are, nothing is raised.
    """
    correction = correction or _NO_CORRECTION
    curated = [(repair.before, repair.after, repair.why) for repair in correction.repairs]
    layout = lay_out(source, curated)
    body, annexes = grow_trees(layout)
    metadata, joins = read_official(layout.parts, layout.furniture)
    title = _spaced(layout.parts.title.text if layout.parts.title else "", metadata)
    joins += tuple(pair for passage in layout.passages for pair in passage.joins)
    plan = Plan(
        path=document.path,
        sha256=document.sha256,
        title=title,
        title_lines=layout.parts.title_lines,
        metadata=metadata,
        preface=body.preface,
        provisions=body.provisions,
        annexes=annexes,
        joins=tuple(sorted(joins)),
        parts=_other_parts(layout),
        source=source.lines,
    )
    plan = _with_kind(_with_elements(plan))
    plan = replace(plan, repairs=_log(plan, layout), doubts=_doubts(plan, correction))
    return replace(plan, problems=(*document.problems, *find_problems(plan, layout)))


def _spaced(title: str, metadata: OfficialMetadata) -> str:
    """A title with the agencies that it begins with apart, where those who signed it are the same."""
    signed = [element.text for element in metadata.signatures]
    together = "".join(signed)
    return f"{' '.join(signed)}{title[len(together) :]}" if len(signed) > 1 and title.startswith(together) else title


def _with_kind(plan: Plan) -> Plan:
    """Add what the document is: the issued text's kind, else the notice's."""
    articles = sum(1 for provision in plan.walk() if provision.kind == "article") > 1
    kind, family = kind_of(plan.title, plan.issuers, articles=articles)
    number = plan.metadata.document_number
    if not kind and number and STANDARD.fullmatch(squeeze(number.text)):
        kind, family = "标准", "plan"
    return replace(plan, kind=kind, family=family)


def _with_elements(plan: Plan) -> Plan:
    """Add what patterns of the language find: targets, the present, the axis of time."""
    paragraphs = (
        *plan.preface,
        *(paragraph for provision in plan.provisions for paragraph in provision.all_paragraphs()),
    )
    written = int(plan.metadata.date_iso[:4] or 0)
    is_law = any(provision.kind == "article" for provision in plan.walk())
    past = None if is_law else present_paragraphs(plan.provisions)
    said = inherit_deadlines(plan.provisions, find_targets(paragraphs, written, past))
    found = (*said, *find_table_targets(plan.paragraphs(), written))
    baselines = find_baselines(plan.provisions)
    return replace(
        plan,
        targets=tuple(target for target in found if target.value is not None),
        aims=tuple(target for target in found if target.value is None),
        baselines=baselines,
        measures=find_measures(paragraphs),
        timeline=find_timeline(paragraphs, plan.metadata, found, baselines),
    )


def _log(plan: Plan, layout: Layout) -> tuple[Repair, ...]:
    """Every change of the text, in order of lines."""
    eids = {provision.line: provision.eid for provision in plan.walk()}
    eids |= {paragraph.lines[0]: paragraph.eid for paragraph in plan.paragraphs()}
    log = [
        repair
        for passage in layout.passages
        for repair in repairs_of(
            passage.block.text, passage.edits, passage.block.lines, plan.source, eids.get(passage.block.lines[0], "")
        )
    ]
    log += joins_of(plan.joins, plan.source)
    log += _front_repairs(plan, layout)
    log += (
        repair
        for provision in plan.walk()
        for repair in marks_of(provision.line, plan.source, provision.heading, provision.eid)
    )
    return tuple(sorted(log, key=lambda repair: repair.line))


def _front_repairs(plan: Plan, layout: Layout) -> Iterator[Repair]:
    """Repairs of the lines above the text: red head, notice title, plan title."""
    metadata: OfficialMetadata = plan.metadata
    for line in sorted({line for block in layout.parts.above for line in block.lines} - set(plan.title_lines)):
        yield from marks_of(line, plan.source, None, "")
    for line in plan.title_lines:
        yield from marks_of(line, plan.source, Heading(0, "", 0, plan.title), "")
    mark = metadata.issuing_mark
    for line in mark.lines if mark else ():
        yield from _edits_of_line(line, plan.source, {"spaced-characters"})
    if mark and strip_markdown(plan.source[mark.lines[-1] - 1]).replace(" ", "").endswith("文件") is False:
        yield Repair("reading-order", mark.lines[0], strip_markdown(plan.source[mark.lines[0] - 1]), mark.text)
    quoted = {line for block in layout.parts.notice_blocks for line in block.lines}
    for line in sorted(quoted | set(plan.title_lines)):
        yield from _edits_of_line(line, plan.source, {"spaced-characters", "stray-space"})


def _edits_of_line(line: int, source: Sequence[str], rules: set[str]) -> Iterator[Repair]:
    """Repairs of one line; white space between the agencies before 关于 separates them and stays."""
    text = strip_markdown(source[line - 1])
    about = max(0, text.find("关于"))
    edits = [
        edit
        for edit in find_edits(text)
        if edit.rule in rules and (edit.rule == "spaced-characters" or edit.start >= about)
    ]
    yield from repairs_of(text, edits, (line,), source, "")


def _doubts(plan: Plan, correction: Correction) -> tuple[Doubt, ...]:
    quotes = [(doubt.quote, doubt.suggestion) for doubt in correction.doubts]
    return tuple(doubt for paragraph in plan.paragraphs() for doubt in doubts_of(paragraph, plan.source, quotes))


def _other_parts(layout: Layout) -> tuple[OuterPart, ...]:
    """What of the seed is not body, title or annex."""
    parts = layout.parts
    named = (
        ("front", parts.above),
        ("contents", layout.contents),
        ("closing", parts.closing),
        ("imprint", parts.imprint),
        ("web", parts.web),
    )
    told = tuple(_part(kind, blocks) for kind, blocks in named if blocks)
    return tuple(sorted((*told, *layout.furniture), key=lambda part: part.lines[0]))


def _part(kind: str, blocks: Sequence[Block]) -> OuterPart:
    lines = tuple(line for block in blocks for line in block.lines)
    return OuterPart(kind, lines, "\n".join(block.text for block in blocks))  # type: ignore[arg-type]  # the names above are the part's kinds
