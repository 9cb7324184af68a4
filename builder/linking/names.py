"""The index of names: where plans and articles mention what ``curation/entities.yml`` knows; proposals for the rest."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from builder.config.curation import Entities, Entity
from builder.data import load_data
from builder.folding import fold
from builder.model.links import Mention, NameEntry
from builder.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that the texts use and ``entities.yml`` does not know."""

    name: str  # As it stands in the text
    kind: str  # What its ending says it is
    count: int  # How often it occurs
    example: str  # The words around its first occurrence


class Names:
    """Finds known names in texts; made once for ``entities.yml``."""

    def __init__(self, entities: Entities) -> None:
        """Fold every name and alias; all of a name's forms are searched at once."""
        self._entities = entities.entities
        self._forms = {slug: _forms(entity) for slug, entity in sorted(entities.entities.items())}
        self._flat = [(form, slug) for slug, forms in self._forms.items() for form in forms]

    def in_text(self, text: str) -> Mapping[str, int]:
        """How often each known name occurs in a text, under whatever alias and in either script; none is left out.

        White space does not matter. A name within a longer one counts as well: the index is for finding.
        """
        return self.in_folded(fold(text))

    def in_folded(self, folded: str) -> Mapping[str, int]:
        """The same for a text that is folded already."""
        folded = "".join(folded.split())
        counts: dict[str, int] = {}
        for form, slug in self._flat:
            if form in folded:
                counts[slug] = counts.get(slug, 0) + folded.count(form)
        return counts

    def in_plan(self, plan: Plan) -> list[tuple[str, Mapping[str, int]]]:
        """Identifier of each paragraph of a plan, in order, and how often it mentions each known name."""
        return [(paragraph.eid, self.in_text(paragraph.repaired)) for paragraph in plan.paragraphs()]

    def gathered(
        self,
        plans: Iterable[tuple[str, Iterable[tuple[str, Mapping[str, int]]]]],
        articles: Iterable[tuple[str, Mapping[str, int]]],
    ) -> tuple[NameEntry, ...]:
        """Every known name that a plan or an article mentions, by kind and name.

        Args:
            plans: Slug of each plan, and what ``in_plan`` found in it.
            articles: Identifier of each article, newest first, and what ``in_folded`` found in it, now or before.
        """
        mentions: dict[str, list[Mention]] = defaultdict(list)
        totals, shown = Counter[str](), Counter[str]()
        for document, paragraphs in plans:
            for eid, counts in paragraphs:
                for slug, count in counts.items():
                    mentions[slug].append(Mention("paragraph", document, eid, count))
                    totals[slug] += count
        for identifier, counts in articles:
            for slug, count in counts.items():
                totals[slug] += count
                shown[slug] += 1
                if shown[slug] <= _MOST_ARTICLES:
                    mentions[slug].append(Mention("article", identifier, "", count))
        found = (
            _entry(self._entities[slug], slug, mentions[slug], totals[slug], max(0, shown[slug] - _MOST_ARTICLES))
            for slug in mentions
        )
        return tuple(sorted(found, key=lambda entry: (entry.kind, entry.name, entry.slug)))

    def knows(self, name: str) -> bool:
        """Whether a name, a part of it, or a longer name that holds it is known."""
        folded = fold(name)
        return any(form in folded or folded in form for forms in self._forms.values() for form in forms)


def propose(texts: Iterable[str], names: Names) -> tuple[Proposal, ...]:
    """Names that the texts use and nobody has entered, most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    kinds: dict[str, str] = {}
    examples: dict[str, str] = {}
    for text in texts:
        for name, kind, start in _candidates("".join(text.split())):
            counts[name] += 1
            kinds.setdefault(name, kind)
            examples.setdefault(name, "".join(text.split())[max(0, start - _CONTEXT) : start + len(name) + _CONTEXT])
    unknown = [name for name in counts if not names.knows(name)]
    ordered = sorted(unknown, key=lambda name: (-counts[name], name))
    return tuple(Proposal(name, kinds[name], counts[name], examples[name]) for name in ordered)


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``names.yml``: endings that make a name, by kind, and where a name cannot begin."""

    endings: dict[str, tuple[str, ...]]
    quoted: tuple[str, ...]
    not_within: str
    not_names: tuple[str, ...]


@cache
def name_words() -> NameWords:
    """The file, read once."""
    return load_data("linking/names.yml", NameWords)


def _entry(entity: Entity, slug: str, mentions: Iterable[Mention], count: int, more: int) -> NameEntry:
    return NameEntry(slug, entity.name, entity.kind, entity.aliases, entity.description, tuple(mentions), count, more)


def _forms(entity: Entity) -> tuple[str, ...]:
    """Folded forms of a name; one that holds another is counted through the shorter one."""
    folded = sorted({fold("".join(form.split())) for form in (entity.name, *entity.aliases)}, key=len)
    return tuple(form for index, form in enumerate(folded) if not any(other in form for other in folded[:index]))


def _candidates(text: str) -> Iterator[tuple[str, str, int]]:
    """Works in 《》, programmes in “”, and what ends like a name between words that no name holds."""
    for found in re.finditer(r"《([^《》]{2,60})》", text):
        yield found.group(1), "work", found.start(1)
    for found in _quoted().finditer(text):
        yield found.group(), "programme", found.start()
    parted = re.sub(name_words().not_within, lambda found: " " * len(found.group()), text)
    for kind, shape in _shapes():
        for found in shape.finditer(parted):
            if found.group() not in name_words().not_names:
                yield found.group(), kind, found.start()


@cache
def _quoted() -> re.Pattern[str]:
    words = "|".join(name_words().quoted)
    return re.compile(rf"“[^“”]{{1,10}}”(?:{words})|“[^“”]{{1,10}}(?:{words})”")


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern for each kind: two to twelve characters, then an ending."""
    return tuple(
        (kind, re.compile(rf"[\u4e00-\u9fff]{{2,12}}?(?:{'|'.join(endings)})"))
        for kind, endings in sorted(name_words().endings.items())
    )


_CONTEXT = 8
_MOST_ARTICLES = 20
"""Articles listed under a name; the search finds the others."""
