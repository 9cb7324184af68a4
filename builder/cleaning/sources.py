"""Which outlet wrote a post, and who carried it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from builder.config.curation import SourceProfile
from builder.folding import fold
from builder.model.post import Post


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet."""

    name: str  # As shown; empty where unknown
    carrier: str | None  # Who carried the post, where another outlet wrote it
    profile: SourceProfile | None  # The outlet's profile, where there is one


def profile_of(post: Post, profiles: Mapping[str, SourceProfile]) -> SourceProfile | None:
    """The profile whose rules a post's body is cleaned by: by the original's host, the carrier's, the names."""
    return (
        _by_host(post.url, profiles) or _by_host(post.carrier_url, profiles) or _by_names(post.outlet_names, profiles)
    )


def resolve(post: Post, credited: Sequence[str], profiles: Mapping[str, SourceProfile], site: str = "") -> Outlet:
    """The outlet that wrote a post.

    Args:
        post: The post.
        credited: Names that the text itself credits ("来源：…"), in the order of trust.
        profiles: The outlets that are known.
        site: What a whole page calls its site; empty where it does not say.

    Returns:
        The credited outlet; else the one whose host the original has; else the front matter's. A name without a
        profile is shown as it is written.
    """
    said = _by_names(credited, profiles)
    by_host = _by_host(post.url, profiles)
    named = _by_names(post.outlet_names, profiles)
    front = by_host or named
    front_name = front.name if front else next(iter(post.outlet_names), "")
    if credited:
        name = said.name if said else credited[0]
        stood = front_name if front else site
        carrier = stood if stood and not _same(stood, name) else None
        return Outlet(name, carrier, said)
    if front:
        carrier = named.name if named and named is not front else None
        return Outlet(front.name, carrier, front)
    return Outlet(front_name, None, None)


def _same(first: str, second: str) -> bool:
    """Whether one name only says more than the other, as with a section behind it."""
    first, second = fold(first), fold(second)
    return first in second or second in first


def _by_host(address: str | None, profiles: Mapping[str, SourceProfile]) -> SourceProfile | None:
    if not address:
        return None
    host = (urlsplit(address).hostname or "").lower()
    matches = [
        (len(known), profile)
        for profile in profiles.values()
        for known in profile.hosts
        if host == known.lower() or host.endswith("." + known.lower())
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _by_names(names: Iterable[str], profiles: Mapping[str, SourceProfile]) -> SourceProfile | None:
    folded = [fold(name) for name in names]
    known = (
        {_folded(name): profile for profile in profiles.values() for name in (profile.name, *profile.aliases)}
        if folded
        else {}
    )
    return next((known[name] for name in folded if name in known), None)


_folded = cache(fold)
"""For names of outlets that have a profile: few, and asked for with every post."""
