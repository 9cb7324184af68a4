"""``make audit``: measures the built site and prints what is promised of it; exit 1 where a promise is broken."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import audit_data
import audit_engines
from audit_browser import AXE, Seen, look
from audit_programs import CATEGORIES, LIGHTHOUSE, VNU, Fault, html_errors, lighthouse
from audit_site import address, build, free_port, kinds, serving
from playwright.sync_api import sync_playwright

WIRE_MOST = 120 * 1024
PAGE_WIRE_MOST = 15 * 1024
BESIDE_TEXT_MOST = 16 * 1024
SCORES_LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
COLUMNS = ("hosts", "axe", "shift", "sideways", "wire KB", "page KB", "beside KB")
NO_SEO = ("404",)
"""A page that asks not to be indexed cannot score full marks for being found."""


def main(arguments: list[str]) -> int:
    """Measure everything, or only the kinds of page named; ``--fast`` leaves Lighthouse and other engines out."""
    missing = [str(path) for path in (AXE, VNU, LIGHTHOUSE) if not path.exists()]
    if missing:
        print("npm ci --prefix tools 之后再运行；缺少：", *missing, sep="\n  ")
        return 2
    wanted = [name for name in arguments if not name.startswith("--")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        site = build(folder / "archive", port)
        chosen = {kind: path for kind, path in kinds(site).items() if not wanted or kind in wanted}
        sizes = {kind: (site / path).stat().st_size for kind, path in chosen.items()}
        with serving(site, port) as base:
            broken = [*_browser(_look_at_all(base, chosen), sizes), *_html(html_errors(site)), *audit_data.faults(site)]
            if "--fast" not in arguments:
                broken += audit_engines.faults(folder / "archive", folder, address(port))
                broken += _lighthouse(_scores(base, chosen, folder))
    _print_broken(broken)
    return 1 if broken else 0


def _print_broken(broken: list[tuple[str, str]]) -> None:
    """Each fault once, with the kinds of page that have it."""
    pages: dict[str, list[str]] = {}
    for kind, what in broken:
        pages.setdefault(what, []).append(kind)
    print()
    print("\n".join(f"✗ {what}  [{'、'.join(kinds_)}]" for what, kinds_ in pages.items()) or "全部达到。")


def _look_at_all(base: str, chosen: dict[str, str]) -> dict[str, Seen]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        seen = {}
        for kind, path in chosen.items():
            print(f"… {kind}", file=sys.stderr)
            seen[kind] = look(browser, base, path)
        browser.close()
    return seen


def _scores(base: str, chosen: dict[str, str], folder: Path) -> dict[str, dict[str, int]]:
    scores = {}
    for kind, path in chosen.items():
        print(f"… Lighthouse: {kind}", file=sys.stderr)
        scores[kind] = lighthouse(base + path, folder)
    return scores


def _browser(seen: dict[str, Seen], sizes: dict[str, int]) -> Iterator[tuple[str, str]]:
    print(f"{'page':16}", *(f"{name:>9}" for name in COLUMNS))
    for kind, one in seen.items():
        beside = sizes[kind] - one.text
        print(f"{kind:16}", *(f"{value:>9}" for value in _row(one, beside)))
        yield from ((kind, f"asks {address}") for address in sorted(one.strangers))
        yield from ((kind, f"axe {rule}: {what}") for rule, what in one.violations.items())
        yield from ((kind, f"console: {text}") for text in sorted(one.complaints))
        yield from ((kind, f"without scripts: {what}") for what in sorted(one.scriptless))
        if one.shift:
            yield kind, f"layout shift {one.shift:.4f}"
        if one.sideways:
            yield kind, f"scrolls sideways at {sorted(one.sideways)}"
        if kind.startswith("article"):
            yield from _sizes(kind, one, beside)


def _row(one: Seen, beside: int) -> Iterator[str]:
    yield from (str(len(one.strangers)), str(len(one.violations)), f"{one.shift:.3f}")
    yield ",".join(map(str, sorted(one.sideways))) or "-"
    yield from (f"{number / 1024:.1f}" for number in (one.wire, one.page_wire, beside))


def _sizes(kind: str, one: Seen, beside: int) -> Iterator[tuple[str, str]]:
    limits = ((one.wire, WIRE_MOST, "over the wire"), (one.page_wire, PAGE_WIRE_MOST, "page over the wire"))
    for size, most, what in (*limits, (beside, BESIDE_TEXT_MOST, "of HTML beside the text")):
        if size > most:
            yield kind, f"{size / 1024:.1f} KB {what}, at most {most / 1024:.0f}"


def _html(faults: list[Fault]) -> Iterator[tuple[str, str]]:
    ours = [fault for fault in faults if not fault.of_theme]
    pages = len({fault.page for fault in faults})
    print(f"\nvnu: {len(ours)} errors of ours, {len(faults) - len(ours)} of the theme's, on {pages} pages")
    unique = {fault.message: fault for fault in ours}
    yield from ((fault.page, f"{fault.message}: {fault.extract!r}") for fault in unique.values())


def _lighthouse(scores: dict[str, dict[str, int]]) -> Iterator[tuple[str, str]]:
    if scores:
        print(f"\n{'Lighthouse':16}", *(f"{name:>15}" for name in CATEGORIES))
    for kind, points in scores.items():
        print(f"{kind:16}", *(f"{points[name]:15}" for name in CATEGORIES))
        for name, least in SCORES_LEAST.items():
            if points[name] < least and not (name == "seo" and kind in NO_SEO):
                yield kind, f"Lighthouse {name} {points[name]}, at least {least}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
