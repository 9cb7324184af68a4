"""What an outlet's profile says of its own posts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.lines import lines_of
from builder.config.curation import SourceProfile
from builder.problems import BuilderError, Wording


def kept_parts(draft: Draft) -> None:
    """Where the profile names the parts that are the article and one is there, take everything else."""
    selectors = draft.profile.keep if draft.profile else ()
    kept = [element for selector in selectors for element in _select(draft, selector)]
    if not kept:
        return
    wanted = {element for part in kept for element in (*part.iter(), *part.iterancestors())}
    for element in draft.elements():
        if element not in wanted and draft.holds(element):
            draft.take(element, "profile")
    inside = {element for part in kept for element in part.iter()}
    for line in lines_of(draft.root):
        if not any(element in inside and not (tail and element in kept) for element, tail in line.slots):
            draft.ledger.take_line(line, "profile")


def dropped_parts(draft: Draft) -> None:
    """Parts that the profile says are never the article."""
    for selector in draft.profile.drop if draft.profile else ():
        for element in _select(draft, selector):
            if draft.holds(element) and element is not draft.root:
                draft.take(element, "profile")


def moved_lines(draft: Draft) -> None:
    """Lines that the profile moves to the metadata, or drops: its patterns match whole lines."""
    if draft.profile is None:
        return
    for line in draft.texts:
        for move in draft.profile.move:
            found = _compiled(move.pattern).fullmatch(line.text)
            if found:
                value = found[1] if found.re.groups and found[1] else line.text
                draft.credit(move.to, value)
                draft.take_line(line, "profile", move.to)
                break
        else:
            if any(_compiled(pattern).fullmatch(line.text) for pattern in draft.profile.drop_patterns):
                draft.take_line(line, "profile")


def check(profiles: Mapping[str, SourceProfile]) -> None:
    """See that every selector and pattern of the profiles can be read.

    Args:
        profiles: By slug, the name of their file.

    Raises:
        BuilderError: One cannot; the message names file, key and what is wrong.
    """
    for slug, profile in profiles.items():
        place = f"curation/sources/{slug}.yml"
        for key, selectors in (("keep", profile.keep), ("drop", profile.drop)):
            for selector in selectors:
                try:
                    _selector(selector)
                except ValueError as error:
                    raise BuilderError(
                        Wording("no-selector", {"place": place, "key": key, "selector": selector, "reason": str(error)})
                    ) from error
        moved = tuple(move.pattern for move in profile.move)
        for key, patterns in (("move", moved), ("drop_patterns", profile.drop_patterns)):
            for pattern in patterns:
                try:
                    _compiled(pattern)
                except re.error as error:
                    raise BuilderError(
                        Wording("no-pattern", {"place": place, "key": key, "pattern": pattern, "reason": str(error)})
                    ) from error


def _select(draft: Draft, selector: str) -> list[etree._Element]:
    found = _selector(selector)(draft.root)
    return [element for element in found if etree.iselement(element)] if isinstance(found, list) else []


@lru_cache(maxsize=256)
def _selector(selector: str) -> etree.XPath:
    from lxml.cssselect import CSSSelector, SelectorError  # noqa: PLC0415  # takes a while, and few profiles hold any

    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
