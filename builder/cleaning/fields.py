"""Who wrote a page, for whom and when: decided once, from every candidate, by rank and agreement.

An empty field is better than a wrong one: what names the site, a staff number, a tool or an address is no author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from builder.cleaning.draft import Draft
from builder.cleaning.rules.bylines import BEHIND, BESIDE_DATE, ELSEWHERE, SIGNED
from builder.cleaning.rules.names import is_tool
from builder.folding import fold, letters
from builder.model.post import Candidate, Published
from builder.patterns import pattern
from builder.reading.dates import day_of_address, iso_instant, read_date
from builder.reading.outlets import LONGEST_HAN, endings, is_person
from builder.reading.words import words

_LONGEST_NAME = 60
_FIRM = pattern(r"\b(?:inc|ltd|corp|llc|co|gmbh|plc)\.?$", re.IGNORECASE)
_ADDRESS = pattern(r"https?:|www\.|@|\.(?:com|cn|net|org|gov|edu|info|co|jp|kr|tw|hk)\b", re.IGNORECASE)
_SENTENCE = pattern(r"[。！？；!?;]")
_META = 1  # rank of what a page's head says beside what its lines say
_SCRIPT = 4
_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)
_WIDEST = timedelta(hours=14)


def source_of(draft: Draft) -> str:
    """The outlet or the account that a page credits with its text; empty where only the site is known."""
    said = sorted(_sources(draft), key=lambda each: each[0])
    for _, value in said:
        name = draft.words.marks_after.sub("", draft.words.label_before.sub("", value)).strip(_AROUND)
        if _is_name(draft, name) and not name.isdecimal() and name.lower() not in words().no_source:
            return name
    return ""


def _sources(draft: Draft) -> Iterator[tuple[int, str]]:
    persons = {letters(value) for value in draft.credits.get("author", ())}
    persons |= {letters(each.value) for each in (*draft.said, *draft.post.candidates) if each.field == "author"}
    for each in draft.said:
        if each.field in {"source", "origin"} and each.rank < ELSEWHERE:
            guessed = each.rank == BESIDE_DATE
            alone = len(_beside(draft, each)) == 1
            if not guessed or (alone and letters(each.value) not in persons and not is_person(each.value)):
                yield each.rank, each.value
    for each in draft.post.candidates:
        if each.field == "source" and "://" not in each.value and not _is_site(draft, each):
            yield (_SCRIPT if each.evidence.startswith("script") else _META), each.value
    for value in draft.credits.get("source", ()):
        yield BEHIND, value
    for each in draft.post.candidates:
        name = re.split("[|,]", each.value)[-1 if "," in each.value else 0].strip()
        if each.field == "author" and fold(name).endswith(endings()):
            yield BEHIND + 1, name


def _is_site(draft: Draft, one: Candidate) -> bool:
    """Whether the organisation that wrote a page is its site, under a longer or shorter name."""
    if not one.evidence.startswith("JSON-LD"):
        return False
    sites = [letters(each.value) for each in draft.post.candidates if each.field == "site"]
    return any(site and (site in letters(one.value) or letters(one.value) in site) for site in sites)


def _beside(draft: Draft, one: Candidate) -> list[str]:
    """The names that stand beside the same date without a label: a single one may be an outlet, several are people."""
    return [each.value for each in draft.said if each.field == "source" and each.evidence == one.evidence]


def author_of(draft: Draft, source: str) -> str | None:
    """The author as printed, without roles; None where nobody is named."""
    outlets = {letters(name) for name in (*draft.post.outlet_names, source) if name}
    for _, value in sorted(_authors(draft, outlets), key=lambda each: each[0]):
        parts = re.split("([,，])", _person(draft, value))
        others = (part for part in parts if not any(letters(part) and letters(part) in outlet for outlet in outlets))
        name = draft.words.role_after.sub("", "".join(others).strip(_AROUND)) if len(parts) > 1 else parts[0]
        if _is_author(draft, name, outlets):
            return _spelled(draft, name)
    return None


def _spelled(draft: Draft, name: str) -> str:
    """A name as the page's head spells it, where it is printed in capitals."""
    declared = (each.value for each in draft.post.candidates if each.field == "author" and name.isupper())
    return next((value for value in declared if letters(value) == letters(name)), name)


def _authors(draft: Draft, outlets: set[str]) -> Iterator[tuple[int, str]]:
    signed = dict.fromkeys(each.value for each in draft.said if each.field == "author" and each.rank == SIGNED)
    if signed:
        yield SIGNED + 2, ", ".join(signed)
    for each in draft.said:
        if each.field in {"author", "reporter"} and each.rank < ELSEWHERE and each.rank != SIGNED:
            several = [other.value for other in draft.said if other.field == "reporter" == each.field]
            yield each.rank + 1 + (each.field == "reporter"), " ".join(dict.fromkeys(several)) or each.value
        elif each.field == "source" and each.rank == BESIDE_DATE:
            several = _beside(draft, each)
            if any(map(is_person, several)) and all(len(name) <= LONGEST_HAN for name in several):
                yield each.rank, " ".join(several)
    declared = [each for each in draft.post.candidates if each.field == "author"]
    editors = {letters(each.value) for each in draft.said if each.field == "editor"}
    editors |= {letters(value) for value in draft.credits.get("editor", ())}
    for evidence in dict.fromkeys(each.evidence for each in declared):
        named = dict.fromkeys(each.value for each in declared if each.evidence == evidence)
        people = [value for value in named if _is_author(draft, _person(draft, value), outlets)]
        yield 3, ", ".join(value for value in people if letters(value) not in editors and _is_printed(draft, value))
    for rank, field in ((BEHIND, "author"), (BEHIND + 1, "reporter")):
        for value in draft.credits.get(field, ()):
            yield rank, value


