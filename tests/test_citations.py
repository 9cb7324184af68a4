"""Citations: exact for the real seeds, escaped for each format, and silent on what is not known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from samples import article

from builder.archive.assembly import assemble
from builder.archive.intake import take_in
from builder.config.project import Project, load_curation
from builder.model.archive import Archive, Entry
from builder.pages.citations import article_citations, plan_citations

HOSTILE = 'ab{c}d\\e "f" @misc, {\r\nTY  - BOOK\r\nER  - \x85 </pre><script>alert(1)</script> 100% #1 $x_y~z^w & co'
GBT7714 = {
    "000": "浙江：将督促蚂蚁集团对标监管要求和整改方案深入有效整改[EB/OL]. 联合早报, 2021(2021-04-13). "
    "https://www.zaobao.com/realtime/china/story20210413-1139042.",
    "001": "蚂蚁集团公告：6大整改措施 坚定服务小微[EB/OL]. 快科技, 2021(2021-04-12).",
    "002": "杭州市與阿里巴巴簽訂深化戰略協議 赴螞蟻研調[EB/OL]. 中央社, 2023(2023-01-11). "
    "https://www.cna.com.tw/news/acn/202301110157.aspx.",
    "003": "南京获批资本市场金融科技创新试点 将开展试点项目申报遴选工作[EB/OL]. 证券时报网, 2022(2022-01-12). "
    "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201122245542893.",
}
BIBTEX = {
    "000": """@misc{fe4rputu44,
  title = {{浙江：将督促蚂蚁集团对标监管要求和整改方案深入有效整改}},
  howpublished = {联合早报},
  year = {2021},
  month = apr,
  day = {13},
  url = {https://www.zaobao.com/realtime/china/story20210413-1139042},
  langid = {chinese}
}""",
    "001": """@misc{obwcjeefd6,
  title = {{蚂蚁集团公告：6大整改措施 坚定服务小微}},
  howpublished = {快科技},
  year = {2021},
  month = apr,
  day = {12},
  langid = {chinese}
}""",
    "002": """@misc{5oug5pd5zw,
  title = {{杭州市與阿里巴巴簽訂深化戰略協議 赴螞蟻研調}},
  howpublished = {中央社},
  year = {2023},
  month = jan,
  day = {11},
  url = {https://www.cna.com.tw/news/acn/202301110157.aspx},
  langid = {chinese}
}""",
    "003": """@misc{vdbkie57m5,
  title = {{南京获批资本市场金融科技创新试点 将开展试点项目申报遴选工作}},
  howpublished = {证券时报网},
  year = {2022},
  month = jan,
  day = {12},
  url = {http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201122245542893},
  langid = {chinese}
}""",
}
RIS = {
    "000": "TY  - ELEC|TI  - 浙江：将督促蚂蚁集团对标监管要求和整改方案深入有效整改|PB  - 联合早报|PY  - 2021|"
    "DA  - 2021/04/13/|UR  - https://www.zaobao.com/realtime/china/story20210413-1139042|LA  - zh-Hans|"
    "ID  - fe4rputu44|ER  - |",
    "001": "TY  - ELEC|TI  - 蚂蚁集团公告：6大整改措施 坚定服务小微|PB  - 快科技|PY  - 2021|DA  - 2021/04/12/|"
    "LA  - zh-Hans|ID  - obwcjeefd6|ER  - |",
    "002": "TY  - ELEC|TI  - 杭州市與阿里巴巴簽訂深化戰略協議 赴螞蟻研調|PB  - 中央社|PY  - 2023|DA  - 2023/01/11/|"
    "UR  - https://www.cna.com.tw/news/acn/202301110157.aspx|LA  - zh-Hant|ID  - 5oug5pd5zw|ER  - |",
    "003": "TY  - ELEC|TI  - 南京获批资本市场金融科技创新试点 将开展试点项目申报遴选工作|PB  - 证券时报网|PY  - 2022|"
    "DA  - 2022/01/12/|UR  - http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201122245542893|"
    "LA  - zh-Hans|ID  - vdbkie57m5|ER  - |",
}


@pytest.fixture(scope="module")
def archive() -> Archive:
    """The archive of the real seeds."""
    project = Project(ROOT)
    curation = load_curation(project)
    return assemble(take_in(project.seeds, curation), curation)


def _of_seed(archive: Archive, number: str) -> dict[str, str]:
    entry = next(entry for entry in archive.entries if entry.article.path.startswith(number))
    return {each.name: each.text for each in article_citations(entry, entry.article.title)}


def _cited(title: str = "标题", **changes: object) -> dict[str, str]:
    entry = Entry(article(**changes), "abcdefghij", "s", ())
    return {each.name: each.text for each in article_citations(entry, title)}


@pytest.mark.parametrize("number", sorted(GBT7714))
def test_the_real_articles_are_cited_exactly(archive: Archive, number: str) -> None:
    """Each seed's citation in the national standard, BibTeX and RIS, character by character."""
    cited = _of_seed(archive, number)
    assert cited["gbt7714"] == GBT7714[number]
    assert cited["bibtex"] == BIBTEX[number]
    assert cited["ris"].replace("\r\n", "|") == RIS[number]


def test_csl_says_the_same_as_data(archive: Archive) -> None:
    """CSL-JSON holds type, title, outlet, date in parts, address and language, and nothing that is not known."""
    assert json.loads(_of_seed(archive, "000")["csl"]) == [
        {
            "id": "fe4rputu44",
            "type": "webpage",
            "title": "浙江：将督促蚂蚁集团对标监管要求和整改方案深入有效整改",
            "container-title": "联合早报",
            "issued": {"date-parts": [[2021, 4, 13]]},
            "URL": "https://www.zaobao.com/realtime/china/story20210413-1139042",
            "language": "zh-Hans",
        }
    ]


def test_the_plan_is_cited_with_its_issuers_and_number(archive: Archive) -> None:
    """A plan's issuers are its authors; its document number and date stand with it; no address is made up."""
    cited = {each.name: each.text for each in plan_citations(archive.plans[0])}
    assert cited["gbt7714"] == (
        "浙江省发展和改革委员会, 浙江省地方金融监督管理局, 杭州市人民政府. "
        "杭州国际金融科技中心建设专项规划: 浙发改规划〔2019〕258号[A]. 2019-05-13."
    )
    assert [name["literal"] for name in json.loads(cited["csl"])[0]["author"]] == list(archive.plans[0].issuers)
    assert cited["ris"].startswith("TY  - GOVDOC\r\n")
    assert "author = {{浙江省发展和改革委员会} and {浙江省地方金融监督管理局} and {杭州市人民政府}}" in cited["bibtex"]
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
    cited = _cited(HOSTILE, author=HOSTILE, source=HOSTILE, url='https://e.org/{a}\\"b c')
    fields = dict(_bibtex_fields(cited["bibtex"]))
    assert fields["title"] == fields["author"]
    assert "\\{" not in fields["title"]
    assert "{\\textbraceleft}c{\\textbraceright}d{\\textbackslash}e" in fields["title"]
    assert "100\\% \\#1 \\$x\\_y{\\textasciitilde}z{\\textasciicircum}w \\& co" in fields["title"]
    assert fields["url"] == "{https://e.org/%7Ba%7D%5C%22b%20c}"
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
    page.goto(f"{served}articles/fe4rputu44.html", wait_until="networkidle")
    page.click("details.citations summary")
    page.click("[data-copy=c-ris]")
    page.wait_for_function("document.querySelector('[data-copy=c-ris]').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "|") == RIS["000"]
    page.click("[data-copy=c-gbt7714]")
    page.wait_for_function("document.querySelector('[data-copy=c-gbt7714]').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == GBT7714["000"]
    assert not missing
    context.close()


@pytest.mark.browser
def test_without_scripts_citations_are_text(chromium: Browser, served: str) -> None:
    """Where no script runs, no dead button shows, and the citation can be read and selected."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}articles/fe4rputu44.html")
    page.click("details.citations summary")
    assert page.locator("#c-gbt7714").inner_text() == GBT7714["000"]
    assert not page.locator("[data-copy]").first.is_visible()
    context.close()
