#!/usr/bin/env python3
"""Measure the search: random phrases over the seeds and the corpus, then size, build and speed at 10,000 articles.

usage: bench_search.py [--seed N] [--articles N] [--phrases N]

Phrases are 4 to 8 characters that stand (folded) in exactly one article, half of them asked in the other script. The
many articles are the real ones with their sentences shuffled, on other days. The slow line is the server's: each
answer waits 100 ms, and all of them share 500 KB/s. "First" is what has been downloaded when the first results show;
"all" is after the page has filled up.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import pickle
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import opencc
from playwright.sync_api import Browser
from search_site import SHARED, Corpus, Line, ask, build_site, chromium, served, stub_of, take_corpus

from builder.model.search import SearchNames, SearchRecord, SearchSection
from builder.search.characters import GAP, located
from builder.search.writing import IndexChange, update_index

SLOW = Line(latency=0.1, bytes_per_second=500_000)
SHORTEST, LONGEST = 4, 8
FIRST = 5
FEW = 2000
SAMPLES = 3


def phrases(records: Sequence[SearchRecord], count: int, chosen: random.Random) -> list[tuple[str, str]]:
    """So many phrases with the address of the one record that has each."""
    texts = {record.address: "\n".join(section.text for section in record.sections) for record in records}
    read = {address: located(text) for address, text in texts.items()}
    everything = "\n".join(
        [*(one.plain for one in read.values()), *(located(record.title).plain for record in records)]
    )
    addresses = [address for address, one in read.items() if len(one.plain) > LONGEST]
    found: list[tuple[str, str]] = []
    while len(found) < count:
        address = chosen.choice(addresses)
        one, length = read[address], chosen.randint(SHORTEST, LONGEST)
        start = chosen.randrange(len(one.plain) - length)
        part = one.plain[start : start + length]
        written = texts[address][one.places[start] : one.places[start + length - 1] + 1]
        if GAP in part or re.search(r"[\s\"“”「」『』＂]", written) or everything.count(part) != 1:
            continue
        found.append((_other_script(written) if len(found) % 2 else written, address))
    return found


def _other_script(text: str) -> str:
    simplified = str(opencc.OpenCC("t2s").convert(text))
    return simplified if simplified != text else str(opencc.OpenCC("s2t").convert(text))


def many(records: Sequence[SearchRecord], count: int, chosen: random.Random) -> Iterator[SearchRecord]:
    """So many articles: the real ones, then copies with their sentences in another order, on another day."""
    yield from records[:count]
    for number in range(len(records), count):
        record = records[number % len(records)]
        sentences = [part for one in record.sections for part in re.split(r"(?<=[。！？\n])", one.text)]
        chosen.shuffle(sentences)
        identifier = f"{record.id}-{number}"
        address = f"articles/{identifier}.html"
        yield dataclasses.replace(
            record,
            id=identifier,
            address=address,
            kind="article",
            date=f"{chosen.randint(2015, 2023)}-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02}",
            sections=(SearchSection(address, "".join(sentences)),),
        )


class Records:
    """Records on disk, so that what building an index takes is the index's own."""

    def __init__(self, folder: Path) -> None:
        """Open them."""
        self._file = (folder / "records").open("rb")
        self.stubs, self.names, self._places = pickle.loads((folder / "stubs").read_bytes())  # noqa: S301  # written by this script a moment ago

    def load(self, identifier: str) -> SearchRecord:
        """One by its identifier."""
        self._file.seek(self._places[identifier])
        record: SearchRecord = pickle.load(self._file)  # noqa: S301  # written by this script
        return record


def keep(records: Iterable[SearchRecord], names: SearchNames, folder: Path) -> None:
    """Write records so that ``Records`` finds them."""
    folder.mkdir(parents=True)
    stubs, places = [], {}
    with (folder / "records").open("wb") as file:
        for record in records:
            places[record.id] = file.tell()
            stubs.append(stub_of(record, b"as it was"))
            pickle.dump(record, file)
    (folder / "stubs").write_bytes(pickle.dumps((stubs, names, places)))


def build(source: Path, folder: Path) -> None:
    """In a process of its own: index records, change some, and print what that took."""
    records = Records(source)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = _processor_time()
    change = update_index(records.stubs, records.load, records.names)
    seconds = _processor_time() - begun
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    _write(folder, change)
    texts = sum(len(content) for name, content in change.files.items() if "/texts/" in name)
    index = sum(map(len, change.files.values())) - texts
    count = len(records.stubs)
    print(f"{count} articles: index {index / 1e6:.2f} MB, texts {texts / 1e6:.2f} MB, {len(change.files)} files")
    print(
        f"  built in {seconds:.1f} s of processor time; {own:.0f} MB at most ({held:.0f} before), children {others:.0f}"
    )
    for start in ("root.gz", "records.gz", "lexicon", "names.gz", "disk.js"):
        size = sum(len(content) for name, content in change.files.items() if name.startswith(start))
        print(f"  {start}: {size / 1000:.1f} KB")
    if count > FEW:
        change_some(records, change)


