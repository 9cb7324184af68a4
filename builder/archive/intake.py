"""Takes in every seed: reads it, tells plans from posts, cleans the posts with what all of them repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import cleaning, plan, reading
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.plan import Plan
from builder.model.post import Post, RawDocument
from builder.problems import Problem

Progress = Callable[[Sequence[Any], str], Iterable[Any]]
"""Told of long work: passes the items of a stage on, one by one."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that the seeds hold.

    Attributes:
        articles: By path.
        plans: By path.
        problems: Of files that could not be read; an article's own problems stay with it.
    """

    articles: tuple[Article, ...]
    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...]


def silent(items: Sequence[Any], _stage: str) -> Iterable[Any]:
    """The progress that says nothing."""
    return items


def take_in(path: Path, curation: Curation, progress: Progress = silent) -> Intake:
    """Read and clean a folder of seeds, or one file.

    Args:
        path: The folder, or the file.
        curation: Profiles and corrections.
        progress: Told of each file.

    Returns:
        Articles and plans, by path; bad files end as problems and never stop the others.
    """
    files, unread = reading.discover(path)
    named = [(file, file.relative_to(path).as_posix() if path.is_dir() else file.name) for file in files]
    documents, problems = _read(named, progress)
    plans = [document for document in documents if plan.is_plan(document.text)]
    taken = {document.path for document in plans}
    posts = [reading.parse_post(document) for document in documents if document.path not in taken]
    return Intake(
        articles=tuple(_cleaned(posts, curation, progress)),
        plans=tuple(plan.parse(document, curation.corrections.seeds.get(document.path)) for document in plans),
        problems=(*unread, *problems),
    )


def _read(files: Sequence[tuple[Path, str]], progress: Progress) -> tuple[list[RawDocument], list[Problem]]:
    documents: list[RawDocument] = []
    problems: list[Problem] = []
    for path, relative in progress(files, "stage_read"):
        document, found = reading.read_document(path, relative)
        problems.extend(found)
        if document:
            documents.append(document)
    return documents, problems


def _cleaned(posts: Sequence[Post], curation: Curation, progress: Progress) -> Iterator[Article]:
    repetition = cleaning.learn(posts, curation.sources)
    for post in progress(posts, "stage_clean"):
        yield cleaning.clean(post, curation.sources, repetition)
