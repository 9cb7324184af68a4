"""Articles, sources, topics and plans of the model as published records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder import paths
from builder.config.settings import Settings
from builder.feeds import records
from builder.feeds.plan_records import PlanRecord, ProvisionRecord
from builder.feeds.records import record_of
from builder.model.archive import Archive, Entry
from builder.model.plan import Plan, Provision
from builder.output.products import month
from builder.pages.raws import raw_path
from builder.problems import Language, resolve


@dataclass(frozen=True, slots=True)
class RecordMaker:
    """Makes records of one archive."""

    language: Language  # Of what the program itself says in a record
    topics: Mapping[str, str]  # Labels of the topics
    sources: Mapping[str, str]  # Names of the sources
    raw_containers: bool = False  # Whether raw files of other kinds than text are published

    def summary(self, entry: Entry) -> records.SummaryRecord:
        """An article on one line."""
        topics, versions = entry.topics, tuple(version.sha256 for version in entry.versions)
        record = paths.article_records(month(entry))
        return record_of(
            records.SummaryRecord,
            entry.article,
            **self._shared(entry),
            topics=topics,
            record=record,
            versions=versions,
        )

    def article(self, entry: Entry) -> records.ArticleRecord:
        """Everything about an article."""
        article = entry.article
        problems = [
            records.ProblemRecord(each.code, each.severity, each.message(self.language)) for each in article.problems
        ]
        return record_of(
            records.ArticleRecord,
            article,
            **self._shared(entry),
            published_original=article.published.original if article.published else None,
            credits=dict(sorted(article.credits.items())),
            topics=[
                record_of(records.TopicAssignmentRecord, each, id=each.topic, label=self.topics[each.topic])
                for each in entry.reasons()
            ],
            problems=problems,
            corrected=[records.CorrectionRecord(field, why) for field, why in entry.corrected],
        )

    def _shared(self, entry: Entry) -> dict[str, Any]:
        """What an article's line in the list and its own record have in common, and the model names otherwise."""
        article = entry.article
        return {
            "id": entry.id,
            "seed": article.path,
            "page": paths.link("", paths.article(entry.id)),
            "raw": raw_path(article, entry.id, containers=self.raw_containers) or None,
            "published": article.published.iso if article.published else None,
            "source": self.sources[entry.source],
            "source_id": entry.source,
            "same_story": entry.story,
            "related": entry.related,
        }


def record_maker(archive: Archive, language: str, *, raw_containers: bool = False) -> RecordMaker:
    """The maker for an archive, with messages in the site's language."""
    return RecordMaker(
        resolve(language),
        {topic.slug: topic.label for topic in archive.topics},
        {source.slug: source.name for source in archive.sources},
        raw_containers=raw_containers,
    )


def catalogue_record(archive: Archive, settings: Settings) -> records.CatalogueRecord:
    """The archive with its sources, topics and plans."""
    return records.CatalogueRecord(
        name=settings.site_name,
        description=settings.site_description,
        site=settings.site_url or None,
        articles=len(archive.entries),
        sources=tuple(
            record_of(records.SourceRecord, each, **_listed(each.slug, paths.source(each.slug), each.entries))
            for each in archive.sources
        ),
        topics=tuple(
            record_of(records.TopicRecord, each, **_listed(each.slug, paths.topic(each.slug), each.entries))
            for each in archive.topics
        ),
        plans=tuple(
            record_of(records.PlanSummaryRecord, each, record=paths.plan_record(each.slug), **_document(each))
            for each in archive.plans
        ),
    )


def plan_record(plan: Plan) -> PlanRecord:
    """A plan as published."""
    said = plan.metadata
    return record_of(
        PlanRecord,
        plan,
        **_document(plan),
        printed_on=said.printing_date_iso or None,
        addressee=said.addressee.text if said.addressee else None,
        provisions=list(map(_provision, plan.provisions)),
        annexes=list(map(_provision, plan.annexes)),
    )


def _listed(slug: str, page: str, entries: tuple[Entry, ...]) -> dict[str, Any]:
    return {"id": slug, "page": paths.link("", page), "articles": len(entries)}


def _document(plan: Plan) -> dict[str, Any]:
    """What the model names otherwise of a plan."""
    number = plan.metadata.document_number
    return {
        "id": plan.slug,
        "seed": plan.path,
        "page": paths.link("", paths.plan(plan.slug)),
        "raw": raw_path(plan, plan.slug, containers=False) or None,
        "document_number": number.text if number else None,
        "date": plan.metadata.date_iso or None,
    }


def _provision(provision: Provision) -> ProvisionRecord:
    heading, children = provision.heading, list(map(_provision, provision.children))
    said = {"level": heading.level, "number": heading.number, "title": heading.title}
    return record_of(ProvisionRecord, provision, **said, children=children)
