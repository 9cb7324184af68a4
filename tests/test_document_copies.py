"""Official documents as people copy them and crawlers keep them: plain text, old numbering, one line for everything."""

from __future__ import annotations

import pytest
from test_documents import lines, outline, parsed

from builder.documents.judging import judge

NOTICE = (
    "青岚市人民政府关于印发青岚市驿站建设方案的通知|青政发〔2012〕15号|各县人民政府：|"
    "现将《青岚市驿站建设方案》印发给你们，请认真贯彻执行。|青岚市人民政府|2012年5月8日|青岚市驿站建设方案|"
    "为加强驿站建设，制定本方案。|"
)


class TestNumbers:
    """Numbers that the standard does not have and documents do."""

    def test_enclosed(self) -> None:
        """㈠, ⒈ and ⑴ are numbers of the levels they stand for, and stay as printed."""
        plan = parsed(
            lines(
                NOTICE + "一、总体要求|㈠指导思想。坚持安全。|㈡基本原则。|⒈统筹规划。统一布局。|⒉分步实施。有序推进。"
                "|二、主要任务|㈠加强建设。|⑴道路。改造道路。|⑵管网。改造管网。|三、保障措施|加强领导。"
            )
        )
        found = [(level, number) for level, number, _ in outline(plan)]
        assert found[:5] == [(1, "一"), (2, "㈠"), (2, "㈡"), (3, "⒈"), (3, "⒉")]
        assert found[5:] == [(1, "二"), (2, "㈠"), (4, "⑴"), (4, "⑵"), (1, "三")]

    @pytest.mark.parametrize("bracket", ["）", ")"])
    def test_half_bracket(self, bracket: str) -> None:
        """1） lies right below what stands above it."""
        plan = parsed(
            lines(
                f"{NOTICE}一、主要任务|（一）加强建设|1{bracket}道路|改造道路。|2{bracket}管网|改造管网。|（二）加强服务"
                "|新建学校。|二、保障措施|加强领导。"
            )
        )
        found = [(level, number) for level, number, _ in outline(plan)]
        assert found == [(1, "一"), (2, "（一）"), (3, "1）"), (3, "2）"), (2, "（二）"), (1, "二")]

    def test_what_goes_on_behind_a_box(self) -> None:
        """The entries of a box count for themselves; the text's own numbers go on below it."""
        plan = parsed(
            lines(
                NOTICE
                + "一、主要任务|1.推进攻关。加大投入。|2.推进转化。完善机制。|专栏1 驿站工程|1.示范工程。建10座。"
                "|2.改造工程。改20座。|3.引才工程。引进人才。|4.培育工程。培育企业。|3.推进合作。深化合作。|4.推进融资。设基金。"
                "|二、保障措施|加强领导。"
            )
        )
        titles = [title for _, _, title in outline(plan)]
        assert titles[-3:] == ["推进合作", "推进融资", "保障措施"]

    def test_decimals_before_other_signs(self) -> None:
        """A decimal number may stand before a Roman numeral; 1.5G is the number 1 before 5G."""
        plan = parsed(
            lines(
                NOTICE.replace("方案", "预案") + "1　总则|1.1　目的|提高能力。|1.2　范围|适用于本市。|2　响应|2.1　分级"
                "|2.1.1　Ⅰ级响应|由市长指挥。|2.1.2　Ⅱ级响应|由副市长指挥。|3　附则|定期修订。"
            )
        )
        assert [number for _, number, _ in outline(plan)][-3:] == ["2.1.1", "2.1.2", "3"]
        plan = parsed(lines(NOTICE + "一、主要任务|1.5G网络工程|新建基站。|2.算力工程|建设中心。|二、保障|加强领导。"))
        assert [title for _, _, title in outline(plan)][1:3] == ["5G网络工程", "算力工程"]

    @pytest.mark.parametrize("top", ["1　总则|", "1总则|", "一、总则|", ""])
    def test_decimals_go_on_behind_lists(self, top: str) -> None:
        """A list below 1.1 ends no numbering, and what stands above it may be numbered otherwise or not at all."""
        below = {"1　总则|": "2　响应|", "1总则|": "2响应|", "一、总则|": "二、响应|", "": ""}[top]
        plan = parsed(
            lines(
                f"{NOTICE.replace('方案', '预案')}{top}1.1　职责|（1）统一领导。服从指挥。|（2）决定事项。报告市长。|"
                f"1.2　范围|适用于本市。|{below}2.1　分级|2.1.1　一级|由市长指挥。|"
                "2.1.2　二级|由副市长指挥。|2.2　终止|宣布终止。"
            )
        )
        numbers = [number for _, number, _ in outline(plan)]
        assert [number for number in numbers if "." in number] == ["1.1", "1.2", "2.1", "2.1.1", "2.1.2", "2.2"]
        assert {level for level, number, _ in outline(plan) if number.startswith("（")} == {4}


