"""Which sections of documents speak of which topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from builder.linking.topics import Classifier
from builder.model.archive import TopicSection
from builder.model.plan import Plan


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
