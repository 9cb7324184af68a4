"""``convert`` and ``explain``: single files to standard output."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder import reading
from builder.archive import corrections
from builder.archive.intake import Intake, take_in, take_in_files
from builder.commands.console import as_json as to_json
from builder.commands.console import curation_around, echo, language_here, progress
from builder.commands.opened import opened_lines
from builder.commands.plan_text import plan_body, plan_explained, plan_markdown
from builder.commands.records import article_record
from builder.config.project import Curation
from builder.documents.recognition import judge
from builder.documents.record import to_record
from builder.languages import labels
from builder.linking.topics import Classifier, corrected
from builder.markup import front_matter
from builder.model.article import Article, TopicAssignment
from builder.model.plan import Plan
from builder.problems import Problem


def convert(path: Path, *, as_json: bool) -> tuple[Problem, ...]:
    """Print every article and plan below a path, sorted by path.

    Args:
        path: A file, or a folder; repetition is learned from all of it.
        as_json: One JSON object a line instead of Markdown.

    Returns:
        Problems of files that could not be read.
    """
    curation = curation_around(path)
    intake = take_in(path, curation, progress)
    for item, topics in classified(intake, curation):
        echo(_json(item, topics) if as_json else _markdown(item, topics))
    return intake.problems


def explain(path: Path) -> tuple[Problem, ...]:
    """Print what was kept, moved and removed by which rule, and the topics with their evidence."""
    intake, curation = taken_around(path)
    for item, topics in classified(intake, curation):
        for line in _judged(path, item):
            echo(line)
        if isinstance(item, Article):
            for line in opened_lines(path, item, language_here(), curation.sources) if path.is_file() else ():
                echo(line)
            for line in _explained(item, topics, curation):
                echo(line)
        else:
            echo("\n".join(plan_explained(item)))
    return intake.problems


def _judged(path: Path, item: Article | Plan) -> Iterator[str]:
    """What a file was taken for, with the reasons for and against an official document."""
    said = labels(language_here())
    kind = "explain_is_article" if isinstance(item, Article) else "explain_is_document"
    yield f"# {item.path}\n\n## {said[kind]}"
    document, _ = reading.read_document(path if path.is_file() else path / item.path, item.path)
    for reason in judge(document.text, document.path).reasons if document else ():
        yield f"{reason.weight:+d} {said['reason_' + reason.name]}：{reason.evidence}"


def taken_around(path: Path) -> tuple[Intake, Curation]:
    """What a path holds, and the curation around it; below ``seeds/`` files go by their paths there.

    Args:
        path: A file or a folder, in an archive or not.
    """
    curation = curation_around(path)
    folder = next((parent for parent in path.resolve().parents if parent.name == "seeds"), None)
    if folder is not None and (folder.parent / "mkdocs.yml").is_file():
        return take_in_files([path.resolve()], folder, curation), curation
    return take_in(path, curation, progress), curation


def classified(intake: Intake, curation: Curation) -> Iterator[tuple[Article | Plan, tuple[TopicAssignment, ...]]]:
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


def _json(item: Article | Plan, topics: tuple[TopicAssignment, ...]) -> str:
    if isinstance(item, Article):
        return to_json(article_record(item, topics))
    record = to_record(item)
    return to_json({"file": item.path, **record, "published": record.get("date"), "markdown": plan_body(item)})


def _markdown(item: Article | Plan, topics: tuple[TopicAssignment, ...]) -> str:
    if not isinstance(item, Article):
        return plan_markdown(item)
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


def _explained(article: Article, topics: tuple[TopicAssignment, ...], curation: Curation) -> Iterator[str]:
    said = labels(language_here())
    yield f"\n## {said['explain_metadata']}"
    facts = {
        "field_title": article.title,
        "published": article.published.stated if article.published else said["published_unknown"],
        "credit_updated": next(iter(article.credits.get("updated", ())), None),
        "source": article.source or said["source_unknown"],
        "carrier": article.carrier,
        "author": article.author,
        "original": article.url or said["original_unknown"],
        "encoding": article.encoding,
        "digest": article.sha256,
    }
    yield from (f"{said[key]}: {value}" for key, value in facts.items() if value)
    yield from (problem.line_text(language_here()) for problem in article.problems)
    yield f"\n## {said['explain_topics']}"
    for assignment in topics:
        yield f"{curation.vocabulary.topics[assignment.topic].label} ({assignment.score:g})"
        yield from (
            f"  {said['evidence_' + item.place]} · {item.term} × {item.count}: {item.excerpt}"
            for item in assignment.evidence
        )
    yield f"\n## {said['removed']} ({len(article.removals)})"
    for removal in article.removals:
        moved = f" → {said['credit_' + removal.moved_to]}" if removal.moved_to else ""
        yield f"[{removal.rule}]{moved} {removal.text}"
    yield f"\n## {said['explain_body']}\n\n{article.markdown}\n"
