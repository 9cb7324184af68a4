"""What ``explain`` says of the file itself: what it was opened as, and what was found of its metadata, where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder import containers, reading
from builder.cleaning import said_in_text
from builder.config.curation import SourceProfile
from builder.languages import labels
from builder.model.article import Article
from builder.model.post import Post
from builder.problems import Language
from builder.reading.dates import read_date

_LONGEST = 160


def post_of(file: Path, article: Article) -> Post | None:
    """An article's post, read once more from its file; None where the file has changed meanwhile.

    Args:
        file: Where it lies.
        article: The article that was made of it.
    """
    opened = containers.open_file(file, article.file)
    part = next((each for each in opened.parts if each.member == article.member), None)
    if part is None:
        return None
    document, _ = reading.decode_part(part, article.path, opened.sha256, opened.size)
    return reading.parse_post(document) if document else None


def opened_lines(
    file: Path, article: Article, language: Language, profiles: Mapping[str, SourceProfile]
) -> Iterator[str]:
    """The kind of the file, and every candidate for a field with its evidence; an arrow marks those that won.

    Args:
        file: Where it lies.
        article: The article that was made of it.
        language: Of the labels.
        profiles: The outlets' profiles.
    """
    said = labels(language)
    yield f"\n## {said['explain_opened']}"
    yield f"{said['explain_kind']}: {said['kind_' + article.container]}"
    if article.member:
        yield f"{said['explain_member']}: {article.member}"
    yield from (f"{said['explain_picture']}: pictures/{name}" for name in article.pictures)
    post = post_of(file, article)
    if post is None:
        return
    yield f"\n## {said['explain_candidates']}"
    won = {article.title, article.title_original, article.url, article.author, article.source, article.carrier}
    won |= set(_SEVERAL.split(article.author or ""))
    won |= {article.published.stated if article.published else None, *article.credits.get("updated", ())}
    found = (*post.candidates, *said_in_text(post, profiles))
    for each in sorted(dict.fromkeys(found), key=lambda one: (one.field, one.rank)):
        date = read_date(each.value) if each.field in {"published", "updated"} else None
        mark = "→" if (date.stated if date else each.value) in won else " "
        yield f"{mark} {each.field}: {each.value[:_LONGEST]} ({each.evidence[:_LONGEST]})"


_SEVERAL = re.compile(r"\s*[,，、]\s*")