def change_some(records: Records, before: IndexChange) -> None:
    """Change one article at a time, each from the same beginning, and print what that takes in the median."""
    days = sorted(stub.date for stub in records.stubs)
    middle = days[len(days) // 2]
    samples = [records.load(stub.id) for stub in records.stubs[100 :: len(days) // SAMPLES]]
    changes = {
        "newest added": [dataclasses.replace(one, id=f"last-{one.id}", date=days[-1]) for one in samples],
        "one between added": [dataclasses.replace(one, id=f"old-{one.id}", date=middle) for one in samples],
        "title corrected": [dataclasses.replace(one, title=f"{one.title}更正") for one in samples],
    }
    for name, changed in changes.items():
        rows = [_updated(records, one, before) for one in changed]
        seconds, files, size = (statistics.median(row[column] for row in rows) for column in range(3))
        print(f"  {name}: {seconds:.2f} s of processor time, {files:.0f} files changed, {size:.2f} MB")
    print(f"  state: {len(before.state) / 1000:.0f} KB")


def _updated(records: Records, added: SearchRecord, before: IndexChange) -> tuple[float, int, float]:
    """Seconds of processor time, and number and megabytes of the files whose bytes changed."""

    def load(identifier: str) -> SearchRecord:
        return added if identifier == added.id else records.load(identifier)

    begun = _processor_time()
    stubs = [stub for stub in records.stubs if stub.id != added.id] + [stub_of(added, b"new")]
    change = update_index(stubs, load, records.names, before.files, before.state)
    seconds = _processor_time() - begun
    changed = [content for path, content in change.files.items() if before.files.get(path) != content]
    return seconds, len(changed) + len(change.removed), sum(map(len, changed)) / 1e6


def _processor_time() -> float:
    """Seconds of this process and of those it has waited for."""
    return sum(os.times()[:4])


def _write(folder: Path, change: IndexChange) -> None:
    for name, content in change.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def index_apart(records: Iterable[SearchRecord], names: SearchNames, folder: Path) -> None:
    """Build an index in another process."""
    source = folder.with_suffix(".records")
    keep(records, names, source)
    subprocess.run([sys.executable, __file__, "--build", str(source), str(folder)], check=True)


def find_phrases(browser: Browser, corpus: Corpus, asked: Sequence[tuple[str, str]]) -> None:
    """Ask every phrase on the search page."""
    ranks = []
    with served(corpus.project.root / "site") as line:
        page = browser.new_page()
        page.goto(line.address + "search/index.html", wait_until="networkidle")
        for phrase, address in asked:
            shown = ask(page, phrase)
            seeds = [corpus.seeds[found] for found in shown.claimed]
            rank = seeds.index(corpus.seeds[address]) if corpus.seeds[address] in seeds else None
            ranks.append(rank)
            if rank is None or rank:
                print(f"  {phrase}\t{'not found' if rank is None else f'place {rank + 1}'}")
        page.close()
    first, few = ranks.count(0), sum(rank is not None and rank < FIRST for rank in ranks)
    print(f"{len(ranks)} phrases: {first} first, {few} in the first {FIRST}")


def time_queries(browser: Browser, site: Path, asked: Sequence[str]) -> None:
    """Ask each query in a fresh browser over the slow line."""
    rows: list[tuple[float, float, float, str]] = []
    for query in asked:
        with served(site, SLOW) as line:
            context = browser.new_context()
            page = context.new_page()
            page.goto(line.address + "search/index.html", wait_until="networkidle")
            begun = time.perf_counter()
            ask(page, query, first=True)
            seconds = time.perf_counter() - begun
            first = line.sent("/search/data/")
            page.wait_for_timeout(1500)
            rows.append((seconds, first / 1000, line.sent("/search/data/") / 1000, query))
            context.close()
    _summary("seconds to the first result", [row[0] for row in rows])
    _summary("KB, first", [row[1] for row in rows])
    _summary("KB, all", [row[2] for row in rows])
    print(
        "  most:",
        ", ".join(f"{row[3]} {row[1]:.0f} KB {row[0]:.2f} s" for row in sorted(rows, key=lambda row: row[1])[-5:]),
    )


def _summary(name: str, numbers: Sequence[float]) -> None:
    values = sorted(numbers)
    mean, middle, high = statistics.mean(values), statistics.median(values), values[int(len(values) * 0.95)]
    print(f"  {name}: mean {mean:.2f}, median {middle:.2f}, 95 % {high:.2f}, most {values[-1]:.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="measure the search")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--phrases", type=int, default=200)
    parser.add_argument("--build", nargs=2, type=Path)
    arguments = parser.parse_args()
    if arguments.build:
        build(*arguments.build)
        return
    chosen = random.Random(arguments.seed)  # noqa: S311  # to measure the same thing twice
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        corpus = take_corpus(folder / "archive")
        index_apart(
            [one for one in corpus.records if "/" not in corpus.paths[one.address]], corpus.names, folder / "few"
        )
        build_site(corpus.project)
        asked = phrases(corpus.records, arguments.phrases, chosen)
        find_phrases(browser, corpus, asked)
        index_apart(many(corpus.records, arguments.articles, chosen), corpus.names, folder / "many")
        site = corpus.project.root / "site"
        shutil.rmtree(site / "search" / "data")
        shutil.copytree(folder / "many", site / "search" / "data")
        queries = re.findall(
            r'"q": "((?:[^"\\]|\\.)*)"', (SHARED / "search" / "queries.jsonl").read_text(encoding="utf-8")
        )
        time_queries(browser, site, [query.replace('\\"', '"') for query in queries])
        print("  and random phrases:")
        time_queries(browser, site, [phrase for phrase, _ in asked[:40]])


if __name__ == "__main__":
    main()
