"""The plans keyed by hand beside the checkout: headings, paragraphs, elements."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builder.documents.judging import judge
from builder.documents.parsing import parse
from builder.documents.record import to_record
from builder.model.post import RawDocument

ROOT = Path(__file__).parents[1]
PLANS = ROOT.parent / "shared" / "plan"
CORPUS = ROOT.parent / "shared" / "corpus"
SEED = ROOT.parent / "shared" / "seeds" / "004_95d53973c94e1992.txt"

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not PLANS.exists(), reason="needs the plans beside the checkout")]


def scores(folder: Path) -> dict[str, dict[str, float]]:
    """The scorer's verdict on every plan, by document."""
    lines = []
    for path in [*sorted(PLANS.glob("more/*.md")), *sorted(PLANS.glob("more/*.txt")), SEED]:
        raw = path.read_bytes()
        document = RawDocument(path.name, hashlib.sha256(raw).hexdigest(), len(raw), "utf-8", raw.decode())
        lines.append(json.dumps({"file": path.name, **to_record(parse(document))}, ensure_ascii=False))
    candidate = folder / "plans.jsonl"
    candidate.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(PLANS / "score_plan.py"), str(PLANS / "more"), str(candidate), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {row["doc"]: row for row in json.loads(done.stdout)["documents"]}


def test_headings_and_paragraphs(tmp_path: Path) -> None:
    """Every heading of every plan, every paragraph where they are keyed; the seed's 98 even without folding."""
    rows = scores(tmp_path)
    assert {name: row["F1"] for name, row in rows.items()} == dict.fromkeys(rows, 1.0)
    assert len(rows) == 6
    assert {row["para_F1_folded"] for row in rows.values() if "para_F1_folded" in row} == {1.0}
    assert (rows["004"]["para_match"], rows["004"]["para_cand"]) == (98, 98)


def test_elements(tmp_path: Path) -> None:
    """Targets, official elements and joins equal what was keyed by hand; names, repairs, doubts are curation."""
    spec = importlib.util.spec_from_file_location("elements", ROOT / "tools" / "score_plan_elements.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    sys.modules["elements"] = tool
    spec.loader.exec_module(tool)
    (tmp_path / "seeds").mkdir()
    shutil.copy(SEED, tmp_path / "seeds")
    (tmp_path / "mkdocs.yml").write_text("site_name: 规划\n", encoding="utf-8")
    differing = [comparison for comparison in tool.compare(PLANS, tmp_path) if not comparison.equal]
    curated = ("names", "repairs", "doubts")
    assert [each for each in differing if not each.group.startswith(curated)] == []


def test_no_post_is_taken_for_a_plan() -> None:
    """None of the corpus's posts is a plan; every plan is one."""
    posts = [path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.name != "QUIRKS.md"]
    assert len(posts) > 900
    assert [path.name for path in posts if judge(path.read_text(encoding="utf-8", errors="replace")).is_document] == []
    plans = [*PLANS.glob("more/*.md"), *PLANS.glob("more/*.txt"), SEED]
    assert all(judge(path.read_text(encoding="utf-8")).is_document for path in plans)
