"""What readers want to get done, in as few steps as promised, in a real browser."""

from __future__ import annotations

import re

import pytest
from conftest import open_page
from playwright.sync_api import Browser, Page

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
