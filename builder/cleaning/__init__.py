"""Post to Article: an ordered chain of named rules over one HTML tree, and a ledger of what they take.

``learn`` looks at all posts for what their sources repeat; ``clean`` makes one article; ``chain.CHAIN`` lists the
rules.
"""

from builder.cleaning.body import BodyTree, parse
from builder.cleaning.cleaning import clean, said_in_text
from builder.cleaning.repetition import (
    Observation,
    Repetition,
    learn,
    observe,
    outlets_of,
    repeated,
    shared_titles,
)
from builder.cleaning.rules.profiles import check

__all__ = [
    "BodyTree",
    "Observation",
    "Repetition",
    "check",
    "clean",
    "learn",
    "observe",
    "outlets_of",
    "parse",
    "repeated",
    "said_in_text",
    "shared_titles",
]
