"""Articles for tests that need no cleaning."""

from __future__ import annotations

import dataclasses
from typing import Any

from builder.model.article import Article
from builder.model.post import Published

_PLAIN = Article(
    path="a.txt",
    sha256="0" * 64,
    size=1,
    encoding="utf-8",
    title="标题",
    title_original="标题",
    published=Published("2021-04-13", "2021-04-13"),
    source="甲报",
    carrier=None,
    author=None,
    credits={},
    url="https://example.org/a",
    carrier_url=None,
    language="zh-Hans",
    tags=(),
    markdown="正文。",
    text="正文。",
    excerpt="正文。",
)


def article(**changes: Any) -> Article:
    """An article like any other, but for the fields given."""
    if isinstance(changes.get("published"), str):
        changes["published"] = Published(changes["published"], changes["published"])
    return dataclasses.replace(_PLAIN, **changes)
