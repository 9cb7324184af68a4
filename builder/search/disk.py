"""``disk.js``: the whole index as a script, for a site that is opened from disk, where nothing can be fetched."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

DISK = "disk.js"
ON_DISK = 500
"""So many records at the most: a browser reads this script whole."""


def write_disk(files: Mapping[str, bytes]) -> bytes:
    """The script.

    Args:
        files: Of the index, by path; none where it is too large, of which the script then says so.
    """
    coded = {path: base64.b64encode(data).decode() for path, data in sorted(files.items())}
    return f"self.archiveSearchFiles = {json.dumps(coded) if coded else 'null'};\n".encode()
