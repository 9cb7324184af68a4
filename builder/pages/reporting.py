"""Where readers report an error in an article, and where editors correct it: prefilled links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from builder import paths
from builder.config.corrections import correction_file
from builder.markup import front_matter
from builder.model.archive import Entry
from builder.model.article import Article
from builder.model.plan import Plan
from builder.pages.rendering import Renderer

_BRANCH = "main"
"""The branch that is published."""
_LONGEST = 200
"""Of a value in a prefilled file: all of it travels in an address, of which servers take some 8,000 characters."""


def report_links(entry: Entry, title: str, renderer: Renderer) -> tuple[tuple[str, str], ...]:
    """Label and address of each link; none where no repository is known.

    A new issue that names the page and its raw file; and the correction's own file, to be edited, or, where there
    is none yet, to be made of what is known.
    """
    if not renderer.repository:
        return ()
    page = f"{paths.article(entry.id).removesuffix('.md')}.html"
    issue = urlencode(
        {
            "title": renderer.label("correction_title", title=title),
            "body": renderer.label("correction_body", page=page, seed=f"seeds/{entry.article.path}"),
        }
    )
    return (
        (renderer.label("correction_link"), f"{renderer.repository}/issues/new?{issue}"),
        (renderer.label("correction_edit"), f"{renderer.repository}/{_correction(entry, renderer.labels)}"),
    )


def _correction(entry: Entry, labels: Mapping[str, str]) -> str:
    if entry.correction_file:
        return f"edit/{_BRANCH}/{entry.correction_file}"
    form = correction_form(entry.article, entry.id, entry.topics, labels)
    return f"new/{_BRANCH}?{urlencode({'filename': correction_file(entry.id), 'value': form})}"


def correction_form(article: Article, identifier: str, topics: Iterable[str], labels: Mapping[str, str]) -> str:
    """A correction to be filled in: what is known of the article, each line behind a mark of comment.

    It is no correction before somebody has given a reason.
    """
    known = {
        "title": article.title,
        "date": article.published.iso if article.published else "",
        "source": article.source,
        "author": article.author or "",
        "url": article.url or "",
    }
    fields = [*(_written(key, value) for key, value in known.items()), f"topics: [{', '.join(topics)}]"]
    page = paths.article(identifier).removesuffix("md") + "html"
    lines = [
        *_head(article.title, page, article.path, labels),
        *_group("form_fields", fields, labels),
        *_group("form_blocks", ['drop: ["…"]', 'keep: ["…"]'], labels),
        *_withdrawal(article, article.url or article.carrier_url, labels),
    ]
    return "\n".join([*lines, ""])


def document_form(plan: Plan, labels: Mapping[str, str]) -> str:
    """The same for an official document, whose text may be repaired word by word."""
    repairs = ["repairs:", *('  - {before: "…", after: "…", why: "…"}', "doubts:", '  - {quote: "…", suggestion: "…"}')]
    lines = [
        *_head(plan.title, paths.plan(plan.slug).removesuffix("md") + "html", plan.path, labels),
        *_group("form_repairs", repairs, labels),
        *_withdrawal(plan, None, labels),
    ]
    return "\n".join([*lines, ""])


def crawl_form(file: str, pages: Iterable[Article | Plan], labels: Mapping[str, str]) -> str:
    """A choice to be made: every page of a crawl, each behind a mark of comment."""
    lines = [
        "# yaml-language-server: $schema=../schemas/crawl.json",
        f"# seeds/{_line(file)}",
        f"# {labels['form_crawl']}",
    ]
    lines += ["publish:", *(f"# - {_written('x', page.member)[3:]}  # {_line(page.title)}" for page in pages)]
    return "\n".join([*lines, ""])


def _head(title: str, page: str, path: str, labels: Mapping[str, str]) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../schemas/correction.json"
    yield f"# {_line(title)} {page} seeds/{_line(path)}"
    yield f"# {labels['form_why']}"
    yield from ('why: ""', 'who: ""')


def _group(label: str, lines: Iterable[str], labels: Mapping[str, str]) -> Iterator[str]:
    yield from ("", f"# {labels[label]}")
    yield from (f"# {line}" for line in lines)


def _withdrawal(item: Article | Plan, address: str | None, labels: Mapping[str, str]) -> Iterator[str]:
    lines = ["exclude: true", "removed: true"]
    lines += [_written("address", address)] if address else []
    lines += [] if "!" in item.path else [f"sha256: {item.sha256}"]  # a container's digest is that of all it holds
    return _group("form_withdraw", lines, labels)


def _written(key: str, value: str) -> str:
    """A key and its value in one line of YAML."""
    return front_matter({key: _line(value)}).splitlines()[1]


def _line(value: str) -> str:
    return " ".join(value.split())[:_LONGEST]
