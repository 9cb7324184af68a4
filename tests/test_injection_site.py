"""The whole site, built of posts that are payloads throughout, in a real browser."""

from __future__ import annotations

import html
from collections.abc import Iterator

import lxml.html
import pytest
from conftest import copy_project, run_builder
from markdown_reading import injections, squashed
from playwright.sync_api import Browser, Page, Route

from builder.config.project import Project
from builder.markup import front_matter
from builder.reading.titles import clean_title

pytestmark = [pytest.mark.browser, pytest.mark.site]
# Many in one post: a page takes a third of a second to load, and each payload must be on some page in every field.
_TOGETHER = 12
PAYLOADS = injections()
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The archive of all payloads, built."""
    project = copy_project(tmp_path_factory.mktemp("injection") / "archive", seeds=False)
    for number, payloads in enumerate(GROUPS):
        (project.seeds / f"{number:03}.md").write_text(_seed(number, payloads), encoding="utf-8")
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
    assert len(pages) > len(GROUPS)
    assert ran == {}


def test_headlines_read_as_written(site: Project) -> None:
    """Each payload stands, letter for letter, as the headline of a page."""
    folder = site.root / "site"
    trees = [lxml.html.fromstring((folder / name).read_bytes()) for name in _pages(site)]
    found = ["".join(map(str, headline.itertext())) for tree in trees for headline in tree.iter("h1")]
    headlines = "\n".join(map(squashed, found))
    assert [payload for payload in PAYLOADS if squashed(clean_title(payload)) not in headlines] == []
