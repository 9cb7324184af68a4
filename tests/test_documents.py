"""Official documents of many kinds, invented: recognised by their blocks, divided by the nesting they show."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.archive.scan import is_document
from builder.documents.judging import judge
from builder.documents.numbering import read_marker
from builder.documents.parsing import parse
from builder.documents.record import to_record
from builder.documents.source import read_source
from builder.documents.text import without_duties
from builder.model.plan import Plan
from builder.model.post import RawDocument
from builder.pages.plans.divisions import divisions, section_page
from builder.pages.plans.references import References

DECREE = (
    "青岚省人民政府令\n\n"
    "第31号\n\n"
    "《渡口管理办法》已经2026年2月3日省人民政府第8次常务会议通过，现予公布，自2026年5月1日起施行。\n\n"
    "省长　周某某\n\n"
    "2026年2月9日\n\n"
    "渡口管理办法\n\n"
    "第一章　总则\n\n"
    "第一条　为了渡口安全，制定本办法。\n\n"
    "第二条　本办法适用于内河渡口。\n\n"
    "第二章　附则\n\n"
    "第三条　违反本办法第二条的，责令改正。\n\n"
    "第四条　本办法自2026年5月1日起施行。\n\n"
)
NOTICE_HTML = (
    "<html><head><title>关于做好采茶季安全工作的通知_青岚市政府</title></head><body><ul><li><a>首页</a></li><li><a>政务公开</a></li></ul>"
    "<table><tr><td>发文机关：</td><td>青岚市应急管理局</td><td>成文日期：</td><td>2026年03月02日</td></tr>"
    "<tr><td>标　　题：</td><td colspan=3>青岚市应急管理局关于做好采茶季安全工作的通知</td></tr></table>"
    "<div><p align=center>青岚市应急管理局关于做好</p><p align=center>采茶季安全工作的通知</p><p>青应急〔2026〕4号</p>"
    "<p>各县区应急管理局：</p><p>现将采茶季安全工作通知如下：</p><p>一、检查车辆。逐辆检查。</p><p>二、检查茶机。逐台检查。</p>"
    "<table><tr><td>县区</td><td>茶机（台）</td></tr><tr><td>东县</td><td>30</td></tr><tr><td>西县</td><td>12</td></tr></table>"
    "<p>三、值班值守。</p><p>安排专人。</p><p>青岚市应急管理局</p><p>2026年3月2日</p></div><div>主办单位：青岚市政府</div></body></html>"
)


def lines(text: str) -> str:
    """Paragraphs that are written with a stroke between them."""
    return text.replace("|", "\n\n") + "\n"


def parsed(text: str, name: str = "document.txt") -> Plan:
    """A document from text alone."""
    return parse(RawDocument(name, hashlib.sha256(text.encode()).hexdigest(), len(text), "utf-8", text))


def outline(plan: Plan) -> list[tuple[int, str, str]]:
    """Level, number and title of every heading, as the record has them."""
    rows = to_record(plan)["outline"]
    assert isinstance(rows, list)
    return [(row["level"], row["number"], row["title"]) for row in rows]


class TestRecognition:
    """Documents and articles."""

    def test_short_document_without_numbers(self) -> None:
        """Number, title, addressee and signature are enough; no first-level numbers are needed."""
        text = lines(
            "青岚市人民政府关于同意设立口袋公园的批复|青政函〔2026〕3号|东城区人民政府：|来文收悉。同意设立。"
            "|青岚市人民政府|2026年4月1日"
        )
        assert judge(text).is_document

    def test_law_that_misses_an_article(self) -> None:
        """A lost article breaks no run."""
        articles = "\n\n".join(f"第{number}条　应当遵守。" for number in "一二四五六七")
        assert judge(f"青岚市渡口条例\n\n{articles}\n").is_document

    def test_front_matter_is_no_sign_of_a_crawler(self) -> None:
        """A law kept by a documentation site is a law."""
        assert judge(f"---\nsidebar: auto\n---\n\n{DECREE}").is_document

    @pytest.mark.parametrize(
        "text",
        [
            "《渡口管理办法》解读|一、背景|制定本办法。|二、内容|本办法共四条。|三、施行|自公布之日起施行。",
            "新华社3月1日电（记者 李某）市政府印发《渡口管理办法》（青政发〔2026〕3号）。|一、总则|二、安全|三、附则",
            "青川市人民代表大会关于批准修建渡口的决议|（2026年3月1日青川市第九届人民代表大会第二次会议通过）|批准修建。",
            "渡口安全怎么管？|第一条　为了安全，制定本办法。|第二条　适用。|第三条　检查。",
        ],
    )
    def test_articles_about_documents(self, text: str) -> None:
        """What explains, reports or asks about a document is an article, whatever it quotes, or a short resolution."""
        assert not judge(lines(text)).is_document

    def test_says_why(self) -> None:
        """Each reason has its evidence, words that stand in the file."""
        reasons = {reason.name: reason.evidence for reason in judge(DECREE).reasons}
        assert reasons["number"] == "第31号"
        assert reasons["articles"] == "4"

    def test_an_editor_overrules(self) -> None:
        """What an editor says of a file by its identifier counts, either way."""
        document = RawDocument("decree.txt", "0" * 64, len(DECREE), "utf-8", DECREE)
        assert is_document(document, {})
        assert not is_document(document, {"decree.txt": "article"})
        news = RawDocument("news.txt", "1" * 64, 9, "utf-8", "今天天气很好。")
        assert is_document(news, {"news.txt": "document"})


class TestFormats:
    """HTML, Markdown and text give the same blocks."""

    def test_page_of_a_government(self) -> None:
        """Fields, a title over two lines, the text and its table; menus and the foot are left."""
        plan = parsed(NOTICE_HTML, "page.html")
        record = to_record(plan)
        assert judge(NOTICE_HTML, "page.html").is_document
        assert plan.title == "青岚市应急管理局关于做好采茶季安全工作的通知"
        assert (record["doc_number"], record["date"], record["issuers"]) == (
            "青应急〔2026〕4号",
            "2026-03-02",
            ["青岚市应急管理局"],
        )
        assert [number for _, number, _ in outline(plan)] == ["一", "二", "三"]
        table = next(paragraph.table for paragraph in plan.paragraphs() if paragraph.table)
        assert (table.header, table.rows) == (("县区", "茶机（台）"), (("东县", "30"), ("西县", "12")))
        assert "政务公开" not in "".join(paragraph.text for paragraph in plan.paragraphs())

    def test_markdown_and_html_agree(self) -> None:
        """The same document in both comes out with the same outline and paragraphs."""
        lines = ["青岚市渡口条例", "第一条　为了安全，制定本条例。", "第二条　每日检查。", "第三条　自公布之日起施行。"]
        markdown = parsed("\n\n".join(f"**{line}**" if index == 0 else line for index, line in enumerate(lines)))
        page = parsed("<html><body><div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div></body></html>")
        assert outline(markdown) == outline(page)
        assert [p.text for p in markdown.paragraphs()] == [p.text for p in page.paragraphs()]

    def test_what_converters_leave(self) -> None:
        """Anchors, list marks, links and formulas of numbers are taken for what they mean."""
        text = (
            '# <span id="page-0-0"></span>**青岚市节水实施方案**\n\n为节水，制定本实施方案。\n\n# 一、目标\n\n'
            "- 1. 降低漏损。到2028年，漏损率下降 $1 2 \\%$ 。\n\n"
            "- 2. [推广器具](#a)。全部更换。\n\n# 二、措施\n\n落实。\n"
        )
        plan = parsed(text)
        assert [number for _, number, _ in outline(plan)] == ["一", "1.", "2.", "二"]
        assert [(target.value, target.unit) for target in plan.targets] == [(12.0, "%")]

    @given(st.text(alphabet="<>/ptdrbl一二、（）第条章。：\n|-#*$ 12年月日", max_size=300))
    def test_any_text_is_read(self, text: str) -> None:
        """Whatever the text, it is judged and read without an error, and no block stands outside its lines."""
        source = read_source(text)
        assert all(1 <= line <= len(source.lines) for block in source.blocks for line in block.lines)
        judge(text)
        parsed(text)


class TestNumbering:
    """Levels by the nesting a document shows."""

    def test_brackets_run_on(self) -> None:
        """（四）after 二、 goes on with （三）; nothing is missing."""
        body = "".join(
            f"{top}、部分\n\n" + "".join(f"（{number}）小节。文字。\n\n" for number in numbers)
            for top, numbers in (("一", "一二三"), ("二", "四五六"), ("三", "七八九"))
        )
        plan = parsed(f"青岚市渡口实施方案\n\n{body}")
        assert [number for level, number, _ in outline(plan) if level == 2] == [
            f"（{n}）" for n in "一二三四五六七八九"
        ]
        assert not [problem for problem in plan.problems if "number" in problem.code]

    @pytest.mark.parametrize(
        ("lines", "levels"),
        [
            (["1.甲。文。", "2.乙。文。", "3.丙。文。"], [1, 1, 1]),
            (["壹、甲", "一、乙", "（一）丙", "貳、丁"], [1, 2, 3, 1]),
            (
                ["第一编　甲", "第一章　乙", "第一条　丙。", "第二编　丁", "第一章　戊", "第二条　己。"],
                [1, 2, 4, 1, 2, 4],
            ),
            (["1 总则", "1.1 目的", "1.2 依据", "2 附则", "2.1 解释", "2.1.1 机构"], [1, 2, 2, 1, 2, 3]),
        ],
    )
    def test_levels(self, lines: list[str], levels: list[int]) -> None:
        """The outermost kind that a document uses is its first level."""
        text = "青岚市渡口规程\n\n" + "\n\n".join(f"{line}\n\n文字。" for line in lines)
        assert [level for level, _, _ in outline(parsed(text))] == levels

    def test_decimals_and_quantities(self) -> None:
        """A quantity at the start of a line is no decimal number."""
        assert read_marker("1.2亿元") is None
        assert read_marker("1.2 依据") is not None


class TestElements:
    """What a document says of itself."""

    def test_decree(self) -> None:
        """A decree's number, date and agency; the text it publishes; its day of effect."""
        plan = parsed(DECREE)
        record = to_record(plan)
        assert (plan.title, plan.kind, plan.family) == ("渡口管理办法", "规章", "law")
        assert (record["doc_number"], record["date"], record["effective"]) == (
            "青岚省人民政府令第31号",
            "2026-02-09",
            "2026-05-01",
        )
        assert record["preface"] == []

    def test_law(self) -> None:
        """The note below a law's title: passed, amended, by whom, without term and session."""
        note = (
            "（2018年6月1日青岚市第五届人民代表大会常务委员会第三次会议通过　"
            "根据2025年9月28日青岚市第六届人民代表大会常务委员会第八次会议修正）"
        )
        record = to_record(
            parsed(f"青岚市河道条例\n\n{note}\n\n第一条　制定本条例。\n\n第二条　适用。\n\n第三条　施行。\n")
        )
        assert (record["adopted"], record["amended"]) == ("2018-06-01", ["2025-09-28"])
        assert record["issuers"] == ["青岚市人民代表大会常务委员会"]

    def test_forwarded_report(self) -> None:
        """Of two dates and two agencies those of the notice count."""
        text = (
            "青岚省政府办公厅转发省水利厅关于加强渡口管理报告的通知\n\n青政办发〔2026〕2号\n\n各市人民政府：\n\n"
            "省水利厅《关于加强渡口管理的报告》已经省政府同意，现转发给你们。\n\n青岚省人民政府办公厅\n2026年2月5日\n\n"
            "关于加强渡口管理的报告\n\n省人民政府：\n\n现报告如下：\n\n一、现状。尚可。\n\n二、措施。加强。\n\n省水利厅\n2026年1月25日\n"
        )
        record = to_record(parsed(text))
        assert (record["title"], record["date"], record["issuers"]) == (
            "关于加强渡口管理的报告",
            "2026-02-05",
            ["青岚省人民政府办公厅"],
        )

    def test_two_texts_in_one_notice(self) -> None:
        """Each text has its title in the outline and its own addresses."""
        rules = "".join(
            f"{name}\n\n" + "".join(f"第{number}条　规定。\n\n" for number in "一二三")
            for name in ("渡口办法", "码头办法")
        )
        plan = parsed(
            "青岚市人民政府关于印发两个办法的通知\n\n青政发〔2026〕1号\n\n各区人民政府：\n\n《渡口办法》《码头办法》已经同意，"
            f"现印发给你们。\n\n青岚市人民政府\n2026年6月1日\n\n{rules}"
        )
        eids = [provision.eid for provision in plan.walk()]
        assert to_record(plan)["documents"] == ["渡口办法", "码头办法"]
        assert len(eids) == len(set(eids)) == 8


