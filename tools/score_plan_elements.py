"""Compares a plan's targets, official elements, names, joins and repairs with those keyed by hand.

Usage: ``python tools/score_plan_elements.py GOLD_DIR [PROJECT]``. Prints each difference and what was compared; exits
with 1 where anything differs. The indicator's wording is free and not compared.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from builder.archive.identity import identifier_of
from builder.config.project import Curation, Project, load_curation
from builder.documents.kinds import kind_of
from builder.documents.lines import squeeze
from builder.documents.parsing import parse
from builder.linking.names import Names
from builder.model.official import Element
from builder.model.plan import Plan
from builder.reading import read_document

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One element compared.

    Attributes:
        group: What it belongs to.
        name: Which one.
        wanted: As keyed by hand.
        found: As read.
    """

    group: str
    name: str
    wanted: object
    found: object

    @property
    def equal(self) -> bool:
        """Whether both agree."""
        return self.wanted == self.found


def compare(gold: Path, root: Path) -> list[Comparison]:
    """Compare everything.

    Args:
        gold: Folder of the files keyed by hand.
        root: The project whose ``seeds/`` and ``curation/`` are read.
    """
    files = {
        name: _load(gold / f"plan_{name}.json") for name in ("targets", "meta", "entities", "outline", "ocr_defects")
    }
    seed = str(files["meta"]["source"]["file"])
    curation = load_curation(Project(root))
    document, problems = read_document(root / "seeds" / seed, seed)
    if document is None:
        sys.exit(f"{seed}: {problems}")
    plan = parse(document, curation.correction(seed, identifier_of(None, document.sha256)))
    return [
        *_targets(plan, files["targets"]),
        *_findings(plan, files["targets"]),
        *_official(plan, files["meta"]),
        *_names(plan, curation, files["entities"]),
        *_joins(plan, files["outline"], files["meta"]),
        *_repairs(plan, files["ocr_defects"]),
    ]


def main(arguments: list[str]) -> int:
    """Run the comparison and print it."""
    gold = Path(arguments[0])
    root = Path(arguments[1]) if len(arguments) > 1 else ROOT
    comparisons = compare(gold, root)
    groups = list(dict.fromkeys(comparison.group for comparison in comparisons))
    for group in groups:
        own = [comparison for comparison in comparisons if comparison.group == group]
        print(f"{group}: {sum(comparison.equal for comparison in own)}/{len(own)}")
        for comparison in own:
            if not comparison.equal:
                print(f"  {comparison.name}: wanted {comparison.wanted!r}, found {comparison.found!r}")
    equal = [comparison.equal for comparison in comparisons]
    print(f"elements equal: {sum(equal)}/{len(equal)}")
    return 0 if all(equal) else 1


