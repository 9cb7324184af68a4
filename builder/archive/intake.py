"""Takes in every seed: reads it, tells plans from posts, cleans the posts with what all of them repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from builder import cleaning, plan, reading
from builder.archive.identity import permalink_id
from builder.archive.sharing import Progress, spread
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.plan import Plan
from builder.model.post import Post, RawDocument
from builder.problems import Problem


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

    @property
    def items(self) -> tuple[Article | Plan, ...]:
        """Articles, then plans."""
        return (*self.articles, *self.plans)


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
    return _taken(named, unread, curation, progress)


def take_in_files(paths: Sequence[Path], seeds: Path, curation: Curation) -> Intake:
    """Read and clean some files of a folder, as far as each can be judged without the others.

    Args:
        paths: Files below the folder, or folders of it.
        seeds: The folder that problems and corrections name them by.
        curation: Profiles and corrections.

    Returns:
        Articles and plans, by path; what a source repeats is learned from these files alone.
    """
    found, problems = reading.discover(seeds)
    wanted = [path for path in found if any(path == one or one in path.parents for one in paths)]
    named = [(path, path.relative_to(seeds).as_posix()) for path in wanted]
    return _taken(named, problems, curation, silent)


def _taken(
    files: Sequence[tuple[Path, str]], unread: Sequence[Problem], curation: Curation, progress: Progress
) -> Intake:
    documents: list[RawDocument] = []
    posts: list[Post] = []
    problems = list(unread)
    for document, post, found in spread(_read, files, progress, "stage_read"):
        problems.extend(found)
        if post:
            posts.append(post)
        elif document:
            documents.append(document)
    return Intake(
        articles=tuple(_cleaned(posts, curation, progress)),
        plans=tuple(plan.parse(document, curation.corrections.seeds.get(document.path)) for document in documents),
        problems=tuple(problems),
    )


def _read(file: tuple[Path, str]) -> tuple[RawDocument | None, Post | None, tuple[Problem, ...]]:
    """A file as a post, or the document of a plan, or neither."""
    document, problems = reading.read_document(*file)
    if document is None or plan.is_plan(document.text):
        return document, None, problems
    return None, reading.parse_post(document), problems


def _cleaned(posts: Sequence[Post], curation: Curation, progress: Progress) -> Iterator[Article]:
    repetition = cleaning.learn(posts, curation.sources)
    clean: Callable[[Post], Article] = partial(_clean, curation=curation, repetition=repetition)
    return spread(clean, posts, progress, "stage_clean")


def _clean(post: Post, *, curation: Curation, repetition: cleaning.Repetition) -> Article:
    correction = curation.corrections.seeds.get(post.document.path)
    return cleaning.clean(post, curation.sources, repetition, correction)


def identify(data: bytes, path: str, curation: Curation) -> tuple[str, str] | None:
    """Which article a seed is.

    Args:
        data: The seed's bytes.
        path: Its path below ``seeds/``.
        curation: Profiles.

    Returns:
        Identifier and digest; None where it is no post, or cannot be read.
    """
    document, _ = reading.decode_document(data, path)
    if document is None or plan.is_plan(document.text):
        return None
    article = cleaning.clean(reading.parse_post(document), curation.sources, cleaning.Repetition())
    return permalink_id(article), article.sha256
