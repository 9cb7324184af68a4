#!/usr/bin/env python3
"""Score the builder against the annotated posts beside the checkout: a line per family, with and without profiles.

usage: score.py [--worst N]

Posts are read from ``../shared/corpus`` (all of it, for repetition is learned from every file of one call) and
``../shared/seeds``; what they must become stands in ``../shared/gold``, and so does the scorer.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from builder import cleaning, reading
from builder.config.curation import SourceProfile
from builder.config.project import Project, load_curation
from builder.documents.judging import judge
from builder.model.article import Article
from builder.model.post import Post

Row = Mapping[str, Any]
NOTES = frozenset(["QUIRKS.md"])
"""Files about a corpus that are no part of it."""
SHOWN = ("f1", "recall", "precision", "blocks", "leaks", "title", "date", "url", "lang")


def read_posts(folder: Path) -> list[Post]:
    """Every post below a folder; plans and files that cannot be read are left out."""
    documents = (reading.read_document(path, relative) for path, relative in files_below(folder))
    return [reading.parse_post(read[0]) for read in documents if read[0] and not judge(read[0].text).is_document]


def files_below(folder: Path) -> list[tuple[Path, str]]:
    """The posts' files and their paths below the folder."""
    found = reading.discover(folder)[0]
    return [(Path(each.file), each.path) for each in found if Path(each.file).name not in NOTES]


def clean_all(posts: Sequence[Post], profiles: Mapping[str, SourceProfile]) -> dict[str, Article]:
    """Articles by path, repetition learned from all posts."""
    repetition = cleaning.learn(posts, profiles)
    return {post.document.path: cleaning.clean(post, profiles, repetition.of(post)) for post in posts}


def candidate(article: Article) -> dict[str, object]:
    """What the scorer reads of an article: the same keys that ``convert --json`` gives."""
    return {
        "file": article.path,
        "markdown": article.markdown,
        "title": article.title,
        "published": article.published.iso if article.published else None,
        "url": article.url,
        "lang": article.language,
    }


def load_scorer(name: str = "gold/score.py") -> Any:  # noqa: ANN401  # a module of the annotators, not ours
    """A scorer that lies beside the annotated posts."""
    spec = importlib.util.spec_from_file_location(Path(name).stem, SHARED / name)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{SHARED / name}: no scorer here")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(gold_file: str, articles: Mapping[str, Article]) -> list[Row]:
    """A row of numbers for each annotated post."""
    scorer = load_scorer()
    gold = json.loads((SHARED / "gold" / gold_file).read_text(encoding="utf-8"))
    return [scorer.score(entry, candidate(articles[entry["file"]])) for entry in gold]


def is_perfect(row: Row) -> bool:
    """As the scorer counts it."""
    return bool(row["recall"] > 0.999 and row["precision"] > 0.999)  # noqa: PLR2004  # the scorer's own bounds


def summary(name: str, rows: Sequence[Row]) -> str:
    """One line: how many are perfect, and the means."""
    means = "  ".join(f"{key} {sum(float(row[key]) for row in rows) / len(rows):.4f}" for key in SHOWN)
    return f"{name:16s} perfect {sum(map(is_perfect, rows)):2d}/{len(rows):2d}  {means}"


def score_articles(worst: int) -> None:
    """Print the annotated posts of the corpus per family, then the seeds, without and with profiles."""
    known = load_curation(Project(ROOT)).sources
    corpus, seeds = read_posts(SHARED / "corpus"), read_posts(SHARED / "seeds")
    for title, profiles in (("without profiles", {}), (f"with {len(known)} profiles", known)):
        print(f"\n{title}")
        articles = clean_all(corpus, profiles)
        rows = score("articles.json", articles)
        families: dict[str, list[Row]] = {}
        for row in rows:
            families.setdefault(row["file"].split("/")[0], []).append(row)
        for family, members in sorted(families.items()):
            print(summary(family, members))
        print(summary("all", rows))
        print(summary("seeds", score("seeds.json", clean_all(seeds, profiles))))
        for row in sorted(rows, key=lambda row: (row["f1"], row["file"]))[:worst]:
            print(f"  {row['f1']:.4f} recall {row['recall']:.4f} precision {row['precision']:.4f}  {row['file']}")
        print(problems_line(articles))


def problems_line(articles: Mapping[str, Article]) -> str:
    """How the whole sample ended: pages, files kept back, ledgers that do not add up."""
    kept_back = [path for path, article in articles.items() if any(x.severity == "error" for x in article.problems)]
    inexact = [path for path, article in articles.items() if any(x.code == "ledger-mismatch" for x in article.problems)]
    pages = len(articles) - len(kept_back)
    return f"{len(articles)} files: {pages} pages, {len(kept_back)} problems, {len(inexact)} ledgers not exact"


SECTIONS: tuple[Callable[[int], None], ...] = (score_articles,)
"""What is scored, in order; each is given how many of the worst to show."""


def main() -> None:
    """Run every section."""
    parser = argparse.ArgumentParser(description="score the builder against the annotated corpus")
    parser.add_argument("--worst", type=int, default=10)
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"{SHARED} is not here: nothing to score against")
    for section in SECTIONS:
        section(arguments.worst)


if __name__ == "__main__":
    main()
