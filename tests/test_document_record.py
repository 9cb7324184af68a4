"""What ``convert --json`` says of a document beside its outline: tables, notes, numbers that are missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from test_documents import lines, parsed

from builder.documents.record import to_record
from builder.numerals import numeral_of, value_of


def test_tables_and_their_places() -> None:
    """A table is given as printed, head first; where it stands and how much of it is its head, beside it."""
    record = to_record(
        parsed(
            "# 青岚市驿站规划\n\n为建好驿站，制定本规划。\n\n一、目标\n\n专栏1 驿站\n\n"
            "| 县 | 座 |\n|---|---|\n| 东县 | 3 |\n\n二、任务\n\n抓紧建设。\n\n三、保障\n\n落实责任。\n",
            "plan.md",
        )
    )
    assert record["tables"] == [{"caption": "专栏1 驿站", "rows": [["县", "座"], ["东县", "3"]]}]
    places = record["table_places"]
    assert isinstance(places, list)
    assert [place["header"] for place in places] == [1]


def test_missing_numbers_are_named() -> None:
    """The code of a gap says which numbers are missing, written like their neighbours."""
    text = "青岚市驿站办法\n\n" + "\n\n".join(f"第{number}条　应当遵守。" for number in "一二三六七八九") + "\n"
    problems = to_record(parsed(text))["problems"]
    assert isinstance(problems, list)
    assert [problem["code"] for problem in problems] == ["plan-number-missing 第六条之前缺第四条、第五条"]


def test_notes() -> None:
    """A mark that the text holds before leads to a note; the same mark without that begins an entry of a list."""
    record = to_record(
        parsed(
            lines(
                "青岚市驿站规划|为建好驿站，制定本规划。|一、目标|驿站①达到40座。|① 供人歇脚的房屋。|注：不含茶亭。"
                "|二、任务|② 建设。|三、保障|落实责任。|青岚市人民政府|2026年5月1日|（此件公开发布）"
            )
        )
    )
    notes = record["notes"]
    assert isinstance(notes, list)
    found = [(note["mark"], note["text"]) for note in notes]
    assert found == [("①", "供人歇脚的房屋。"), ("注", "不含茶亭。"), ("注", "此件公开发布")]


@given(st.integers(1, 9999))
def test_numerals_are_read_as_written(value: int) -> None:
    """Every numeral that is written is read as the same number."""
    assert value_of(numeral_of(value)) == value