class TestHeads:
    """Titles, dates and bodies in the forms of other decades and databases."""

    def test_forwarded_over_two_lines(self) -> None:
        """A title that goes on with 关于, date and number in one bracket: body and date are the notice's."""
        plan = parsed(
            lines(
                "青岚省人民政府办公厅转发省交通厅等部门|关于进一步加强驿站工作意见的通知|"
                "（一九九一年三月十五日　青政办发〔1991〕17号）"
                "|省交通厅《关于进一步加强驿站工作的意见》已经省政府同意，现转发给你们，请贯彻执行。|关于进一步加强驿站工作的意见"
                "|省交通厅|（一九九一年二月二十日）|现提出以下意见：|一、提高认识。|二、分类指导。|三、增加投入。"
            )
        )
        assert plan.title == "关于进一步加强驿站工作的意见"
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚省人民政府办公厅",), "1991-03-15")
        assert getattr(plan.metadata.document_number, "text", "") == "青政办发〔1991〕17号"

    def test_published_below_its_title(self) -> None:
        """A congress publishes by 公告; the rules stand above it by title and below it by text."""
        plan = parsed(
            lines(
                "青岚省驿站条例|青岚省第十一届人民代表大会常务委员会公告|第28号|《青岚省驿站条例》已由青岚省第十一届人民代表大会"
                "常务委员会第十次会议于2009年7月22日通过，现予公布，自2009年11月1日起施行。|青岚省人民代表大会常务委员会"
                "|2009年7月22日|第一章 总则|第一条 为了加强驿站管理，制定本条例。|第二条 驿站应当安全。|第二章 附则"
                "|第三条 本条例自2009年11月1日起施行。"
            )
        )
        assert (plan.title, plan.issuers) == ("青岚省驿站条例", ("青岚省人民代表大会常务委员会",))
        assert (plan.metadata.date_iso, plan.metadata.effective_iso) == ("2009-07-22", "2009-11-01")

    def test_day_before_the_body(self) -> None:
        """1999年7月13日，某局: date and body on one line, in this order."""
        plan = parsed(
            lines(
                "驿站管理暂行规定|1999年7月13日，青岚省交通局|第一条 为加强驿站管理，制定本规定。|第二条 驿站应当安全。"
                "|第三条 驿站应当整洁。|第四条 本规定自发布之日起施行。"
            )
        )
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚省交通局",), "1999-07-13")

    def test_old_reply_without_numbers(self) -> None:
        """Title, addressee, body and day make a document of a few sentences."""
        text = lines(
            "青岚省高级法院司法厅关于驿站继承权问题的复函|1964年2月10日，青岚省高级法院司法厅|澄湖市中级人民法院："
            "|你院来函收悉。我们不承认。此点由你们酌定，并告诉申诉人。"
        )
        assert judge(text).is_document
        assert parsed(text).metadata.date_iso == "1964-02-10"

    def test_tags_of_a_database(self) -> None:
        """【题注】 and 【章名】 say what follows and are no part of it."""
        plan = parsed(
            lines(
                "青岚市驿站条例|【题注】　（2001年4月29日青岚市第十一届人民代表大会第四次会议通过）|"
                "【章名】　第一章　总则"
                "|第一条 为加强驿站管理，制定本条例。|第二条 驿站应当安全。|【章名】　第二章　附则|"
                "第三条 本条例自公布之日起施行。"
            )
        )
        assert [title for _, number, title in outline(plan) if number.endswith("章")] == ["总则", "附则"]
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚市人民代表大会",), "2001-04-29")

    def test_numbers_of_the_annex_alone(self) -> None:
        """A reply without numbers keeps its date where the annex below has the first of them."""
        plan = parsed(
            lines(
                "青岚省人民政府关于同意建立驿站联席会议制度的批复|青函〔2011〕50号|省交通局：|你局请示收悉。现批复如下：同意。"
                "|附件：驿站联席会议制度|青岚省人民政府|二○一一年五月三日|附件：|驿站联席会议制度|一、主要职能|加强协调。"
                "|二、成员单位|由七个部门组成。|三、工作规则|每年开会。"
            )
        )
        assert (plan.metadata.date_iso, len(plan.annexes)) == ("2011-05-03", 1)

    def test_everything_on_one_line(self) -> None:
        """Spaces that indented the paragraphs part them again."""
        text = (
            "关于做好2020年春季驿站工作的通知    各市、州人民政府，省政府各部门：    "
            "为切实做好春季驿站工作，现就有关事项通知如下："
            "    一、总体要求    坚持稳中求进。    二、重点工作    （一）抓好修缮。各地要加强检查。    "
            "（二）抓好防汛。加强监测。"
            "    三、保障措施    加强领导。    青岚省人民政府办公厅    2020年2月14日"
        )
        assert judge(text).is_document
        plan = parsed(text)
        assert (plan.title, plan.issuers) == ("关于做好2020年春季驿站工作的通知", ("青岚省人民政府办公厅",))
        assert [number for _, number, _ in outline(plan)] == ["一", "二", "（一）", "（二）", "三"]


