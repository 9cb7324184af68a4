"""``make audit``: measures the built site and prints what issue and README promise of it; exit 1 where a promise is broken."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audit_browser import AXE, Seen, look
from audit_programs import CATEGORIES, LIGHTHOUSE, VNU, Fault, html_errors, lighthouse
from audit_site import build, kinds, serving
from playwright.sync_api import sync_playwright

WIRE_MOST = 120 * 1024
PAGE_WIRE_MOST = 15 * 1024
BESIDE_TEXT_MOST = 14 * 1024
SCORES_LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
NO_SEO = ("404",)
"""A page that asks not to be indexed cannot score full marks for being found."""


def main(arguments: list[str]) -> int:
    """Measure everything, or only the kinds of page named; ``--fast`` leaves Lighthouse out."""
    missing = [str(path) for path in (AXE, VNU, LIGHTHOUSE) if not path.exists()]
    if missing:
        print("npm ci --prefix tools 之后再运行；缺少：", *missing, sep="\n  ")
        return 2
    wanted = [name for name in arguments if not name.startswith("--")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = build(folder / "archive")
        chosen = {kind: path for kind, path in kinds(site).items() if not wanted or kind in wanted}
        with serving(site) as base:
            seen = _look_at_all(base, chosen)
            scores = {} if "--fast" in arguments else _scores(base, chosen, folder)
        sizes = {kind: (site / path).stat().st_size for kind, path in chosen.items()}
        broken = [*_browser(seen, sizes), *_html(html_errors(site)), *_lighthouse(scores)]
    print("\n".join(["", *(f"✗ {line}" for line in broken)]) if broken else "\n全部达到。")
    return 1 if broken else 0


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


def _browser(seen: dict[str, Seen], sizes: dict[str, int]) -> Iterator[str]:
    print(
        f"{'page':16} {'hosts':>5} {'axe':>4} {'shift':>6} {'sideways':>8} {'wire KB':>8} {'page KB':>8} {'beside KB':>9}"
    )
    for kind, one in seen.items():
        beside = sizes[kind] - one.text
        print(
            f"{kind:16} {len(one.strangers):5} {len(one.violations):4} {one.shift:6.3f} {','.join(map(str, sorted(one.sideways))) or '-':>8}"
            f" {one.wire / 1024:8.1f} {one.page_wire / 1024:8.1f} {beside / 1024:9.1f}"
        )
        yield from (f"{kind}: asks {address}" for address in sorted(one.strangers))
        yield from (f"{kind}: axe {rule}: {what}" for rule, what in one.violations.items())
        yield from (f"{kind}: console: {text}" for text in sorted(set(one.complaints)) if "net::ERR_FAILED" not in text)
        if one.shift:
            yield f"{kind}: layout shift {one.shift:.4f}"
        if one.sideways:
            yield f"{kind}: scrolls sideways at {sorted(one.sideways)}"
        if kind.startswith("article"):
            yield from _sizes(kind, one, beside)


def _sizes(kind: str, one: Seen, beside: int) -> Iterator[str]:
    limits = ((one.wire, WIRE_MOST, "over the wire"), (one.page_wire, PAGE_WIRE_MOST, "page over the wire"))
    for bytes_, most, what in (*limits, (beside, BESIDE_TEXT_MOST, "of HTML beside the text")):
        if bytes_ > most:
            yield f"{kind}: {bytes_ / 1024:.1f} KB {what}, at most {most / 1024:.0f}"


def _html(faults: list[Fault]) -> Iterator[str]:
    ours = [fault for fault in faults if not fault.of_theme]
    pages = len({fault.page for fault in faults})
    print(f"\nvnu: {len(ours)} errors of ours, {len(faults) - len(ours)} of the theme's, on {pages} pages")
    unique = {(fault.message, fault.extract): fault for fault in ours}
    yield from (f"{fault.page}: {fault.message}: {fault.extract!r}" for fault in unique.values())


def _lighthouse(scores: dict[str, dict[str, int]]) -> Iterator[str]:
    if scores:
        print(f"\n{'Lighthouse':16}", *(f"{name:>15}" for name in CATEGORIES))
    for kind, points in scores.items():
        print(f"{kind:16}", *(f"{points[name]:15}" for name in CATEGORIES))
        for name, least in SCORES_LEAST.items():
            if points[name] < least and not (name == "seo" and kind in NO_SEO):
                yield f"{kind}: Lighthouse {name} {points[name]}, at least {least}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
