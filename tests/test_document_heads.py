"""What stands above an official document's text, as pages and files of many makers leave it."""

from __future__ import annotations

import pytest
from test_documents import lines, outline, parsed

from builder.documents.judging import judge

MEASURES = (
    "为加强驿站管理，现提出如下意见。|一、总体要求|坚持安全。|二、主要任务|（一）建好驿站。到2030年建成驿站40座。"
    "|（二）管好驿站。压实责任。|三、组织实施|抓好落实。"
)


class TestAnnounced:
    """Texts that reach the public as news: who issued what, then the whole of it."""

    @pytest.mark.parametrize(
        "begins", ["《关于加强驿站管理的意见》全文如下。|", "《关于加强驿站管理的意见》主要内容如下。|", ""]
    )
    def test_document(self, begins: str) -> None:
        """The sentence about it is no part of the text, its title and issuers come from there."""
        text = lines(
            "青岚省委办公厅 青岚省政府办公厅印发《关于加强驿站管理的意见》|某社青岚7月24日电"
            "　近日，"
            "青岚省委办公厅、青岚省政府办公厅印发了《关于加强驿站管理的意见》，并发出通知，要求各地结合实际认真贯彻落实。|"
            + begins
            + MEASURES
        )
        assert judge(text).is_document
        plan = parsed(text)
        assert (plan.title, plan.issuers) == ("关于加强驿站管理的意见", ("青岚省委办公厅", "青岚省政府办公厅"))
        assert [number for _, number, _ in outline(plan)] == ["一", "二", "（一）", "（二）", "三"]
        assert plan.preface[0].text == "为加强驿站管理，现提出如下意见。"

    def test_news_about_a_document_stays_an_article(self) -> None:
        """A report that tells what a document says is none, even with the same first sentence."""
        text = lines(
            "两办印发意见 加强驿站管理|新华社青岚7月24日电（记者某某）近日，青岚省委办公厅、青岚省政府办公厅印发了"
            "《关于加强驿站管理的意见》，并发出通知，要求各地结合实际认真贯彻落实。"
            "|意见明确，到2030年建成驿站40座。|意见提出，管好驿站。"
        )
        assert not judge(text).is_document


