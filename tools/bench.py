#!/usr/bin/env python3
"""Processor time per post: reading, cleaning and rendering, beside markdownify alone and trafilatura, in the same run.

usage: bench.py [--every N]

Every tool sees every N-th post of the corpus beside the checkout (else the seeds); the shortest of a few runs counts,
so that a busy machine disturbs little. Only the ratios compare between machines.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import markdownify

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from score import files_below

from builder import cleaning, reading
from builder.config.curation import SourceProfile
from builder.config.project import Project, load_curation
from builder.model.post import Post

ROUNDS = 3


def milliseconds(work: Callable[[], object]) -> float:
    """The shortest of a few runs: the least disturbed one."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times) * 1000


def extractor() -> Callable[[str], object] | None:
    """Trafilatura, where someone has installed it; the project does not need it."""
    try:
        return importlib.import_module("trafilatura").extract  # type: ignore[no-any-return]  # an optional library
    except ImportError:
        return None


def contestants(
    profiles: Mapping[str, SourceProfile], repetition: cleaning.Repetition
) -> dict[str, Callable[[Post], object]]:
    """Each tool, as it makes text of a post; ours begins with the decoded file."""
    tools: dict[str, Callable[[Post], object]] = {
        "read, clean, render": lambda post: cleaning.clean(
            reading.parse_post(post.document), profiles, repetition.of(post)
        ),
        "markdownify alone": lambda post: markdownify.markdownify(post.body),
    }
    extract = extractor()
    if extract:
        tools["trafilatura"] = lambda post: extract(f"<html><body>{post.body}</body></html>")
    return tools


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="time per post")
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    folder = SHARED / "corpus" if (SHARED / "corpus").is_dir() else ROOT / "seeds"
    files = files_below(folder)[:: arguments.every]
    profiles = load_curation(Project(ROOT)).sources
    posts = [reading.parse_post(read[0]) for path, name in files if (read := reading.read_document(path, name))[0]]
    begun = time.process_time()
    repetition = cleaning.learn(posts, profiles)
    learning = (time.process_time() - begun) * 1000 / len(posts)
    tools = contestants(profiles, repetition)
    times = {name: [milliseconds(partial(work, post)) for post in posts] for name, work in tools.items()}
    alone = statistics.median(times["markdownify alone"])
    print(f"{len(posts)} posts of {folder.name}, milliseconds of processor time per post, best of {ROUNDS}")
    for tool, measured in times.items():
        median, mean = statistics.median(measured), statistics.mean(measured)
        print(f"{tool:22s} median {median:6.2f}  mean {mean:6.2f}  {median / alone:5.2f} × markdownify alone")
    print(f"{'learning repetition':22s} mean   {learning:6.2f}  (once per build, over all posts)")


if __name__ == "__main__":
    main()
