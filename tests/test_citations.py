"""Citations: exact for the tests' own archive, escaped for each format, and silent on what is not known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from conftest import ARCHIVE
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from samples import article

from builder.archive.assembly import assemble
from builder.archive.intake import take_in
from builder.config.project import load_curation
from builder.model.archive import Archive, Entry
from builder.pages.citations import article_citations, plan_citations

HOSTILE = 'ab{c}d\\e "f" @misc, {\r\nTY  - BOOK\r\nER  - \x85 </pre><script>alert(1)</script> 100% #1 $x_y~z^w & co'
GBT7714 = {
    "001": "澄湖：将督促澄湖支付集团对标监管要求深入整改[EB/OL]. 湖滨晚报, 2021(2021-04-13). "
    "https://www.hubin-wanbao.example/realtime/story20210413-1139.",
    "002": "澄湖支付集团公告：六项整改措施 坚定服务小微[EB/OL]. 镜湖科技, 2021(2021-04-12).",
    "003": "澄湖市與澄湖支付集團簽訂深化戰略協議 赴企業研調[EB/OL]. 湖光通訊社, 2023(2023-01-11). "
    "https://www.huguang.example/news/acn/202301110157.aspx.",
    "004": "镜湖获批金融科技创新试点 将开展试点项目申报遴选工作[EB/OL]. 镜湖证券网, 2022(2022-01-12). "
    "http://finews.jinghu.example/html_News/NewsShare.html?infoCode=NW202201122245542893.",
}
BIBTEX = {
    "001": """@misc{bvuoxwjss3,
  title = {{澄湖：将督促澄湖支付集团对标监管要求深入整改}},
  howpublished = {湖滨晚报},
  year = {2021},
  month = apr,
  day = {13},
  url = {https://www.hubin-wanbao.example/realtime/story20210413-1139},
  langid = {chinese}
}""",
    "003": """@misc{fjlnbvynnm,
  title = {{澄湖市與澄湖支付集團簽訂深化戰略協議 赴企業研調}},
  howpublished = {湖光通訊社},
  year = {2023},
  month = jan,
  day = {11},
  url = {https://www.huguang.example/news/acn/202301110157.aspx},
  langid = {chinese}
}""",
}
RIS = {
    "001": "TY  - ELEC|TI  - 澄湖：将督促澄湖支付集团对标监管要求深入整改|PB  - 湖滨晚报|PY  - 2021|"
    "DA  - 2021/04/13/|UR  - https://www.hubin-wanbao.example/realtime/story20210413-1139|LA  - zh-Hans|"
    "ID  - bvuoxwjss3|ER  - |",
    "003": "TY  - ELEC|TI  - 澄湖市與澄湖支付集團簽訂深化戰略協議 赴企業研調|PB  - 湖光通訊社|PY  - 2023|"
    "DA  - 2023/01/11/|UR  - https://www.huguang.example/news/acn/202301110157.aspx|LA  - zh-Hant|"
    "ID  - fjlnbvynnm|ER  - |",
}


@pytest.fixture(scope="module")
def archive() -> Archive:
    """The tests' own archive."""
    curation = load_curation(ARCHIVE)
    return assemble(take_in(ARCHIVE.seeds, curation), curation)


def _of_seed(archive: Archive, number: str) -> dict[str, str]:
    entry = next(entry for entry in archive.entries if entry.article.path.startswith(number))
    return {each.name: each.text for each in article_citations(entry, entry.article.title)}


def _cited(title: str = "标题", **changes: object) -> dict[str, str]:
    entry = Entry(article(**changes), "abcdefghij", "s", ())
    return {each.name: each.text for each in article_citations(entry, title)}


@pytest.mark.parametrize("number", sorted(GBT7714))
def test_articles_are_cited_exactly(archive: Archive, number: str) -> None:
    """Each seed's citation in the national standard, BibTeX and RIS, character by character."""
    cited = _of_seed(archive, number)
    assert cited["gbt7714"] == GBT7714[number]
    assert number not in BIBTEX or cited["bibtex"] == BIBTEX[number]
    assert number not in RIS or cited["ris"].replace("\r\n", "|") == RIS[number]


def test_csl_says_the_same_as_data(archive: Archive) -> None:
    """CSL-JSON holds type, title, outlet, date in parts, address and language, and nothing that is not known."""
    assert json.loads(_of_seed(archive, "001")["csl"]) == [
        {
            "id": "bvuoxwjss3",
            "type": "webpage",
            "title": "澄湖：将督促澄湖支付集团对标监管要求深入整改",
            "container-title": "湖滨晚报",
            "issued": {"date-parts": [[2021, 4, 13]]},
            "URL": "https://www.hubin-wanbao.example/realtime/story20210413-1139",
            "language": "zh-Hans",
        }
    ]


def test_the_plan_is_cited_with_its_issuers_and_number(archive: Archive) -> None:
    """A plan's issuers are its authors; its document number and date stand with it; no address is made up."""
    cited = {each.name: each.text for each in plan_citations(archive.plans[0])}
    assert cited["gbt7714"] == (
        "澄湖省发展和改革委员会, 澄湖省地方金融监督管理局, 澄湖市人民政府. "
        "澄湖区域金融科技中心建设专项规划: 澄发改规划〔2019〕58号[A]. 2019-05-13."
    )
    assert [name["literal"] for name in json.loads(cited["csl"])[0]["author"]] == list(archive.plans[0].issuers)
    assert cited["ris"].startswith("TY  - GOVDOC\r\n")
    assert "author = {{澄湖省发展和改革委员会} and {澄湖省地方金融监督管理局} and {澄湖市人民政府}}" in cited["bibtex"]
    assert "http" not in "".join(cited.values())


def test_what_is_not_known_is_left_out() -> None:
    """Without author, outlet, date and address nothing stands in their place."""
    cited = _cited(source="", published=None, url=None)
    assert cited["gbt7714"] == "标题[EB/OL]."
    assert cited["bibtex"] == "@misc{abcdefghij,\n  title = {{标题}},\n  langid = {chinese}\n}"
    assert cited["ris"] == "TY  - ELEC\r\nTI  - 标题\r\nLA  - zh-Hans\r\nID  - abcdefghij\r\nER  - \r\n"
    assert json.loads(cited["csl"])[0].keys() == {"id", "type", "title", "language"}


def test_a_byline_is_one_literal_author() -> None:
    """The byline is cited as written: not split, not turned round."""
    cited = _cited(author="Jane Doe, John Roe")
    assert cited["gbt7714"].startswith("Jane Doe, John Roe. 标题[EB/OL]. 甲报, 2021(2021-04-13).")
    assert "author = {{Jane Doe, John Roe}}" in cited["bibtex"]
    assert "AU  - Jane Doe， John Roe\r\n" in cited["ris"]
    assert json.loads(cited["csl"])[0]["author"] == [{"literal": "Jane Doe, John Roe"}]


def test_the_carriers_address_stands_in_for_the_originals() -> None:
    """Where only the carrier's address is known, that is where the text can be read."""
    assert "https://carrier.example/x" in _cited(url=None, carrier_url="https://carrier.example/x")["gbt7714"]
    assert "carrier" not in _cited(carrier_url="https://carrier.example/x")["gbt7714"]


def test_hostile_titles_stay_inside_their_field() -> None:
    """A title that looks like an entry, a tag or an end of record is text in every format."""
    cited = _cited(HOSTILE, author=HOSTILE, source=HOSTILE, url="https://e.org/{a}")
    fields = dict(_bibtex_fields(cited["bibtex"]))
    assert fields["title"] == fields["author"]
    assert "\\{" not in fields["title"]
    assert "{\\textbraceleft}c{\\textbraceright}d{\\textbackslash}e" in fields["title"]
    assert "100\\% \\#1 \\$x\\_y{\\textasciitilde}z{\\textasciicircum}w \\& co" in fields["title"]
    assert "url" not in fields  # no address holds a brace
    assert [line[:6] for line in cited["ris"].split("\r\n")].count("TY  - ") == 1
    assert "\x85" not in "".join(cited.values())


def _bibtex_fields(entry: str) -> Iterator[tuple[str, str]]:
    """The fields of an entry as BibTeX reads it: values end where their braces balance, escaped or not."""
    body = entry[entry.index(",") + 1 : entry.rindex("}")]
    place = 0
    while found := re.compile(r"\s*(\w+) = ").match(body, place):
        start = end = found.end()
        depth = 0
        while end < len(body) and (depth or body[end] not in ",\n"):
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        assert depth == 0, "braces do not balance"
        yield found[1], body[start:end]
        place = end + 1
    assert not body[place:].strip(), "text outside fields"


@given(title=st.text(max_size=60), name=st.text(max_size=30), address=st.text(max_size=30))
@settings(deadline=None, max_examples=200)
def test_any_text_keeps_every_format_whole(title: str, name: str, address: str) -> None:
    """Whatever title, byline, outlet and address say: BibTeX parses, RIS lines are tags, CSL gives the text back."""
    cited = _cited(title, author=name, source=name, url=f"https://e.org/{address}")
    fields = dict(_bibtex_fields(cited["bibtex"]))
    assert set(fields) <= {"author", "title", "howpublished", "year", "month", "day", "url", "langid"}
    if "url" in fields:  # an address with what no address holds is dropped where the article is made
        assert fields["url"].count("{") == fields["url"].count("}") == 1
    lines = cited["ris"].removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines)
    assert lines[-1] == "ER  - "
    assert sum(line.startswith("ER") for line in lines) == 1
    plain = " ".join("".join(each if each.isprintable() else " " for each in title).split())
    assert json.loads(cited["csl"])[0].get("title", "") == plain
    assert "\n" not in cited["gbt7714"]


@pytest.mark.browser
def test_a_citation_is_copied_with_one_tap(chromium: Browser, served: str) -> None:
    """The button copies the citation as its format wants it and says so; the page asks for nothing in vain."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    missing: list[str] = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(f"{served}articles/bvuoxwjss3.html", wait_until="networkidle")
    page.click("details.citations summary")
    page.click("p:has(+ #c-ris) button")
    page.wait_for_function("document.querySelector('p:has(+ #c-ris) button').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "|") == RIS["001"]
    page.click("p:has(+ #c-gbt7714) button")
    page.wait_for_function("document.querySelector('p:has(+ #c-gbt7714) button').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == GBT7714["001"]
    assert not missing
    context.close()


@pytest.mark.browser
def test_without_scripts_citations_are_text(chromium: Browser, served: str) -> None:
    """Where no script runs, no dead button shows, and the citation can be read and selected."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}articles/bvuoxwjss3.html")
    page.click("details.citations summary")
    assert page.locator("#c-gbt7714").inner_text() == GBT7714["001"]
    assert page.locator(".citations button").count() == 0
    context.close()
