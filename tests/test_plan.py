"""Plans of our own writing: what is read, told apart, joined, repaired and found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from machines import SEEDS

from builder.config.curation import Correction, TextDoubt, TextRepair
from builder.documents.judging import judge
from builder.documents.numbering import read_marker
from builder.documents.parsing import parse
from builder.documents.record import headings, to_record
from builder.model.plan import Plan
from builder.model.post import RawDocument
from builder.numerals import value_of

DATA = Path(__file__).parent / "data"


def parsed(text: str, correction: Correction | None = None) -> Plan:
    """A plan from text alone."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return parse(RawDocument("plan.txt", digest, len(text.encode()), "utf-8", text), correction)


def sample(name: str) -> Plan:
    """A plan of ours."""
    return parsed((DATA / name).read_text(encoding="utf-8"))


def numbers(plan: Plan) -> list[tuple[int, str, str]]:
    """Level, number and title of every heading."""
    return [(heading.level, heading.number, heading.title) for heading in headings(plan)]


class TestNumbering:
    """Numbers at the start of a line."""

    @pytest.mark.parametrize(
        ("text", "kind", "number", "rest"),
        [
            ("一、总则", "comma", "一", "总则"),
            ("十二、附则", "comma", "十二", "附则"),
            ("（三）布局", "bracket", "（三）", "布局"),
            ("(三)布局", "bracket", "（三）", "布局"),
            ("（三)布局", "bracket", "（三）", "布局"),
            ("3. 坚持创新。", "arabic", "3.", "坚持创新。"),
            ("３．坚持", "arabic", "3.", "坚持"),
            ("3、坚持", "arabic", "3", "坚持"),
            ("（2）方法", "arabic-bracket", "（2）", "方法"),
            ("第 二 章　总 则", "chapter", "第二章", "总 则"),
            ("第二十三条之一　为了", "article", "第二十三条之一", "为了"),
        ],
    )
    def test_reads_numbers(self, text: str, kind: str, number: str, rest: str) -> None:
        """Every form of official numbering is read, brackets full-width or not."""
        marker = read_marker(text)
        assert marker is not None
        assert (marker.kind, marker.number, marker.rest) == (kind, number, rest)

    @pytest.mark.parametrize("text", ["1.2亿元", "2021年", "一、二、三类水体", "第三，人才", "12:30", "十部委", ""])
    def test_leaves_other_numbers(self, text: str) -> None:
        """Decimals, years, enumerations in prose and ordinals are no numbering."""
        assert read_marker(text) is None

    @pytest.mark.parametrize(
        ("text", "value"), [("十", 10), ("二十", 20), ("一百零五", 105), ("二〇一九", 2019), ("x", None)]
    )
    def test_values(self, text: str, value: int | None) -> None:
        """Chinese numerals have their values."""
        assert value_of(text) == value


