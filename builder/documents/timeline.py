"""The plan's axis of time: the present, its period, its issue, its targets, its outlook."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from builder.documents.quantities import target_words
from builder.model.official import Baseline, OfficialMetadata, Target, TimelineEntry
from builder.model.plan import Paragraph


def find_timeline(
    paragraphs: Iterable[Paragraph],
    metadata: OfficialMetadata,
    targets: Iterable[Target],
    baselines: Iterable[Baseline],
) -> tuple[TimelineEntry, ...]:
    """Everything that has a date, in order of time; spans before points of the same year."""
    entries = [
        *_periods(paragraphs),
        *_issue(metadata),
        *_grouped("baseline", ((baseline.period, baseline.eid) for baseline in baselines)),
        *_grouped("target", ((target.deadline, target.eid) for target in targets)),
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.start[:4], entry.kind != "period", entry.start, entry.kind)))


def _periods(paragraphs: Iterable[Paragraph]) -> Iterator[TimelineEntry]:
    for paragraph in paragraphs:
        period = re.search(target_words().period, paragraph.repaired)
        horizon = re.search(target_words().horizon, paragraph.repaired)
        if period:
            yield TimelineEntry("period", period["start"], period["end"], period.group(), paragraph.eid)
        if horizon:
            yield TimelineEntry("outlook", horizon["year"], "", horizon.group(), paragraph.eid)


def _issue(metadata: OfficialMetadata) -> Iterator[TimelineEntry]:
    for event in metadata.enactments:
        if event.kind != "effective":
            yield TimelineEntry(event.kind, event.date_iso, "", event.body or event.date_iso, "")
    if metadata.effective_iso:
        yield TimelineEntry("effective", metadata.effective_iso, "", metadata.effective_iso, "")
    if metadata.date and metadata.date_iso and not metadata.adoption:
        yield TimelineEntry("issued", metadata.date_iso, "", metadata.date.text, "")
    if metadata.printing_date and metadata.printing_date_iso:
        yield TimelineEntry("printed", metadata.printing_date_iso, "", metadata.printing_date.text, "")


def _grouped(kind: str, dated: Iterable[tuple[str, str]]) -> Iterator[TimelineEntry]:
    """One entry for each date, linked to its first paragraph; the label is how many there are."""
    eids: dict[str, list[str]] = defaultdict(list)
    for when, eid in dated:
        if when:
            eids[when].append(eid)
    for when in sorted(eids):
        yield TimelineEntry(kind, when, "", str(len(eids[when])), eids[when][0])  # type: ignore[arg-type]  # one of the two kinds named above
