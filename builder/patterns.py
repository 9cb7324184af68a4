r"""Regular expressions compiled when they are first used.

A command needs a quarter of the program's patterns, and compiling all of them takes as long as reading a few posts. So
modules write ``_YEAR = pattern(r"\d{4}年")`` and use it as they would a compiled one; only the functions of ``re``
itself (``re.sub(_YEAR, …)``) do not take it.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class LazyPattern:
    """A pattern not yet compiled."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        """Keep what :func:`re.compile` takes."""
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a compiled pattern has
        """Compile, and keep the compiled pattern's attributes as one's own: later uses no longer come by here."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({each: getattr(compiled, each) for each in dir(compiled) if not each.startswith("__")})
        return getattr(compiled, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression, compiled by its first use.

    Args:
        source: The expression. Its ``pattern`` can be read, to be part of another, without its being compiled.
        flags: Of ``re``.

    Returns:
        What behaves like a compiled pattern.

    Raises:
        re.error: At its first use, where the expression is none.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(source, flags))
