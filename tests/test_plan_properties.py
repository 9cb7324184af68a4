"""Properties of the plan parser, over plans of our own making and what scanning does to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from plan_damage import damaged_text
from plan_samples import Sample, clean_text, law, scheme

from builder.documents.judging import judge
from builder.documents.lines import squeeze, unfold_width
from builder.documents.parsing import parse
from builder.documents.record import headings
from builder.documents.text import heading_text
from builder.model.plan import Plan, Provision
from builder.model.post import RawDocument

STYLES = ("own", "run-in", "through", "law")


def parsed(text: str) -> Plan:
    """A plan from text alone."""
    return parse(RawDocument("plan.txt", "", len(text), "utf-8", text))


def made(style: str, seed: int) -> tuple[Sample, Random]:
    """A sample, and the chance that made it."""
    random = Random(f"{style}{seed}")  # noqa: S311  # not for secrets
    return (law(random) if style == "law" else scheme(random, style)), random


def outline(plan: Plan) -> list[tuple[int, str, str]]:
    """Level, number and title of every heading."""
    return [(heading.level, heading.number, heading.title) for heading in headings(plan)]


def tree(plan: Plan) -> list[tuple[str, str]]:
    """Every identifier with its text, white space and width folded."""
    sections = [(provision.eid, provision.heading.title) for provision in plan.walk()]
    return sections + [(item.eid, unfold_width(squeeze(item.text))) for item in plan.paragraphs()]


def to_text(plan: Plan) -> str:
    """Title, preface, sections and annexes, a line each with blank lines between, before textual repairs."""
    return "\n\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    if plan.title:
        yield plan.title
    yield from (paragraph.text for paragraph in plan.preface)
    for provision in plan.provisions:
        yield from _provision(provision)
    for annex in plan.annexes:
        yield f"{annex.heading.number}：{annex.heading.title}" if annex.heading.number else annex.heading.title
        yield from (paragraph.text for paragraph in annex.paragraphs)
        for child in annex.children:
            yield from _provision(child)


def _provision(provision: Provision) -> Iterator[str]:
    for part in provision.walk():
        if not part.heading.run_in:
            yield heading_text(part.heading)
        yield from (paragraph.text for paragraph in part.paragraphs)


# A short one without its notice, of which only its density tells that it is a plan.
SHORT = ("run-in", 619)

samples = st.tuples(st.sampled_from(STYLES), st.integers(0, 10_000))
few = settings(max_examples=25, deadline=None)


@few
@given(samples)
@example(SHORT)
def test_clean_plans_come_out_whole(choice: tuple[str, int]) -> None:
    """A clean plan has exactly its headings and its paragraphs, and is recognised."""
    sample, _ = made(*choice)
    text = clean_text(sample)
    plan = parsed(text)
    assert outline(plan) == sample.outline
    assert [squeeze(item.text) for item in plan.paragraphs()] == [squeeze(text) for text in sample.paragraphs]
    assert plan.title == sample.title
    assert judge(text).is_document


@few
@given(samples)
def test_damage_moves_no_heading(choice: tuple[str, int]) -> None:
    """Whatever scanning does, every heading comes out with its level, number and title, and none besides."""
    sample, random = made(*choice)
    assert outline(parsed(damaged_text(sample, random))) == sample.outline


def test_damaged_paragraphs_are_joined() -> None:
    """Over 120 scanned plans, paragraphs come out whole with F1 of 0.98 or more."""
    hits = wanted = got = 0
    for style in STYLES:
        for seed in range(30):
            sample, random = made(style, seed)
            want = Counter(unfold_width(squeeze(text)) for text in sample.paragraphs)
            have = Counter(
                unfold_width(squeeze(item.text)) for item in parsed(damaged_text(sample, random)).paragraphs()
            )
            hits, wanted, got = hits + (want & have).total(), wanted + want.total(), got + have.total()
    assert 2 * hits / (wanted + got) >= 0.98


@few
@given(samples, st.integers(0, 2**32))
def test_marks_and_blanks_change_nothing(choice: tuple[str, int], seed: int) -> None:
    """Random heading marks, bold, blank lines and spaces give the same tree."""
    sample, _ = made(*choice)
    random = Random(seed)  # noqa: S311  # not for secrets
    lines = []
    for kind, text in sample.lines:
        shown = " " * random.randint(0, 3) + text + " " * random.randint(0, 1)
        if kind == "heading":
            shown = "#" * random.randint(0, 7) + " " + random.choice([text, f"**{text}**", f" {text} "])
        lines.append(shown + "\n" * random.randint(1, 4))
    assert tree(parsed("".join(lines))) == tree(parsed(clean_text(sample)))


@few
@given(samples)
def test_text_parses_to_the_same_plan(choice: tuple[str, int]) -> None:
    """Parse, write as text, parse again: the same outline and paragraphs."""
    sample, random = made(*choice)
    plan = parsed(damaged_text(sample, random))
    again = parsed(to_text(plan))
    assert outline(again) == outline(plan)
    assert tree(again) == tree(plan)


@few
@given(samples)
def test_identifiers_are_unique(choice: tuple[str, int]) -> None:
    """No two sections or paragraphs share an identifier, and all are ASCII."""
    sample, random = made(*choice)
    plan = parsed(damaged_text(sample, random))
    eids = [provision.eid for provision in plan.walk()] + [item.eid for item in plan.paragraphs()]
    assert len(eids) == len(set(eids))
    assert all(eid.isascii() for eid in eids)


MARKS = ["一、", "（一）", "1.", "第一章", "第一条", "目录", "附件1", "抄送：", "2022年", "到2025年", "达到20%以上"]
SIGNS = ["。", "；", "：", "“", "《", "(", "#", "**", "—", "|", " ", "\n", "\n\n", "---", "— 3 —"]
PIECES = st.sampled_from([*MARKS, *SIGNS, "文字", "印发", "通知", "关于印发《甲》的通知"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    """Whatever the text, a plan comes out and its identifiers are unique."""
    plan = parsed(text)
    eids = [provision.eid for provision in plan.walk()] + [item.eid for item in plan.paragraphs()]
    assert len(eids) == len(set(eids))
