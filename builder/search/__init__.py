"""The archive's own search: an index of static files, and the engine that reads it in the browser.

``update_index`` makes files of records: ``root.gz`` and ``records.gz`` (``catalogue``) and, for each part of the
archive (``segments``), lists of what stands where (``keys``, ``postings``) and the texts themselves (``units``), by
which a hit is checked and quoted; both by numbers that are a record's own (``slots``). The engine in ``assets/`` is
laid together by ``bundling``.
"""
