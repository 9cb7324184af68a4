"""The short form of ``make attack``: faults, a kill, damage, changes while a seed is read, mutants, growth."""

from __future__ import annotations

import importlib
import random
import sys
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(not hasattr(sys, "addaudithook") or sys.platform != "linux", reason="it forks"),
]
FEW = 3


@pytest.fixture(scope="module")
def attack() -> ModuleType:
    """The script behind ``make attack``."""
    sys.path.insert(0, str(ROOT / "tools"))
    return importlib.import_module("attack")


@pytest.fixture(scope="module")
def parts(attack: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Its parts over one archive, and what they share."""
    scratch = tmp_path_factory.mktemp("attack")
    return {"laboratory": attack.laboratory(scratch), "scratch": scratch, "draw": random.Random(7)}  # noqa: S311  # no secret


def test_a_fault_at_a_call_is_said_and_mended(attack: ModuleType, parts: dict[str, Any]) -> None:
    """Some calls of a build fail: the site is right or the code says that it is not, and the next build is right."""
    found = list(attack.faults(parts["laboratory"], parts["draw"], parts["scratch"], FEW))
    assert len(found) == FEW
    assert [str(wrong) for _, several in found for wrong in several] == []


def test_a_kill_and_damage_are_mended(attack: ModuleType, parts: dict[str, Any]) -> None:
    """Killed at a random moment, or with a remembered file damaged, the next build is right."""
    found = [
        *attack.kills(parts["laboratory"], parts["draw"], FEW),
        *attack.damage(parts["laboratory"], parts["draw"], FEW),
    ]
    assert [str(wrong) for _, several in found for wrong in several] == []


def test_a_seed_that_changes_while_it_is_read(attack: ModuleType, parts: dict[str, Any]) -> None:
    """Between any two readings it may change and change back: nothing of the other text is left."""
    laboratory = parts["laboratory"]
    found = list(attack.swaps(laboratory, attack.SEED, laboratory.other, parts["scratch"]))
    assert len(found) > 1, "a seed is read more than once"
    assert [str(wrong) for _, several in found for wrong in several] == []


def test_the_laboratory_would_notice(parts: dict[str, Any]) -> None:
    """A page that is another is wrong, so the tests above can fail."""
    laboratory = parts["laboratory"]
    page = next(iter(sorted((laboratory.root / "site" / "articles").glob("*.html"))))
    page.write_text("other", encoding="utf-8")
    assert not laboratory.is_right
    assert "exit 0" in str(next(laboratory.after("a page overwritten", 0, "")))


def test_mutants_break_nothing(attack: ModuleType) -> None:
    """Posts with bytes changed, cut, repeated and mixed: no exception, no live markup, no text lost."""
    assert [wrong for _, several in attack.mutants(random.Random(3), 100) for wrong in several] == []  # noqa: S311  # no secret


def test_patterns_are_found_and_growth_is_noticed(attack: ModuleType) -> None:
    """Every compiled pattern of the package is reached, and one that grows with the square is told."""
    import re  # noqa: PLC0415  # for one pattern

    found = attack.attack_patterns.patterns()
    assert len(found) > 400
    for units, made in (((" ",), r"\s+x$"), ((), r"来源：\s*[(]?\s*x")):
        slow = list(attack.attack_patterns.slow_patterns(units, 1 << 13, {"made.up_PATTERN": re.compile(made)}))
        assert len(slow) == 1, made


def test_some_stages_grow_in_proportion(attack: ModuleType) -> None:
    """What once took minutes: underscores, brackets, short lines, rules."""
    stages = attack.attack_stages
    units = ("_", "(", "|", "a\n", "---\n")
    assert [str(slow) for slow in stages.slow_stages(units, 1 << 12, stages.stages())] == []
