"""Records for the tests of the search: in both scripts, one longer than a unit; and the page's engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from builder.model.search import SearchNames, SearchRecord, SearchSection, SearchStub
from builder.search.bundling import bundle
from builder.search.writing import update_index

NAMES = SearchNames(
    topics={"loans": "网络小额贷款", "parks": "城市公园"},
    aliases={"湖滨信贷": ("湖滨金服", "湖滨", "湖滨信贷公司"), "湖滨金服": ("湖滨信贷",), "Lake Credit": ("湖滨信贷",)},
)


def record(identifier: str, title: str, text: str, **changes: object) -> SearchRecord:
    """A record with one section; ``changes`` are further fields."""
    fields: dict[str, object] = {
        "id": identifier,
        "address": f"articles/{identifier}.html",
        "title": title,
        "kind": "article",
        "source": "湖滨晚报",
        "topics": (),
        "date": "2021-04-13",
        "language": "zh-Hans",
        "sections": (SearchSection(f"articles/{identifier}.html", text),),
    }
    return SearchRecord(**{**fields, **changes})  # type: ignore[arg-type]  # names and types as in the class


PLAN_SECTIONS = (
    SearchSection("plans/p/sec-1.html#sec-1", "一 总则", "一 总则"),
    SearchSection(
        "plans/p/sec-1.html#sec-1-p1", "建设公园城市。" + "绿道相连，水系相通，居民出门见绿。" * 130, "一 总则"
    ),
    SearchSection("plans/p/sec-2.html#sec-2", "二 保障", "二 保障"),
    SearchSection("plans/p/sec-2.html#sec-2-p1", "形成“横向到边、纵向到底”的管护体系。", "二 保障"),
)

RECORDS = (
    record(
        "aaaa",
        "湖滨信贷获准增资",
        "湖滨信贷获准增资182.28亿元，注册资本居第一。记者 林晚 报道。",
        topics=("loans",),
        handles=("https://www.example.org/news/story20210413-77.html", "001_lake.txt"),
    ),
    record(
        "bbbb",
        "湖濱信貸與市府簽約",
        "市委書記劉捷表示，湖濱信貸將擴大投入。\n湖濱金服早年已在當地經營，提供Money20/20大會。",
        language="zh-Hant-TW",
        source="鏡湖日報",
        date="2023-01-11T10:00:00+08:00",
        topics=("loans", "parks"),
    ),
    record(
        "cccc",
        "公园开放",
        "城市公园昨日开放，5G 技术用于导览，游客可扫码。贷款与此无关。",
        topics=("parks",),
        date="2022-05-01",
    ),
    record("dddd", "湖滨金服旧闻", "湖滨金服当年以支付起家。", date=""),
    record(
        "eeee",
        "公园城市规划",
        "",
        address="plans/p/index.html",
        kind="plan",
        sections=PLAN_SECTIONS,
        source="",
        date="2019-05-13",
        credits=("湖政函〔2019〕7号",),
    ),
)


def write_index(records: Iterable[SearchRecord], names: SearchNames) -> Mapping[str, bytes]:
    """All files of an index of records in memory, by path."""
    known = {one.id: one for one in records}
    return update_index([stub_of(one, b"") for one in known.values()], known.__getitem__, names).files


def stub_of(one: SearchRecord, digest: bytes) -> SearchStub:
    """A record's stub."""
    return SearchStub(one.id, digest, one.source, one.topics, one.date, one.language)


class Engine:
    """The page's engine in a browser, over an index in memory."""

    def __init__(self, browser: Browser) -> None:
        """Load the engine into an empty page."""
        self.page: Page = browser.new_page()

    def read(self, files: Mapping[str, bytes]) -> None:
        """Open an index."""
        self.page.goto("about:blank")
        coded = {name: data.decode("latin-1") for name, data in files.items()}
        self.page.evaluate(f"window.archiveSearchFiles = {json.dumps(coded)}")
        self.page.add_script_tag(content=bundle("worker.js"))

    def index(self, records: Iterable[SearchRecord] = RECORDS, names: SearchNames = NAMES) -> None:
        """Index records and open that."""
        self.read(write_index(records, names))

    def says(self, text: str, **options: object) -> dict[str, Any]:
        """The engine's whole message."""
        question = {"ask": 1, "text": text, "options": options}
        said: dict[str, Any] = self.page.evaluate("(question) => window.archiveSearchAnswer(question)", question)
        return said

    def answer(self, text: str, **options: object) -> dict[str, Any]:
        """The answer to a query."""
        answer: dict[str, Any] = self.says(text, **options)["answer"]
        return answer

    def claimed(self, text: str, **options: object) -> list[str]:
        """Addresses of the hits that are said to hold everything."""
        return [hit["place"] for hit in self.answer(text, **options)["hits"] if not hit["near"]]


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
