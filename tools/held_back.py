"""Which items of an annotated set are held back from the work on it.

A third of every open set is drawn by a seed before the work begins. Scores are taken on the rest; the third is looked
at once, at the end, so that its first figure tells how the rules do on what they were not written against.
"""

import hashlib

SEED = "2026-11"


def held_back(name: str, seed: str = SEED) -> bool:
    """Whether the item called `name` (a file's name or a query, as its gold has it) belongs to the held-back third."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return digest[0] % 3 == 0
