#!/usr/bin/env python3
"""Ask graded queries on the search page of a site of the five seeds and a folder of posts, in Chromium.

usage: graded_run.py --corpus DIR --queries FILE --out RUN.json

FILE has a JSON object with ``query`` on each line. RUN.json is what ``score_search_graded.py`` reads:
``{query: {"files": [paths below seeds/, best first, ten], "near": whether all of them only come near}}``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import TimeoutError  # noqa: A004  # Playwright's own
from search_site import ask, build_site, chromium, served, take_corpus

DEPTH = 10


def main() -> None:
    """Build, ask, write."""
    parser = argparse.ArgumentParser(description="ask graded queries in a browser")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    queries = [json.loads(line)["query"] for line in arguments.queries.read_text("utf-8").splitlines() if line.strip()]
    run = {}
    with tempfile.TemporaryDirectory() as folder:
        corpus = take_corpus(Path(folder) / "archive", arguments.corpus)
        build_site(corpus.project)
        with served(corpus.project.root / "site") as line, chromium() as browser:
            page = browser.new_page()
            page.goto(line.address + "search/index.html", wait_until="networkidle")
            for query in queries:
                try:
                    shown = ask(page, query)
                except TimeoutError:
                    print(f"not answered: {query}", file=sys.stderr)
                    page.reload(wait_until="networkidle")
                    continue
                files = list(dict.fromkeys(corpus.paths[one] for one in shown.pages if one in corpus.paths))
                run[query] = {"files": files[:DEPTH], "near": bool(files) and all(shown.near)}
    arguments.out.write_text(json.dumps(run, ensure_ascii=False, indent=0), "utf-8")


if __name__ == "__main__":
    main()
