"""The site in a real browser, on a desktop's and a phone's width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from builder.config.project import Project

pytestmark = [pytest.mark.browser, pytest.mark.site]
WIDTHS = {"desktop": 1280, "phone": 390, "narrow": 320}


def _open(browser: Browser, address: str, width: int) -> tuple[Page, list[str], list[str]]:
    """Open a page; also what the console complained of and which other hosts were asked."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    strangers: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    host = re.match(r"https?://[^/]+/", address)
    assert host
    page.on("request", lambda request: None if request.url.startswith(host[0]) else strangers.append(request.url))
    page.route(lambda url: not url.startswith(host[0]), lambda route: route.abort())
    page.goto(address, wait_until="load")
    return page, complaints, strangers


def _samples(project: Project) -> dict[str, str]:
    """A page of each kind."""
    site = project.root / "site"

    def first(pattern: str) -> str:
        return min(path for path in site.glob(pattern) if path.name != "index.html").relative_to(site).as_posix()

    plan = min(site.glob("plans/*/index.html")).parent.relative_to(site).as_posix()
    return {
        "home": "index.html",
        "articles": "articles/index.html",
        "article": first("articles/*.html"),
        "topic": first("topics/*.html"),
        "source": first("sources/*.html"),
        "plan": f"{plan}/index.html",
        "chapter": first(f"{plan}/sec-*.html"),
        "about": "about.html",
    }


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("kind", ["home", "articles", "article", "topic", "source", "plan", "chapter", "about"])
def test_pages_open_without_complaint(chromium: Browser, served: str, built: Project, kind: str, width: int) -> None:
    """No console error, no request to another host but an article's images, no sideways scrolling."""
    page, complaints, strangers = _open(chromium, served + _samples(built)[kind], width)
    images = {image.get_attribute("src") for image in page.query_selector_all("article img")}
    assert not set(strangers) - images
    assert not [complaint for complaint in complaints if "net::ERR_FAILED" not in complaint]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").first.is_visible()
    page.context.close()


def test_a_reader_reaches_article_topic_and_plan_by_clicking(chromium: Browser, served: str) -> None:
    """From home to an article, on to its topic, and from home to the plan and a chapter, by links alone."""
    page, _, _ = _open(chromium, served, WIDTHS["desktop"])
    page.locator(".entry-title a").first.click()
    page.locator(".article-head .topics a").first.click()
    page.locator(".entries li").first.wait_for()
    page.goto(served)
    page.locator(".plan-cards a").first.click()
    page.locator(".outline a").first.click()
    page.locator("#sec-1-p1").wait_for()
    page.context.close()


def test_the_palette_switches(chromium: Browser, served: str) -> None:
    """Light and dark are both there, and the reader's choice is kept."""
    page, _, _ = _open(chromium, served, WIDTHS["desktop"])
    schemes = set()
    for _ in range(3):
        schemes.add(page.locator("body").get_attribute("data-md-color-scheme"))
        page.locator("label[for^=__palette]:visible").first.click()
    assert schemes == {"default", "slate"}
    page.context.close()


def test_the_themes_script_comes_when_a_reader_does_something(chromium: Browser, served: str) -> None:
    """Until then a page runs none of it; what a reader does first is not lost, however slowly the script comes."""
    page = chromium.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "script" else None)
    page.goto(served, wait_until="networkidle")
    assert not [address for address in asked if "bundle" in address]
    assert page.locator("label[for^=__palette]:visible").count() == 1

    def late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/bundle.*", late)
    page.keyboard.press("/")
    page.keyboard.type("监管")
    page.locator(".search-panel__hit").first.wait_for()
    page.unroute_all(behavior="ignoreErrors")  # a script still on its way would fail in the next test
    page.context.close()


def test_screenshot_in_the_readme_is_of_this_site(built: Project) -> None:
    """The README's picture exists and is a real PNG."""
    root = Path(__file__).parents[1]
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert shown
    assert all((root / name).read_bytes().startswith(b"\x89PNG") for name in shown)
    assert (built.root / "site" / "index.html").is_file()
