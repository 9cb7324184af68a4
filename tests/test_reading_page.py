"""What readers do on the pages: change the script, enlarge a picture, read without scripts."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import opencc
import pytest
from conftest import ROOT, open_page
from playwright.sync_api import Browser, Page

from builder.config.project import Project

pytestmark = [pytest.mark.browser, pytest.mark.site]
AXE = ROOT / "tools" / "node_modules" / "axe-core" / "axe.min.js"
BODY = "document.querySelector('article').innerHTML"
PICTURES_SETTLED = """() => [...document.querySelectorAll(".kind-article img")].every((image) => {
    image.loading = "eager";
    return image.complete && (image.naturalWidth || image.classList.contains("dead"));
})"""
TEXTS = """(window.simplified ??= [...document.querySelectorAll(
    "article p, article h1, article h2, article li, article td"
)].filter((each) => !each.querySelector("*") && !/hant/i.test(each.closest("[lang]").lang))).map(
    (each) => each.textContent
)"""
ADD = "document.querySelector('article').append(Object.assign(document.createElement('p'), {textContent: '金融监管'}))"
LAST = "document.querySelector('article').lastChild.textContent"


def _articles(built: Project) -> list[Path]:
    """Pages of articles in Chinese."""
    pages = sorted((built.root / "site").glob("articles/??????????.html"))
    return [path for path in pages if '<html lang="zh' in path.read_text(encoding="utf-8")]


def _switch(page: Page) -> None:
    before = page.evaluate("document.documentElement.lang")
    page.locator("button.switch").click()
    page.wait_for_function("lang => document.documentElement.lang !== lang", arg=before)


def test_paper_bears_the_first_citation(chromium: Browser, served: str, built: Project) -> None:
    """Printed, an article ends with its GB/T 7714 reference, though on the screen the citations are folded up."""
    page = open_page(chromium, f"{served}articles/{_articles(built)[0].name}")
    citation, others = page.locator("#c-gbt7714"), page.locator(".citations :is(summary, p, pre ~ pre)")
    assert citation.evaluate("each => each.checkVisibility({ contentVisibilityAuto: true })") is False
    page.emulate_media(media="print")
    assert citation.evaluate("each => each.checkVisibility() && each.getBoundingClientRect().height > 10")
    assert others.evaluate_all("each => each.map((one) => one.checkVisibility())") == [False] * others.count()
    page.context.close()


class TestOtherScript:
    """The switch between Simplified and Traditional."""

    def test_switching_back_restores_the_very_bytes(self, chromium: Browser, served: str, built: Project) -> None:
        """There and back, the page is what it was; in between language, title and text are the other script's."""
        assert len(_articles(built)) == 4
        for path in _articles(built):
            page = open_page(chromium, f"{served}articles/{path.name}")
            page.wait_for_function(PICTURES_SETTLED)
            before, lang, title = page.evaluate(BODY), page.evaluate("document.documentElement.lang"), page.title()
            _switch(page)
            assert page.title() != title
            assert len(page.locator("article").inner_text()) > 300
            assert page.evaluate("document.querySelector('article > p').textContent") not in before
            _switch(page)
            assert (page.evaluate(BODY), page.evaluate("document.documentElement.lang")) == (before, lang)
            assert page.title() == title
            page.context.close()

    def test_the_script_as_printed_stands_beside_the_other(
        self, chromium: Browser, served: str, built: Project
    ) -> None:
        """Offered once a page is switched; the printed text is left as it is, at the same paragraph."""
        page = open_page(chromium, f"{served}articles/{_articles(built)[0].name}")
        printed = page.locator("p[id^=p-]").first.inner_text()
        assert not page.locator("#beside-printed").is_visible()
        _switch(page)
        switched = page.locator("article > p[id^=p-]").first.inner_text()
        page.locator("#beside-printed").click()
        pane = page.locator(".beside-pane")
        pane.locator("p[id^=p-]").first.wait_for()
        assert pane.locator("p[id^=p-]").first.inner_text() == printed.removesuffix("引用").strip()
        assert switched != printed
        assert page.locator("article p[id^=p-]").first.inner_text() == switched
        page.keyboard.press("Escape")
        pane.wait_for(state="detached")
        page.context.close()

    @pytest.mark.parametrize("address", ["index.html", "articles/index.html", "timeline.html", "manual/index.html"])
    def test_lists_and_hand_written_pages_are_switched(self, chromium: Browser, served: str, address: str) -> None:
        """Every text of the page, as OpenCC has it, quotation marks aside."""
        page = open_page(chromium, f"{served}{address}")
        before = page.evaluate(TEXTS)
        _switch(page)
        marks = str.maketrans("“”‘’", "「」『』")
        expected = [opencc.OpenCC("s2tw").convert(text).translate(marks) for text in before]
        assert page.evaluate(TEXTS) == expected
        assert "".join(expected)
        page.context.close()

    def test_plans_and_what_scripts_add_are_switched(self, chromium: Browser, served: str, built: Project) -> None:
        """A plan's pages, and text that comes after the switch."""
        plan = next(path for path in sorted((built.root / "site" / "plans").glob("*/index.html")))
        page = open_page(chromium, f"{served}plans/{plan.parent.name}/index.html")
        assert "规划" in page.locator("article").inner_text()
        _switch(page)
        assert "規劃" in page.locator("article").inner_text()
        page.evaluate(ADD)
        page.wait_for_function(f"{LAST} === '金融監管'")
        page.context.close()

    def test_the_choice_is_kept(self, chromium: Browser, served: str, built: Project) -> None:
        """Who chose Traditional reads the next Simplified page in Traditional, and a Traditional one as it is."""
        langs = {path: re.findall('lang="([^"]+)"', path.read_text(encoding="utf-8"))[0] for path in _articles(built)}
        first, second = [path for path, lang in langs.items() if lang == "zh-Hans"][:2]
        traditional = next(path for path, lang in langs.items() if lang != "zh-Hans")
        asked: list[str] = []
        page = open_page(chromium, f"{served}articles/{first.name}")
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "dictionary" in url]
        _switch(page)
        page.goto(f"{served}articles/{second.name}")
        page.wait_for_function("document.documentElement.lang === 'zh-Hant-TW'")
        asked.clear()
        page.goto(f"{served}articles/{traditional.name}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.lang") == "zh-Hant-TW"
        assert not [url for url in asked if "dictionary" in url]
        page.context.close()

    def test_a_missing_dictionary_leaves_the_page_alone(self, chromium: Browser, served: str, built: Project) -> None:
        """Where it cannot be fetched the button says so, and not a byte of the text moves."""
        page = open_page(chromium, f"{served}articles/{_articles(built)[0].name}")
        page.route("**/dictionary.json", lambda route: route.abort())
        before = page.evaluate("document.querySelector('article > p').textContent")
        page.locator("button.switch").click()
        page.wait_for_function("document.querySelector('button.switch').textContent.length > 5")
        assert page.evaluate("document.querySelector('article > p').textContent") == before
        page.context.close()


