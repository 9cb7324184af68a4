"""Faults of the machine at every call of a build, kills at random moments, damage to what is remembered.

After each of them the site must be right, or the exit code must say that it is not; and the next build must be right.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faulty_run import Faults, install

from builder import __main__ as command_line

ERRORS = (28, 5)
"""No space left (ENOSPC), input/output error (EIO)."""
_KILLED = 128
Tree = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that must not happen.

    Attributes:
        what: Which fault.
        said: What was wrong after it.
    """

    what: str
    said: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.said}: {self.what}"


class Laboratory:
    """An archive that is edited back and forth, with the site that each state must give."""

    def __init__(self, root: Path, seed: str, changes: tuple[tuple[str, str], ...]) -> None:
        """Prepare.

        Args:
            root: A whole archive that has never been built.
            seed: The file below ``seeds/`` that is edited.
            changes: Words of it, and what they are changed to.
        """
        self.root = root
        self._seed = root / "seeds" / seed
        before = self._seed.read_text(encoding="utf-8")
        after = before
        for old, new in changes:
            after = after.replace(old, new)
        self.states = (before.encode(), after.encode())
        self._now = 0
        self.right = tuple(self._reference(state) for state in self.states)
        if self.right[0] == self.right[1]:
            raise ValueError("the edit changes nothing")

    def _reference(self, state: bytes) -> Tree:
        """The site that a state gives in an archive without a past."""
        with tempfile.TemporaryDirectory(dir=self.root.parent) as folder:
            copy = Path(folder, "archive")
            shutil.copytree(self.root, copy)
            (copy / "seeds" / self._seed.name).write_bytes(state)
            code, said = run(copy, {})
            if code:
                raise ValueError(said)
            return tree(copy / "site")

    def edit(self) -> None:
        """Put the other state in place."""
        self._now = 1 - self._now
        self._seed.write_bytes(self.states[self._now])

    @property
    def other(self) -> bytes:
        """What the seed holds in the state that is not in place."""
        return self.states[1 - self._now]

    def build(self, spec: dict[str, Any] | None = None) -> tuple[int, str]:
        """Build, on a machine that may fail."""
        return run(self.root, spec or {})

    @property
    def is_right(self) -> bool:
        """Whether the site is that of the seeds as they are."""
        return tree(self.root / "site") == self.right[self._now]

    def after(self, what: str, code: int, said: str) -> Iterator[Wrong]:
        """What is wrong after a build that met a fault, and after the one that follows."""
        if code in (0, 1) and not self.is_right:
            yield Wrong(what, f"exit {code}, and the site is another")
        if code == 1 or "Traceback" in said:
            yield Wrong(what, f"exit {code}: {said.strip().splitlines()[-1] if said.strip() else 'nothing said'}")
        code, said = self.build()
        if code or not self.is_right:
            yield Wrong(
                what, f"the next build: exit {code}, {'right' if self.is_right else 'not right'} {said[-200:]!r}"
            )
            self.begin_anew()

    def begin_anew(self) -> None:
        """Forget everything, so that one defect is not counted at every later fault."""
        for place in ("site", ".cache"):
            shutil.rmtree(self.root / place, ignore_errors=True)
        self.build()


