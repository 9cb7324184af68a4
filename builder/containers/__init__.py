"""Files of every kind to parts that are read like any post: recognised by their bytes first, by their name second."""

from builder.containers.opening import named, open_bytes, open_file

__all__ = ["named", "open_bytes", "open_file"]
