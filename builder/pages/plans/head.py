"""The front matter of a plan's overview."""

from __future__ import annotations

from builder import paths
from builder.model.plan import Plan


def plan_head(plan: Plan) -> dict[str, object]:
    """Title, number, issuers and date, as far as the plan says them; ``record`` is where programs read all of it."""
    number = plan.metadata.document_number
    return {
        "title": plan.title,
        "date": plan.metadata.date_iso,
        "document_number": number.text if number else None,
        "issuers": list(plan.issuers) or None,
        "lang": "zh-Hans",
        "seed": plan.path,
        "sha256": plan.sha256,
        "id": plan.slug,
        "record": paths.plan_record(plan.slug),
        "kind": "plan",
    }
