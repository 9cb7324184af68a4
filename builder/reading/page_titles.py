"""The title of a whole page: what headings, head and ``<title>`` agree on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.folding import fold, letters
from builder.patterns import pattern
from builder.reading.titles import clean_title
from builder.reading.words import words

_COUNTER = pattern(r"^\s*[(（]\s*\d{1,4}\+?\s*(?:[^()（）\d]{1,6}[^()（）]{0,30})?[)）]\s*(?=\S)")
_SEPARATOR = pattern(
    r"(?:(?<!\s)\s+)?(?:[|｜]+|_{1,3}|-{2,3}|[–—]{1,2}|\s-\s|\s[·•]\s|\s:{1,2}\s|(?:(?<![0-9A-Za-z\u00c0-\u024f])-|-(?![0-9A-Za-z\u00c0-\u024f]))(?=[^-]*\Z)|·(?=[^·]*\Z)|[:：](?=[^:：]*\Z)|[<«»>‹›]|丨)\s*"
)
_CLOSING_SIGNS = pattern(r"[\W_]{1,20}\Z")
_FEWEST = 4
_LONGEST_SITE = 30
_SURE = pattern(r"\s[|｜–—·:-]\s|[|｜_丨]|--")


@dataclass(frozen=True, slots=True)
class PageTitle:
    """A page's title."""

    title: str  # Without counters before it and names of sites behind it; empty where the page says none
    site: str  # What stood behind the title in ``<title>``, its last part; empty where nothing did


def page_title(declared: Sequence[str], document: str, headings: Sequence[str], sites: Iterable[str]) -> PageTitle:
    """Decide on the title.

    Args:
        declared: Titles in JSON-LD and OpenGraph, the most trustworthy first.
        document: The content of ``<title>``.
        headings: The page's headings, ``h1`` first.
        sites: Names of the site, as the page gives them.

    Returns:
        The heading that the head of the page repeats, alone or with a suffix, since authors see headings and nobody
        cuts them; of several the first that is declared, and none that names the site. Else the first title that is
        declared; else ``<title>`` without its suffix.
    """
    known = frozenset(letters(site) for site in sites if letters(site))
    document = _without_site_before(_once(_without_counter(clean_title(document))), known)
    declared = [text for each in declared if not _SLUG.fullmatch(text := _without_counter(clean_title(each)))]
    said = [text for text in (*declared, document) if text]
    said = [text for text in said if letters(text) not in known] or said
    repeated = [heading for heading in map(clean_title, headings) if _is_said(heading, said)]
    proper = [heading for heading in repeated if letters(heading) not in known] or repeated
    bare = {letters(text) for text in said if text is not document}
    title = next((heading for heading in proper if letters(heading) in bare), next(iter(proper), ""))
    if not title and said:
        title = _uncut(said, known)
    site = _site(document, title)
    return PageTitle(next((each for each in map(clean_title, headings) if _extends(each, title, known)), title), site)


def _extends(heading: str, title: str, known: frozenset[str]) -> bool:
    """Whether a heading is the title with a subtitle behind a separator: a head often has the short form alone."""
    rest = _rest(heading, title)
    separator = _SEPARATOR.match(rest) if rest else None
    subtitle = rest[separator.end() :] if separator else ""
    return len(letters(subtitle)) >= _FEWEST and letters(subtitle) not in known and not _ends_as_site(subtitle)


_SLUG = pattern(r"[a-z0-9]+(?:-[a-z0-9]+){2,}")  # an address's last part in place of a title


def _without_site_before(title: str, known: frozenset[str]) -> str:
    """A title without the site's name that stands before it."""
    first = _SEPARATOR.search(title)
    while first and letters(title[: first.start()]) in known and len(title) - first.end() >= _FEWEST:
        title = title[first.end() :]
        first = _SEPARATOR.search(title)
    return title


