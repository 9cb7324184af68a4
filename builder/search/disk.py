"""``disk.js``: the whole index as a script, for a site that is opened from disk, where nothing can be fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping

DISK = "disk.js"
ON_DISK = 500
"""So many records at the most: a browser reads this script whole."""
_ESCAPED = {b"\\": b"\\\\", b'"': b'\\"', b"\n": b"\\n", b"\r": b"\\r"}


def write_disk(files: Mapping[str, bytes]) -> bytes:
    """The script. Its strings hold bytes as they are: it is to be read as ``x-user-defined`` (WHATWG Encoding, 14.5).

    Args:
        files: Of the index, by path; none where it is too large, of which the script then says so.
    """
    coded = b",".join(b'"%b":"%b"' % (path.encode(), _escaped(data)) for path, data in sorted(files.items()))
    return b"self.archiveSearchFiles = %b;\n" % (b"{%b}" % coded if files else b"null")


def _escaped(data: bytes) -> bytes:
    return re.sub(rb'[\\"\n\r]', lambda found: _ESCAPED[found[0]], data)
