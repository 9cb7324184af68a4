"""Clean HTML to Markdown that says exactly what the raw text says, and nothing more.

``render`` converts a body; ``escape_inline`` and ``front_matter`` are for what pages put around it.
"""

from builder.markup.escaping import escape_inline
from builder.markup.front_matter import front_matter
from builder.markup.rendering import render

__all__ = ["escape_inline", "front_matter", "render"]