def _is_printed(draft: Draft, name: str) -> bool:
    """Whether readers see a name: publishing systems put the clerk who filed a page, or his login, in its head."""
    bare = name.strip()
    suspect = not any(map(str.isupper, bare)) if bare.isascii() else _HAN_NAME.fullmatch(bare)
    return not suspect or letters(name) in draft.printed


_HAN_NAME = pattern("[\u3400-\u9fff]{2,4}")


def _person(draft: Draft, value: str) -> str:
    """A name without labels and roles; where slashes part a place or a kind of work from it, the part with a role."""
    name = draft.words.label_before.sub("", value.replace("[[", "").replace("]]", "")).strip(_AROUND)
    name = name.partition("|")[0].strip() if _ADDRESS.search(name) else name
    name = draft.words.others_after.sub("", name)
    parts = _SLASH.split(name)
    name = next((part for part in parts if len(parts) > 1 and draft.words.role_before.search(part)), name)
    return draft.words.role_after.sub("", draft.words.role_before.sub("", name)).strip(_AROUND)


_SLASH = pattern(r"\s{0,8}[/／]\s{0,8}")
_AROUND = " ,，、;；:：|/()（）[]【】《》-—_·"


def _is_author(draft: Draft, name: str, outlets: set[str]) -> bool:
    if not _is_name(draft, name) or name.lower() in words().nobody or any(map(str.isdigit, name)) or "|" in name:
        return False
    plain = letters(name)
    if any(plain == outlet or (len(plain) > 1 and plain in outlet) for outlet in outlets):
        return False
    if any(len(outlet) >= _SURELY and outlet in plain for outlet in outlets):
        return False
    return not fold(name).endswith(endings()) and not _FIRM.search(name)


_SURELY = 4  # letters or characters of an outlet's name that no person's holds by chance


def _is_name(draft: Draft, name: str) -> bool:
    if not 0 < len(name) <= _LONGEST_NAME or _ADDRESS.search(name) or _SENTENCE.search(name):
        return False
    return not is_tool(draft, name) and letters(name) != letters(draft.post.title)


def published_of(draft: Draft) -> Published | None:
    """When a page was published: what its head declares and what is printed, each completing the other."""
    declared = _first_read(draft.post.candidates)
    addressed = day_of_address(draft.post.url or draft.post.carrier_url)
    said = sorted(draft.said, key=lambda each: each.rank)
    printed = _first_read([each for each in said if each.rank < BEHIND]) or credited(draft)
    if declared is None and printed is None:
        # Farther off stand the dates of other articles and of readers' comments, too; a page that only says when it
        # was last looked after is at least as old.
        updated = [each for each in said if each.field == "updated" and each.rank < BEHIND]
        return _first_read(said, near=addressed) or addressed or _first_read(updated, "updated")
    if declared is None or printed is None:
        return declared or printed
    if not _is_labelled(draft) and _is_change(_first_read(draft.post.candidates, "updated"), printed, declared):
        return declared
    if abs(declared.day - printed.day) > _DAY:
        return printed if _is_labelled(draft) else declared
    return agreed(declared, printed)


def _is_change(changed: Published | None, printed: Published, declared: Published) -> bool:
    """Whether a date without a label says when the page was last changed, as its head has it, to the day or minute."""
    if changed is None:
        return False
    same = [each.stated[: len("2021-03-05T08:30")] for each in (changed, printed, declared)]
    return changed.day == printed.day != declared.day or same[0] == same[1] != same[2]


def credited(draft: Draft) -> Published | None:
    """The date on the lines of credits that were taken out of the text."""
    return next(filter(None, map(read_date, draft.credits.get("published", ()))), None)


def _is_labelled(draft: Draft) -> bool:
    """Whether the printed date stands behind a label above the text."""
    return any(each.field == "published" and each.rank == 0 for each in draft.said)


def updated_of(draft: Draft, published: Published | None) -> Published | None:
    """When a page was last changed, where that is later than its publication."""
    printed = [each for each in sorted(draft.said, key=lambda each: each.rank) if each.rank < BEHIND]
    updated = _first_read((*draft.post.candidates, *printed), "updated")
    return updated if updated and published and updated.sort_key > published.sort_key else None


def _first_read(
    candidates: Sequence[Candidate], field: str = "published", near: Published | None = None
) -> Published | None:
    """The first candidate that reads as a date, within a day of another date where one is known."""
    for each in candidates:
        published = read_date(each.value) if each.field == field else None
        if published and (near is None or abs(published.day - near.day) <= _DAY):
            return published
    return None


def agreed(declared: Published, printed: Published) -> Published:
    """One moment out of two that mean the same.

    Args:
        declared: What a machine wrote: often an instant, often in UTC.
        printed: What readers saw: often a time of day without an offset.

    Returns:
        The declared instant in the printed clock's offset where the two lie whole quarters of an hour apart, for then
        they state that offset together; else the one that says more.
    """
    instant = declared.instant
    if instant is None:
        return printed if printed.instant or (printed.clock and not declared.clock) else declared
    if printed.instant is not None:
        return printed if printed.instant == instant else declared
    if not printed.clock:
        return declared
    local = datetime.fromisoformat(f"{printed.iso}T{printed.clock}")
    utc = instant.replace(tzinfo=None) - (instant.utcoffset() or timedelta())
    apart = local - utc.replace(second=local.second, microsecond=0)
    if apart == instant.utcoffset() or apart % _QUARTER or abs(apart) > _WIDEST:
        return declared
    moved = instant.astimezone(timezone(apart))
    return Published(declared.original, iso_instant(moved.replace(microsecond=0)))
