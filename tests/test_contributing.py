"""What those who join are told is there."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import ROOT

PAGES = (ROOT / ".github" / "CONTRIBUTING.md", ROOT / ".github" / "CONTRIBUTING.zh.md")
PATH = re.compile(
    r"`((?:builder|tests|curation|docs)/[A-Za-z0-9_./-]+\.(?:py|yml|md)|(?:builder|tests|curation)/[A-Za-z0-9_/]+/)`"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_file_that_is_named_is_there(page: object) -> None:
    """Files and folders in the text exist; ``xx`` stands for a language."""
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # a path
    named = [path for path in PATH.findall(text) if "/xx." not in path]
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_both_languages_say_the_same() -> None:
    """The same files, and as many sections."""
    one, two = (page.read_text(encoding="utf-8") for page in PAGES)
    assert set(PATH.findall(one)) == set(PATH.findall(two))
    assert one.count("\n## ") == two.count("\n## ")


def test_the_tests_of_a_room_need_no_browser() -> None:
    """What all tests share does not load Playwright."""
    script = "import conftest, sys; print('playwright' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT / "tests",
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
