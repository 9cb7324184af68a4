"""Writes generated files below ``docs/``: only what may have changed, and removes what nobody makes any more."""
