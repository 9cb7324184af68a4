"""Archive to files: finished Markdown pages, written through templates into generated folders of ``docs/``."""
