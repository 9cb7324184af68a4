"""The options of a build."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for.

    Attributes:
        confirmed: Whether losing everything is meant.
        release: Whether ZIP files of the archive are made as well.
    """

    confirmed: bool = False
    release: bool = False


USUAL = Options()
