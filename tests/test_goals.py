"""What a document wants, in its own words."""

from __future__ import annotations

from test_plan import parsed

from builder.documents.goals import goal_of, lead_of

TEXT = """澄湖市智慧交通发展规划

一、总则
为推进智慧交通建设，制定本规划。本规划是指导性文件。

二、总体要求
（一）指导思想
坚持以人为本。
（二）发展目标
交通是城市的血脉。到2025年，打造全国领先的智慧交通城市。此后继续完善。

三、保障措施
加强领导，落实责任。
"""


def test_the_goal_is_the_first_sentence_of_the_section_on_goals_that_names_a_state() -> None:
    """Not the sentence before it, nor one of a section with another title."""
    plan = parsed(TEXT)
    goal = goal_of(plan)
    assert goal
    assert goal.text == "到2025年，打造全国领先的智慧交通城市。"
    assert goal.eid in {paragraph.eid for paragraph in plan.paragraphs()}


def test_a_document_without_such_a_section_has_no_goal() -> None:
    """Nothing is made up."""
    assert goal_of(parsed(TEXT.replace("发展目标", "基本情况").replace("总体要求", "现状"))) is None


def test_each_chapter_begins_with_its_own_first_sentence() -> None:
    """Whether its text stands below its own heading or below that of its first section."""
    leads = [lead_of(chapter.all_paragraphs()) for chapter in parsed(TEXT).provisions]
    assert leads == ["为推进智慧交通建设，制定本规划。", "坚持以人为本。", "加强领导，落实责任。"]
