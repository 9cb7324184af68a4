"""Looks at pages in Chromium: accessibility, other hosts, layout shift, sideways scrolling, bytes over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 390, 320)
SCHEMES = ("light", "dark")
_SHIFTS = """() => {
  window.__shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
_SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 600) {
    window.scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 60));
  }
  await new Promise((done) => setTimeout(done, 200));
}"""
# The words of post and plan: the article, what cleaning took out of it, and what is quoted of article and plan.
_BODY_TEXT = """() => {
  const head = document.querySelector(".article-head");
  const foot = document.querySelector(".article-foot");
  if (!head || !foot) return 0;
  let text = [...foot.querySelectorAll(".removed-text, q")].map((cell) => cell.textContent).join("");
  for (let node = head.nextSibling; node && node !== foot; node = node.nextSibling) text += node.textContent;
  return new TextEncoder().encode(text).length;
}"""


@dataclass
class Seen:
    """What one page showed, over every width and palette."""

    strangers: set[str] = field(default_factory=set)
    violations: dict[str, str] = field(default_factory=dict)
    shift: float = 0.0
    sideways: set[int] = field(default_factory=set)
    wire: int = 0
    page_wire: int = 0
    text: int = 0
    complaints: set[str] = field(default_factory=set)
    scriptless: set[str] = field(default_factory=set)


def look(browser: Browser, base: str, path: str) -> Seen:
    """Open a page in every width and palette.

    Args:
        browser: Chromium.
        base: The site's address.
        path: The page, below it.
    """
    seen = Seen()
    for width in WIDTHS:
        for scheme in SCHEMES:
            _visit(browser, base, path, width, scheme, seen)
    seen.scriptless = set(_without_scripts(browser, base + path))
    return seen


def _without_scripts(browser: Browser, address: str) -> Iterator[str]:
    """What is wrong with a page where scripts do not run: no headline, no text, or a control that does nothing."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="load")
    if not page.locator("h1").first.is_visible():
        yield "no headline"
    if not page.locator("article :is(p, li, td):visible").count():
        yield "no text"
    dead = page.locator(":is(button, select, input:not([type=checkbox])):visible")
    yield from (
        f"dead control {dead.nth(number).evaluate('it => it.outerHTML')[:80]}" for number in range(dead.count())
    )
    context.close()


def _visit(browser: Browser, base: str, path: str, width: int, scheme: str, seen: Seen) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    page = context.new_page()
    asked: list[Request] = []
    host = "/".join(base.split("/")[:3])
    page.route(lambda url: not url.startswith(host), lambda route: route.abort())
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # Playwright marks what it is given
    page.on("console", lambda message: seen.complaints.update(_complaint(message)))
    page.on("pageerror", lambda error: seen.complaints.add(str(error)))
    page.add_init_script(f"({_SHIFTS})()")
    page.goto(base + path, wait_until="load")
    page.wait_for_load_state("networkidle")
    if not seen.wire:
        seen.wire, seen.page_wire = _bytes(asked)
        seen.text = page.evaluate(_BODY_TEXT)
    page.evaluate(_SCROLL)
    seen.shift = max(seen.shift, page.evaluate("window.__shift"))
    if page.evaluate("document.documentElement.scrollWidth") > width:
        seen.sideways.add(width)
    images = {image.get_attribute("src") for image in page.query_selector_all("article img")}
    seen.strangers |= {request.url for request in asked if not request.url.startswith(host)} - images
    _note(seen, axe(page), f"{width} {scheme}")
    _open_search(page)
    _note(seen, axe(page), f"{width} {scheme}, search open")
    context.close()


def _complaint(message: ConsoleMessage) -> set[str]:
    """An error of the console, but for article images, which are not fetched here."""
    wanted = message.type == "error" and "net::ERR_FAILED" not in message.text
    return {f"{message.text} {message.location.get('url', '')}"} if wanted else set()


def _bytes(asked: list[Request]) -> tuple[int, int]:
    """Bodies as sent, article images aside: of everything, and of the page alone."""
    own = [request for request in asked if request.resource_type != "image" and request.response()]
    sizes = [request.sizes()["responseBodySize"] for request in own]
    return sum(sizes), sizes[0]


def _open_search(page: Page) -> None:
    page.evaluate("window.scrollTo(0, 0)")
    box = page.locator("form[data-search] [name=query]").first
    if box.count() and box.is_visible():
        box.fill("金融")
        page.wait_for_timeout(600)


def axe(page: Page) -> list[dict[str, Any]]:
    """Every violation that axe finds on the page as it stands, its best practices included."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return list(found["violations"])


def said(violations: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Rule and first element of each violation."""
    for violation in violations:
        node = violation["nodes"][0]
        yield violation["id"], f"{node['target']} {node.get('failureSummary', '')[:160]}"


def _note(seen: Seen, violations: list[dict[str, Any]], where: str) -> None:
    for rule, what in said(violations):
        seen.violations.setdefault(rule, f"{where}: {what}")
