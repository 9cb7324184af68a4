"""The search in a real browser: box, search page, input methods, damage, offline, from disk, a strict policy."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from builder.config.project import Project

pytestmark = [pytest.mark.browser, pytest.mark.site]
BOX = "form[data-search] [name=query]"
OPTION = ".search-panel [role=option]"
SAID = ".search-panel__status"
FIELD = "#search-page [name=query]"
RESULT = ".search-page__result"
STATUS = "#search-page-status"
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


def test_the_box_finds_in_either_script_and_leads_to_the_passage(page: Page, served: str) -> None:
    """Under a sub-path: a key goes to the box, a Traditional query finds Simplified text, a hit marks its words."""
    page.goto(served + "about.html")
    page.keyboard.press("/")
    page.keyboard.type("監管沙盒")
    page.locator(".search-panel__hit").first.wait_for()
    assert page.locator(".search-panel__hit mark").first.inner_text() == "监管沙盒"
    page.locator(SAID).filter(has_text="1 条结果").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/**")
    assert "#" in page.url
    assert page.locator("mark.search-mark").first.inner_text() == "监管沙盒"


def test_the_box_is_a_combobox(page: Page, served: str) -> None:
    """Arrow keys choose an option and tell which; Escape closes; the field keeps the focus throughout."""
    page.goto(served + "index.html")
    page.locator(BOX).fill("金融科技")
    page.locator(OPTION).first.wait_for()
    field = page.locator(BOX)
    assert (field.get_attribute("role"), field.get_attribute("aria-expanded")) == ("combobox", "true")
    page.keyboard.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.name") == "query"


def test_enter_goes_to_the_results_and_back_restores_the_words(page: Page, served: str) -> None:
    """From any box Enter leads to the search page with what was typed; on the way back it is there again."""
    page.goto(served + "about.html")
    page.locator(BOX).fill("澄湖支付集团")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?query=*")
    page.locator(RESULT).first.wait_for()
    assert page.locator(FIELD).input_value() == "澄湖支付集团"
    page.go_back()
    page.wait_for_function(f"document.querySelector({BOX!r}).value === '澄湖支付集团'")


def test_near_matches_say_so(page: Page, served: str) -> None:
    """Results that only come near are labelled, each and above all; where nothing is near, that is said."""
    page.goto(served + "search/index.html?query=镜湖数据科技创新")
    page.locator(RESULT).first.wait_for()
    page.locator(STATUS).filter(has_text="相近").wait_for()
    assert page.locator(f"{RESULT} .search-page__near").count() == page.locator(RESULT).count()
    page.locator(FIELD).fill("镕镕")
    page.locator(STATUS).filter(has_text="没有找到").wait_for()


def test_input_methods_are_waited_for(page: Page, served: str) -> None:
    """While an input method composes, its letters are not searched for; what it commits is."""
    page.goto(served + "index.html", wait_until="networkidle")
    page.locator(BOX).focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "fintech", "selectionStart": 7, "selectionEnd": 7})
    page.wait_for_timeout(500)
    assert page.locator(OPTION).count() == 0
    session.send("Input.insertText", {"text": "监管沙盒"})
    page.locator(OPTION).first.wait_for()


def test_what_is_typed_too_early_is_not_lost(page: Page, served: str) -> None:
    """Words typed before the script has come are searched for once it has."""
    held: list[Route] = []
    page.route("**/search/page.js", lambda route: held.extend([route]))
    page.goto(served + "search/index.html", wait_until="commit")
    page.locator("#search-page").wait_for(state="attached")
    page.evaluate(f"document.querySelector({FIELD!r}).value = '监管沙盒'")
    held[0].continue_()
    page.locator(RESULT).first.wait_for()
    assert page.locator(FIELD).input_value() == "监管沙盒"


def test_the_page_filters_and_keeps_its_state_in_the_address(page: Page, served: str) -> None:
    """Filters narrow with counts, the address holds everything, and opening that address shows the same."""
    page.goto(served + "search/index.html")
    page.locator(FIELD).fill("澄湖支付集团")
    page.locator(RESULT).nth(2).wait_for()
    every = page.locator(RESULT).count()
    page.locator("#search-page [name=script]").select_option("zh-Hant")
    page.wait_for_function(f"document.querySelectorAll({RESULT!r}).length < {every}")
    narrowed = page.locator(RESULT).all_inner_texts()
    assert "script=zh-Hant" in page.url
    page.goto(page.url)
    page.locator(RESULT).first.wait_for()
    assert page.locator(RESULT).all_inner_texts() == narrowed
    assert page.locator(STATUS).get_attribute("aria-live") == "polite"
    assert str(len(narrowed)) in page.locator(STATUS).inner_text()


def test_the_page_fits_a_phone(page: Page, served: str) -> None:
    """On a narrow screen nothing scrolls sideways."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(served + "search/index.html?query=金融科技")
    page.locator(RESULT).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_damage_is_not_passed_over_in_silence(page: Page, built: Project, tmp_path: Path) -> None:
    """Without lists the page says that results are missing; without the root, that the search fails."""
    shutil.copytree(built.root / "site", tmp_path / "site")
    data = tmp_path / "site" / "search" / "data"
    shutil.rmtree(data / "all" / "lists")
    with _serving(tmp_path / "site") as address:
        page.goto(address + "search/index.html?query=监管沙盒")
        page.locator(STATUS).filter(has_text="部分结果").wait_for()
        (data / "root.gz").unlink()
        page.goto(address + "search/index.html?query=监管沙盒")
        page.locator(STATUS).filter(has_text="缺失或损坏").wait_for()


def test_offline_says_so(page: Page, served: str) -> None:
    """Without a network the page says that it is the network that lacks."""
    page.goto(served + "search/index.html", wait_until="networkidle")
    page.context.set_offline(True)
    page.locator(FIELD).fill("监管沙盒")
    page.locator(STATUS).filter(has_text="离线").wait_for()


def test_it_searches_from_disk(page: Page, built: Project) -> None:
    """A site opened as a file answers on its search page and in its box, with no server at all."""
    page.goto((built.root / "site" / "search" / "index.html").as_uri() + "?query=監管沙盒")
    page.locator(RESULT).first.wait_for()
    page.goto((built.root / "site" / "index.html").as_uri())
    page.locator(BOX).fill("钟望")
    page.locator(".search-panel__hit").first.wait_for()


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
