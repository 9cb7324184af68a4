#!/usr/bin/env python3
"""Queries against a site of the seeds and the corpus, in a real Chromium, on the search page.

usage: score_search.py [QUERIES.jsonl]

A query whose text (folded, without punctuation) stands in expected seeds only must find one of them first; any other
only articles that truly hold it (or another name of it that the page says it searched for), an expected one among
them; queries of kind ``none`` nothing that claims to match; ``loose`` ones, which stand nowhere, an expected one in the
first five. Results labelled as near claim nothing.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from search_site import SHARED, Corpus, Shown, ask, build_site, chromium, served, take_corpus

from builder.model.search import SearchRecord
from builder.search.characters import plain, verbatim
from builder.search.scanning import QueryTerm, read_question

FIRST = 5


def holds(record: SearchRecord, query: str) -> bool:
    """Whether a record truly holds every term, in its text or its metadata: a plain scan."""
    lines = [record.title, record.source, *record.credits, "\n".join(section.text for section in record.sections)]
    return all(any(_stands(term, lines) for term in group) for group in read_question(query).groups)


def _stands(term: QueryTerm, lines: list[str]) -> bool:
    return any(term.exact in verbatim(line).plain if term.exact else term.plain in plain(line) for line in lines)


def judge(case: dict[str, object], shown: Shown, corpus: Corpus, holding: set[str]) -> str:
    """What is wrong with an answer; empty where nothing is."""
    found = [corpus.seeds[page] for page in shown.claimed]
    anything = [corpus.seeds[page] for page in shown.pages]
    expected = set(case["expect"])  # type: ignore[call-overload]  # a list of names
    if case["kind"] == "none":
        return "claims to match" if found else ""
    if case["kind"] == "loose":
        return "" if expected & set(anything[:FIRST]) else "none expected in the first five"
    if not found:
        return "not found"
    if holding <= expected:
        return "" if found[0] in expected else "another one is first"
    wrong = [name for name in found if name not in holding]
    if wrong:
        return f"does not hold it: {wrong[0]}"
    return "" if expected & holding & set(found) or len(holding) > len(found) else "no expected one among them"


def main() -> None:
    """Build, ask, print a line for each failure, and the sum."""
    queries = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "search" / "queries.jsonl"
    cases = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        corpus = take_corpus(Path(folder) / "archive")
        build_site(corpus.project)
        failed = 0
        with served(corpus.project.root / "site") as line, chromium() as browser:
            page = browser.new_page()
            page.goto(line.address + "search/index.html", wait_until="networkidle")
            for case in cases:
                shown = ask(page, case["q"])
                holding = {corpus.seeds[record.address] for record in corpus.records if holds(record, case["q"])}
                wrong = judge(case, shown, corpus, holding)
                failed += bool(wrong)
                mark = "✗" if wrong else "✓"
                print(mark, case["kind"], case["q"], shown.note, wrong, sep="\t")
    print(f"{len(cases) - failed} of {len(cases)} queries answered as they should be")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
