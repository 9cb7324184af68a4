"""What a file says of itself, as candidates with their evidence: collected before anything is decided or removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder.model.container import Fact
from builder.model.post import Candidate
from builder.patterns import pattern
from builder.reading.words import meanings, plain_key, words

_LIST_SEPARATOR = pattern(r"(?:(?<!\s)\s+)?[,，、;；|]\s*")
_LISTS = frozenset(["tags", "categories"])
_DEEPEST = 20
_FIRM = -1
BEHIND_ALL = 1000
"""Rank of what a container states where its part says nothing."""


def stated(facts: Iterable[Fact]) -> list[Candidate]:
    """What a container states of its part: for certain, before all that the part says; else, behind it."""
    return [Candidate(fact.field, fact.value, fact.evidence, _FIRM if fact.firm else BEHIND_ALL) for fact in facts]


def candidates_of(values: Iterable[tuple[str, object]], place: str) -> list[Candidate]:
    """The candidates in a front matter or a page's head.

    Args:
        values: Keys with text, lists and mappings, the most trustworthy of equal keys first.
        place: Where they stand; the evidence names it before the key.

    Returns:
        One for each text under a known key, ranked as ``words.yml`` ranks the keys of a field.
    """
    return [
        Candidate(field, text.strip(), f"{place}: {key}", rank)
        for key, value in values
        for field, rank in meanings().get(plain_key(key), ())
        for text in _texts(value, split=field in _LISTS)
        if text.strip()
    ]


def clipped(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a note, without what the program that clipped the page put in.

    A date of making is the clip's where the note gives a page's address; a tag that marks clippings says nothing of the
    text; names in the brackets of a wiki lose them.
    """
    data = words()
    is_clip = any(
        each.field == "url" and _key(each) in data.clip_addresses and "://" in each.value for each in candidates
    )
    found = []
    for each in candidates:
        value = _WIKI.sub(r"\1", each.value)
        field = "saved" if is_clip and each.field == "published" and _key(each) in data.clip_dates else each.field
        if each.field not in _LISTS or value.lower() not in data.tool_tags:
            found.append(Candidate(field, value, each.evidence, each.rank))
    return found


def _key(candidate: Candidate) -> str:
    return plain_key(candidate.evidence.partition(": ")[2])


_WIKI = pattern(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")


class Candidates:
    """The candidates of one file, the most trustworthy of each field first."""

    def __init__(self, *groups: Iterable[Candidate]) -> None:
        """Sort several groups; what an earlier one says under a key of some rank hides what a later one says there."""
        ranked: dict[str, dict[int, list[Candidate]]] = {}
        for group in groups:
            mine: dict[str, dict[int, list[Candidate]]] = {}
            for each in group:
                mine.setdefault(each.field, {}).setdefault(each.rank, []).append(each)
            for field, by_rank in mine.items():
                for rank, several in by_rank.items():
                    ranked.setdefault(field, {}).setdefault(rank, several)
        self._fields = {
            field: [each for _, several in sorted(by_rank.items()) for each in several]
            for field, by_rank in ranked.items()
        }

    def of(self, *fields: str) -> tuple[Candidate, ...]:
        """The candidates of some fields."""
        return tuple(each for field in fields for each in self._fields.get(field, ()))

    def texts(self, *fields: str) -> tuple[str, ...]:
        """What the candidates of some fields say, each text once."""
        return tuple(dict.fromkeys(each.value for each in self.of(*fields)))

    def add(self, candidate: Candidate) -> None:
        """Put one behind those of its field that are trusted more."""
        field = self._fields.setdefault(candidate.field, [])
        field.append(candidate)
        field.sort(key=lambda each: each.rank)

    def all(self) -> tuple[Candidate, ...]:
        """Every candidate, by field."""
        return self.of(*self._fields)


def _texts(value: object, *, split: bool, depth: int = 0) -> tuple[str, ...]:
    """The texts in a value; of a mapping, its names and addresses; a list's text, parted where commas part it."""
    if isinstance(value, str):
        return tuple(_LIST_SEPARATOR.split(value)) if split and depth == 0 else (value,)
    if depth > _DEEPEST or value is None:
        return ()
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item, split=split, depth=depth + 1))
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "title", "url"))
        return tuple(text for item in named for text in _texts(item, split=split, depth=depth + 1))
    return (str(value),)
