"""The search in a real browser: the theme's box, the search page, input methods, damage, a strict policy."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from builder.config.project import Project

pytestmark = [pytest.mark.browser, pytest.mark.site]
BOX = "[data-md-component=search-query]"
ITEM = ".md-search-result__item"
NOTE = ".md-search-result__meta"
FIELD = "#search-page [name=query]"
RESULT = ".search-page__result"
POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)


class _StrictHandler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Send the policy with everything."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(_StrictHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def test_the_box_finds_in_either_script_and_marks_after_the_click(page: Page, served: str) -> None:
    """Under a sub-path: a key opens the box, a Traditional query finds Simplified text, Enter leads to the words."""
    page.goto(served + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("監管沙盒")
    page.locator(ITEM).first.wait_for()
    assert "1 条结果" in page.locator(NOTE).inner_text()
    assert page.locator(f"{ITEM} mark").first.inner_text() == "监管沙盒"
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/**")
    assert "#" in page.url
    page.locator("mark[data-md-highlight]").first.wait_for()
    assert page.locator("mark[data-md-highlight]").first.inner_text() == "监管沙盒"


def test_arrows_lead_through_the_results(page: Page, served: str) -> None:
    """The arrow keys move from the box to results and back."""
    page.goto(served + "index.html")
    page.keyboard.press("s")
    page.keyboard.type("金融科技")
    page.locator(ITEM).first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.md-search-result__item') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"document.activeElement.matches({BOX!r})")


def test_near_matches_say_so_in_the_box(page: Page, served: str) -> None:
    """Results that only come near are labelled, each and above all; where nothing is near, nothing is shown."""
    page.goto(served + "index.html")
    page.locator(BOX).fill("镜湖数据科技创新")
    page.locator(ITEM).first.wait_for()
    assert "相近" in page.locator(NOTE).inner_text()
    assert "相近结果" in page.locator(ITEM).first.inner_text()
    page.locator(BOX).fill("镕基钟望")
    page.wait_for_function("!document.querySelector('.md-search-result__item')")


def test_input_methods_are_waited_for(page: Page, served: str) -> None:
    """While an input method composes, its letters are not searched for; what it commits is."""
    page.goto(served + "index.html", wait_until="networkidle")
    page.locator(BOX).focus()
    page.wait_for_timeout(300)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "fintech", "selectionStart": 7, "selectionEnd": 7})
    page.locator(BOX).dispatch_event("keyup")
    page.wait_for_timeout(500)
    assert page.locator(ITEM).count() == 0
    session.send("Input.insertText", {"text": "监管沙盒"})
    page.locator(ITEM).first.wait_for()


def test_the_page_filters_and_keeps_its_state_in_the_address(page: Page, served: str) -> None:
    """Filters narrow with counts, the address holds everything, and opening that address shows the same."""
    page.goto(served + "search/index.html")
    page.locator(FIELD).fill("澄湖支付集团")
    page.locator(RESULT).first.wait_for()
    every = page.locator(RESULT).count()
    assert every >= 3
    page.locator("#search-page [name=script]").select_option("zh-Hant")
    page.wait_for_function(f"document.querySelectorAll({RESULT!r}).length < {every}")
    narrowed = page.locator(RESULT).all_inner_texts()
    assert "script=zh-Hant" in page.url
    assert "（" in page.locator("#search-page [name=source] option").nth(1).inner_text().replace("(", "（")
    page.goto(page.url)
    page.locator(RESULT).first.wait_for()
    assert page.locator(RESULT).all_inner_texts() == narrowed
    assert page.locator("#search-page-status").get_attribute("aria-live") == "polite"
    assert str(len(narrowed)) in page.locator("#search-page-status").inner_text()


def test_the_page_fits_a_phone(page: Page, served: str) -> None:
    """On a narrow screen nothing scrolls sideways."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(served + "search/index.html?query=金融科技")
    page.locator(RESULT).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_damaged_index_is_not_passed_over_in_silence(page: Page, built: Project, tmp_path: Path) -> None:
    """With shards missing, box and page show a message instead of no results."""
    shutil.copytree(built.root / "site", tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / "search" / "data" / "shards")
    with _serving(tmp_path / "site") as address:
        page.goto(address + "index.html")
        page.locator(BOX).fill("监管沙盒")
        page.locator(ITEM).first.wait_for()
        assert "索引文件缺失或损坏" in page.locator(ITEM).first.inner_text()
        page.goto(address + "search/index.html?query=监管沙盒")
        page.locator("#search-page-status").filter(has_text="缺失或损坏").wait_for()


def test_it_runs_under_a_strict_policy(page: Page, built: Project) -> None:
    """With a Content-Security-Policy that allows the site's own scripts and no evaluation, the engine answers."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "eval" in message.text else None)
    with _serving(built.root / "site") as address:
        page.goto(address + "search/index.html?query=监管沙盒")
        page.locator(RESULT).first.wait_for()
    assert not refused


def test_without_scripts_the_page_links_the_indexes(chromium: Browser, served: str) -> None:
    """With JavaScript off, the search page leads to the lists of articles, sources and topics."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "search/index.html")
    links = [link.get_attribute("href") for link in page.locator("article noscript a, article a").all()]
    assert {"../articles/index.html", "../sources/index.html", "../topics/index.html"} <= set(links)
    assert not page.locator("#search-page").is_visible()
    context.close()
