"""What readers want to get done, in as few steps as promised, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import open_page
from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.site]


def _article(chromium: Browser, served: str) -> Page:
    """The newest article's page, where what is copied can be read back."""
    page = open_page(chromium, served)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served + (page.locator(".entry-title a").first.get_attribute("href") or ""))
    return page


class TestCiting:
    """A paragraph's citation."""

    def test_one_click_copies_place_day_and_address(self, chromium: Browser, served: str) -> None:
        """GB/T 7714 with the paragraph, the day of access, and an address at which that paragraph stands."""
        page = _article(chromium, served)
        sign = page.locator("a.cite").nth(1)
        paragraph = page.locator("p[id^=p-]").nth(1)
        sign.click()
        page.locator("#cited").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"\[EB/OL\]\. .*: 第2段\[\d{4}-\d\d-\d\d\]\. http://.*#p-[a-z2-7]{7}\.$", copied)
        assert f"#{paragraph.get_attribute('id')}." in copied
        page.context.close()

    def test_a_paragraph_of_a_plan_is_cited_the_same_way(self, chromium: Browser, served: str) -> None:
        """With its place in words instead of a count, and as a document with an address."""
        page = _article(chromium, served)
        page.goto(served)
        page.goto(served + (page.locator(".plan-cards a").first.get_attribute("href") or ""))
        page.locator(".outline a").first.click()
        page.locator("a.cite").first.click()
        page.locator(".plan-citation").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"\[A/OL\]\. .*: .*第1段\[\d{4}-\d\d-\d\d\]\. http://.*#sec-1-p1\.$", copied)
        page.context.close()


class TestComparing:
    """The raw file beside the text."""

    def test_one_click_shows_the_raw_file_and_escape_puts_everything_back(self, chromium: Browser, served: str) -> None:
        """The raw text stands beside the article, the place in the article stays, and the focus returns."""
        page = _article(chromium, served)
        page.evaluate("window.scrollTo(0, 400)")
        before = page.evaluate("window.scrollY")
        page.evaluate("document.getElementById('beside-raw').click()")
        pane = page.locator(".beside-pane pre")
        pane.wait_for()
        assert page.locator("h1").first.inner_text()[:6] in pane.inner_text()
        page.keyboard.press("Escape")
        pane.wait_for(state="detached")
        assert abs(page.evaluate("window.scrollY") - before) <= 2
        assert page.evaluate("document.activeElement.id") == "beside-raw"
        page.context.close()


class TestFinding:
    """Articles of a month."""

    def test_a_month_is_one_click_from_home(self, chromium: Browser, served: str) -> None:
        """The number of a month leads to its articles alone."""
        page = open_page(chromium, served)
        cell = page.locator(".months td a").first
        count = int(cell.inner_text())
        month = re.findall(r"\d{4}-\d\d", cell.get_attribute("aria-label") or "")[0]
        cell.click()
        page.locator("#filtered", has_text=str(count)).wait_for()
        days = page.locator("#browse .day").all_inner_texts()
        assert len(days) == count
        assert all(day.startswith(month) for day in days)
        page.context.close()


def _how(chromium: Browser, served: str, way: str) -> tuple[Page, Callable[[Locator], None]]:
    """The home page of a phone or a desktop, and how one step is taken there: a tap, or Enter on what has the focus."""
    thumb = way == "thumb"
    size = {"width": 390, "height": 844} if thumb else {"width": 1280, "height": 800}
    page = open_page(chromium, served, viewport=size, has_touch=thumb, is_mobile=thumb)

    def step(target: Locator) -> None:
        target.wait_for()
        if thumb:
            target.tap()
        else:
            target.focus()
            page.keyboard.press("Enter")

    return page, step


@pytest.mark.parametrize("way", ["keyboard", "thumb"])
class TestEitherWay:
    """Steps from the home page, by keyboard and by thumb."""

    def test_what_regulators_demanded_is_two_steps_away(self, chromium: Browser, served: str, way: str) -> None:
        """The topic, then the article that states it."""
        page, step = _how(chromium, served, way)
        step(page.locator(".home-side a[href^=topics]", has_text="澄湖支付整改").first)
        step(page.locator(".entry-title a", has_text="对标监管要求").first)
        page.locator("p[id^=p-]", has_text="明确了这家企业的整改方向").wait_for()
        page.context.close()

    def test_the_first_articles_of_a_topic_stand_in_the_first_screen(
        self, chromium: Browser, served: str, way: str
    ) -> None:
        """Nobody scrolls past charts and terms."""
        page, step = _how(chromium, served, way)
        step(page.locator(".home-side a[href^=topics]").first)
        title = page.locator(".entry-title").first
        title.wait_for()
        box = title.bounding_box()
        assert box
        assert box["y"] + box["height"] < (844 if way == "thumb" else 800)
        page.context.close()

    def test_the_table_for_a_spreadsheet_is_two_steps_away(self, chromium: Browser, served: str, way: str) -> None:
        """The page of data, then the file."""
        page, step = _how(chromium, served, way)
        step(page.locator(".md-tabs a", has_text="数据"))
        with page.expect_download() as waiting:
            step(page.locator("a[href$='archive-excel.csv']").first)
        assert waiting.value.suggested_filename == "archive-excel.csv"
        page.context.close()

    def test_subscribing_to_a_topic_takes_two_steps(self, chromium: Browser, served: str, way: str) -> None:
        """The topic, then its feed, which can be read as it is."""
        page, step = _how(chromium, served, way)
        step(page.locator(".home-side a[href^=topics]").first)
        feed = page.locator("a[href$='.xml']", has_text="Atom").first
        address = feed.get_attribute("href") or ""
        step(feed)
        page.wait_for_url(f"**/{address.rpartition('/')[2]}")
        assert page.locator("text=澄湖").count()
        page.context.close()

    def test_a_mistake_is_reported_in_one_step(self, chromium: Browser, served: str, way: str) -> None:
        """From any page, with the page's address in the letter."""
        page, _ = _how(chromium, served, way)
        link = page.locator("footer a", has_text="报告错误")
        address = link.get_attribute("href") or ""
        assert address.startswith("mailto:editors@archive.example")
        page.context.close()

    def test_a_paragraph_is_shared_in_two_steps(self, chromium: Browser, served: str, way: str) -> None:
        """Its sign, then the system's share sheet, with the paragraph's own address."""
        page, step = _how(chromium, served, way)
        page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
        page.goto(served + (page.locator(".entry-title a").first.get_attribute("href") or ""))
        step(page.locator("a.cite").nth(1))
        step(page.locator("#cited button"))
        page.wait_for_function("window.shared")
        assert "#p-" in page.evaluate("window.shared.url")
        page.context.close()

    def test_what_the_plan_says_about_a_topic_is_two_steps_away(self, chromium: Browser, served: str, way: str) -> None:
        """The topic lists the plan's passages, quoted, in its own sentence."""
        page, step = _how(chromium, served, way)
        step(page.locator(".home-side a[href^=topics]", has_text="澄湖支付整改").first)
        step(page.locator("a[href*='plans/'][href*='sec-']").first)
        page.wait_for_url("**/plans/**")
        assert page.locator("p", has_text="澄湖支付集团").count()
        page.context.close()