class TestTargets:
    """Quantities that a document commits to."""

    def test_ranges_pairs_and_commitments(self) -> None:
        """A range has two ends, a pair two subjects; a verb right before a number commits without a deadline."""
        plan = parsed(
            "青岚市农机行动方案\n\n一、目标\n\n到2028年，培育农场8—10家，水稻、油菜机收率分别达到65%和55%。\n\n二、任务\n\n"
            "建立100个示范点，对每个给予20万元补助。（责任单位：市农业局、市财政局）\n\n三、保障\n\n截至2025年底，已建成渠道30条。\n"
        )
        found = [(target.indicator, target.value, target.value_max, target.deadline) for target in plan.targets]
        assert found == [
            ("农场", 8.0, 10.0, "2028"),
            ("水稻机收率", 65.0, None, "2028"),
            ("油菜机收率", 55.0, None, "2028"),
            ("示范点", 100.0, None, ""),
        ]
        assert not [aim for aim in plan.aims if "责任单位" in aim.quote]

    def test_table_of_indicators(self) -> None:
        """A row of a table is a target: its column's year, its unit, the row as evidence."""
        plan = parsed(
            "青岚市节水规划\n\n一、目标\n\n见下表。\n\n| 指标 | 2025年 | 2030年 |\n|---|---|---|\n"
            "| 用水总量（亿立方米） | 12.6 | ≤12.0 |\n\n二、措施\n\n落实。\n"
        )
        target = plan.targets[0]
        assert (target.indicator, target.comparator, target.value, target.unit, target.deadline) == (
            "用水总量",
            "<=",
            12.0,
            "亿立方米",
            "2030",
        )
        assert target.quote == "用水总量（亿立方米） 12.6 ≤12.0"

    def test_table_copied_a_cell_a_line(self) -> None:
        """Below a caption, short lines that fill whole rows are a table again, serial numbers included."""
        cells = lines("序号|指标|目标值|1|漏损率|8%|2|回用率|30%|3|普及率|99%")
        plan = parsed(f"青岚市节水规划\n\n一、目标\n\n专栏1 主要指标\n\n{cells}\n\n二、措施\n\n全面落实各项措施。\n")
        table = next(paragraph.table for paragraph in plan.paragraphs() if paragraph.table)
        assert [row[1] for row in table.rows] == ["漏损率", "回用率", "普及率"]


