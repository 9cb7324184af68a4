"""What ``convert --json`` prints for an article: one flat record."""

from __future__ import annotations

from builder.model.article import Article, TopicAssignment


def article_record(article: Article, topics: tuple[TopicAssignment, ...]) -> dict[str, object]:
    """An article as a JSON object.

    Args:
        article: The cleaned post.
        topics: Its topics, strongest first.

    Returns:
        ``file, kind, title, published, updated, source, carrier, author, url, lang, topics, images, markdown, removed,
        problems``.
    """
    return {
        "file": article.path,
        "kind": "article",
        "title": article.title,
        "published": article.published.stated if article.published else None,
        "updated": next(iter(article.credits.get("updated", ())), None),
        "source": article.source,
        "carrier": article.carrier,
        "author": article.author,
        "url": article.url,
        "carrier_url": article.carrier_url,
        "lang": article.language,
        "topics": [assignment.topic for assignment in topics],
        "images": [
            {"src": image.source, "alt": image.alternative, "caption": image.caption} for image in article.images
        ],
        "markdown": article.markdown,
        "removed": [
            {"rule": removal.rule, "text": removal.text, "moved_to": removal.moved_to} for removal in article.removals
        ],
        "problems": [{"code": problem.code, "message": problem.message()} for problem in article.problems],
    }
