"""The archive's own search: an index of static files, and the engine that reads it in the terminal.

``update_index`` makes files of records; ``query`` answers from them. The engine in ``assets/`` does the same in a
browser, module by module (``matching.py`` and ``assets/matching.js`` are twins), and ``tests/test_search_alike.py``
keeps them together.

What is written: ``root.gz`` (``catalogue``), ``dates.gz``, ``facets.gz``, ``shards/`` with the postings (``gathering``,
``shards``, ``lists``, ``coding``), and ``texts/`` with the units (``units``), by which a hit is checked and quoted.
Which number a unit has depends on the archive alone (``slots``), so that ``update_index`` rewrites little after a
change.
"""

from __future__ import annotations

from builder.search.packing import IndexFileError
from builder.search.querying import Answer, query
from builder.search.writing import IndexChange, update_index, write_index

__all__ = ["Answer", "IndexChange", "IndexFileError", "query", "update_index", "write_index"]
