"""The whole site in a real browser; seeds, file names, a document and curation are payloads throughout."""

from __future__ import annotations

import csv
import html
import itertools
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator

import lxml.html
import pytest
from conftest import ARCHIVE, copy_project, run_builder
from editing import CommandLine
from lxml import etree
from markdown_reading import injections, squashed, strangers
from playwright.sync_api import Browser, Page, Route

from builder.config.project import Project
from builder.markup import front_matter
from builder.reading.titles import clean_title
from builder.site.archives import read_archive

pytestmark = [pytest.mark.browser, pytest.mark.site]
# Many in one post: a page takes a third of a second to load, and each payload must be on some page in every field.
_TOGETHER = 12
PAYLOADS = injections()
_ANNOTATION = re.compile(r"::(error|warning|notice) file=[^:]*(,line=\d+)?(,title=[\w-]+)?::")
GROUPS = [PAYLOADS[start : start + _TOGETHER] for start in range(0, len(PAYLOADS), _TOGETHER)]
_REMEMBER = "window.ran = []; for (const name of ['alert', 'prompt', 'confirm']) window[name] = () => ran.push(name);"
_PROVOKE = """() => {
  for (const element of document.querySelectorAll('article *')) {
    for (const name of ['mouseover', 'focus', 'error', 'toggle']) element.dispatchEvent(new Event(name));
    if (element instanceof HTMLAnchorElement && element.protocol === 'javascript:') window.ran.push(element.href);
  }
  return window.ran;
}"""


def _seed(number: int, payloads: list[str]) -> str:
    """A post with payloads as title, author, tags, address, text, alternative text and HTML."""
    title = " 又 ".join(payloads)
    fields = {
        "title": title,
        "date": f"2021-04-{number % 28 + 1:02}",
        "author": title,
        "tags": payloads,
        "categories": [f"示例报{payload}" for payload in payloads],
        "from": f"https://example.org/{number}/{title}",
    }
    texts = [html.escape(payload) for payload in payloads]
    paragraphs = (
        f"<p>第{number}篇第{place}段写得足够长，说明整改方案如何落实：{text}</p>\n"
        f'<p><img src="https://example.org/{number}-{place}.png" alt="{text}">'
        f'<a href="{text}">链接{number}-{place}</a></p>\n'
        for place, text in enumerate(texts)
    )
    return front_matter(fields) + "".join(paragraphs) + "\n".join(payloads) + "\n"


def _file_name(number: int, payload: str) -> str:
    """A seed's name with as much of a payload as a name can hold."""
    name = re.sub(r"[/\x00-\x1f]", " ", payload)[:60]
    return f"{number:03} {name}.md"


def _document(text: str) -> str:
    """A plan with a payload in a line of its own behind every paragraph and at the end of every heading."""
    following = itertools.cycle(PAYLOADS)
    lines = (
        f"{line} {squashed(next(following))}" if line.startswith("#") else f"{line}\n\n{next(following)}"
        for line in text.splitlines()
        if line.strip()
    )
    return "\n\n".join(lines) + "\n"


def _curate(project: Project) -> None:
    """Topics, sources, names and corrections made of payloads; JSON is YAML."""
    joined = [" 又 ".join(payloads) for payloads in GROUPS]
    topics = {
        f"t{number}": {"label": each, "label_traditional": each, "description": each, "terms": [f"第{number}篇"]}
        for number, each in enumerate(joined)
    }
    kinds = itertools.cycle(("organisation", "place", "programme", "work"))
    entities = {
        f"e{number}": {"name": each, "kind": kind, "aliases": [f"机构{number}"]}
        for (number, each), kind in zip(enumerate(joined), kinds, strict=False)
    }
    written: dict[str, object] = {"topics.yml": {"topics": topics}, "entities.yml": {"entities": entities}}
    for number, each in enumerate(joined):
        source = {"name": f"示例报{each}", "aliases": [f"示例报{GROUPS[number][0]}"], "description": each}
        written[f"sources/s{number}.yml"] = source
    for entry in read_archive(project).entries:
        number = int(entry.article.path[:3])
        fix = dict.fromkeys(("why", "who", "title", "source"), joined[number])
        written[f"corrections/{entry.id}.yml"] = fix
    for name, content in written.items():
        path = project.curation / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The archive of all payloads, built."""
    project = copy_project(tmp_path_factory.mktemp("injection") / "archive", seeds=False)
    for number, payloads in enumerate(GROUPS):
        (project.seeds / _file_name(number, payloads[0])).write_text(_seed(number, payloads), encoding="utf-8")
    for folder in ("sources", "plans", "corrections"):
        shutil.rmtree(project.curation / folder, ignore_errors=True)
    _curate(project)
    plan = next((ARCHIVE.seeds / "plans").iterdir())
    (project.seeds / plan.name).write_text(_document(plan.read_text(encoding="utf-8")), encoding="utf-8")
    done = run_builder(project, "build")
    assert (project.root / "site" / "index.html").is_file(), done.err
    return project


@pytest.fixture(scope="module")
def page(chromium: Browser, site: Project) -> Iterator[Page]:
    """A page of Chromium that remembers what ran; it is served the site's own files and nothing else."""
    folder = site.root / "site"
    context = chromium.new_context()

    def answer(route: Route) -> None:
        path = folder / route.request.url.removeprefix("http://site.test/").split("?")[0]
        route.fulfill(path=path) if path.is_file() else route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.add_init_script(
        "window.ran = []; for (const f of ['alert', 'prompt', 'confirm']) window[f] = () => ran.push(f);"
    )
    yield page
    context.close()