def _once(title: str) -> str:
    """A title that stands twice, around a separator or a space: templates write it where the site's name should be."""
    if len(title) > _LONGEST_WHOLE:
        return title
    for between in _BETWEEN.finditer(title[:_LONGEST_TWICE]):
        first, second = title[: between.start()], title[between.end() :]
        if letters(first) == letters(second):
            return first
        rest = _rest(second, first) if len(letters(first)) >= _FEWEST_TWICE else ""
        if rest and _SEPARATOR.match(rest):
            return first + rest
    return title


_BETWEEN = pattern(rf"{_SEPARATOR.pattern}|\s")
_LONGEST_WHOLE, _LONGEST_TWICE, _FEWEST_TWICE = 2000, 400, 10


def _is_said(heading: str, said: Sequence[str]) -> bool:
    """Whether a heading is a whole title, or one up to a separator and marks before it, or most of one, at its end."""
    bare = letters(heading)
    if len(bare) < _FEWEST:
        return False
    for title in said:
        if bare == letters(title):
            return True
        rest = _rest(title, heading)
        if rest and _SEPARATOR.match(_MARK.sub("", rest)):
            return True
        before = title[: -len(heading)].rstrip() if title.endswith(heading) else ""
        if (
            before
            and 2 * len(bare) > len(letters(title))
            and _SITE_BEFORE.search(before)
            and not _ends_as_site(heading)
        ):
            return True
    return False


_SITE_BEFORE = pattern(r"[-|｜_–—>›»·]\Z")  # a colon parts a column's name, which is the title's


_MARK = pattern(r"\A\s*[【\[(（][^】\])）]{1,8}[】\])）]")


def _uncut(said: Sequence[str], known: frozenset[str]) -> str:
    """The first title, or a longer one that a quotation mark cut it from, without the site behind it."""
    title = said[0]
    for other in said[1:]:
        rest = _rest(other, title)
        if rest[:1] in {'"', "'"}:
            title = other
        elif len(other) >= _FEWEST and (rest := _rest(title, other)) and _SEPARATOR.match(rest):
            return other
    return _without_sites(title, known)


def _without_sites(title: str, known: frozenset[str]) -> str:
    taken = ""
    while True:
        last = max(_SEPARATOR.finditer(title), key=lambda found: found.start(), default=None)
        if last is None or last.start() < _FEWEST:
            return title
        suffix = title[last.end() :]
        is_name = letters(suffix) in known or _ends_as_site(suffix)
        is_sure = _SURE.search(last[0]) or last[0] == taken  # columns are parted as sites are
        longest = _LONGEST_COLUMN if suffix.isascii() else _LONGEST_HAN_COLUMN
        between = taken and len(suffix) <= longest and is_sure
        if not is_name and not between:
            return title
        title, taken = title[: last.start()], last[0]


_LONGEST_COLUMN, _LONGEST_HAN_COLUMN = 20, 6


def _ends_as_site(name: str) -> bool:
    folded = fold(name).lower()
    return folded.endswith(tuple(fold(ending).lower() for ending in words().organisation_endings)) or bool(
        _HOST.fullmatch(folded)
    )


_HOST = pattern(r"[\w-]{2,40}(?:\.[\w-]{2,40}){0,2}\.[a-z]{2,4}")


def _site(document: str, title: str) -> str:
    """The last part behind the title in ``<title>``, where separators stand between."""
    rest = _rest(document, title)
    last = max(_SEPARATOR.finditer(rest), key=lambda found: found.start(), default=None)
    if last is None or rest.lstrip()[0].isalnum():
        return ""
    site = rest[last.end() :].strip()
    return site if len(site) <= _LONGEST_SITE else ""


def _rest(long: str, short: str) -> str:
    """What follows in a longer text behind a shorter one that it begins with; signs and spaces do not count."""
    wanted = letters(short)
    if not wanted or not letters(long).startswith(wanted):
        return ""
    closing = _CLOSING_SIGNS.search(short)
    position = 0
    for index, character in enumerate(fold(long)):  # a fold keeps places
        if position == len(wanted):
            return long[index:].removeprefix(closing[0] if closing else "")
        position += character.isalnum()
    return ""


def _without_counter(title: str) -> str:
    return _COUNTER.sub("", title)
