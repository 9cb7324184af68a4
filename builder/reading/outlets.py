"""Who wrote a post and who published it, as far as its front matter tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from builder.folding import fold
from builder.patterns import pattern
from builder.reading.titles import clean_title
from builder.reading.words import alternatives, words

_BRACKETED = pattern(r"(?:(?<!\s)\s+)?(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\])\s*")
_LATIN_AROUND = pattern(r"^[A-Za-z]{2,6}\s*(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s{0,20}[A-Za-z]{2,6}$")
_COLUMN = pattern(r"(?<!\s)\s+[-–—|]\s+")


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in a front matter."""

    # Names that may be the outlet's, most trustworthy first, each followed by its shorter forms
    outlets: tuple[str, ...]
    author: str | None  # A byline that names no outlet
    # Those of the outlets that stand where only an outlet's name stands: no mere tag or category
    certain: tuple[str, ...] = ()


def read_byline(author: str, outlet: tuple[str, ...], categories: tuple[str, ...], tags: tuple[str, ...]) -> Byline:
    """Tell the outlet from the author.

    Args:
        author: The author key's text: crawlers put the outlet there as often as a person.
        outlet: What the keys for publisher and site say.
        categories: Categories; many crawlers file by outlet.
        tags: Tags.

    Returns:
        The author as byline where nothing says that it is the outlet: no other key repeats it and it does not end
        like an organisation's name.
    """
    author = clean_title(author)
    if author.lower() in words().nobody:
        author = ""
    writer, comma, employer = author.rpartition(", ")
    if comma and _organisation(employer) and not _organisation(writer):
        author, outlet = writer, (*outlet, employer)
    filed = (*outlet, *categories, *tags)
    group = _group(author)
    if author and (group or _repeated(author, filed) or _organisation(author)):
        return Byline(_with_forms((group or author, *filed)), None, _with_forms((group or author, *outlet)))
    person = _person(author)
    # Where nothing else could name the outlet, the author still may, unless it is somebody's name.
    alone = (author,) if author and not filed and not all(map(is_person, _SEVERAL.split(person))) else ()
    return Byline(_with_forms((*filed, *alone)), person or None, _with_forms(outlet))


_SEVERAL = pattern(r"\s{0,8}[,，、]\s{0,8}")


def is_person(name: str) -> bool:
    """Whether a name of two to four Han characters begins with a family name and is no organisation's."""
    bare = name.strip()
    is_short = _SHORTEST <= len(bare) <= LONGEST_HAN and not bare.isascii()
    return is_short and fold(bare[0]) in words().family_names and not fold(bare).endswith(endings())


_SHORTEST, LONGEST_HAN = 2, 4


@cache
def endings() -> tuple[str, ...]:
    """What organisations' names, and words for a newsroom, end in; folded."""
    return tuple(fold(ending) for ending in (*words().organisation_endings, *words().roles_after))


def _repeated(author: str, filed: Iterable[str]) -> bool:
    """Whether categories or tags repeat the author, alone or with a column behind it."""
    head = _COLUMN.split(author)[0]
    return any(name in {author, head} for name in filed)


def _organisation(name: str) -> bool:
    return name.endswith(words().organisation_endings)


def _group(author: str) -> str:
    """The outlet in a byline that says only "its reporter" or "its newsroom"."""
    match = _roles_after().search(author)
    return author[: match.start()].strip() if match and match.start() > 1 else ""


def _person(author: str) -> str:
    """The byline without words for its role."""
    return _roles_before().sub("", author).strip()


@cache
def _roles_after() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words().roles_after)})$")


@cache
def _roles_before() -> re.Pattern[str]:
    """A role before a name; one of a single character is as often a family name and needs a colon."""
    roles = words().roles_before
    latin = alternatives(tuple(role for role in roles if role.isascii()))
    short = alternatives(tuple(role for role in roles if len(role) == 1))
    long = alternatives(tuple(role for role in roles if len(role) > 1 and not role.isascii()))
    return re.compile(
        rf"^(?:(?:{long})[\s:：/／]*|(?:{short})\s*[:：/／]\s*|(?:{latin})[\s:]+|[【（(\s])+|(?<![】）)])[】）)]+$",
        re.IGNORECASE,
    )


def _with_forms(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, followed by its forms without brackets, column and the Latin abbreviation beside it."""
    found: dict[str, None] = {}
    for name in names:
        clean = clean_title(name)
        bare = _BRACKETED.sub(" ", _COLUMN.split(clean)[0]).strip()
        forms = (clean, _COLUMN.split(clean)[0], bare, _LATIN_AROUND.sub("", bare).strip())
        found.update(dict.fromkeys(form for form in forms if form and form.lower() not in words().nobody))
    return tuple(found)