class TestPages:
    """Where a document is read."""

    def test_long_laws_are_paged(self) -> None:
        """No page holds more than some dozens of articles, and every article has its page."""
        numbers = [f"第{number}条" for number in range(1, 151)]
        plan = parsed("青岚市渡口条例\n\n" + "\n\n".join(f"{number}　规定。" for number in numbers))
        pages = divisions(plan)
        assert [len(page.sections) for page in pages] == [60, 60, 30]
        assert section_page(plan, "article-61").partition("#")[0].endswith("article-61.md")

    def test_articles_link_to_each_other(self) -> None:
        """本办法第二条 leads to that article, 《…》第二条 to the other document's; what is not here to nothing."""
        plan = parsed(DECREE)
        text = "违反本办法第二条、第九条的，依照《码头条例》第一条处理。"
        found = list(References(plan, [plan]).links(text))
        assert [(text[start:end], page.partition("#")[2]) for start, end, page in found] == [("第二条", "article-2")]

    def test_duty_brackets_say_nothing(self) -> None:
        """Who is responsible is blanked, with every offset kept."""
        text = "推广农机。（责任单位：市农业局、人民银行）"
        assert without_duties(text).strip() == "推广农机。"
        assert len(without_duties(text)) == len(text)


def test_corpus_holds_no_document() -> None:
    """None of the posts beside the checkout is taken for an official document."""
    corpus = Path(__file__).parents[2] / "shared" / "corpus"
    if not corpus.is_dir():
        pytest.skip("no corpus")
    taken = [
        path.name
        for path in sorted(corpus.rglob("*"))
        if path.is_file() and judge(path.read_text(encoding="utf-8", errors="replace"), path.name).is_document
    ]
    assert taken == []
