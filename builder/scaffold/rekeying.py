"""Moves what editors wrote about articles to the articles' identifiers of today, and notes where old addresses lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from builder.archive.intake import Intake
from builder.config.corrections import MOVED, SINGLE_FILE, correction_file
from builder.config.loading import load_plainly
from builder.config.project import Project

_IDENTIFIER = re.compile(r"(?:articles/|plans/plan-)([a-z0-9]{10})(?:\.html|/index\.html)")
_PLAN = re.compile(r"plans/(plan-[a-z0-9]{10})/index\.html")
_SCHEMA = "# yaml-language-server: $schema="


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file of ``curation/`` that takes another place, or another content."""

    path: str  # Where it is to stand, below the archive's folder; empty where it goes
    content: bytes  # What it is to hold
    was: str = ""  # Where it stood; empty where it is new


def rewritten(project: Project, intake: Intake, moved: Mapping[str, str]) -> Iterator[Rewritten]:
    """What becomes of the files of ``curation/``, given new addresses by old ones."""
    single = load_plainly(project.root / SINGLE_FILE)
    identifiers = {item.path: item.identifier for item in intake.items}
    yield from _split(project, single, identifiers)
    yield from _renamed(project, moved)
    yield from _redirects(project, single, moved)


def _split(project: Project, single: Mapping[str, object], identifiers: Mapping[str, str]) -> Iterator[Rewritten]:
    """A file for each article of the single one; what names no seed stays where it is."""
    seeds, removed = _mapping(single.get("seeds")), _mapping(single.get("removed"))
    left = {}
    for path, fix in seeds.items():
        if path in identifiers:
            yield from _own(project, identifiers[path], fix)
        else:
            left[path] = fix
    for identifier, entry in removed.items():
        yield from _own(project, identifier, {**_mapping(entry), "removed": True})
    if left:
        yield Rewritten(SINGLE_FILE, _written("schemas/corrections.json", {"seeds": left}), SINGLE_FILE)
    elif single:
        yield Rewritten("", b"", SINGLE_FILE)


def _own(project: Project, identifier: str, fix: object) -> Iterator[Rewritten]:
    path = correction_file(identifier)
    if not (project.root / path).exists():
        yield Rewritten(path, _written("../schemas/correction.json", _mapping(fix)))


def _renamed(project: Project, moved: Mapping[str, str]) -> Iterator[Rewritten]:
    """Corrections and additions to documents, under the identifiers of today."""
    for old, new in moved.items():
        before, after = _IDENTIFIER.fullmatch(old), _IDENTIFIER.fullmatch(new)
        places = [(correction_file(before[1]), correction_file(after[1]))] if before and after else []
        plans = _PLAN.fullmatch(old), _PLAN.fullmatch(new)
        if plans[0] and plans[1]:
            places.append((f"curation/plans/{plans[0][1]}.yml", f"curation/plans/{plans[1][1]}.yml"))
        for was, path in places:
            if (project.root / was).is_file() and not (project.root / path).exists():
                yield Rewritten(path, (project.root / was).read_bytes(), was)


def _redirects(project: Project, single: Mapping[str, object], moved: Mapping[str, str]) -> Iterator[Rewritten]:
    """Every address that has moved, those of old among them, each to where it leads in the end."""
    file = project.root / MOVED
    known = {**_mapping(single.get("moved")), **_mapping(load_plainly(file).get("moved"))}
    every = {**known, **moved}
    settled = {old: moved.get(str(new), str(new)) for old, new in every.items()}
    settled = {old: new for old, new in sorted(settled.items()) if old != new}
    if settled and settled != load_plainly(file).get("moved"):
        yield Rewritten(MOVED, _written("schemas/moved.json", {"moved": settled}), MOVED if file.exists() else "")


def _mapping(value: object) -> dict[str, object]:
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}


def _written(schema: str, content: Mapping[str, object]) -> bytes:
    text = yaml.dump(dict(content), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=2**30)
    return f"{_SCHEMA}{schema}\n{text}".encode()
