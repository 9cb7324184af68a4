"""Runs the examples in the profiles of outlets; ``check`` does this, a build does not."""

from __future__ import annotations

from builder import cleaning, reading
from builder.config.curation import SourceProfile
from builder.config.project import Curation
from builder.model.post import RawDocument
from builder.problems import Problem


def example_problems(curation: Curation) -> list[Problem]:
    """A problem for each snippet that a profile promises to keep and does not, or to drop and keeps."""
    problems = []
    for slug, profile in sorted(curation.sources.items()):
        file = f"curation/sources/{slug}.yml"
        for example in profile.examples:
            text = _cleaned(example.html, slug, profile)
            lost = [("example-not-kept", snippet) for snippet in example.keeps if snippet not in text]
            left = [("example-not-dropped", snippet) for snippet in example.drops if snippet in text]
            problems += [Problem(code, file, None, {"text": snippet}) for code, snippet in (*lost, *left)]
    return problems


def _cleaned(html: str, slug: str, profile: SourceProfile) -> str:
    """The text of a post of the outlet's that holds nothing but the example."""
    name = profile.name.replace("'", "''")
    text = f"---\ntitle: 例\ndate: 2020-01-01\nauthor: '{name}'\n---\n{html}\n"
    document = RawDocument("example.md", "", len(text), "utf-8", text)
    return cleaning.clean(reading.parse_post(document), {slug: profile}, cleaning.Repetition()).text
