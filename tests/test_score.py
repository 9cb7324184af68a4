"""The score against the annotated posts stays above a floor that was measured."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOOR = json.loads((ROOT / "tests" / "floor.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated corpus is not beside the checkout"),
]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The script behind ``make score``."""
    sys.path.insert(0, str(ROOT / "tools"))
    return importlib.import_module("score")


@pytest.fixture(scope="module")
def articles(tool: ModuleType) -> dict[str, object]:
    """Every post of the corpus, cleaned without profiles."""
    cleaned: dict[str, object] = tool.clean_all(tool.read_posts(SHARED / "corpus"), {})
    return cleaned


@pytest.mark.parametrize(("gold", "folder"), [("articles.json", "corpus"), ("seeds.json", "seeds")])
def test_score_stays_above_the_floor(tool: ModuleType, articles: dict[str, object], gold: str, folder: str) -> None:
    """No number falls below what was reached, without any profile."""
    cleaned = articles if folder == "corpus" else tool.clean_all(tool.read_posts(SHARED / folder), {})
    rows, floor = tool.score(gold, cleaned), FLOOR[gold]
    means = {key: sum(float(row[key]) for row in rows) / len(rows) for key in tool.SHOWN}
    assert sum(map(tool.is_perfect, rows)) >= floor["perfect"]
    assert means["leaks"] <= floor["leaks"]
    assert {key: means[key] >= floor[key] for key in floor if key not in {"perfect", "leaks"}} == {
        key: True for key in floor if key not in {"perfect", "leaks"}
    }


def test_every_file_is_a_page_or_a_problem(tool: ModuleType, articles: dict[str, object]) -> None:
    """Each file of the sample ends as an article; its ledger adds up."""
    assert len(articles) == len(tool.files_below(SHARED / "corpus"))
    assert tool.problems_line(articles).endswith(" 0 ledgers not exact")