def _targets(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    found = [
        (target.quote, target.eid, target.comparator, target.value, target.unit, target.deadline, target.deadline_text)
        for target in plan.targets
    ]
    for index, wanted in enumerate(gold["quantitative"]):
        keys = ("quote", "paragraph", "comparator", "value", "unit", "deadline", "deadline_text")
        row = tuple(wanted[key] for key in keys)
        yield Comparison("targets", wanted["id"], row, found[index] if index < len(found) else None)
    yield Comparison("targets", "count", len(gold["quantitative"]), len(found))
    dated = [wanted for wanted in gold["qualitative"] if wanted["deadline"]]
    aims = [(aim.quote, aim.eid, aim.deadline) for aim in plan.aims]
    for index, wanted in enumerate(dated):
        row = (wanted["quote"], wanted["paragraph"], wanted["deadline"])
        yield Comparison("aims", wanted["id"], row, aims[index] if index < len(aims) else None)
    yield Comparison("aims", "count", len(dated), len(aims))


def _findings(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    quotes = [baseline.quote for baseline in plan.baselines]
    for wanted in gold["baselines_not_targets"]:
        holds = any(wanted["quote"] in quote for quote in quotes)
        yield Comparison("baselines", wanted["id"], (wanted["quote"], True), (wanted["quote"], holds))
    yield Comparison("baselines", "count", len(gold["baselines_not_targets"]), len(quotes))
    measures = [
        (measure.quote, measure.eid, measure.comparator, measure.value, measure.unit) for measure in plan.measures
    ]
    wanted_measures = [
        tuple(wanted[key] for key in ("quote", "paragraph", "comparator", "value", "unit"))
        for wanted in gold["spatial_parameters"]
    ]
    yield Comparison("measures", "all", wanted_measures, measures)
    numbers = [target.value_text for target in plan.targets]
    numbers += [f"{value:g}{unit}" for baseline in plan.baselines for value, unit in baseline.values]
    for trap in gold["numbers_that_are_neither"]:
        taken = [number for number in numbers if number in {trap["text"], f"{trap['text']}个"}]
        yield Comparison("traps", trap["text"], [], taken)


def _official(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    yield from _head(plan, gold["版头"])
    yield from _text(plan, gold["主体"])
    yield from _imprint(plan, gold["版记"])
    yield from _period_and_works(plan, gold)


def _head(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    metadata = plan.metadata
    mark, number = gold["发文机关标志"], gold["发文字号"]
    yield Comparison("版头", "份号", gold["份号"], _text_of(metadata.copy_number))
    yield Comparison("版头", "密级和保密期限", gold["密级和保密期限"], _text_of(metadata.secrecy))
    yield Comparison("版头", "紧急程度", gold["紧急程度"], _text_of(metadata.urgency))
    yield Comparison("版头", "签发人", gold["签发人"], _text_of(metadata.signer))
    yield Comparison("版头", "发文机关标志", (mark["text"], (mark["line"],)), _placed(metadata.issuing_mark))
    yield Comparison("版头", "agencies", mark["agencies"], list(metadata.mark_agencies))
    yield Comparison("版头", "发文字号", (number["text"], (number["line"],)), _placed(metadata.document_number))
    yield Comparison("版头", "分隔线", wanted=True, found=gold["分隔线_line"] in metadata.separators)


def _text(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    metadata = plan.metadata
    title, addressee, body = gold["标题"], gold["主送机关"], gold["正文"]
    yield Comparison("主体", "标题", (title["text"], (title["line"],)), _placed(metadata.title))
    yield Comparison("主体", "发文机关简称", title["发文机关简称"], list(metadata.title_agencies))
    yield Comparison(
        "主体", "文种", title["文种"], kind_of(metadata.title.text if metadata.title else "", (), articles=False)[0]
    )
    yield Comparison("主体", "主送机关", (addressee["text"], (addressee["line"],)), _placed(metadata.addressee))
    paragraphs = [_placed(element) for element in metadata.notice_body]
    yield Comparison("主体", "正文", [(body["text"], tuple(body["lines"]))], paragraphs)
    yield Comparison("主体", "附件说明", gold["附件说明"], _text_of(metadata.attachment_note))
    signatures = [(wanted["text"], (wanted["line"],)) for wanted in gold["发文机关署名"]]
    yield Comparison("主体", "发文机关署名", signatures, [_placed(element) for element in metadata.signatures])
    date = gold["成文日期"]
    yield Comparison("主体", "成文日期", (date["text"], (date["line"],)), _placed(metadata.date))
    yield Comparison("主体", "成文日期 ISO", date["iso"], metadata.date_iso)
    yield Comparison("主体", "附注", gold["附注"], _text_of(metadata.note))
    content, figure = gold["印发内容"], gold["附图"]
    yield Comparison("主体", "印发内容", (content["title"], (content["title_line"],)), (plan.title, plan.title_lines))
    yield Comparison(
        "主体", "附图", [(figure["title"], figure["line"])], [(a.heading.title, a.line) for a in plan.annexes]
    )
    captions = [paragraph.text for annex in plan.annexes for paragraph in annex.paragraphs]
    yield Comparison("主体", "附图 caption", [figure["caption"]], captions)


def _imprint(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    metadata = plan.metadata
    copied, agency, day = gold["抄送机关"], gold["印发机关"], gold["印发日期"]
    yield Comparison("版记", "分隔线", wanted=True, found=set(gold["分隔线_lines"]) <= set(metadata.separators))
    yield Comparison("版记", "抄送机关", (copied["text"], tuple(copied["lines"])), _placed(metadata.copied_to))
    yield Comparison("版记", "抄送 list", copied["list"], list(metadata.copied_to_agencies))
    yield Comparison("版记", "印发机关", (agency["text"], (agency["line"],)), _placed(metadata.printing_agency))
    yield Comparison("版记", "印发日期", (day["text"], (day["line"],)), _placed(metadata.printing_date))
    yield Comparison("版记", "印发日期 ISO", day["iso"], metadata.printing_date_iso)


def _period_and_works(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    period = gold["规划期"]
    spans = [(entry.start, entry.end) for entry in plan.timeline if entry.kind == "period"]
    outlook = [entry.start for entry in plan.timeline if entry.kind == "outlook"]
    yield Comparison("规划期", "period", [(str(period["start"]), str(period["end"]))], spans)
    yield Comparison("规划期", "outlook", [str(period["horizon"])], outlook)
    text = squeeze("".join(paragraph.repaired for paragraph in plan.paragraphs()))
    for work in {wanted["title"] for wanted in gold["cited_documents"]}:
        yield Comparison("works", work, wanted=True, found=f"《{work}》" in text)


def _names(plan: Plan, curation: Curation, gold: Gold) -> Iterator[Comparison]:
    names = Names(curation.entities)
    slugs = {
        form: slug for slug, entity in curation.entities.entities.items() for form in (entity.name, *entity.aliases)
    }
    places: dict[str, set[str]] = {}
    for paragraph in plan.paragraphs():
        for slug in names.in_text(paragraph.repaired):
            places.setdefault(slug, set()).add(paragraph.eid)
    for group in ("organisations", "places", "events", "programmes"):
        for wanted in gold[group]:
            found = places.get(slugs.get(wanted["name"], ""), set())
            yield Comparison(f"names: {group}", wanted["name"], sorted(wanted["paragraphs"]), sorted(found))


def _joins(plan: Plan, outline: Gold, meta: Gold) -> Iterator[Comparison]:
    wanted = {(join["after_line"], join["before_line"]) for join in outline["page_break_joins"]}
    for lines in (meta["主体"]["正文"]["lines"], meta["版记"]["抄送机关"]["lines"]):
        wanted |= set(itertools.pairwise(lines))
    found = set(plan.joins)
    for join in sorted(wanted | found):
        yield Comparison("joins", str(join), join in wanted, join in found)


def _repairs(plan: Plan, gold: Gold) -> Iterator[Comparison]:
    defects = {defect["id"]: defect for defect in gold["defects"]}
    by_rule: dict[str, list[int]] = {}
    for repair in plan.repairs:
        by_rule.setdefault(repair.rule, []).append(repair.line)
    spaces = by_rule.get("stray-space", [])
    for line, count in defects["D12"]["per_line"].items():
        yield Comparison("repairs", f"stray spaces in line {line}", count, spaces.count(int(line)))
    for defect, rule in (
        ("D10", "heading-bold"),
        ("D11", "english-and"),
        ("D17", "curated"),
        ("D02", "spaced-characters"),
    ):
        yield Comparison("repairs", defect, defects[defect]["lines"], by_rule.get(rule, []))
    body = [line for line in by_rule.get("heading-level", []) if all(annex.line != line for annex in plan.annexes)]
    yield Comparison("repairs", "D09", defects["D09"]["lines"], body)
    doubted = {doubt.line for doubt in plan.doubts}
    for defect in ("D18", "D19", "D20"):
        yield Comparison("doubts", defect, wanted=True, found=set(defects[defect]["lines"]) <= doubted)


def _placed(element: Element | None) -> tuple[str, tuple[int, ...]] | None:
    return (element.text, element.lines) if element else None


def _text_of(element: Element | None) -> str | None:
    return element.text if element else None


def _load(path: Path) -> Gold:
    loaded: Gold = json.loads(path.read_text(encoding="utf-8"))
    return loaded


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
