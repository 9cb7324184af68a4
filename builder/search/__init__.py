"""The archive's own search: an index of static files, and the engine that reads it in the terminal.

``write_index`` makes files of records; ``query`` answers from them. The engine in ``assets/`` does the same in a
browser, module by module (``matching.py`` and ``assets/matching.js`` are twins), and ``tests/test_search_alike.py``
keeps them together.

What is written: ``root.gz`` (``catalogue``), ``facets.gz``, shards of postings (``shards``, ``coding``) in one
folder a segment (``segments``), and ``texts/`` with the units (``units``), by which a hit is checked and quoted.
"""

from __future__ import annotations

from builder.search.packing import IndexFileError
from builder.search.querying import Answer, query
from builder.search.writing import write_index

__all__ = ["Answer", "IndexFileError", "query", "write_index"]
