"""Work shared among processes gives what work done one after the other gives."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from conftest import ROOT, ArchiveMaker, copy_project, run_builder
from editing import post

from builder.config.project import Project
from builder.parallel import mapping
from builder.site.archives import read_archive

ITEMS = list(range(200))


def _silent(items: Sequence[Any], _stage: str) -> Iterable[Any]:
    return items


def _squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def _refusing(number: int) -> int:
    if number == 150:
        raise ValueError("一百五十")
    return number


PROGRAM = """
import os
from builder.parallel.mapping import parallel_map
items = list(range(200))
work = lambda number: (number * number, os.getpid())
done = list(parallel_map(work, items, lambda items, stage: items, "stage_read", processes=2))
assert [result for result, _ in done] == [number * number for number in items]
assert os.getpid() not in {process for _, process in done[1:]}
"""


def test_results_come_in_order_from_several_processes() -> None:
    """Two processes do all but the first, and nobody sees it in the results; alone, since forking wants no threads."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


KILLED = """
import os, time
from builder.parallel.mapping import parallel_map
def work(number):
    print(os.getpid(), flush=True)
    time.sleep(0.05)
list(parallel_map(work, list(range(2000)), lambda items, stage: items, "stage_read", processes=2))
"""


def test_no_process_outlives_the_one_whose_work_it_shares() -> None:
    """A build that is killed leaves nobody waiting for ever."""
    process = subprocess.Popen([sys.executable, "-c", KILLED], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    helpers: set[str] = set()
    while len(helpers) < 2:
        line = process.stdout.readline()
        assert line, "it ended before two others worked"
        helpers.add(line)
    process.kill()
    process.communicate(timeout=20)  # the other end of the pipe is held until the last of them is gone


def test_little_work_stays_here() -> None:
    """A handful of items is not worth a second process."""
    done = list(mapping.parallel_map(_squared, ITEMS[:20], _silent, "stage_read", processes=2))
    assert {process for _, process in done} == {os.getpid()}


def test_what_goes_wrong_elsewhere_is_raised_here() -> None:
    """An error in a forked process is the error of the whole."""
    with pytest.raises(ValueError, match="一百五十"):
        list(mapping.parallel_map(_refusing, ITEMS, _silent, "stage_read", processes=2))


def test_an_archive_is_the_same_from_one_process_and_from_two(
    make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Articles, ledgers and problems do not depend on how many processes read them."""
    project = make_archive({f"{n}.md": post(n, date=None if n % 7 == 0 else "2021-05-01") for n in range(90)})
    archives = []
    for number in (1, 2):
        monkeypatch.setattr(mapping, "processors", lambda number=number: number)
        archives.append(read_archive(project))
    assert archives[0] == archives[1]
    assert len(archives[0].entries) == 90


BACKGROUND = """
import os, sys, time
from builder.parallel.worker import beside

def work():
    return os.getpid()

def failing():
    if os.getpid() != here:
        raise ValueError("elsewhere")
    return "done here"

def endless():
    print(os.getpid(), flush=True)
    os.write(begun, b"x")
    time.sleep(600)

here = os.getpid()
seen, begun = os.pipe()
with beside(work) as result:
    assert result() != here
with beside(failing) as result:
    assert result() == "done here"
try:
    with beside(endless):
        os.read(seen, 1)
        raise KeyError("the work here fails")
except KeyError:
    print("left", flush=True)
"""


def test_background_work_gives_its_result_and_never_outlives_its_context() -> None:
    """It is done in another process, here where that fails, and it ends at once where the work here goes wrong."""
    done = subprocess.run(
        [sys.executable, "-c", BACKGROUND], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "left"
    process = int(done.stdout.split()[0])
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


WORKER = """
import os, signal
from contextlib import closing
from builder.parallel.worker import Worker

def work():
    known.append(len(known))
    return os.getpid(), len(known)

def ask(worker):
    worker.start()
    return worker.result()

known, here = [0], os.getpid()
with closing(Worker(work)) as worker:
    other, count = ask(worker)
    assert other != here and count == 2
    assert ask(worker) == (other, 3)
    os.kill(other, signal.SIGKILL)
    assert ask(worker) == (here, 2)
with closing(Worker(work)) as worker:
    print(ask(worker)[0], flush=True)
    signal.pause()
"""


def test_a_worker_remembers_is_replaced_where_it_is_gone_and_ends_with_its_parent() -> None:
    """It does the work as often as it is asked; where it is killed, the work is done here; it never stays behind."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    other = process.stdout.readline()
    process.kill()
    _, err = process.communicate(timeout=20)  # the other end of the pipe is held until the last of them is gone
    assert other.strip().isdigit(), err


SPAWNED = """
import sys
from builder.parallel import mapping, worker
if __name__ == "__main__":
    worker.may_fork = mapping.may_fork = lambda: False  # as where forking is not safe
    number = int(sys.argv.pop())
    mapping.processors = lambda: number
    mapping.SPAWNED_FROM = 1
    from builder.parallel import spawning
    from builder.__main__ import main
    spawned = spawning.spawned
    spawning.spawned = lambda *given: print("spawned", file=sys.stderr) or spawned(*given)
    main()
"""
NAMES = ["CON", "aux.v2", "Ünder", "ｆull", "Same", "same", "trailing.", "a:b", "カフェ゙"]


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project, str]:
    """One archive built by one process, names in NFC, and by spawned ones, in NFD; what the latter said."""
    above = tmp_path_factory.mktemp("systems")
    program = above / "spawned.py"
    program.write_text(SPAWNED, encoding="utf-8")
    projects, said = [], ""
    forms: tuple[tuple[Literal["NFC", "NFD"], str], ...] = (("NFC", "1"), ("NFD", "2"))
    for form, processes in forms:
        project = copy_project(above / form)
        names = [*NAMES, *(f"Café {number}" for number in range(75))]
        for number, name in enumerate(names):
            path = project.seeds / unicodedata.normalize(form, f"Été/{name}.md")
            path.parent.mkdir(exist_ok=True)
            path.write_text(post(number, author="AUX" if number % 2 else "Nul"), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(program), "build", processes], cwd=project.root, capture_output=True, text=True,
            check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1700000000"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        projects.append(project)
        said = done.stderr
    return projects[0], projects[1], said


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_whole_pipeline_is_the_same_with_spawned_processes(systems: tuple[Project, Project, str]) -> None:
    """Reading, cleaning, topics, links, pages and publishing by processes begun anew: every byte as from one."""
    one, spawned, said = systems
    assert said.count("spawned\n") >= 6
    for folder in ("docs", "site"):
        ours, theirs = _files(one.root / folder), _files(spawned.root / folder)
        assert len(ours) > 200
        assert [path for path in sorted(ours.keys() | theirs.keys()) if ours.get(path) != theirs.get(path)] == []


def test_every_file_that_is_written_can_lie_on_every_system(systems: tuple[Project, Project, str]) -> None:
    """No two paths differ by case alone, none is a name that Windows refuses, all are ASCII and short."""
    for folder in ("docs", "site"):
        paths = [path.relative_to(systems[1].root / folder) for path in (systems[1].root / folder).rglob("*")]
        folded = Counter(path.as_posix().casefold() for path in paths)
        assert [path for path, count in folded.items() if count > 1] == []
        for path in paths:
            assert path.as_posix().isascii()
            assert len(path.as_posix()) < 120
            for part in path.parts:
                assert not re.search(r'(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*\\]|[. ]$', part), path


def test_names_that_other_systems_refuse_are_told(systems: tuple[Project, Project, str]) -> None:
    """Each is published and named once, with what to do."""
    said = run_builder(systems[0], "check", "--all", "--format", "json").out
    told = {(each["code"], each["path"]) for each in map(json.loads, said.splitlines()) if "code" in each}
    refused = {f"seeds/Été/{name}.md" for name in ("CON", "aux.v2", "a:b")}
    assert {path for code, path in told if code == "name-refused-elsewhere"} == refused
    assert {path for code, path in told if code == "name-taken-elsewhere"} == {"seeds/Été/same.md"}
