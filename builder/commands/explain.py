"""``explain``: what became of one file, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from builder import containers, reading
from builder.cleaning import said_in_text
from builder.cleaning.comparison import compare
from builder.commands import console
from builder.commands.convert import classified, taken_around
from builder.commands.options import EXISTING, LANGUAGE
from builder.config.project import Curation
from builder.documents.judging import judge
from builder.languages import labels
from builder.model.article import Article, TopicAssignment
from builder.model.plan import Plan
from builder.model.post import Post
from builder.pages.rendering import Renderer
from builder.problems import BuilderError, Language, Problem, Wording
from builder.reading.dates import read_date

_LONGEST = 160
_SEVERAL = re.compile(r"\s{0,8}[,，、]\s{0,8}")


@click.command()
@click.argument("path", type=EXISTING)
@click.option("--html", "as_page", is_flag=True)
@LANGUAGE
def explain(path: Path, language: Language, *, as_page: bool) -> int:
    """Say what was kept, moved and removed of a file, and by which rule."""
    problems = _as_page(path, language) if as_page else _as_text(path, language)
    return 1 if console.print_problems(problems, err=True, language=language)["error"] else 0


def _as_page(path: Path, language: Language) -> tuple[Problem, ...]:
    """Print one post as a page that runs no script, raw and clean side by side; gives why it could not be read."""
    if path.is_dir():
        raise BuilderError(Wording("explain-folder", {"path": str(path)}))
    intake, curation = taken_around(path)
    for item, topics in classified(intake, curation):
        post = _post_of(path, item) if isinstance(item, Article) else None
        if not isinstance(item, Article) or post is None:
            raise BuilderError(Wording("explain-plan", {"path": str(path)}))
        renderer, vocabulary = Renderer(language), curation.vocabulary.topics
        context = {
            "article": item,
            "topics": [
                (vocabulary[each.topic].label, list(dict.fromkeys(found.term for found in each.evidence if found.term)))
                for each in topics
            ],
            "lines": compare(post, curation.sources, curation.correction(item.path, item.identifier)),
            "language": renderer.language,
        }
        console.echo(renderer.filled("explained.html", "explained.html.j2", context), newline=False)
    return intake.problems


def _as_text(path: Path, language: Language) -> tuple[Problem, ...]:
    """Print what was kept, moved and removed by which rule, and the topics with their evidence."""
    intake, curation = taken_around(path)
    for item, topics in classified(intake, curation):
        for line in _lines(path, item, topics, curation, language):
            console.echo(line)
    return intake.problems


def _lines(
    path: Path, item: Article | Plan, topics: tuple[TopicAssignment, ...], curation: Curation, language: Language
) -> Iterator[str]:
    yield from _judged(path, item, language)
    if isinstance(item, Article):
        yield from _opened(path, item, curation, language) if path.is_file() else ()
        yield from _article(item, topics, curation, language)
    else:
        yield from _plan(item, language)


def _judged(path: Path, item: Article | Plan, language: Language) -> Iterator[str]:
    """What a file was taken for, with the reasons for and against an official document."""
    said = labels(language)
    kind = "explain_is_article" if isinstance(item, Article) else "explain_is_document"
    yield f"# {item.path}\n\n## {said[kind]}"
    document, _ = reading.read_document(path if path.is_file() else path / item.path, item.path)
    for reason in judge(document.text, document.path).reasons if document else ():
        yield f"{reason.weight:+d} {said['reason_' + reason.name]}：{reason.evidence}"


def _post_of(file: Path, article: Article) -> Post | None:
    """An article's post, read once more from its file; None where the file has changed meanwhile."""
    opened = containers.open_file(file, article.file)
    part = next((each for each in opened.parts if each.member == article.member), None)
    if part is None:
        return None
    document, _ = reading.decode_part(part, article.path, opened.sha256, opened.size)
    return reading.parse_post(document) if document else None


def _opened(file: Path, article: Article, curation: Curation, language: Language) -> Iterator[str]:
    """The kind of the file, and every candidate for a field with its evidence; an arrow marks those that won."""
    said = labels(language)
    yield f"\n## {said['explain_opened']}"
    yield f"{said['explain_kind']}: {said['kind_' + article.container]}"
    if article.member:
        yield f"{said['explain_member']}: {article.member}"
    yield from (f"{said['explain_picture']}: pictures/{name}" for name in article.pictures)
    post = _post_of(file, article)
    if post is None:
        return
    yield f"\n## {said['explain_candidates']}"
    won = {article.title, article.title_original, article.url, article.author, article.source, article.carrier}
    won |= set(_SEVERAL.split(article.author or ""))
    won |= {article.published.stated if article.published else None, *article.credits.get("updated", ())}
    found = (*post.candidates, *said_in_text(post, curation.sources))
    for each in sorted(dict.fromkeys(found), key=lambda one: (one.field, one.rank)):
        date = read_date(each.value) if each.field in {"published", "updated"} else None
        mark = "→" if (date.stated if date else each.value) in won else " "
        yield f"{mark} {each.field}: {each.value[:_LONGEST]} ({each.evidence[:_LONGEST]})"


def _article(
    article: Article, topics: tuple[TopicAssignment, ...], curation: Curation, language: Language
) -> Iterator[str]:
    said = labels(language)
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
    yield from (problem.line_text(language) for problem in article.problems)
    yield f"\n## {said['explain_topics']}"
    for assignment in topics:
        yield f"{curation.vocabulary.topics[assignment.topic].label} ({assignment.score:g})"
        for item in assignment.evidence:
            yield f"  {said['evidence_' + item.place]} · {item.term} × {item.count}: {item.excerpt}"
    yield f"\n## {said['removed']} ({len(article.removals)})"
    for removal in article.removals:
        moved = f" → {said['credit_' + removal.moved_to]}" if removal.moved_to else ""
        yield f"[{removal.rule}]{moved} {removal.text}"
    yield f"\n## {said['explain_body']}\n\n{article.markdown}\n"


def _plan(plan: Plan, language: Language) -> Iterator[str]:
    """Outline, joins, repairs and doubts."""
    said = labels(language)
    yield f"\n## {said['explain_outline']}"
    for provision in plan.walk():
        heading = provision.heading
        yield f"{'  ' * (heading.level - 1)}{heading.number} {heading.title} [{provision.eid}]"
    yield f"\n## {said['explain_joins']} ({len(plan.joins)})"
    yield from (f"{first} + {second}" for first, second in plan.joins)
    yield f"\n## {said['explain_repairs']} ({len(plan.repairs)})"
    yield from (f"{repair.line} [{repair.rule}] {repair.before} → {repair.after}" for repair in plan.repairs)
    yield f"\n## {said['explain_doubts']} ({len(plan.doubts)})"
    yield from (f"{doubt.line} [{doubt.rule}] {doubt.quote} ? {doubt.suggestion}" for doubt in plan.doubts)
