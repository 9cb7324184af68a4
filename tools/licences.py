"""Licences of all locked packages, as each says itself: none may be unknown, none may bind what is built with it.

python tools/licences.py REQUIREMENTS…
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

KNOWN = re.compile(
    r"(?i)\b(?:MIT|BSD|0BSD|Apache|PSF|Python-2|Python Software Foundation|ISC|MPL|Mozilla Public|Unlicense|Zlib|CC0|"
    r"LGPL|Lesser General Public|Public Domain|HPND|BlueOak)"
)
"""Families that ask no more of an archive than to name them; the weak copyleft of MPL and LGPL stays with its files."""
BINDING = re.compile(r"(?i)\b(?:AGPL|GPL-?[23]|GNU General Public|GNU Affero)")
ELSEWHERE = frozenset(
    {"colorama", "pywin32", "tzdata", "win32-setctime", "exceptiongroup", "backports-tarfile", "tomli"}
)
"""Packages that are installed on other systems or older Pythons only; their licences are MIT, BSD, PSF or Apache."""


def locked(file: Path) -> list[str]:
    """The names of all packages of a locked list."""
    return re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==", file.read_text(encoding="utf-8"))


def licence(name: str) -> str:
    """What a package says of its licence; empty where it says nothing.

    Raises:
        PackageNotFoundError: It is not installed.
    """
    about = metadata(name)
    classifiers = [
        line.split(" :: ")[-1] for line in about.get_all("Classifier") or () if line.startswith("License ::")
    ]
    said = _one(about, "License-Expression") or "; ".join(classifiers) or _one(about, "License").split("\n")[0]
    return said.strip()


def _one(about: PackageMetadata, key: str) -> str:
    return str(about[key]) if key in about else ""


def unknown(names: list[str]) -> list[str]:
    """A line for each package whose licence is not known to ask for nothing."""
    lines = []
    for name in names:
        try:
            said = licence(name)
        except PackageNotFoundError:
            if name.lower() not in ELSEWHERE:
                lines.append(f"{name}: not installed, so its licence is not known")
            continue
        if not KNOWN.search(said) or (BINDING.search(said) and " OR " not in said.upper()):
            lines.append(f"{name}: {said or 'says nothing of a licence'}")
    return lines


def main() -> int:
    """Print what is not known; 1 where there is any."""
    names = [name for file in sys.argv[1:] for name in locked(Path(file))]
    lines = unknown(names)
    print("\n".join(lines) if lines else f"licences of {len(names)} locked packages: all known")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
