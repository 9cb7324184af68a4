"""What templates are given in place of MkDocs' objects: it answers what is known, and nothing else in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from builder.publishing.unfamiliar import UnfamiliarError

MARK = "\x1d"
"""Stands round the name of what is put in for each page; no theme writes this character."""
FIRST_HEADING = "first heading"


class Unknown:
    """Something of which nothing is known: a template that asks is one that only MkDocs can render."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # never returns
        """Refuse; Python's own protocols ask by names with two underscores, and may be told no."""
        if name.startswith("__"):
            raise AttributeError(name)
        raise UnfamiliarError(f"a template uses {name}")

    def _refuse(self, *_: object) -> NoReturn:
        raise UnfamiliarError("a template uses what it is not given")

    __getitem__ = __len__ = __contains__ = __str__ = _refuse

    def __bool__(self) -> bool:
        """Refuse."""
        raise UnfamiliarError("a template asks whether something is there")

    def __iter__(self) -> Iterator[object]:
        """Refuse."""
        self._refuse()


class Known(Unknown):
    """Something of which some attributes are known."""

    def __init__(self, *, there: bool = True, **attributes: Any) -> None:  # noqa: ANN401  # as MkDocs' objects have them
        """Take whether templates are to find it true, and its attributes."""
        self.__dict__.update(attributes, _there=there)

    def __bool__(self) -> bool:
        """Whether it is there."""
        return bool(self._there)


class Headings(Known):
    """A table of contents of which the first entry's address is known; that is put in for each page."""

    def __iter__(self) -> Iterator[Known]:
        """The first entry."""
        if self:
            yield Known(url="#" + MARK + FIRST_HEADING + MARK)
            raise UnfamiliarError("a template lists headings")
