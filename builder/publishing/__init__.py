"""Renders finished ``docs/`` to ``site/``, byte for byte as plain MkDocs does, changed pages only."""