class TestPictures:
    """Pictures enlarge over the page."""

    def test_a_picture_opens_and_closes(self, chromium: Browser, served: str, built: Project) -> None:
        """A click shows the picture in a dialog of the page itself, Escape closes it; the address stays."""
        pictured = next(path for path in _articles(built) if "enlarge" in path.read_text(encoding="utf-8"))
        page = open_page(chromium, f"{served}articles/{pictured.name}")
        page.locator("a.enlarge").first.click()
        assert page.locator("dialog.lightbox[open] img").count() == 1
        page.keyboard.press("Escape")
        assert page.locator("dialog.lightbox[open]").count() == 0
        assert page.url.endswith(pictured.name)
        page.context.close()


def test_readers_without_scripts_have_everything(chromium: Browser, served: str, built: Project) -> None:
    """No switch, no filters, no search box; text, table, evidence, citations and every link are there."""
    page = open_page(chromium, f"{served}articles/{_articles(built)[0].name}", java_script_enabled=False)
    assert page.locator("article > p").first.is_visible()
    assert not page.locator("button.switch").is_visible()
    page.locator("label[for=why]").click()
    assert page.locator(".topics > li > span").first.is_visible()
    page.locator("details.citations summary").click()
    assert page.locator("#c-gbt7714").is_visible()
    page.goto(f"{served}articles/index.html")
    assert not page.locator("#filters").is_visible()
    assert page.locator("#browse tbody tr").count() == 4
    page.goto(served)
    assert not page.locator(".search-box").is_visible()
    assert page.locator(".md-tabs a").first.is_visible()
    page.context.close()


def test_nothing_runs_in_line(chromium: Browser, served: str, built: Project) -> None:
    """Under a policy that allows this host's own files alone, every kind of page runs as it does without one."""
    policy = "default-src 'self'; img-src 'self' data: https: http:; style-src 'self' 'unsafe-inline'"
    page = chromium.new_context().new_page()
    faults: list[str] = []
    page.on(
        "console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None
    )

    def with_policy(route: Any) -> None:
        if "127.0.0.1" not in route.request.url:
            route.abort()
            return
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page.route("**/*", with_policy)
    for name in (
        "index.html",
        "articles/index.html",
        f"articles/{_articles(built)[0].name}",
        "timeline.html",
    ):
        page.goto(served + name, wait_until="networkidle")
        assert "js" in page.evaluate("document.documentElement.className").split()
    assert not faults
    page.context.close()


def _kinds(project: Project) -> list[str]:
    site = project.root / "site"
    plan = min(site.glob("plans/*/index.html")).parent.relative_to(site).as_posix()
    first = [
        min(path for path in site.glob(f"{folder}/*.html") if path.name != "index.html")
        for folder in ("topics", "sources")
    ]
    fixed = ["index.html", "articles/index.html", "topics/index.html", "timeline.html", "about.html"]
    return [
        *fixed,
        f"articles/{_articles(project)[0].name}",
        *(path.relative_to(site).as_posix() for path in first),
        f"{plan}/index.html",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, served: str, built: Project, scheme: str) -> None:
    """Every kind of page, the search open and closed, passes all of axe's rules."""
    if not AXE.exists():
        if os.environ.get("CI") and (ROOT / "tools" / "node_modules").exists():
            pytest.fail("tools/node_modules is there without axe-core: run npm ci --prefix tools")
        pytest.skip("axe-core is not installed: npm ci --prefix tools")
    page = chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800}).new_page()  # type: ignore[arg-type]  # one of two
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    found = {}
    for name in _kinds(built):
        page.goto(served + name, wait_until="load")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for state in ("closed", "open"):
            if state == "open":
                page.set_viewport_size({"width": 1280, "height": 800})
                page.locator("[name=query]").first.fill("金融")
                page.locator(".search-panel__hit, .search-page__result").first.wait_for()
            for violation in page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]:
                found[f"{name}, search {state}: {violation['id']}"] = violation["nodes"][0]["target"]
    assert not found
    page.context.close()
