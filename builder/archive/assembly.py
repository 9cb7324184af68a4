"""Links everything once everything is known: corrections, permalinks, topics, sources."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from builder.archive import corrections
from builder.archive.bodies import picture_of
from builder.archive.crawls import with_chosen_pages
from builder.archive.identity import permalink_id
from builder.archive.intake import Intake, silent
from builder.archive.placing import entries_of
from builder.archive.versions import Versions, same_again, versions_of
from builder.archive.withdrawn import Withdrawals, problem_of
from builder.cache import Store, digest
from builder.config.curation import Vocabulary
from builder.config.project import Curation
from builder.linking.topics import Classifier
from builder.model.archive import Archive, Entry, Relations, Source, Tombstone, Topic, TopicSection
from builder.model.article import Article
from builder.model.plan import Plan
from builder.parallel.mapping import Progress
from builder.problems import Problem, ordered


def assemble(
    intake: Intake,
    curation: Curation,
    store: Store | None = None,
    progress: Progress = silent,
    *,
    linked: bool = True,
) -> Archive:
    """Make the archive out of all articles and plans.

    Args:
        intake: What the seeds hold.
        curation: Vocabulary, profiles and corrections.
        store: Remembers what was found out about each article; by default nothing is remembered.
        progress: Told of long work.
        linked: Whether to link articles with each other, with plans and with names; no problem depends on it.

    Returns:
        The archive; an article with a problem that is an error is reported, not published.

    Raises:
        BuilderError: A correction contradicts the vocabulary or is no date.
    """
    corrections.validate(curation)
    intake = with_chosen_pages(intake, curation)
    store = store or Store(None)
    withdrawals = Withdrawals(curation, intake.articles)
    kept, left_out = _published(intake.articles, withdrawals)
    versions = versions_of(kept, curation)
    plans, repeated = _unique_plans(intake.plans, withdrawals)
    entries = [_with_versions(entry, versions) for entry in entries_of(versions.shown, curation, store, progress)]
    bound = _bound(entries, plans, curation, store, progress) if linked else Relations(entries)
    unmatched = _without_topic(entries) if curation.vocabulary.topics else []
    found = [*left_out, *versions.problems, *repeated, *unmatched]
    stones = withdrawals.tombstones({permalink_id(article): article for article in intake.articles})
    archive = _archive(bound, curation, plans, ordered([*_reported(intake, curation), *found]), stones)
    return dataclasses.replace(archive, picture=partial(picture_of, store))


def _bound(
    entries: list[Entry], plans: tuple[Plan, ...], curation: Curation, store: Store, progress: Progress
) -> Relations:
    from builder.archive.relations import relate  # noqa: PLC0415  # NumPy: a fifth of a small check, which links nothing

    return relate(entries, plans, curation, store, progress)


def _archive(
    bound: Relations,
    curation: Curation,
    plans: tuple[Plan, ...],
    problems: tuple[Problem, ...],
    withdrawn: tuple[Tombstone, ...],
) -> Archive:
    return Archive(
        entries=tuple(bound.entries),
        sources=_sources(bound.entries, curation),
        topics=_topics(bound.entries, plans, curation.vocabulary),
        plans=plans,
        problems=problems,
        tombstones=withdrawn,
        moved=curation.corrections.moved,
        plan_links=bound.plan_links,
        names=bound.names,
    )


def _reported(intake: Intake, curation: Curation) -> Iterable[Problem]:
    """What was found in the files themselves, and corrections of files that are not there."""
    for problem in (*intake.problems, *(problem for item in intake.items for problem in item.problems)):
        yield dataclasses.replace(problem, path=f"seeds/{problem.path}")
    identifiers = {permalink_id(article) for article in intake.articles} | {plan.identifier for plan in intake.plans}
    yield from corrections.unused(curation, [item.path for item in intake.items], identifiers)


def _published(articles: Iterable[Article], withdrawals: Withdrawals) -> tuple[list[Article], list[Problem]]:
    """Leave out what editors took out and what has an error; the error itself is already reported."""
    kept, problems = [], []
    for article in articles:
        withdrawn = withdrawals.of(article, permalink_id(article))
        if withdrawn:
            problems.append(problem_of(article.path, withdrawn))
        elif not any(problem.severity == "error" for problem in article.problems):
            kept.append(article)
    return kept, problems


def _with_versions(entry: Entry, versions: Versions) -> Entry:
    """An article with the older ones of its versions."""
    older = versions.older.get(entry.id, ())
    if not older:
        return entry
    known = digest(entry.digest, *(version.digest or version.sha256 for version in older))
    return dataclasses.replace(entry, versions=older, digest=known)


def _unique_plans(plans: Iterable[Plan], withdrawals: Withdrawals) -> tuple[tuple[Plan, ...], list[Problem]]:
    """One plan for each address: the earliest by path; the same document in a second file is reported."""
    unique: dict[str, Plan] = {}
    problems = []
    for plan in sorted(plans, key=lambda plan: plan.path):
        withdrawn = withdrawals.of(plan, plan.identifier)
        if withdrawn:
            problems.append(problem_of(plan.path, withdrawn))
            continue
        first = unique.setdefault(plan.slug, plan)
        if first is not plan:
            problems.append(same_again(plan, first))
    return tuple(unique[slug] for slug in sorted(unique)), problems


def _sources(entries: Iterable[Entry], curation: Curation) -> tuple[Source, ...]:
    by_slug: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_slug[entry.source].append(entry)
    return tuple(
        sorted(
            (_source(slug, tuple(group), curation) for slug, group in by_slug.items()),
            key=lambda source: (-len(source.entries), source.name, source.slug),
        )
    )


def _source(slug: str, entries: tuple[Entry, ...], curation: Curation) -> Source:
    profile = curation.sources.get(slug)
    if profile is None:
        return Source(slug, entries[0].article.source, (), "", "", entries)
    return Source(slug, profile.name, profile.aliases, profile.homepage, profile.description, entries)


def _topics(entries: Iterable[Entry], plans: Iterable[Plan], vocabulary: Vocabulary) -> tuple[Topic, ...]:
    sections = sections_by_topic(plans, Classifier(vocabulary))
    by_topic: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for topic in entry.topics:
            by_topic[topic].append(entry)
    return tuple(
        Topic(
            slug=slug,
            label=term.label,
            label_traditional=term.label_traditional,
            description=term.description,
            terms=term.terms,
            related=tuple(other for other in term.related if other in vocabulary.topics),
            entries=tuple(by_topic[slug]),
            sections=sections.get(slug, ()),
        )
        for slug, term in vocabulary.topics.items()
    )


def _without_topic(entries: Iterable[Entry]) -> list[Problem]:
    return [Problem("no-topic", _seed(entry.article)) for entry in entries if not entry.topics]


def _seed(article: Article) -> str:
    return f"seeds/{article.path}"


def sections_by_topic(plans: Iterable[Plan], classifier: Classifier) -> Mapping[str, tuple[TopicSection, ...]]:
    """By topic the documents' sections that speak of it, strongest first, then in the order of the text.

    A section is judged by its heading and its own paragraphs.
    """
    found: dict[str, list[TopicSection]] = defaultdict(list)
    for plan in plans:
        for provision in plan.walk():
            text = "\n".join(paragraph.repaired for paragraph in provision.paragraphs)
            for assignment in classifier.classify_section(provision.heading.title, text):
                body = [each.excerpt for each in assignment.evidence if each.place == "body"]
                quote = (body or [each.excerpt for each in assignment.evidence])[0]
                found[assignment.topic].append(TopicSection(plan.slug, provision.eid, assignment.score, quote))
    return {topic: tuple(sorted(sections, key=lambda section: -section.score)) for topic, sections in found.items()}
