"""Results remembered between builds: by the digest of everything they depend on, in one file that may be deleted.

``Store`` keeps bytes; ``recall`` gives back what is known of many things and works out the rest.
"""

from builder.cache.notes import read_note, write_note
from builder.cache.packing import BrokenCacheError, packed, unpacked
from builder.cache.recall import Shelf, recall
from builder.cache.sealing import opened, sealed
from builder.cache.store import Store, digest, version

__all__ = [
    "BrokenCacheError",
    "Shelf",
    "Store",
    "digest",
    "opened",
    "packed",
    "read_note",
    "recall",
    "sealed",
    "unpacked",
    "version",
    "write_note",
]