class TestTree:
    """The tree of a plan."""

    def test_levels_come_from_numbers(self) -> None:
        """Heading marks and bold say nothing about levels."""
        lines = [
            "#### **一、甲**",
            "# （一）乙",
            "文。",
            "###### 二、丙",
            "文。",
            "（一）丁",
            "文。",
            "三、戊",
            "文。",
            "",
        ]
        plan = parsed("\n\n".join(lines))
        assert numbers(plan) == [
            (1, "一", "甲"),
            (2, "（一）", "乙"),
            (1, "二", "丙"),
            (2, "（一）", "丁"),
            (1, "三", "戊"),
        ]

    def test_identifiers_name_the_place(self) -> None:
        """A section's and a paragraph's identifier say where it stands."""
        plan = sample("plan_scanned.md")
        assert [provision.eid for provision in plan.walk()][:4] == ["sec-1", "sec-2", "sec-2-1", "sec-2-2"]
        assert [paragraph.eid for paragraph in plan.provisions[1].children[1].paragraphs] == [
            "sec-2-2-p1",
            "sec-2-2-p2",
        ]

    def test_inserting_a_paragraph_changes_no_other_section(self) -> None:
        """A new paragraph in one section leaves every identifier of other sections as it was."""
        text = (DATA / "plan_scanned.md").read_text(encoding="utf-8")
        before = {paragraph.eid: paragraph.text for paragraph in parsed(text).paragraphs()}
        longer = text.replace("二、主要任务\n", "二、主要任务\n\n这是新加的一段话，写在各项任务之前。\n")
        after = {paragraph.eid: paragraph.text for paragraph in parsed(longer).paragraphs()}
        assert set(after) - set(before) == {"sec-2-p1"}
        assert all(after[eid] == text for eid, text in before.items())

    def test_law(self) -> None:
        """Chapters and articles are headings; items are none, nor are references; the contents are taken out."""
        plan = sample("plan_law.txt")
        assert numbers(plan)[:3] == [(2, "第一章", "总则"), (4, "第一条", ""), (4, "第二条", "")]
        assert len(numbers(plan)) == 4 + 7
        third = plan.provisions[0].children[2]
        assert [paragraph.kind for paragraph in third.paragraphs] == ["numbered", "item", "item", "item"]
        assert [part.kind for part in plan.parts] == ["front", "contents"]
        assert plan.provisions[2].children[0].paragraphs[-1].text.startswith("违反前款第（二）项")

    def test_chapters_above_commas(self) -> None:
        """Where a plan has chapters, 一、 stands below them."""
        plan = sample("plan_chapters.md")
        assert numbers(plan)[:3] == [
            (2, "第一章", "发展基础"),
            (3, "第一节", "主要成就"),
            (4, "一", "公路网络逐步完善"),
        ]
        assert plan.provisions[0].children[0].children[0].eid == "chapter-1-section-1-1"

    def test_number_in_a_sentence_is_no_heading(self) -> None:
        """A bracketed number at the start of a cut-off line goes on with its sentence."""
        first = sample("plan_scanned.md").provisions[1].children[0].paragraphs[0]
        assert first.text.endswith("按照（一）项规定的格式填报。")

    def test_list_behind_a_colon_is_no_heading(self) -> None:
        """Entries that a colon introduces are items."""
        kinds = {paragraph.text[:3]: paragraph.kind for paragraph in sample("plan_chapters.md").paragraphs()}
        assert kinds["（1）"] == kinds["（2）"] == "item"

    def test_gap_is_reported(self) -> None:
        """A missing number is a problem and loses nothing."""
        plan = parsed("一、甲\n\n文字。\n\n二、乙\n\n文字。\n\n四、丁\n\n文字。\n\n五、戊\n\n文字。\n")
        assert [problem.code for problem in plan.problems if "number" in problem.code] == ["plan-number-missing"]
        assert len(plan.provisions) == 4

    def test_repeated_number_keeps_identifiers_unique(self) -> None:
        """A number that comes twice is a problem; both sections are reachable."""
        plan = parsed("一、甲\n\n文字。\n\n二、乙\n\n文字。\n\n二、丙\n\n文字。\n\n三、丁\n\n文字。\n")
        eids = [provision.eid for provision in plan.walk()]
        assert len(eids) == len(set(eids)) == 4
        assert "plan-number-repeated" in {problem.code for problem in plan.problems}


class TestParts:
    """Notice, plan, annexes and imprint."""

    def test_notice_is_told_from_plan(self) -> None:
        """A notice's elements are metadata, not paragraphs."""
        plan = sample("plan_scanned.md")
        metadata = plan.metadata
        assert plan.title == "澄湖市公共数据开放行动计划（2023—2025年）"
        assert metadata.document_number is not None
        assert metadata.document_number.text == "澄政办发〔2023〕8号"
        assert (metadata.date_iso, metadata.printing_date_iso) == ("2023-04-28", "2023-04-30")
        assert plan.issuers == ("澄湖市人民政府办公室",)
        assert [paragraph.text for paragraph in plan.preface] == ["为加快公共数据开放，制定本行动计划。"]
        assert metadata.copied_to_agencies == ("市委各部门", "市人大常委会办公室", "市政协办公室")

    def test_absent_elements_are_none(self) -> None:
        """What the seed does not have is not invented."""
        metadata = sample("plan_law.txt").metadata
        assert metadata.document_number is metadata.addressee is metadata.copied_to is None
        assert metadata.signatures == ()

    def test_annexes_and_note(self) -> None:
        """Annexes have trees of their own; attachment note and 附注 are elements."""
        plan = sample("plan_notice.txt")
        assert [annex.heading.title for annex in plan.annexes] == ["开学工作检查表", "联系人名单"]
        assert [paragraph.kind for paragraph in plan.annexes[0].paragraphs] == ["table"]
        assert plan.metadata.attachment_note is not None
        assert plan.metadata.attachment_note.text == "1.开学工作检查表；2.联系人名单"
        assert plan.metadata.note is not None
        assert plan.metadata.note.text == "此件公开发布"

    def test_nothing_is_lost(self) -> None:
        """Every line of every sample is title, heading, paragraph or another part."""
        for path in sorted(DATA.glob("plan_*")):
            text = path.read_text(encoding="utf-8")
            plan = parsed(text)
            told = set(plan.title_lines) | {line for part in plan.parts for line in part.lines}
            told |= {line for paragraph in plan.paragraphs() for line in paragraph.lines}
            told |= {provision.line for provision in plan.walk()}
            annexed = {provision.line + 2 for provision in plan.annexes}
            missing = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()} - told - annexed
            assert missing == set(), path.name


