"""Builds the finished pages with the successors of MkDocs and compares every byte: the way out stays open.

ProperDocs and mkdocs-ng read ``mkdocs.yml`` and the same themes. Each is installed into a folder of its own.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ENGINES = {
    "ProperDocs 1.6": (("properdocs==1.6.7",), "properdocs"),
    "mkdocs-ng 1.8": (("mkdocs-ng==1.8.0",), "mkdocs"),
}
"""What to install, and the module that builds."""
_THEME = ("mkdocs-material", "mkdocs-material-extensions")
"""Installed without what they depend on: that would put MkDocs itself in the place of its successor."""
_BESIDE = ("markdown", "pymdown-extensions", "pygments", "jinja2", "colorama")
_SHOWN = 5


def faults(archive: Path, folder: Path, address: str) -> Iterator[tuple[str, str]]:
    """What another engine makes otherwise.

    Args:
        archive: A folder with finished pages and the site that MkDocs made of them.
        folder: Where to install and build.
        address: The address for which the site was made.

    Yields:
        The engine, and what is wrong.
    """
    ours = _bytes(archive / "site")
    for name, (packages, module) in ENGINES.items():
        place = folder / module
        _install(place, packages)
        done = _build(archive, place, module, address)
        if done.returncode:
            yield name, (done.stderr.strip().splitlines() or ["?"])[-1]
            continue
        theirs = _bytes(place / "site")
        other = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
        print(f"{name}: {len(ours) - len(other)} / {len(ours)}")
        yield from ((name, path) for path in other[:_SHOWN])


def _install(place: Path, packages: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    install = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *packages, *_pinned(_BESIDE)], check=True)
    subprocess.run([*install, "--no-deps", *_pinned(_THEME)], check=True)


def _pinned(names: tuple[str, ...]) -> list[str]:
    return [f"{name}=={version(name)}" for name in names if _is_here(name)]


def _is_here(name: str) -> bool:
    try:
        return bool(version(name))
    except ModuleNotFoundError:
        return False


def _build(archive: Path, place: Path, module: str, address: str) -> subprocess.CompletedProcess[str]:
    # The day of the build, as the packed sitemap bears it (RFC 1952: four bytes from the fifth).
    packed = (archive / "site" / "sitemap.xml.gz").read_bytes()
    day = str(struct.unpack("<I", packed[4:8])[0])
    command = [str(place / "bin" / "python"), "-m", module, "build", "--quiet", "--strict", "-f", "mkdocs.yml"]
    return subprocess.run(
        [*command, "--site-dir", str(place / "site")],
        cwd=archive,
        env={**os.environ, "SOURCE_DATE_EPOCH": day, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
