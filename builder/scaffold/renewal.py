"""Brings the files that ``init`` wrote up to this version, and leaves alone what people have changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder.config.project import Project
from builder.config.settings import load_settings
from builder.data import load_data
from builder.files import remove, replace
from builder.scaffold.files import Choices, archive_files
from builder.scaffold.origin import ScaffoldManifest, file_digest, file_digests, read_manifest, version, write_manifest

_OLD_THEME = re.compile(r"(?m)^(?P<head>[ \t]*custom_dir:\s*)[\"']?builder/theme[\"']?(?=\s|$)")
_OLD_STYLES = re.compile(r"(?m)^  - assets/stylesheets/(?:archive|reading|lists|plan)\.css\n")


@dataclass(frozen=True, slots=True)
class Renewed:
    """One file of the archive and what becomes of it."""

    path: str  # Below the archive's folder
    # ``kept``: people have changed it, and the program would write it otherwise now; ``gone``: it comes with the
    # theme now
    kind: Literal["new", "renewed", "kept", "gone"]
    old: bytes  # As it is
    new: bytes  # As this version writes it

    def difference(self) -> Iterator[str]:
        """Line by line, as ``diff -u`` shows it."""
        old, new = (content.decode("utf-8", "replace").splitlines() for content in (self.old, self.new))
        yield from difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm="")


def renewals(project: Project, origin: str) -> list[Renewed]:
    """What an upgrade does to the files that ``init`` wrote, given where the program comes from, if known."""
    settings = load_settings(project.mkdocs)
    known = read_manifest(project.root)
    choices = Choices(known.language or settings.language, settings.site_name, origin)
    found = [_renewed(project, known, path, new) for path, new in sorted(archive_files(choices).items())]
    every = (*found, _settings(project), *_earlier(project))
    return [each for each in every if each is not None and _concerns(each, origin)]


def renew(project: Project, changes: list[Renewed]) -> None:
    """Write what is new and what was still as the program had written it."""
    for change in changes:
        if change.kind == "gone":
            remove(str(project.root), change.path)
        elif change.kind != "kept":
            replace(f"{project.root}/{change.path}", change.new)
    known = read_manifest(project.root)
    language = known.language or load_settings(project.mkdocs).language
    written = file_digests({change.path: change.new for change in changes if change.kind in ("new", "renewed")})
    adopted = {} if known.files else dict.fromkeys(filter(_is_page, archive_files(Choices(language, "", ""))), "")
    every = {**adopted, **known.files, **written}
    write_manifest(project.root, ScaffoldManifest(version(), language, dict(sorted(every.items()))))


def _renewed(project: Project, known: ScaffoldManifest, path: str, new: bytes) -> Renewed | None:
    file = project.root / path
    old = file.read_bytes() if file.is_file() else None
    if old is None:
        begun_otherwise = _is_page(path) and not known.files
        return None if path in known.files or begun_otherwise else Renewed(path, "new", b"", new)
    if file_digest(old) == file_digest(new):
        return None
    is_ours = known.files.get(path) == file_digest(old) or path.startswith("curation/schemas/")
    if path in _PEOPLES and not is_ours:
        return None
    return Renewed(path, "renewed" if is_ours else "kept", old, new)


def _is_page(path: str) -> bool:
    """Whether it is a page or a note: an archive that was begun otherwise has its own, and a navigation for them."""
    return path.startswith(("docs/", "seeds/"))


def _settings(project: Project) -> Renewed | None:
    """The lines of ``mkdocs.yml`` by which earlier versions found the theme inside the archive."""
    old = project.mkdocs.read_text(encoding="utf-8")
    new = _OLD_STYLES.sub("", _OLD_THEME.sub(r"\g<head>.theme", old))
    new = re.sub(r"(?m)^extra_css:\n(?!\s+-)", "", new)
    if new == old:
        return None
    return Renewed(project.mkdocs.name, "renewed", old.encode(), new.encode())


def _earlier(project: Project) -> Iterator[Renewed]:
    """What earlier versions kept below ``docs/`` and nobody has changed."""
    for path, digests in load_data("scaffold/earlier.yml", dict[str, list[str]]).items():
        file = project.root / path
        if file.is_file() and not file.is_symlink() and file_digest(file.read_bytes()) in digests:
            yield Renewed(path, "gone", file.read_bytes(), b"")


def _concerns(change: Renewed, origin: str) -> bool:
    """Where nobody knows where the program comes from, the archive's own word is better than none."""
    return bool(origin) or change.path != "program.txt" or change.kind == "new"


_PEOPLES = frozenset(
    {
        "README.md",
        "mkdocs.yml",
        "docs/about.md",
        "curation/topics.yml",
        "curation/entities.yml",
        "curation/moved.yml",
    }
)
"""What people write as soon as they begin: never compared again once it has changed."""