class TestRepairs:
    """Repairs are named, logged and never guess."""

    TEXT = (
        "一、甲\n\n科研机构 and 企业在 2022 年底前（含\n\n当年)完成。\n\n"
        "二、乙\n\n事事有有序推进，资讯机构参加。\n\n三、丙\n\n文字。\n"
    )

    def test_each_repair_is_logged(self) -> None:
        """Each change has its rule, its line, and the words before and after."""
        plan = parsed(self.TEXT)
        log = [(repair.rule, repair.line) for repair in plan.repairs]
        assert log.count(("stray-space", 3)) == 2
        assert ("english-and", 3) in log
        assert ("page-join", 3) in log
        assert ("half-width", 5) in log
        assert plan.provisions[0].paragraphs[0].repaired == "科研机构和企业在2022年底前（含当年）完成。"
        assert plan.provisions[0].paragraphs[0].text == "科研机构 and 企业在 2022 年底前（含当年)完成。"

    def test_doubts_change_nothing(self) -> None:
        """Doubts are flagged with a suggestion, and the text stays."""
        plan = parsed(self.TEXT, Correction(why="校", doubts=(TextDoubt("事事", "时时"),)))
        assert plan.provisions[1].paragraphs[0].repaired == "事事有有序推进，资讯机构参加。"
        assert {doubt.rule for doubt in plan.doubts} == {"confused-word", "doubled-word", "curated-doubt"}

    def test_curated_repair(self) -> None:
        """An editor's repair is made where it stands once, with the reason; elsewhere it is a problem."""
        once = TextRepair("事事有有序", "事事有序", "衍字")
        never = TextRepair("无此文字", "有此文字", "无")
        plan = parsed(self.TEXT, Correction(why="校", repairs=(once, never)))
        assert plan.provisions[1].paragraphs[0].repaired == "事事有序推进，资讯机构参加。"
        assert [repair.why for repair in plan.repairs if repair.rule == "curated"] == ["衍字"]
        assert [problem.values for problem in plan.problems if problem.code == "plan-repair-unplaced"] == [
            {"before": "无此文字"}
        ]


class TestFindings:
    """Targets, the present, parameters."""

    def test_targets_carry_deadlines(self) -> None:
        """Each clause under a deadline has it, through a list that a colon introduces."""
        found = [
            (target.value, target.unit, target.comparator, target.deadline)
            for target in sample("plan_chapters.md").targets
        ]
        assert found == [(6000.0, "公里", ">=", "2025"), (5.0, "公里", "=", "2025"), (45.0, "%", ">=", "2025")]
        ends = [target.deadline for target in sample("plan_scanned.md").targets]
        assert ends == ["2023-12-31", "2024-12-31", "2025-12-31", "2025-12-31"]

    def test_present_and_parameters(self) -> None:
        """What is said of the present is a baseline, sizes of works are parameters, neither is a target."""
        plan = sample("plan_chapters.md")
        assert [value for baseline in plan.baselines for value in baseline.values][:2] == [
            (320.0, "公里"),
            (5400.0, "公里"),
        ]
        assert [(measure.value, measure.unit) for measure in plan.measures] == [(86.0, "亿元"), (18.0, "公里")]

    def test_past_dates_are_no_deadlines(self) -> None:
        """截至, spans and the outlook set no target."""
        plan = parsed(
            "一、甲\n\n截至2018年底，建成桥梁30座。\n\n二、乙\n\n2018年至2020年，安排资金8亿元。\n\n三、丙\n\n展望至2030年，再建20座。\n"
        )
        assert plan.targets == ()


class TestRecognition:
    """Plans and posts."""

    @pytest.mark.parametrize("path", sorted(DATA.glob("plan_*")), ids=lambda path: path.name)
    def test_plans(self, path: Path) -> None:
        """Every plan of ours is recognised."""
        assert judge(path.read_text(encoding="utf-8")).is_document

    def test_seeds(self) -> None:
        """One of the seeds of the tests' own archive is a plan."""
        assert [path.name[:3] for path in SEEDS if judge(path.read_text(encoding="utf-8")).is_document] == ["005"]

    def test_post_with_a_list(self) -> None:
        """A post that quotes a numbered list is none."""
        post = "---\ntitle: 局长谈开学\ndate: 2024-09-01\n---\n" + "记者从会上获悉，开学准备已经就绪。\n\n" * 8
        assert not judge(
            f"{post}一、查安全\n\n二、查食堂\n\n三、查校车\n\n四、查消防\n\n五、查宿舍\n\n六、查操场\n"
        ).is_document

    def test_record_is_plain(self) -> None:
        """The record holds what is printed, under the names that readers of it know."""
        record = to_record(sample("plan_scanned.md"))
        assert list(record)[:5] == ["kind", "title", "doc_number", "issuers", "date"]
        assert record["outline"][0] == {"level": 1, "number": "一", "title": "总体目标"}  # type: ignore[index]  # a list of dictionaries
