"""The front matter of finished pages."""

from __future__ import annotations

from collections.abc import Mapping

import yaml


def front_matter(mapping: Mapping[str, object]) -> str:
    """Write a page's front matter.

    Args:
        mapping: Text, numbers, truth values, lists and mappings; any text whatever.

    Returns:
        YAML between two rules, ending in a line feed; reading it gives the mapping back.
    """
    written = yaml.dump(dict(mapping), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{written}---\n"


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, so that equal lists stay readable."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # PyYAML's signature
        """Never an alias."""
        return True