def _pages(site: Project) -> list[str]:
    folder = site.root / "site"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def test_nothing_runs_on_any_page(site: Project, page: Page) -> None:
    """No payload runs on an article's page or on one that lists it, with the theme's own scripts at work."""
    ran = {}
    pages = _pages(site)
    for name in pages:
        page.goto(f"http://site.test/{name}", wait_until="domcontentloaded")
        if found := page.evaluate(_PROVOKE):
            ran[name] = found
    assert len([name for name in pages if name.startswith("articles/")]) > len(GROUPS)
    assert len([name for name in pages if name.startswith("topics/")]) > len(GROUPS)
    assert [name for name in pages if name.startswith("plans/plan-")]
    assert ran == {}


def test_feeds_and_data_bring_nothing_along(site: Project) -> None:
    """Every feed is XML or JSON, its texts hold nothing outside the allow-list, and no cell is a formula."""
    published = site.root / "site"
    texts: list[str] = []
    for path in sorted(published.glob("feeds/*.xml")):
        elements = etree.parse(path).iter("{*}content", "{*}description")
        texts += [element.text for element in elements if element.text]
    for path in sorted(published.glob("feeds/*.json")):
        texts += [item["content_html"] for item in json.loads(path.read_bytes())["items"]]
    assert len(texts) >= 2 * len(GROUPS)
    found = [each for text in texts for each in strangers(lxml.html.fragment_fromstring(text, create_parent="div"))]
    assert set(found) <= {"div", *(f"img {name}" for name in ("loading", "decoding", "referrerpolicy"))}
    for path in published.rglob("*.json"):
        json.loads(path.read_bytes())
    with (published / "data" / "archive-excel.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [cell for row in csv.reader(file) for cell in row if cell[:1] in set("=+-@\t\r")] == []


def test_nothing_runs_where_a_cleaning_is_explained(site: Project, page: Page, command_line: CommandLine) -> None:
    """The page that shows the raw file beside the clean text is safe too."""
    for seed in sorted(site.seeds.glob("*.md")):
        page.goto("about:blank")
        page.set_content(command_line(site, "explain", "--html", str(seed)).out, wait_until="domcontentloaded")
        assert page.evaluate(_PROVOKE.replace("article *", "*")) == []


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_terminals_and_workflows_are_told_no_command(
    site: Project, command_line: CommandLine, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """What is printed holds no control character, and no workflow command but the program's own."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (site.seeds / "leer\x1b[2J::error::x.md").write_bytes(b"")
    said = command_line(site, "check", "--all", "--format", form)
    printed = said.out + said.err
    assert "[2J" in printed
    assert [each for each in printed if unicodedata.category(each) in {"Cc", "Cf"} and each not in "\n\u200b"] == []
    assert "##[" not in printed
    commands = [line for line in printed.splitlines() if line.lstrip().startswith("::")]
    assert [line for line in commands if not _ANNOTATION.match(line)] == []
    assert bool(commands) == (form == "github")


def test_headlines_read_as_written(site: Project) -> None:
    """Each payload stands, letter for letter, as the headline of a page."""
    folder = site.root / "site"
    trees = [lxml.html.fromstring((folder / name).read_bytes()) for name in _pages(site)]
    found = ["".join(map(str, headline.itertext())) for tree in trees for headline in tree.iter("h1")]
    headlines = "\n".join(map(squashed, found))
    shown = (
        any(
            squashed(text) in headlines
            for text in (payload, clean_title(payload), clean_title(payload).replace("\ufffd", ""))
        )
        for payload in PAYLOADS
    )
    assert [payload for payload, is_shown in zip(PAYLOADS, shown, strict=True) if not is_shown] == []
