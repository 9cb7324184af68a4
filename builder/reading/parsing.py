"""A decoded file to a Post: which dialect it is in, and what its metadata say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from builder.model.post import BodyFormat, Candidate, Post, Published, RawDocument
from builder.patterns import pattern
from builder.problems import Problem
from builder.reading.addresses import Addresses, host_of, normalised, sort_addresses
from builder.reading.body_address import addresses_in_body
from builder.reading.candidates import BEHIND_ALL, Candidates, candidates_of, clipped, stated
from builder.reading.dates import from_milliseconds, iso_instant, read_date
from builder.reading.days import is_ambiguous
from builder.reading.doubts import doubts_about_address, doubts_about_date, doubts_about_title
from builder.reading.front_matter import read_front_matter
from builder.reading.html_page import headings_of, is_page, read_html_page
from builder.reading.masthead import Masthead, read_masthead
from builder.reading.outlets import Byline, read_byline
from builder.reading.page_titles import page_title
from builder.reading.plain_text import is_wrapped
from builder.reading.titles import clean_title, title_in_name, without_outlet
from builder.reading.words import words

_TAG = pattern(r"<[a-z!/][^>]{0,2000}>", re.IGNORECASE)
_OPENS_HTML = pattern(r"\s*<(?:[a-z][a-z0-9]*[\s>/]|!--)", re.IGNORECASE)
_NAMED_DAY = pattern(
    r"\D?(?P<year>(?:19|20)\d\d)(?:[-_.年](?P<month>\d{1,2})[-_.月](?P<day>\d{1,2})(?!\d)|(?P<mm>\d\d)[-_.月]?(?P<dd>\d\d)"
    r"|[-_.年](?P<m2>\d\d)(?P<d2>\d\d))"
)
_HTML_SUFFIXES = frozenset({".html", ".htm"})


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a text: metadata by meaning and as written, and where the body begins."""

    candidates: Candidates
    front_matter: Mapping[str, object]
    body_start: int
    body_format: BodyFormat
    masthead: Masthead
    whole_page: bool = False
    problems: tuple[Problem, ...] = ()


def parse_post(document: RawDocument) -> Post:
    """Read a post's metadata; never fails.

    Args:
        document: A decoded file that is no plan.

    Returns:
        The post. Its body (of a whole page, all of it) is untouched: a crawler's mark of time and link header are
        still in it. ``body_format`` is ``html`` where everything but those two is HTML.
    """
    head = _head(document)
    body = document.text[head.body_start :]
    byline, addresses = _byline(head), _addresses(head, body, document.path)
    original, guessed = _title(head, document.path)
    title = _headline(original, byline, addresses)
    if head.whole_page:
        title, byline = _page_title(head, body, original)
    published, undated = _published(head, document.path)
    doubts = (
        *doubts_about_title(document.path, title, guessed=guessed),
        *doubts_about_date(document.path, published, head.masthead.marker, document.text),
        *doubts_about_address(document.path, addresses, "".join(head.candidates.texts("url")[:1])),
    )
    return Post(
        document=document,
        front_matter=head.front_matter,
        title=title,
        title_original=original,
        published=published,
        outlet_names=byline.outlets,
        author=byline.author,
        url=addresses.original,
        carrier_url=addresses.carrier,
        tags=head.candidates.texts("tags", "categories"),
        body=body,
        body_format=head.body_format,
        problems=(*document.problems, *head.problems, *undated, *doubts),
        candidates=head.candidates.all(),
    )


def _head(document: RawDocument) -> _Head:
    text, path = document.text, document.path
    facts = stated(document.facts)
    matter = read_front_matter(text, path)
    html_named = document.format == "html" or PurePosixPath(path).suffix.strip().lower() in _HTML_SUFFIXES
    if matter.end == 0 and (html_named or is_page(text)):
        pairs = read_html_page(text)
        nothing = Masthead(None, "", "", {}, 0)
        said = [each for place, several in pairs.items() for each in candidates_of(several, place)]
        candidates = Candidates((*facts, *said))
        first = {name: value for several in reversed(pairs.values()) for name, value in reversed(several)}
        return _Head(candidates, first, 0, "html", nothing, whole_page=True)
    masthead = read_masthead(text[matter.end :], alone=not matter.values)
    rest = text[matter.end + masthead.end :]
    problems = matter.problems or (() if matter.values or document.facts else (Problem("no-front-matter", path, 1),))
    above = clipped(candidates_of(matter.values.items(), "front matter"))
    candidates = Candidates((*facts, *above), clipped(candidates_of(masthead.values.items(), "first lines")))
    body_format = _format(rest, html_named=html_named)
    if body_format == "markdown" and not matter.values and _is_text_named(path) and not is_wrapped(rest):
        body_format = "text"
    return _Head(candidates, matter.values, matter.end, body_format, masthead, problems=problems)


def _is_text_named(path: str) -> bool:
    return PurePosixPath(path).suffix.strip().lower() == ".txt"