class TestHead:
    """Numbers, titles, fields and notices that are put together in other ways."""

    @pytest.mark.parametrize("number", ["青政发〔2026〕3号", "青政發〔2026〕3號"])
    def test_number_behind_the_title(self, number: str) -> None:
        """The 发文字号 in brackets behind a title is no part of it, in either script."""
        plan = parsed(lines(f"青岚市人民政府关于加强驿站管理的意见（{number}）|各县人民政府：|{MEASURES}"))
        assert plan.title == "青岚市人民政府关于加强驿站管理的意见"
        assert getattr(plan.metadata.document_number, "text", "") == number

    def test_number_before_a_title_in_book_marks(self) -> None:
        """What a notice sends out is the document even where its title is not repeated above the text."""
        plan = parsed(
            lines(
                "青政办发〔2026〕7号《青岚市人民政府办公室关于印发〈青岚市驿站工作要点〉的通知》|各县人民政府："
                "|《青岚市驿站工作要点》已经同意，现印发给你们，请贯彻落实。|青岚市人民政府办公室|2026年5月28日"
                "|2026年是驿站建设的关键一年，今年驿站工作的总体要求是坚持安全第一，坚持便民利民，坚持建管并重。"
                "|一、建好驿站|（一）建成一批|抓紧建设。|（二）修好一批|抓紧修缮。|二、管好驿站|抓好管理。"
            )
        )
        assert (plan.title, plan.metadata.date_iso) == ("青岚市驿站工作要点", "2026-05-28")
        assert plan.issuers == ("青岚市人民政府办公室",)
        assert [number for _, number, _ in outline(plan)] == ["一", "（一）", "（二）", "二"]

    def test_notice_without_its_own_title(self) -> None:
        """Who signed the notice, and when, counts for what stands below."""
        plan = parsed(
            lines(
                "各乡镇人民政府：|《青岚县驿站管理规则》已经通过，现予印发。"
                "|青岚县人民政府|2026年6月2日|（此件公开发布）"
                "|青岚县驿站管理规则|第一条 为管好驿站，制定本规则。"
                "|第二条 驿站应当开放。|第三条 本规则自印发之日起施行。"
            )
        )
        assert (plan.title, plan.issuers) == ("青岚县驿站管理规则", ("青岚县人民政府",))
        assert plan.metadata.date_iso == "2026-06-02"

    def test_fields_as_a_list(self) -> None:
        """Labels with bullets and values below them, and several on one line, are read."""
        plan = parsed(
            "青岚县驿站工作规则\n\n  • 索引号:"
            "\n\n    61/2026-5\n  • 发文字号:\n\n    青政发〔2026〕9号\n  • 发文日期:\n\n"
            "    2026年04月06日 16:40\n发布机构: 青岚县政府网站 主题分类: 其他 有效性: 有效\n\n青岚县驿站工作规则\n\n"
            "第一章 总则\n\n一、为管好驿站，制定本规则。\n\n二、驿站应当开放。"
            "\n\n第二章 附则\n\n三、本规则自印发之日起施行。\n"
        )
        assert plan.metadata.document_number
        assert (plan.metadata.document_number.text, plan.metadata.date_iso) == ("青政发〔2026〕9号", "2026-04-06")

    def test_agencies_on_one_line_above_the_title(self) -> None:
        """Several agencies on one line issued it together."""
        text = lines(f"财政部 交通运输部 商务部|关于加强驿站管理的意见|财驿〔2026〕3号|{MEASURES}")
        assert parsed(text).issuers == ("财政部", "交通运输部", "商务部")

    def test_articles_glued_together(self) -> None:
        """Articles that a crawler ran into one paragraph are articles; a reference to one is none."""
        plan = parsed(
            "青岚省人民政府令第31号\n\n现公布《驿站条例》，自2026年5月1日起施行。"
            "省长　　周某某　　2026年2月9日\n\n驿站条例\n\n"
            "第一条　为管好驿站，制定本条例。第二条　违反本条例第三条的，责令改正。第三条　驿站应当开放。\n\n"
            "第四条　本条例自2026年5月1日起施行。\n"
        )
        assert [number for _, number, _ in outline(plan)] == ["第一条", "第二条", "第三条", "第四条"]
        assert (plan.issuers, plan.metadata.date_iso) == (("青岚省人民政府",), "2026-02-09")

    def test_day_without_marks(self) -> None:
        """A database writes the day of an amendment as eight digits."""
        plan = parsed(
            "法規名稱：驛站法\n修正日期：20260523\n\n   第 一 章 總則"
            "\n\n第 1 條\n本法適用於驛站。\n\n第 2 條\n本法自公布日施行。\n"
        )
        assert plan.metadata.date_iso == "2026-05-23"

    def test_history_and_text_on_one_line(self) -> None:
        """A quotation may hold number, history and the first sentence; what was passed elsewhere is not its own day."""
        plan = parsed(
            "# 青岚省高级人民法院关于审理驿站案件若干问题的解释\n\n"
            "> 青高法〔2026〕1号 （2026年2月1日青岚省高级人民法院审判委员会第8次会议通过 自2026年3月1日起施行"
            "　根据2026年5月4日通过的《关于修改两件解释的决定》修正） 为正确审理驿站案件，制定本解释。\n\n"
            "第一条 驿站案件由中级人民法院管辖。\n\n第二条 驿站案件应当公开。\n\n第三条 判决应当公布。\n"
        )
        assert plan.metadata.document_number
        assert (plan.metadata.document_number.text, plan.metadata.date_iso) == ("青高法〔2026〕1号", "2026-02-01")
        assert plan.issuers == ("青岚省高级人民法院",)
        assert plan.preface[0].text == "为正确审理驿站案件，制定本解释。"

    def test_two_bodies_passed_it(self) -> None:
        """What two bodies passed on two days was issued by both."""
        plan = parsed(
            lines(
                "青岚省高级人民法院、青岚省人民检察院关于办理驿站案件的规定"
                "|（2026年2月1日青岚省高级人民法院审判委员会第8次会议、2026年2月9日青岚省人民检察院检察委员会第3次会议通过）"
                "|为办好驿站案件，制定本规定。|第一条 应当依法办理。"
                "|第二条 应当公开办理。|第三条 本规定自公布之日起施行。"
            )
        )
        assert plan.issuers == ("青岚省高级人民法院", "青岚省人民检察院")

    def test_boxed_fields(self) -> None:
        """A ministry's page sets its fields in boxes, and the number before the title."""
        plan = parsed(
            "商务部公告2026年第3号 关于公布驿站名单的公告\n"
            "【发布单位】商务部 交通部\n【发布文号】公告2026年第3号\n【发文日期】2026年03月02日\n"
            "经审核，现将驿站名单予以公告。\n商务部 交通部\n2026年3月2日\n"
        )
        assert plan.title == "关于公布驿站名单的公告"
        assert plan.metadata.document_number
        assert getattr(plan.metadata.document_number, "text", "") == "商务部公告2026年第3号"

    def test_articles_far_apart(self) -> None:
        """An article behind many lost ones is still an article, and the gap is told."""
        plan = parsed(
            "驿站条例\n\n第一条　为管好驿站，制定本条例。\n\n第二条　驿站应当开放。\n\n"
            "第三十条　本条例自公布之日起施行。\n"
        )
        assert [number for _, number, _ in outline(plan)] == ["第一条", "第二条", "第三十条"]
        assert any("第三条—第二十九条" in problem.message() for problem in plan.problems)

    def test_parts_above_articles(self) -> None:
        """Where articles stand below 一、, they lie deeper."""
        plan = parsed(
            lines(
                "青岚市驿站规定|为管好驿站，制定本规定。|一、建设|第一条　驿站应当坚固。|第二条　驿站应当近水。"
                "|二、管理|第三条　驿站应当开放。|第四条　本规定自公布之日起施行。"
            )
        )
        assert [level for level, _, _ in outline(plan)] == [1, 4, 4, 1, 4, 4]

    def test_headings_without_numbers(self) -> None:
        """Where the text has no numbers, the marks of the source divide it; a caption or a date does not."""
        plan = parsed(
            "# 青岚市驿站行动方案\n\n青政办发〔2026〕9号\n\n各县人民政府：\n\n为建好驿站，制定本方案。\n\n"
            "## 总体要求\n\n坚持安全第一。\n\n"
            "### 指导思想\n\n以人民为中心。\n\n### 主要目标\n\n建成驿站40座。\n\n## 重点任务\n\n"
            "（一）开放管理。驿站应当开放。\n\n"
            "（二）安全管理。压实责任。\n\n#### 专栏1 驿站\n\n落实责任。\n\n## 2026年5月1日\n",
            "plan.md",
        )
        headings = outline(plan)
        assert [(number, title) for _, number, title in headings] == [
            ("", "总体要求"),
            ("", "指导思想"),
            ("", "主要目标"),
            ("", "重点任务"),
            ("（一）", "开放管理"),
            ("（二）", "安全管理"),
        ]
        assert [level for level, _, _ in headings][:4] == [1, 2, 2, 1]
        identifiers = [provision.eid for provision in plan.walk()]
        assert len(set(identifiers)) == len(identifiers)

    def test_rules_kept_by_a_documentation_site(self) -> None:
        """Title and issuer come from the front matter where the text has none; what the site adds is no text."""
        plan = parsed(
            "---\ntitle: 驿站管理条例\ndate: 2026-05-01\nauthor: 国务院\n---\n\n"
            "::: details 目录\n\n@tab 章节\n\n[[toc]]\n\n"
            "[1](#t1)&emsp;[2](#t2)&emsp;[3](#t3)\n\n:::\n\n## 第一章&emsp;总则{align=center}\n\n"
            '<p id="t1">&emsp;&emsp;<b>第一条</b>&emsp;为了管好驿站，制定本条例。</p>\n'
            '<p id="t2">&emsp;&emsp;<b>第二条</b>&emsp;驿站应当开放：<br>\n'
            "&emsp;&emsp;（一）早晨；<br>\n&emsp;&emsp;（二）夜晚。</p>\n\n"
            "## 第二章&emsp;附则{align=center}\n\n"
            '<p id="t3">&emsp;&emsp;<b>第三条</b>&emsp;本条例自2026年5月1日起施行。</p>\n\n---\n\n'
            "::: warning 原文链接\n\n<https://example.org/a>\n\n:::\n",
            "rules.md",
        )
        assert (plan.title, plan.issuers, plan.kind) == ("驿站管理条例", ("国务院",), "行政法规")
        assert [(number, title) for _, number, title in outline(plan)] == [
            ("第一章", "总则"), ("第一条", ""), ("第二条", ""), ("第二章", "附则"), ("第三条", ""),
        ]  # fmt: skip
        assert not plan.preface
        assert [paragraph.text for paragraph in plan.paragraphs()][-1].endswith("本条例自2026年5月1日起施行。")

    def test_text_comes_before_front_matter(self) -> None:
        """A front matter's title does not replace the one that stands above the text."""
        plan = parsed(
            "---\ntitle: 关于加强驿站管理的意见\nauthor: 青岚日报\n---\n\n"
            "青岚市人民政府关于加强驿站管理的意见\n\n青政发〔2026〕3号\n\n"
            + lines(f"各县人民政府：|{MEASURES}|青岚市人民政府|2026年5月1日")
        )
        assert plan.title == "青岚市人民政府关于加强驿站管理的意见"
        assert plan.issuers == ("青岚市人民政府",)

    def test_story_at_the_beginning_is_text(self) -> None:
        """A first paragraph that begins with the day of an event is no note of when the document was passed."""
        plan = parsed(
            lines(
                "关于办理驿站案件有关问题座谈会纪要|2026年6月16日，省委发布意见，省人大常委会通过了决议。会议形成了统一认识。纪要如下："
                "|一、会议指出，应当依法办理。各单位要抓好落实。|二、会议要求，应当公开办理。各单位要抓好落实。"
            )
        )
        assert plan.preface[0].text.startswith("2026年6月16日，")

    def test_text_behind_an_unsigned_notice(self) -> None:
        """What a notice without signature sends out begins below it, with or without a title of its own."""
        notice = (
            "青岚市发展局 青岚市交通局 关于印发青岚市驿站建设方案的通知|各县（市）政府："
            "|现将《青岚市驿站建设方案》印发给你们，请落实。|"
        )
        preface = (
            "驿站建设是便民的大事，是城市的窗口，关系到群众出行的方方面面。"
            "为推动全市驿站建设，结合实际，特制定本方案。|"
        )
        for title in ("", "青岚市驿站建设方案|"):
            plan = parsed(
                lines(notice + title + preface + "一、主要目标|到2030年建成驿站40座。|二、重点任务|抓紧建设。")
            )
            assert plan.title == "青岚市驿站建设方案"
            assert plan.issuers == ("青岚市发展局", "青岚市交通局")
            assert plan.preface[0].text == preface.rstrip("|")

    def test_fields_in_cells(self) -> None:
        """A page's head copied with strokes between its cells is read cell by cell; an empty field takes no other's."""
        plan = parsed(
            "索 引 号: | 61/2026-5 | 信息分类: | |\n发布机构: | 生成日期: | 2026-12-02 08:54:33 | |\n"
            "文 号: | 青府办〔2026〕10号 | 有效: | |\n"
            "名 称: | 青岚市人民政府办公室关于加强驿站管理的意见 |\n" + lines(f"各县人民政府：|{MEASURES}")
        )
        assert (plan.title, plan.metadata.date_iso) == ("青岚市人民政府办公室关于加强驿站管理的意见", "2026-12-02")
        assert plan.metadata.publisher_field == ""

    def test_deadline_of_a_section_about_goals(self) -> None:
        """Where a section about goals names its year, the paragraphs below it need not."""
        plan = parsed(
            lines(
                "青岚市驿站行动计划|为建好驿站，制定本计划。|一、总体要求|（一）原则。坚持安全。|（二）主要目标。到2030年，驿站更好。"
                "|数量更多。驿站覆盖率稳定在30%以上。|二、任务|新建茶亭5座。|三、保障|落实责任。"
            )
        )
        assert [(target.value, target.deadline) for target in plan.targets] == [(30.0, "2030"), (5.0, "")]

    def test_parts_within_parts(self) -> None:
        """分编 stand within their 编, and the chapters of each within them."""
        plan = parsed(
            lines(
                "中华人民共和国驿站法典|（2026年5月28日第十四届全国人民代表大会第四次会议通过）"
                "|第一编　总则|第一章　规定"
                "|第一条　为了管好驿站，制定本法。|第二编　物|第一分编　通则|第二章　规定"
                "|第二条　驿站是物。|第二分编　所有|第三章　规定"
                "|第三条　驿站有主。|附则|第四条　本法自公布之日起施行。"
            )
        )
        assert [part.heading.number for part in plan.provisions] == ["第一编", "第二编", ""]
        assert [part.heading.number for part in plan.provisions[1].children] == ["第一分编", "第二分编"]
        assert plan.provisions[1].children[1].children[0].heading.number == "第三章"

    def test_quotation_within_a_quoted_title(self) -> None:
        """A decree quotes a title with single marks inside; the title itself has double ones."""
        plan = parsed(
            lines(
                "中华人民共和国主席令|第八十八号"
                "|《全国人民代表大会常务委员会关于修改〈驿站法〉的决定》已于2026年6月10日通过，现予公布。"
                "|中华人民共和国主席　某某某|2026年6月10日|全国人民代表大会常务委员会关于修改《驿站法》的决定"
                "|（2026年6月10日第十四届全国人民代表大会常务委员会第二十九次会议通过）|会议决定对《驿站法》作如下修改："
                "|一、将第三条修改为：“驿站应当开放。”|二、删去第九条。|三、删去第十条。"
            )
        )
        assert plan.title == "全国人民代表大会常务委员会关于修改《驿站法》的决定"
        assert plan.metadata.date_iso == "2026-06-10"

    def test_standard(self) -> None:
        """A standard is known by its number, has two days on its cover, and some decimals below numbers."""
        text = (
            "# 驿站格式\n\nGB/T 1234—2026\n\n2026-06-29 发布　2026-07-01 实施\n\n## 1 范围\n\n本标准规定了驿站的格式。"
            "\n\n## 2 引用文件\n\n下列文件必不可少。\n\n## 3 术语\n\n下列术语适用于本标准。"
            "\n\n### 3.1 驿 站\n\n供人歇脚的房屋。\n\n"
            "### 3.2 茶亭\n\n供人喝茶的房屋。\n\n## 4 要求\n\n驿站应当坚固。\n"
        )
        assert judge(text).is_document
        plan = parsed(text, "standard.md")
        assert (plan.kind, plan.title) == ("标准", "驿站格式")
        assert plan.metadata.document_number
        assert getattr(plan.metadata.document_number, "text", "") == "GB/T 1234—2026"
        assert (plan.metadata.date_iso, plan.metadata.effective_iso) == ("2026-06-29", "2026-07-01")
        assert [number for _, number, _ in outline(plan)] == ["1", "2", "3", "3.1", "3.2", "4"]

    def test_advice_of_a_committee(self) -> None:
        """A party committee's 建议 for a five-year plan is a document, below a lone dateline too."""
        text = lines(
            "新华社北京6月3日电|中共某省委关于制定某省驿站第十五个五年规划的建议"
            "|（2026年5月28日中国共产党某省第十二届委员会第九次全体会议通过）"
            "|驿站关系民生。全会就制定规划提出以下建议。|一、指导思想|1.坚持开放。驿站应当开放。|二、主要任务|2.修缮驿站。修好驿站。"
        )
        assert judge(text).is_document
        assert parsed(text).title == "中共某省委关于制定某省驿站第十五个五年规划的建议"
        assert parsed(text).issuers == ("中共某省委",)

    def test_fields_in_a_table_without_outer_bars(self) -> None:
        """The fields of a page, four cells a row as HTML-to-text tools write them, are read by pairs."""
        text = (
            "# 某市人民政府办公室关于开放驿站的通知\n\n**索 引 号** | 640100-101/2026-00034 | **效力状态** | 有效\n"
            "--- | --- | --- | ---\n**发文机关** | 某市人民政府办公室 | **成文日期** | 2026-05-17\n"
            "**发文字号** | 某政办规发〔2026〕3号 | **发布日期** | 2026-05-20\n\n"
            "各县人民政府：\n\n现就开放驿站通知如下：\n\n"
            "一、开放驿站。各地开放驿站。\n\n二、修缮驿站。各地修缮驿站。\n"
        )
        plan = parsed(text)
        assert getattr(plan.metadata.document_number, "text", "") == "某政办规发〔2026〕3号"
        assert plan.metadata.date_iso == "2026-05-17"
