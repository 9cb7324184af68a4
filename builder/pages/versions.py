"""Older versions of an article: each readable at an address of its own, with what has changed, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from builder import paths
from builder.model.archive import Entry
from builder.model.article import Article
from builder.output.products import PageFile
from builder.pages.bodies import page_body
from builder.pages.rendering import Renderer

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]+[”」』）)]*|[^。！？!?\n]+")
_MOST = 3000
"""Sentences that are compared; a longer text is compared as far as that."""


def version_pages(entry: Entry, renderer: Renderer) -> Iterator[PageFile]:
    """A page for each older version."""
    for version in entry.versions:
        path = paths.version(entry.id, version.sha256)
        context = {
            "version": version,
            "current": paths.article(entry.id),
            "title": version.title or renderer.label("untitled"),
            "stated": version.stated[:10],
            "changes": list(changes(version, entry.article)),
            "body": page_body(_one_deeper(version.markdown), renderer.label("enlarge"), version.images),
            "html_lang": version.language,
        }
        head = {
            "title": version.title or renderer.label("untitled"),
            "kind": "version",
            "search": {"exclude": True},
            "hide": ["navigation", "toc"],
        }
        yield renderer.page(path, "version.md.j2", context, head)


def changes(old: Article, new: Article) -> Iterator[tuple[str, str]]:
    """Sentences that are in one text only: ``del`` or ``ins``, and the sentence, in the order of reading."""
    before, after = _sentences(old), _sentences(new)
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (("del", sentence) for sentence in before[start:end])
            yield from (("ins", sentence) for sentence in after[new_start:new_end])


def _one_deeper(markdown: str) -> str:
    """The text with the addresses of its pictures as they are seen from one folder deeper."""
    return markdown.replace("](../pictures/", "](../../pictures/")


def _sentences(article: Article) -> list[str]:
    text = f"{article.title}\n{article.text}"
    return [found for each in _SENTENCE.findall(text) if (found := each.strip())][:_MOST]