BODY = "为加强管理，现通知如下：|一、加强领导。落实责任。|二、加强检查。按月通报。|三、加强考核。纳入目标。|"


class TestSignatures:
    """Who issued it and when, at the end and at the head."""

    @pytest.mark.parametrize("zero", list("〇○◯零ОOoＯ0０"))
    def test_zeros(self, zero: str) -> None:
        """A Chinese date with any of the signs that keyboards have for its zero."""
        plan = parsed(lines(f"关于加强驿站管理的通知|各县人民政府：|{BODY}青岚市人民政府|二{zero}一{zero}年三月五日"))
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚市人民政府",), "2010-03-05")

    def test_several_on_several_lines(self) -> None:
        """Bodies that sign side by side and below each other, above one date."""
        signed = "省财政厅　　省科技厅\n省商务厅\n2020年8月3日"
        plan = parsed(lines(f"关于加强驿站管理的通知|各县人民政府：|{BODY}") + signed)
        assert plan.issuers == ("省财政厅", "省科技厅", "省商务厅")

    @pytest.mark.parametrize("sent", ["发送：市委各部门。", "市委各部门，市人大常委会办公室，市警备区。"])
    def test_printed_on_another_day(self, sent: str) -> None:
        """A distribution list, labelled or not, and a second body with a second day belong to the imprint."""
        plan = parsed(
            lines(
                f"关于加强驿站管理的通知|各县人民政府：|{BODY}青岚市人民政府|2010年3月5日|{sent}|青岚市政府办公室|2010年3月8日"
            )
        )
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚市人民政府",), "2010-03-05")

    def test_decree_of_several(self) -> None:
        """令 on a line of its own below those who issue it, each signed by a person."""
        plan = parsed(
            lines(
                "国家邮驿委员会|交　运　部|令|第 19 号|《驿站目录管理办法》已经批准，现予发布，自2022年1月1日起施行。"
                "|国家邮驿委员会主任：何某|交运部部长：刘某|2021年12月27日|驿站目录管理办法|"
                "第一条 为规范管理，制定本办法。"
                "|第二条 目录由交运部制定。|第三条 本办法自2022年1月1日起施行。"
            )
        )
        assert (plan.title, plan.issuers) == ("驿站目录管理办法", ("国家邮驿委员会", "交运部"))
        assert (plan.metadata.date_iso, plan.metadata.effective_iso) == ("2021-12-27", "2022-01-01")

    def test_forwarded_with_the_day_below_the_title(self) -> None:
        """The day in brackets is the notice's; the one below the report that it forwards is not."""
        plan = parsed(
            lines(
                "青岚省政府批转省计委关于调整驿站请示的通知|（1988年5月10日）|青岚省政府同意省计委《关于调整驿站的请示》，"
                "现转发给你们，请研究执行。|省计委关于调整驿站的请示|省政府：|现将情况请示如下：|一、情况。发展较快。"
                "|二、原则。稳步推进。|三、实施。加强领导。|省计委|1988年4月20日"
            )
        )
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚省政府",), "1988-05-10")

    def test_handed_on_by_a_news_agency(self) -> None:
        """《……》全文如下 and the title again: a document, with the title's bodies and its own day."""
        text = lines(
            "某社青岚2月4日电　《青岚省委青岚省政府关于加强驿站的意见》全文如下：|青岚省委 青岚省政府关于加强驿站的意见"
            "|（2018年1月2日）|现提出如下意见。|一、意义|驿站重要。|二、要求|坚持安全。|三、保障|加强领导。"
        )
        assert judge(text).is_document
        plan = parsed(text)
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚省委", "青岚省政府"), "2018-01-02")
