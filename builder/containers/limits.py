"""Every limit of this room: what one file may cost, whatever it holds."""

from __future__ import annotations

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of a container on the disk; a crawl is read as a stream, all others are held in memory up to LARGEST_HELD."""
LARGEST_HELD = 128 * 1024 * 1024
"""Bytes of a container that is held in memory: the largest illustrated book known is some 60 MB."""
LARGEST_TEXT = 16 * 1024 * 1024
"""Bytes of the text of one part, as of a plain post."""
LARGEST_UNPACKED = 256 * 1024 * 1024
"""Bytes that one container may unpack to, all its members together."""
HIGHEST_RATIO = 200
"""Unpacked bytes for one packed byte: text packs to a tenth, a document of one repeated word to a hundredth."""
RATIO_FROM = 1024 * 1024
"""Unpacked bytes below which a ratio says nothing."""
MOST_MEMBERS = 20_000
"""Entries of a container's own list."""
MOST_PARTS = 2_000
"""Parts that one container may hold: a feed has some hundred items."""
DEEPEST = 2
"""Containers in containers: a ZIP of MHTML files is 1."""
DEEPEST_TREE = 400
"""Levels of an XML tree, of nested parts of a mail and the like."""
LARGEST_PICTURE = 32 * 1024 * 1024
"""Bytes of one picture."""
LONGEST_MEMBER = 500
"""Characters of a member's name."""
LONGEST_FACT = 4000
"""Characters of a fact's value."""
PDF_SECONDS = 60
"""Time for one PDF, in a process of its own."""
PDF_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that a PDF's process may add to what it begins with."""
PDF_PAGES = 2_000
"""Pages of one PDF."""
TABLE_ROWS = 20_000
"""Rows of one table; beyond it a page is no page."""
TABLE_COLUMNS = 200
"""Columns of one table."""
