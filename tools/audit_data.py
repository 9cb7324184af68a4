"""Reads what the site publishes for machines as others would: pandas, JSON Schema, RELAX NG, ``sha256sum``."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pandas as pd
from lxml import etree

RULES = Path(__file__).parents[1] / "tests" / "schemas"
_RECORDS = {
    "archive": "archive.json",
    "catalogue": "catalogue.json",
    "article": "articles/*.json",
    "plan": "plans/*.json",
}
"""Which files keep which schema."""


def faults(site: Path) -> Iterator[tuple[str, str]]:
    """File and fault, for whatever does not load or does not keep its rules.

    Args:
        site: The published files.
    """
    records = (site / "data" / "articles").glob("*.json")
    articles = sum(len(json.loads(month.read_text(encoding="utf-8"))) for month in records)
    frames = {
        "data/archive.csv": pd.read_csv(site / "data/archive.csv"),
        "data/archive.json": pd.read_json(site / "data/archive.json"),
    }
    yield from (
        (name, f"{len(frame)} rows in pandas, not {articles}")
        for name, frame in frames.items()
        if len(frame) != articles
    )
    if len({tuple(frame.columns) for frame in frames.values()}) > 1:
        yield "data/archive.csv", "other columns than data/archive.json"
    yield from _json(site)
    yield from _xml(site)
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=site, capture_output=True, text=True, check=False
    )
    yield from (("SHA256SUMS", line) for line in done.stdout.splitlines())
    feeds = len(list(site.glob("feeds/**/*.xml")))
    print(f"data: {articles} articles by pandas, {feeds} feeds and OAI-PMH by schema, checksums by sha256sum")


def _json(site: Path) -> Iterator[tuple[str, str]]:
    """Every published record, against the schema published beside it."""
    for name, pattern in _RECORDS.items():
        rules = json.loads((site / f"data/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(rules)
        for file in sorted((site / "data").glob(pattern)):
            for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
                yield file.relative_to(site).as_posix(), error.message[:200]


def _xml(site: Path) -> Iterator[tuple[str, str]]:
    """Feeds against RFC 4287, the repository against OAI's schema, the sitemap against its grammar's few words."""
    checks = [(file, "atom.rng") for file in sorted(site.glob("feeds/**/*.xml"))]
    for file, name in [*checks, (site / "data/oai-pmh.xml", "static-repository.rng")]:
        rules = etree.RelaxNG(etree.parse(RULES / name))
        if not rules.validate(etree.parse(file)):
            yield file.relative_to(site).as_posix(), str(rules.error_log)[:200]
    for feed in sorted(site.glob("feeds/**/*.json")):
        if json.loads(feed.read_text(encoding="utf-8"))["version"] != "https://jsonfeed.org/version/1.1":
            yield feed.relative_to(site).as_posix(), "not a JSON Feed 1.1"
    words = {re.sub(r"\{.*\}", "", str(node.tag)) for node in etree.parse(site / "sitemap.xml").iter()}
    if not words <= {"urlset", "url", "loc", "lastmod"}:
        yield "sitemap.xml", f"unknown elements: {words}"
