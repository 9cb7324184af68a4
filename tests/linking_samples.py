"""Links whole archives in memory, as builds do article by article with what they remember."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from builder.config.curation import Entities, Vocabulary
from builder.folding import fold
from builder.linking.citations import Citations, ranked
from builder.linking.duplicates import find_leaders, stories
from builder.linking.features import Linkable, features, order_key
from builder.linking.names import Names
from builder.linking.related import related_articles
from builder.model.archive import Entry
from builder.model.links import NameEntry, PlanLink
from builder.model.plan import Plan


def linkable(entry: Entry) -> Linkable:
    """An article ready for linking."""
    article = entry.article
    digest = hashlib.sha256(f"{article.title}\n{article.text}".encode("utf-8", "surrogatepass")).hexdigest()
    return Linkable(entry.id, order_key(entry), digest, features(article.title, article.text), entry.topics)


def same_stories(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Groups of articles that tell the same story, the earliest first."""
    by_id = {entry.id: entry for entry in entries}
    leaders = find_leaders(map(linkable, entries), lambda identifier: by_id[identifier].article.text, {})
    return tuple(tuple(by_id[identifier] for identifier in group) for group in stories(leaders))


def related(entries: Sequence[Entry], groups: Iterable[Sequence[Entry]] = ()) -> dict[str, tuple[str, ...]]:
    """The articles worth reading after each, given the groups that tell the same story."""
    leaders = {entry.id: group[0].id for group in groups for entry in group}
    return related_articles(map(linkable, entries), leaders)


def words(entry: Entry) -> str:
    """Everything that an article says."""
    return f"{entry.article.title}\n{entry.article.text}"


def link_plans(
    plans: Iterable[Plan], entries: Sequence[Entry], vocabulary: Vocabulary, entities: Entities
) -> tuple[PlanLink, ...]:
    """Every link between articles and plans, strongest first."""
    citations = Citations(plans, vocabulary, entities)
    found = (citations.links(entry.id, words(entry), fold(words(entry))) for entry in entries)
    return ranked(link for links in found for link in links)


def index_of_names(names: Names, plans: Iterable[Plan], entries: Iterable[Entry]) -> tuple[NameEntry, ...]:
    """Every known name that a plan or an article mentions."""
    articles = ((entry.id, names.in_folded(fold(words(entry)))) for entry in entries)
    return names.gathered(((plan.slug, names.in_plan(plan)) for plan in plans), articles)
