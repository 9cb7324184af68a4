"""Results kept between builds, by the digest of everything they depend on, in one file that may be deleted.

``Store`` keeps bytes; ``memoize`` gives back what is known of many things and works out the rest.
"""

from builder.cache.memo import Memo, memoize
from builder.cache.sealing import BrokenCacheError, opened, packed, read_note, sealed, unpacked, write_note
from builder.cache.store import Store, digest, version

__all__ = [
    "BrokenCacheError",
    "Memo",
    "Store",
    "digest",
    "memoize",
    "opened",
    "packed",
    "read_note",
    "sealed",
    "unpacked",
    "version",
    "write_note",
]
