"""Raw files to posts: encodings, front matter dialects, dates, headlines, addresses, and doubts about them.

``discover`` finds the files, ``read_document`` decodes one, ``parse_post`` reads its metadata.
"""

from builder.reading.decoding import decode_document, decode_part, read_document
from builder.reading.discovery import discover
from builder.reading.parsing import parse_post

__all__ = ["decode_document", "decode_part", "discover", "parse_post", "read_document"]
