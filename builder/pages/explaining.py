"""One file explained as a page of its own: raw and clean side by side, and the rule at each piece that was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.cleaning.comparison import Piece
from builder.model.article import Article, TopicAssignment
from builder.pages.rendering import Renderer


def explained_page(
    article: Article,
    topics: Sequence[TopicAssignment],
    labels: Mapping[str, str],
    lines: Sequence[Sequence[Piece]],
    language: str,
) -> str:
    """A page that asks nobody for anything and runs no script.

    Args:
        article: What the file became.
        topics: Its topics, strongest first.
        labels: Names of the topics, by slug.
        lines: The raw lines, marked.
        language: Language of the labels.
    """
    renderer = Renderer(language)
    named = [
        (labels[topic.topic], list(dict.fromkeys(found.term for found in topic.evidence if found.term)))
        for topic in topics
    ]
    context = {"article": article, "topics": named, "lines": lines, "language": renderer.language}
    content = renderer.file("explained.html", "explained.html.j2", context).content
    assert isinstance(content, bytes)  # noqa: S101  # a rendered file, never one to copy
    return content.decode()