def run(root: Path, spec: dict[str, Any], kill_after: float | None = None) -> tuple[int, str]:
    """Build an archive in a process that shares what this one has loaded.

    Args:
        root: The archive.
        spec: What is to happen; see ``faulty_run``.
        kill_after: Seconds after which the process and all its children are killed.

    Returns:
        Exit code and what was said.
    """
    with tempfile.TemporaryFile() as log:
        child = os.fork()
        if child == 0:
            _child(root, spec, log.fileno())
        if kill_after is not None:
            time.sleep(kill_after)
            os.killpg(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        log.seek(0)
        return (code if code >= 0 else _KILLED - code), log.read().decode("utf-8", "replace")


def _child(root: Path, spec: dict[str, Any], log: int) -> None:
    code = 99
    try:
        os.setsid()
        os.chdir(root)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.argv = ["builder", "build"]
        faults = Faults(spec)
        if spec:
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one process, so that calls can be counted
            install(faults)
        code = command_line._run()  # noqa: SLF001  # what the program does before it leaves
        spec.pop("site", None)
        if "record" in spec:
            Path(spec["record"]).write_text(json.dumps(faults.calls), encoding="utf-8")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def tree(folder: Path) -> Tree:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def calls(laboratory: Laboratory, scratch: Path) -> dict[str, int]:
    """Every call that a build after an edit makes, by its place."""
    laboratory.edit()
    laboratory.build({"record": str(scratch / "calls.json")})
    found: dict[str, int] = json.loads((scratch / "calls.json").read_text(encoding="utf-8"))
    return found


def faults(laboratory: Laboratory, draw: random.Random, scratch: Path, most: int) -> Iterator[tuple[str, list[Wrong]]]:
    """A fault at each call: the first made there, the last, and one between.

    Args:
        laboratory: Where.
        draw: Draws the one between, and which are tried where not all are.
        scratch: A folder for notes.
        most: How many faults are tried at most.
    """
    found = calls(laboratory, scratch)
    wanted = [
        (place, number)
        for place, count in sorted(found.items())
        for number in sorted({1, count, draw.randint(1, count)})
    ]
    for place, number in sorted(draw.sample(wanted, min(most, len(wanted)))):
        laboratory.edit()
        spec = {"site": place, "nth": number, "errno": draw.choice(ERRORS)}
        code, said = laboratory.build(spec)
        what = f"{place}, call {number}, error {spec['errno']}"
        yield what, list(laboratory.after(what, code, said))


def kills(laboratory: Laboratory, draw: random.Random, number: int) -> Iterator[tuple[str, list[Wrong]]]:
    """The whole group of processes is killed at a random moment of a build after an edit."""
    laboratory.edit()
    begun = time.monotonic()
    laboratory.build()
    lasts = time.monotonic() - begun
    for _ in range(number):
        laboratory.edit()
        moment = draw.uniform(0, lasts)
        code, said = run(laboratory.root, {}, kill_after=moment)
        what = f"killed after {moment:.2f} of {lasts:.2f} s"
        yield what, list(laboratory.after(what, code, said))


def damage(laboratory: Laboratory, draw: random.Random, number: int) -> Iterator[tuple[str, list[Wrong]]]:
    """A part of what is remembered, or of what was written, is damaged before an edit."""
    kinds: tuple[Callable[[bytes], bytes], ...] = (
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: _flipped(data, draw),
        lambda data: data + data[:100],
        lambda data: bytes(draw.getrandbits(8) for _ in range(min(len(data), 5000))),
    )
    for _ in range(number):
        places = ("site", ".cache", ".cache", "docs/articles", "docs/data", "docs/search", "docs/SHA256SUMS")
        place = laboratory.root / draw.choice(places)
        files = sorted([place] if place.is_file() else (path for path in place.rglob("*") if path.is_file()))
        path = draw.choice(files)
        kind = draw.randrange(len(kinds))
        path.write_bytes(kinds[kind](path.read_bytes()))
        laboratory.edit()
        code, said = laboratory.build()
        what = f"{path.relative_to(laboratory.root)}, damage {kind}"
        yield what, list(laboratory.after(what, code, said))


def _flipped(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 20)):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def swaps(laboratory: Laboratory, seed: str, other: bytes, scratch: Path) -> Iterator[tuple[str, list[Wrong]]]:
    """A seed has other content between any two of its readings, and its own again after the build."""
    path = laboratory.root / "seeds" / seed
    own, number = path.read_bytes(), 1
    (scratch / "other").write_bytes(other)
    while True:
        shutil.rmtree(laboratory.root / ".cache", ignore_errors=True)
        path.write_bytes(own)
        code, said = laboratory.build(
            {"swap": str(path), "nth": number, "content": str(scratch / "other"), "record": str(scratch / "calls.json")}
        )
        reached = json.loads((scratch / "calls.json").read_text(encoding="utf-8")).get("swap", 0) >= number
        if path.read_bytes() == own and not reached:
            return
        what = f"{seed} changed before reading {number}"
        wrong = [] if code in (0, 1, 2) else [Wrong(what, f"exit {code}: {said[-200:]}")]
        path.write_bytes(own)
        code, said = laboratory.build()
        if code or not laboratory.is_right:
            wrong.append(Wrong(what, f"put back, the next build is wrong, exit {code}"))
        yield what, wrong
        number += 1
