"""The part of folding that a browser cannot do by itself: Traditional to Simplified, as far as it is needed.

Browsers know compatibility forms and case (``normalize``, ``toLowerCase``). Of OpenCC's table only those characters
are kept whose simplified form the archive has: others could not be found anyway.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Set as AbstractSet
from functools import cache

from builder.folding import fold, simplified
from builder.search.packing import steps

_IDEOGRAPHS = ((0x3400, 0xA000), (0x20000, 0x33480))


FoldMap = tuple[list[int], list[int]]


def fold_map(alphabet: AbstractSet[int]) -> FoldMap:
    """The map for an archive.

    Args:
        alphabet: Code points of every folded character of the archive.

    Returns:
        Code points that fold and what they fold to, each as differences to the one before.
    """
    pairs = [(source, target) for source, target in _simplified() if target in alphabet]
    return steps(source for source, _ in pairs), steps(target for _, target in pairs)


@cache
def _simplified() -> tuple[tuple[int, int], ...]:
    """Code points of every ideograph that folds to another one for its script's sake, by code point."""
    every = (chr(code) for start, end in _IDEOGRAPHS for code in range(start, end))
    forms = simplified(every).items()
    different = ((source, fold(form)) for source, form in forms if source != form and len(form) == 1)
    return tuple((ord(one), ord(other)) for one, other in different if unicodedata.normalize("NFKC", one) == one)
