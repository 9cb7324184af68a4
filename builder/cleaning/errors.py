"""Bodies that are no article: saved error pages and posts without text."""

from __future__ import annotations

from collections.abc import Sequence

from builder.cleaning.repetition import title_key
from builder.cleaning.wording import wording
from builder.folding import fold
from builder.model.article import Image
from builder.model.post import Post
from builder.problems import Problem

_LEAST_TEXT = 200  # an error page may carry a sentence of apology, and a story about error 404 is longer


def body_problems(post: Post, text: str, images: Sequence[Image], habits: frozenset[str]) -> list[Problem]:
    """Say where a post is no article.

    Args:
        post: The raw post.
        text: Its cleaned text.
        images: Its images.
        habits: What its source repeats; among it the title where several posts without text share it.

    Returns:
        ``error-page`` (not published) for a page that its server saved in place of an article: a title that says so,
        or no text under a title that others without text share, or neither text nor date. ``no-text`` for a post that
        has nothing but a title, or pictures.
    """
    path = post.document.path
    title = fold(post.title).strip()
    says_so = bool(title) and len(text) < _LEAST_TEXT and bool(wording().error_title.fullmatch(title))
    nothing = not text.strip() and not images
    if says_so or (nothing and (post.published is None or title_key(post) in habits)):
        return [Problem("error-page", path, values={"title": post.title})]
    if not text.strip() and post.document.kind != "scan":
        return [Problem("no-text", path)]
    return []
