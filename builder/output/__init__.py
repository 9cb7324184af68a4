"""Writes generated files below ``docs/``, only those that may have changed, and removes orphans."""
