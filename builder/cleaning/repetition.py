"""What a source repeats in post after post is its furniture, and needs no rule of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.resources import files
from typing import Any

import yaml
from lxml import etree

from builder.cleaning.body import parse
from builder.cleaning.ledger import address_of
from builder.cleaning.lines import Line, lines_of
from builder.cleaning.rules.profiles import check
from builder.cleaning.sources import profile_of
from builder.config.curation import SourceProfile
from builder.folding import fold
from builder.model.post import Post

_MASKED = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Repetition:
    """What was learned from all the posts of one call.

    Attributes:
        lines: For each source the keys of the lines and image addresses that it repeats.
        titles: Titles that several posts without any text share.
        outlets: The outlet's name for each name under which its posts came, where a profile knows them.
    """

    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    outlets: Mapping[str, str] = field(default_factory=dict)

    def of(self, post: Post) -> frozenset[str]:
        """What the source of a post repeats."""
        source = source_key(post)
        return self.lines.get(self.outlets.get(source, source), frozenset())


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


def _thresholds() -> _Thresholds:
    raw: dict[str, Any] = yaml.safe_load(files("builder.cleaning").joinpath("repetition.yml").read_text("utf-8"))
    return _Thresholds(**raw)


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
    limits = _thresholds()
    counts: dict[str, _Count] = defaultdict(_Count)
    outlets = _outlets(posts, profiles)
    bare_titles: Counter[str] = Counter()
    for post in posts:
        lines = _plain_lines(post)
        if not any(line.text for line in lines if line_key(line.text) != line_key(post.title)):
            bare_titles[line_key(post.title)] += 1
        source = source_key(post)
        counts[outlets.get(source, source)].add(lines, limits)
    return Repetition(
        lines={source: keys for source, count in sorted(counts.items()) if (keys := count.repeated(limits))},
        titles=frozenset(title for title, number in bare_titles.items() if number >= limits.titles),
        outlets=outlets,
    )


def _outlets(posts: Sequence[Post], profiles: Mapping[str, SourceProfile]) -> Mapping[str, str]:
    """For each name under which posts came, the outlet that the profiles know; the order of the posts plays no part."""
    known = {(source_key(post), fold(profile.name)) for post in posts if (profile := profile_of(post, profiles))}
    return dict(sorted(known, reverse=True))


class _Count:
    """How often one source says what, and where."""

    def __init__(self) -> None:
        self.posts: set[str] = set()
        self.seen: dict[str, set[str]] = defaultdict(set)
        self.at_edge: dict[str, set[str]] = defaultdict(set)

    def add(self, lines: Sequence[Line], limits: _Thresholds) -> None:
        texts = [line for line in lines if line.text]
        longest = max(texts, key=lambda line: (line.length, line.text), default=None)
        post = (
            line_key(longest.text) if longest else "|".join(address_key(address_of(m)) for x in lines for m in x.media)
        )
        self.posts.add(post)
        for position, line in enumerate(texts):
            key = line_key(line.text)
            if line is longest or key == post or len(_MASKED.sub("", line.text)) < limits.letters:
                continue
            self.seen[key].add(post)
            if position < limits.head or position >= len(texts) - limits.tail:
                self.at_edge[key].add(post)
        for line in lines[-limits.tail :]:
            for media in line.media:
                key = address_key(address_of(media))
                self.seen[key].add(post)
                self.at_edge[key].add(post)

    def repeated(self, limits: _Thresholds) -> frozenset[str]:
        """Keys that stand in enough different posts, nearly always at their head or tail."""
        number = len(self.posts)
        return frozenset(
            key
            for key, posts in self.seen.items()
            if self._is_often(key, len(posts), number, limits) and len(self.at_edge[key]) >= limits.edge * len(posts)
        )

    @staticmethod
    def _is_often(key: str, posts: int, number: int, limits: _Thresholds) -> bool:
        if key.startswith(_ADDRESS):
            return posts >= limits.addresses
        return (posts >= limits.posts and posts >= limits.share * number) or (
            posts >= limits.few_posts and posts >= limits.few_share * number
        )


_ADDRESS = "@"


def line_key(text: str) -> str:
    """Digest of a line's letters: digits, signs and white space masked, scripts and forms folded."""
    return blake2b(_MASKED.sub("", fold(text)).encode(), digest_size=8).hexdigest()


def address_key(address: str) -> str:
    """Digest of an image's address."""
    return _ADDRESS + blake2b(address.encode(), digest_size=8).hexdigest()


def source_key(post: Post) -> str:
    """What posts of one source have in common: the outlet's first name, else the host they came from."""
    if post.outlet_names:
        return fold(post.outlet_names[0]).strip()
    address = post.url or post.carrier_url or ""
    return address.split("/")[2].lower() if address.count("/") > 1 else ""


def _plain_lines(post: Post) -> list[Line]:
    root = parse(post.body, post.body_format).root
    etree.strip_elements(root, "script", "style", "head", "noscript", with_tail=False)
    return lines_of(root)
