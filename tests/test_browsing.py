"""The table of all articles: filters and order by script with the address as their state, and a plain table without."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from conftest import copy_project, open_page, run_builder, serving
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an archive of 230 posts by two outlets over three years."""
    project = copy_project(tmp_path_factory.mktemp("many") / "archive", seeds=False)
    for number in range(230):
        day = f"{2019 + number % 3}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        head = f"---\ntitle: 第{number}篇谈金融监管的报道\ndate: {day}\nsource: {'甲乙'[number % 2]}报\n---\n\n"
        (project.seeds / f"{number:03}.md").write_text(f"{head}{number}号正文，说的是金融监管。\n", encoding="utf-8")
    done = run_builder(project, "build")
    assert done.code == 0, done.err
    with serving(project.root / "site") as address:
        yield address


class TestBrowsing:
    """The table of all articles."""

    def test_filters_keep_their_state_in_the_address(self, chromium: Browser, many: str) -> None:
        """A choice goes into the address; the address alone gives the same table; going back takes it away."""
        page = open_page(chromium, f"{many}articles/index.html")
        own = page.evaluate("document.getElementById('browse').innerHTML")
        page.select_option("[name=year]", "2020")
        page.wait_for_function("document.getElementById('filtered').textContent !== ''")
        days = page.locator("#browse .day").all_inner_texts()
        assert len(days) == 77
        assert {day[:4] for day in days} == {"2020"}
        page.select_option("[name=source]", index=1)
        page.wait_for_function("document.querySelectorAll('#browse tbody tr').length < 77")
        page.select_option("[name=sort]", "oldest")
        page.wait_for_function("document.querySelector('#browse .day').textContent.startsWith('2020-0')")
        assert dict(parse_qsl(urlsplit(page.url).query)).keys() == {"year", "source", "sort"}
        table = page.locator("#browse tbody").inner_text()
        assert page.locator("#browse .day").all_inner_texts() == sorted(page.locator("#browse .day").all_inner_texts())
        again = open_page(chromium, page.url)
        again.wait_for_function("document.getElementById('filtered').textContent !== ''")
        assert again.locator("#browse tbody").inner_text() == table
        assert again.locator("[name=year]").input_value() == "2020"
        for _ in range(3):
            page.go_back()
        page.wait_for_function("document.getElementById('filtered').textContent === ''")
        assert page.evaluate("document.getElementById('browse').innerHTML") == own
        again.context.close()
        page.context.close()

    def test_results_are_paged_at_a_hundred(self, chromium: Browser, many: str) -> None:
        """Sorted by title, 230 articles make three pages; the last one is in the address and can be opened from it."""
        page = open_page(chromium, f"{many}articles/index.html?sort=title&page=3")
        page.wait_for_function("document.getElementById('filtered').textContent !== ''")
        assert page.locator("#browse tbody tr").count() == 30
        assert page.locator("#filtered-pages [aria-current]").inner_text() == "3"
        page.locator("#filtered-pages a").first.click()
        page.wait_for_function("document.querySelectorAll('#browse tbody tr').length === 100")
        assert "page=" not in page.url
        page.context.close()

    def test_what_the_script_lists_can_be_opened(self, chromium: Browser, many: str) -> None:
        """Links of a filtered row lead to the article, its source and its topics."""
        page = open_page(chromium, f"{many}articles/index.html?sort=oldest")
        page.wait_for_function("document.getElementById('filtered').textContent !== ''")
        addresses = page.evaluate("[...document.querySelectorAll('#browse tbody tr:first-child a')].map((a) => a.href)")
        assert len(addresses) >= 3
        for address in addresses:
            answer = page.goto(address)
            assert answer
            assert answer.status == 200
        page.context.close()

    def test_without_scripts_a_hundred_to_a_page(self, chromium: Browser, many: str) -> None:
        """The plain table holds the newest 130 and links to the older hundred."""
        page = open_page(chromium, f"{many}articles/index.html", java_script_enabled=False)
        assert page.locator("#browse tbody tr").count() == 130
        page.locator(".pager a[rel=next]").click()
        assert page.locator("#browse tbody tr").count() == 100
        page.context.close()
