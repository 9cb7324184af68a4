"""Begins an archive."""

from __future__ import annotations

from pathlib import Path

from builder.files import replace
from builder.problems import BuilderError, Wording
from builder.scaffold import manifest
from builder.scaffold.files import Choices, archive_files
from builder.scaffold.manifest import Manifest
from builder.scaffold.origin import version


def begin(folder: Path, choices: Choices) -> list[str]:
    """Write a new archive; whatever lies in the folder already must be none of its files. Gives the paths written.

    Raises:
        BuilderError: A file stands where one of the archive's belongs, or the disk refuses.
    """
    files = archive_files(choices)
    if folder.exists() and not folder.is_dir():
        raise BuilderError(Wording("init-no-folder", {"folder": str(folder)}))
    there = next((path for path in sorted(files) if (folder / path).exists() or (folder / path).is_symlink()), None)
    if there:
        raise BuilderError(Wording("init-in-the-way", {"path": str(folder / there)}))
    try:
        for path, content in files.items():
            replace(f"{folder}/{path}", content)
        manifest.write(folder, Manifest(version(), choices.language, manifest.digests(files)))
    except OSError as error:
        raise BuilderError(
            Wording("unwritable", {"path": str(error.filename), "reason": str(error.strerror)})
        ) from error
    return sorted(files)
