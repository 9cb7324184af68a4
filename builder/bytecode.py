"""Templates are compiled once: Jinja keeps their bytecode in the system's folder for temporary files.

Not in the archive's own ``.cache/``: what lies there may have come with somebody's contribution, and bytecode is run.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from functools import cache

import jinja2
from jinja2.bccache import Bucket


class _Cache(jinja2.FileSystemBytecodeCache):
    """Does without where a file is damaged or the disk is full."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept of a template."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


@cache
def bytecode() -> jinja2.BytecodeCache | None:
    """Where compiled templates are kept, by name and content; None where no folder is this user's alone."""
    try:
        return _Cache()
    except (RuntimeError, OSError):
        return None
