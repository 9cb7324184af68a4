"""What a source repeats in post after post is its furniture, and needs no rule of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b

from lxml import etree

from builder.cleaning.body import BodyTree, parse
from builder.cleaning.ledger import address_of
from builder.cleaning.lines import Line, folded, lines_of
from builder.cleaning.rules.profiles import check
from builder.cleaning.sources import profile_of
from builder.config.curation import SourceProfile
from builder.data import load_data
from builder.folding import fold
from builder.model.post import Post
from builder.patterns import pattern

_MASKED = pattern(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Repetition:
    """What was learned from all the posts of one call."""

    # For each source the keys of the lines and image addresses that it repeats
    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()  # Titles that several posts without any text share
    # The outlet's name for each name under which its posts came, where a profile knows them
    outlets: Mapping[str, str] = field(default_factory=dict)

    def of(self, post: Post) -> frozenset[str]:
        """What the source of a post repeats."""
        return self.habits(source_key(post), line_key(post.title))

    def habits(self, source: str, title: str) -> frozenset[str]:
        """What a source repeats, by the keys of an observation; with the title where it is shared."""
        lines = self.lines.get(self.outlets.get(source, source), frozenset())
        return lines | {_TITLE + title} if title in self.titles else lines


@dataclass(frozen=True, slots=True)
class Observation:
    """What one post can teach."""

    source: str  # Key of its source
    outlet: str | None  # The folded name of the outlet whose profile fits it; None where none does
    title: str  # Key of its title
    bare: bool  # Whether it has no text beside its title
    post: str  # Key of its longest line: posts that share it count as one
    # Keys of the lines and image addresses that may be furniture, and whether each stands at head or tail
    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Thresholds:
    posts: int
    share: float
    few_posts: int
    few_share: float
    addresses: int
    letters: int
    edge: float
    head: int
    tail: int
    titles: int


@cache
def _thresholds() -> _Thresholds:
    return load_data("cleaning/repetition.yml", _Thresholds)


def learn(posts: Sequence[Post], profiles: Mapping[str, SourceProfile]) -> Repetition:
    """Learn what each source repeats.

    Every post is looked at once and never compared with another: lines are counted by a digest of their text, digits
    and links masked. Posts whose longest line is the same count as one, so that a story filed twice teaches nothing,
    and the longest line of a post is never learned.

    Args:
        posts: All posts of one call; their order does not matter.
        profiles: The outlets' profiles: names of one outlet count together.

    Returns:
        What to take from later posts of the same sources.

    Raises:
        BuilderError: A profile holds a selector or pattern that cannot be read.
    """
    check(profiles)
    seen = [observe(post, profiles) for post in posts]
    outlets = outlets_of((each.source, each.outlet) for each in seen)
    by_outlet: dict[str, list[Observation]] = defaultdict(list)
    for each in seen:
        by_outlet[outlets.get(each.source, each.source)].append(each)
    return Repetition(
        lines={outlet: keys for outlet in sorted(by_outlet) if (keys := repeated(by_outlet[outlet]))},
        titles=shared_titles(each.title for each in seen if each.bare),
        outlets=outlets,
    )


def observe(post: Post, profiles: Mapping[str, SourceProfile], body: BodyTree | None = None) -> Observation:
    """Look at one post; where its body is parsed already, that tree stays as it is."""
    limits = _thresholds()
    body = body or parse(post.body, post.body_format)
    lines = _plain_lines(deepcopy(body.root))
    texts = [line for line in lines if line.text]
    longest = max(texts, key=lambda line: (line.length, line.text), default=None)
    profile = profile_of(post, profiles)
    key = line_key(longest.text) if longest else "|".join(address_key(address_of(m)) for x in lines for m in x.media)
    key = line_key(post.title) if body.is_page else key  # the longest line of a page may be small print of every page
    return Observation(
        source=source_key(post),
        outlet=fold(profile.name) if profile else None,
        title=line_key(post.title),
        bare=all(line_key(line.text) == line_key(post.title) for line in texts),
        post=key,
        lines=(*_texts(texts, longest, key, limits, anywhere=body.is_page), *_media(lines, limits)),
    )


def outlets_of(posts: Iterable[tuple[str, str | None]]) -> Mapping[str, str]:
    """For each key of a source the outlet that the profiles know; the order of the posts plays no part.

    Args:
        posts: ``source`` and ``outlet`` of each post's observation.
    """
    return dict(sorted({(source, outlet) for source, outlet in posts if outlet is not None}, reverse=True))


def repeated(posts: Iterable[Observation]) -> frozenset[str]:
    """Keys that stand in enough different posts of one outlet, nearly always at their head or tail."""
    limits = _thresholds()
    seen: dict[str, set[str]] = defaultdict(set)
    at_edge: dict[str, set[str]] = defaultdict(set)
    different = set()
    for each in posts:
        different.add(each.post)
        for key, is_edge in each.lines:
            seen[key].add(each.post)
            if is_edge:
                at_edge[key].add(each.post)
    return frozenset(
        key
        for key, those in seen.items()
        if _is_often(key, len(those), len(different), limits) and len(at_edge[key]) >= limits.edge * len(those)
    )


def shared_titles(keys: Iterable[str]) -> frozenset[str]:
    """Titles that several posts share, from the ``title`` of each observation of a ``bare`` one."""
    numbers = Counter(keys)
    return frozenset(title for title, number in numbers.items() if number >= _thresholds().titles)


def _texts(
    texts: Sequence[Line], longest: Line | None, post: str, limits: _Thresholds, *, anywhere: bool
) -> Iterator[tuple[str, bool]]:
    """The keys of lines, and whether each stands where furniture does: on whole pages that is all around a text."""
    for position, line in enumerate(texts):
        if line is longest or not _says(limits.letters).match(line.text):
            continue
        if (key := line_key(line.text)) != post:
            yield key, anywhere or position < limits.head or position >= len(texts) - limits.tail


@cache
def _says(letters: int) -> re.Pattern[str]:
    """What has so many letters."""
    return re.compile(rf"(?:[\W\d_]*[^\W\d_]){{{letters}}}")


def _media(lines: Sequence[Line], limits: _Thresholds) -> Iterator[tuple[str, bool]]:
    for line in lines[-limits.tail :]:
        yield from ((address_key(address_of(media)), True) for media in line.media)


def _is_often(key: str, posts: int, number: int, limits: _Thresholds) -> bool:
    if key.startswith(_ADDRESS):
        return posts >= limits.addresses
    return (posts >= limits.posts and posts >= limits.share * number) or (
        posts >= limits.few_posts and posts >= limits.few_share * number
    )


_ADDRESS = "@"
_TITLE = "#"


@lru_cache(500)  # asked for when a post is looked at, and when it is cleaned
def line_key(text: str) -> str:
    """Digest of a line's letters: digits, signs and white space masked, scripts and forms folded."""
    return blake2b(_MASKED.sub("", folded(text)).encode(), digest_size=8).hexdigest()


def title_key(post: Post) -> str:
    """Under which a title is a habit that posts without any text share."""
    return _TITLE + line_key(post.title)


def address_key(address: str) -> str:
    """Digest of an image's address."""
    return _ADDRESS + blake2b(address.encode(), digest_size=8).hexdigest()


def source_key(post: Post) -> str:
    """What posts of one source have in common: the outlet's first name, else the host they came from."""
    if post.outlet_names:
        return fold(post.outlet_names[0]).strip()
    address = post.url or post.carrier_url or ""
    return address.split("/")[2].lower() if address.count("/") > 1 else ""


def _plain_lines(root: etree._Element) -> list[Line]:
    etree.strip_elements(root, "script", "style", "head", "noscript", with_tail=False)
    return lines_of(root)
