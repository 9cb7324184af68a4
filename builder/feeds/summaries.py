"""Articles, sources, topics and plans of the model as published records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder import paths
from builder.config.publication import Publication
from builder.config.settings import Settings
from builder.feeds import records
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan
from builder.output.products import month
from builder.pages.raws import raw_path
from builder.problems import Language, resolve

_SHARED = tuple(
    name
    for name in records.SummaryRecord.__struct_fields__
    if name in records.ArticleRecord.__struct_fields__ and name != "topics"
)
"""Fields that an article's line in the list and its own record have in common."""


@dataclass(frozen=True, slots=True)
class RecordMaker:
    """Makes records of one archive.

    Attributes:
        language: Of what the program itself says in a record.
        topics: Labels of the topics.
        sources: Names of the sources.
        raw_containers: Whether raw files of other kinds than text are published.
    """

    language: Language
    topics: Mapping[str, str]
    sources: Mapping[str, str]
    raw_containers: bool = False

    def summary(self, entry: Entry) -> records.SummaryRecord:
        """An article on one line."""
        article = entry.article
        return records.SummaryRecord(
            id=entry.id,
            seed=article.path,
            sha256=article.sha256,
            size=article.size,
            markdown_sha256=article.markdown_sha256,
            page=paths.link("", paths.article(entry.id)),
            raw=raw_path(article, entry.id, containers=self.raw_containers) or None,
            record=paths.article_records(month(entry)),
            url=article.url,
            carrier_url=article.carrier_url,
            title=article.title,
            published=article.published.iso if article.published else None,
            source=self.sources[entry.source],
            source_id=entry.source,
            carrier=article.carrier,
            author=article.author,
            language=article.language,
            topics=entry.topics,
            tags=article.tags,
            characters=article.characters,
            same_story=entry.story,
            related=entry.related,
            versions=tuple(version.sha256 for version in entry.versions),
        )

    def article(self, entry: Entry) -> records.ArticleRecord:
        """Everything about an article."""
        article = entry.article
        summary = self.summary(entry)
        shared: dict[str, Any] = {name: getattr(summary, name) for name in _SHARED}
        return records.ArticleRecord(
            **shared,
            encoding=article.encoding,
            title_original=article.title_original,
            published_original=article.published.original if article.published else None,
            credits={role: tuple(lines) for role, lines in sorted(article.credits.items())},
            topics=self._topics(entry),
            excerpt=article.excerpt,
            markdown=article.markdown,
            images=tuple(
                records.ImageRecord(each.source, each.original, each.alternative, each.caption)
                for each in article.images
            ),
            removals=tuple(records.RemovalRecord(each.rule, each.text, each.moved_to) for each in article.removals),
            problems=tuple(
                records.ProblemRecord(each.code, each.severity, each.message(self.language))
                for each in article.problems
            ),
            corrected=tuple(records.CorrectionRecord(field, why) for field, why in entry.corrected),
        )

    def _topics(self, entry: Entry) -> tuple[records.TopicAssignmentRecord, ...]:
        return tuple(
            records.TopicAssignmentRecord(
                id=assignment.topic,
                label=self.topics[assignment.topic],
                score=assignment.score,
                evidence=tuple(
                    records.EvidenceRecord(each.term, each.place, each.count, each.excerpt)
                    for each in assignment.evidence
                ),
            )
            for assignment in entry.reasons()
        )


def record_maker(archive: Archive, language: str, *, raw_containers: bool = False) -> RecordMaker:
    """The maker for an archive, with messages in the site's language."""
    return RecordMaker(
        resolve(language),
        {topic.slug: topic.label for topic in archive.topics},
        {source.slug: source.name for source in archive.sources},
        raw_containers=raw_containers,
    )


def catalogue_record(archive: Archive, settings: Settings, publication: Publication) -> records.CatalogueRecord:
    """The archive with its sources, topics and plans."""
    return records.CatalogueRecord(
        name=settings.site_name,
        description=settings.site_description,
        site=publication.site_url or None,
        articles=len(archive.entries),
        sources=tuple(
            records.SourceRecord(
                id=source.slug,
                name=source.name,
                aliases=source.aliases,
                homepage=source.homepage,
                page=paths.link("", paths.source(source.slug)),
                articles=len(source.entries),
            )
            for source in archive.sources
        ),
        topics=tuple(
            records.TopicRecord(
                id=topic.slug,
                label=topic.label,
                label_traditional=topic.label_traditional,
                description=topic.description,
                terms=topic.terms,
                page=paths.link("", paths.topic(topic.slug)),
                articles=len(topic.entries),
            )
            for topic in archive.topics
        ),
        plans=tuple(map(_plan, archive.plans)),
    )


def _plan(plan: Plan) -> records.PlanSummaryRecord:
    number = plan.metadata.document_number
    return records.PlanSummaryRecord(
        id=plan.slug,
        seed=plan.path,
        sha256=plan.sha256,
        page=paths.link("", paths.plan(plan.slug)),
        raw=raw_path(plan, plan.slug, containers=False) or None,
        record=paths.plan_record(plan.slug),
        title=plan.title,
        document_number=number.text if number else None,
        issuers=plan.issuers,
        date=plan.metadata.date_iso or None,
    )
