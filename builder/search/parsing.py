"""Reads what was typed: terms, quotations, and the names that widen them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.search.characters import GAP, plain, verbatim

LONGEST_QUERY = 200
_MOST_TERMS = 12
_MOST_WIDENED = 4
_BLANK = re.compile("[\x00-\x1f\x7f-\x9f\ufeff]")
_PIECE = re.compile('["＂]([^"＂]*)["＂]|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\\s"＂“「『]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Something every hit must hold.

    Attributes:
        plain: Folded, without punctuation; never empty.
        exact: For a quotation, folded with its punctuation; else empty.
    """

    plain: str
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One way to ask.

    Attributes:
        terms: All of which a hit must hold.
        name: The other name that stands in for what was typed; empty for what was typed.
    """

    terms: tuple[Term, ...]
    name: str = ""


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query: white space separates them, quotation marks hold one together.

    Args:
        text: As typed; anything behind 200 characters is left out.
    """
    pieces = _PIECE.finditer(_BLANK.sub(" ", text[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(term for piece in pieces for term in _term(piece)))[:_MOST_TERMS]


def questions(text: str, aliases: Mapping[str, Sequence[str]]) -> tuple[Question, ...]:
    """What was typed, then the same with other names.

    Args:
        text: As typed.
        aliases: Other names by plain name.
    """
    terms = parse(text)
    found = [Question(terms)]
    for place, term in enumerate(terms):
        names = () if term.exact else aliases.get(term.plain, ())
        found.extend(Question((*terms[:place], Term(plain(name)), *terms[place + 1 :]), name) for name in names)
    if len(terms) > 1 and not any(term.exact for term in terms):
        names = aliases.get(GAP.join(term.plain for term in terms), ())
        found.extend(Question((Term(plain(name)),), name) for name in names)
    return tuple(question for question in found if all(term.plain for term in question.terms))[: 1 + _MOST_WIDENED]


def _term(piece: re.Match[str]) -> Iterator[Term]:
    words = piece.group(5)
    quotation = "" if words else next(filter(None, piece.groups()), "")
    if searched := plain(words or quotation):
        yield Term(searched, verbatim(quotation).plain.strip() if quotation else "")
