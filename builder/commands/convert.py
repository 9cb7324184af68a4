"""``convert``: single files, or folders of them, to standard output; what ``explain`` and ``correct`` also read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from builder.archive import corrections
from builder.archive.intake import Intake, take_in, take_in_files
from builder.commands import console
from builder.commands.options import EXISTING
from builder.config.project import Curation
from builder.linking.topics import Classifier, corrected
from builder.markup import escape_inline, front_matter
from builder.model.article import Article, TopicAssignment
from builder.model.plan import Plan
from builder.problems import Problem

_LOWEST_HEADING = 6
_Topics = tuple[TopicAssignment, ...]


@click.command()
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "as_json", is_flag=True)
def convert(paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Turn files or folders into clean Markdown on standard output."""
    problems: list[Problem] = []
    for path in paths:
        curation = console.curation_around(path)
        intake = take_in(path, curation, console.progress)
        for item, topics in classified(intake, curation):
            console.echo(_json(item, topics) if as_json else _markdown(item, topics))
        problems += intake.problems
    return 1 if console.print_problems(problems, err=True)["error"] else 0


def taken_around(path: Path) -> tuple[Intake, Curation]:
    """What a path holds, and the curation around it; below ``seeds/`` files go by their paths there."""
    curation = console.curation_around(path)
    folder = next((parent for parent in path.resolve().parents if parent.name == "seeds"), None)
    if folder is not None and (folder.parent / "mkdocs.yml").is_file():
        return take_in_files([path.resolve()], folder, curation), curation
    return take_in(path, curation, console.progress), curation


def classified(intake: Intake, curation: Curation) -> Iterator[tuple[Article | Plan, _Topics]]:
    """Everything by path, articles as editors corrected them."""
    classifier = Classifier(curation.vocabulary)
    for item in sorted(intake.items, key=lambda each: each.path):
        if not isinstance(item, Article):
            yield item, ()
            continue
        correction = curation.correction(item.path, item.identifier)
        article, _ = corrections.apply(item, correction)
        if correction and correction.topics is not None:
            yield article, corrected(correction.topics, correction.why)
        else:
            yield article, classifier.classify(article)


def _json(item: Article | Plan, topics: _Topics) -> str:
    if isinstance(item, Article):
        return console.as_json(_article_record(item, topics))
    from builder.documents.record import to_record  # noqa: PLC0415  # only documents need it

    record, body = to_record(item), "\n\n".join([*_blocks(item)][1:]) + "\n"
    return console.as_json({"file": item.path, **record, "published": record.get("date"), "markdown": body})


def _article_record(article: Article, topics: _Topics) -> dict[str, object]:
    """An article as one flat object, plain values only."""
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
        "topics": [each.topic for each in topics],
        "images": [{"src": each.source, "alt": each.alternative, "caption": each.caption} for each in article.images],
        "markdown": article.markdown,
        "removed": [{"rule": each.rule, "text": each.text, "moved_to": each.moved_to} for each in article.removals],
        "problems": [{"code": problem.code, "message": problem.message()} for problem in article.problems],
    }


def _markdown(item: Article | Plan, topics: _Topics) -> str:
    if not isinstance(item, Article):
        return "\n\n".join(_blocks(item)) + "\n"
    head = {
        "title": item.title,
        "date": item.published.iso if item.published else None,
        "source": item.source,
        "author": item.author,
        "original_url": item.url,
        "lang": item.language,
        "topics": [assignment.topic for assignment in topics],
        "seed": item.path,
        "sha256": item.sha256,
    }
    return f"{front_matter({key: value for key, value in head.items() if value})}\n{item.markdown}\n"


def _blocks(plan: Plan) -> Iterator[str]:
    """A plan as blocks of Markdown: its title, its headings by level, its paragraphs repaired."""
    yield f"# {escape_inline(plan.title)}"
    yield from (escape_inline(paragraph.repaired) for paragraph in plan.preface)
    for provision in plan.walk():
        marks = "#" * min(provision.heading.level + 1, _LOWEST_HEADING)
        yield f"{marks} {escape_inline(f'{provision.heading.number}　{provision.heading.title}'.strip())}"
        yield from (escape_inline(paragraph.repaired) for paragraph in provision.paragraphs)
