"""``explain --html``: one post as a page, raw and clean side by side."""

from __future__ import annotations

from pathlib import Path

from builder.cleaning import Repetition
from builder.cleaning.comparison import Piece, compare
from builder.commands.console import echo
from builder.commands.convert import classified, taken_around
from builder.commands.opened import post_of
from builder.config.project import Curation
from builder.model.article import Article
from builder.pages.explaining import explained_page
from builder.problems import BuilderError, Problem, Wording


def explain_as_page(path: Path, language: str) -> tuple[Problem, ...]:
    """Print the page.

    Args:
        path: One file.
        language: Language of the labels.

    Returns:
        Why the file could not be read.

    Raises:
        BuilderError: It is a folder, or a plan.
    """
    if path.is_dir():
        raise BuilderError(Wording("explain-folder", {"path": str(path)}))
    intake, curation = taken_around(path)
    for item, topics in classified(intake, curation):
        if not isinstance(item, Article):
            raise BuilderError(Wording("explain-plan", {"path": str(path)}))
        labels = {slug: term.label for slug, term in curation.vocabulary.topics.items()}
        echo(explained_page(item, topics, labels, _lines(path, item, curation), language), newline=False)
    return intake.problems


def _lines(path: Path, article: Article, curation: Curation) -> tuple[tuple[Piece, ...], ...]:
    post = post_of(path, article)
    assert post is not None  # noqa: S101  # it has just been made an article of
    fix = curation.correction(article.path, article.identifier)
    return compare(post, curation.sources, Repetition(), fix)