def _format(text: str, *, html_named: bool) -> BodyFormat:
    """HTML where the text begins and ends with a tag or comment and holds no line that is outside of its blocks."""
    if html_named:
        return "html"
    return "html" if _OPENS_HTML.match(text) and text.rstrip().endswith(">") and _TAG.search(text) else "markdown"


def _byline(head: _Head) -> Byline:
    outlets = tuple(text for text in head.candidates.texts("site", "source") if "://" not in text)
    return read_byline(_authors(head), outlets, head.candidates.texts("categories"), head.candidates.texts("tags"))


def _authors(head: _Head) -> str:
    """The author, or the several of a list."""
    said = [each for each in head.candidates.of("author") if "://" not in each.value]
    return ", ".join(dict.fromkeys(each.value for each in said if each.evidence == said[0].evidence))


def _addresses(head: _Head, body: str, path: str) -> Addresses:
    """Front matter before link header before text, each only where the one before gives no address."""
    said = tuple(text for text in head.candidates.texts("url") if "//" in text) or (head.masthead.address,)
    # The address of a site's front page is no article's where another is at hand.
    addresses = sort_addresses(tuple(sorted(said, key=_is_root)) if head.whole_page else said)
    if addresses.original or addresses.carrier or head.whole_page:
        return addresses
    original, carrier = addresses_in_body(body, clean_title(_title(head, path)[0]))
    return Addresses(None, normalised(carrier)) if carrier else sort_addresses((original,))


def _is_root(address: str) -> bool:
    return address.strip().partition("//")[2].partition("/")[2] in {"", "index.html"}


def _title(head: _Head, path: str) -> tuple[str, str | None]:
    """The headline as written, and the problem where it had to be taken from the text or the file's name."""
    said = head.candidates.texts("title")
    if said:
        return said[0], None
    if head.masthead.title:
        return head.masthead.title, "title-from-text"
    named = title_in_name(PurePosixPath(path).stem)
    return named, "title-from-name" if named else None


def _page_title(head: _Head, body: str, original: str) -> tuple[str, Byline]:
    """A page's title, and its site's names: the one behind the title is a candidate like any other."""
    said = head.candidates.of("title")
    own = [each for each in said if each.rank < BEHIND_ALL]  # a container's title is that of the document, once more
    declared = [each.value for each in own if not each.evidence.endswith(_DOCUMENT_TITLE)]
    document = next((each.value for each in said if each.evidence.endswith(_DOCUMENT_TITLE) or each not in own), "")
    sites = (*head.candidates.texts("site"), *_names_in_host(head.candidates.texts("url")))
    found = page_title(declared, document, headings_of(body), sites)
    if found.site:
        head.candidates.add(Candidate("site", found.site, "behind the title", _BEHIND_TITLE))
    named = (_AROUND_NAME.sub("", name) for name in head.candidates.texts("site", "source"))
    names = [name for name in named if name.lower() not in words().no_source and not name.startswith("@")]
    title = found.title or clean_title(original)
    byline = read_byline(_authors(head), tuple(name for name in names if "://" not in name), (), ())
    # A page that names no site is nobody's: its author is no outlet.
    return title, byline if names else replace(byline, outlets=byline.certain)


def _names_in_host(addresses: tuple[str, ...]) -> Iterator[str]:
    """A host's name and the part of it that says whose it is: sites name themselves by either in their titles."""
    host = host_of(normalised(next(iter(addresses), "")))
    yield host
    yield from (part for part in host.split(".")[:-1] if len(part) > 3)  # noqa: PLR2004  # shorter ones are com, gov, co


_AROUND_NAME = pattern(r"\Awww\.|\s{0,9}[(（][\w.-]{1,60}\.[a-z]{2,6}[)）]\s{0,9}\Z", re.IGNORECASE)
_DOCUMENT_TITLE = "html:title"
_BEHIND_TITLE = 500


def _headline(original: str, byline: Byline, addresses: Addresses) -> str:
    address = addresses.original or addresses.carrier
    return without_outlet(clean_title(original), byline.outlets, byline.certain, address)


def _published(head: _Head, path: str) -> tuple[Published | None, tuple[Problem, ...]]:
    """The first key that reads as a date, else the mark of time, else the day in the file's name."""
    said = head.candidates.texts("published")
    for text in said:
        published = read_date(text)
        if published:
            doubt = Problem("date-ambiguous", path, values={"date": text, "read": published.iso})
            return published, (doubt,) if is_ambiguous(text) else ()
    unread = tuple(Problem("date-unreadable", path, values={"date": text}) for text in said[:1])
    marked = from_milliseconds(head.masthead.marker) if head.masthead.marker else None
    if marked:
        published = Published(head.masthead.marker or "", iso_instant(marked))
        return published, (*unread, Problem("date-from-marker", path, values={"date": published.iso}))
    named = _day_in_name(path)
    if named:
        return named, (*unread, Problem("date-from-name", path, values={"date": named.iso}))
    return None, (*unread, Problem("no-date", path))


def _day_in_name(path: str) -> Published | None:
    match = _NAMED_DAY.match(PurePosixPath(path).name)
    return read_date("-".join(group for group in match.groups() if group)) if match else None
