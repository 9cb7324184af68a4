"""The front matter of finished pages."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from builder.patterns import pattern

_SURROGATES = pattern(r"[\ud800-\udfff]")


def front_matter(mapping: Mapping[str, object]) -> str:
    """Write a page's front matter.

    Args:
        mapping: Text, numbers, truth values, lists and mappings; any text whatever.

    Returns:
        YAML between two rules, ending in a line feed; reading it gives the mapping back, but for halves of surrogate
        pairs, which no file can hold.
    """
    written = yaml.dump(dict(mapping), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**30)
    return f"---\n{written}---\n"


class _Dumper(yaml.CSafeDumper):
    """Writes no aliases, so that equal lists stay readable, and text on one line each."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # PyYAML's signature
        """Never an alias."""
        return True


def _write_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    """Text with line ends, controls or odd spaces goes between double quotes, where each of them is escaped."""
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", _SURROGATES.sub("\ufffd", text), style=style)


_Dumper.add_representer(str, _write_text)
