"""Markdownify without engines for selectors and unknown encodings, which take longest to load."""

from __future__ import annotations

import sys
from types import ModuleType

_SPARED = ("soupsieve", "charset_normalizer")
"""What it loads where it can; nobody here asks it for selectors, or gives it bytes."""

_absent = [name for name in _SPARED if name not in sys.modules]
sys.modules.update({name: ModuleType(name) for name in _absent})
try:
    from markdownify import ATX, MarkdownConverter
finally:
    for _name in _absent:
        del sys.modules[_name]

__all__ = ["ATX", "MarkdownConverter"]
