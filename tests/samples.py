"""Articles for tests that need no cleaning."""

from __future__ import annotations

import dataclasses
from typing import Any

from builder.model.article import Article, Body
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
    excerpt="正文。",
    body=Body("正文。", "正文。"),
)


def article(**changes: Any) -> Article:
    """An article like any other, but for the fields given."""
    if isinstance(changes.get("published"), str):
        changes["published"] = Published(changes["published"], changes["published"])
    long = {name: changes.pop(name) for name in ("markdown", "text", "images", "removals") if name in changes}
    return dataclasses.replace(_PLAIN, body=dataclasses.replace(_PLAIN.body, **long), markdown_sha256="", **changes)
