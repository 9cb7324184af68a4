"""How long builds take: archives made by a seed, whole processes, beside other tools and an earlier commit.

usage: bench_build.py [--posts N …] [--large] [--runs N] [--keep]

Each archive is built from nothing, then again after nothing, one addition, one change, one removal, one new topic; the
page and the limits are those of docs/manual/speed.md, which --keep writes anew. The last result is compared, byte for
byte, with that of a build from nothing. Of the largest archive only what the law of growth needs is measured.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import bench_peers
import measuring
from bench_report import report, table
from conftest import copy_project
from made_posts import make_posts
from measuring import Run, Runs

PAGE = ROOT / "docs" / "manual" / "speed.md"
MEMORY = Path("/dev/shm")  # noqa: S108  # a file system in memory, where there is one; folders in it get names of their own
USUAL = (1000, 5000, 10000)
LARGE = 30000
BUILD = (sys.executable, "-m", "builder", "build")
PUBLISHED = ".cache/publishing"
"""What is remembered of the way from finished Markdown to pages."""
_RARE = 200
"""Numbers of institutions, from this on, that a new topic is about: some article in ten has one of forty."""
SHOWN = 20
ONCE_FROM, BASE_FROM = 5000, 1000
"""From so many posts on, slow peers run once; the base runs at all."""


@dataclass
class Bench:
    """An archive of made posts, and what has been measured of it."""

    posts: int
    runs: int
    project: Path
    code: Path = ROOT
    measured: dict[str, Runs] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def measure(
        self, name: str, command: tuple[str, ...], before: Callable[[int], None], folder: Path, *, once: bool = False
    ) -> None:
        """Run a command some times, each after a change, and before that once with an eye on its memory.

        Args:
            name: Of the row.
            command: Program and arguments.
            before: What changes, given the number of the run; not timed.
            folder: Where to run.
            once: Whether the watched run is to be the only one.
        """
        once = once or self.runs == 1
        done: list[Run] = []
        for number in range(1 if once else self.runs + 1):
            before(number)
            done.append(measuring.run(command, folder, self.environment(), watched=number == 0))
            print(
                f"  {self.posts:6} {name:28} {done[-1].seconds:8.2f} s, {done[-1].worked:8.2f} s of work",
                file=sys.stderr,
            )
        timed = done if once else done[1:]
        self.measured[name] = Runs(
            tuple(each.seconds for each in timed),
            tuple(each.worked for each in timed),
            max(each.megabytes for each in done),
        )

    def growth(self) -> None:
        """What shows how the costs grow."""
        posts = sorted((self.project / "seeds").rglob("outlet-*/*.*"))
        self._cold()
        self.measure("unchanged", BUILD, _nothing, self.project)
        self.measure("changed", BUILD, lambda number: _change(posts[number * 7]), self.project)

    def _cold(self) -> None:
        self.measure("cold", BUILD, lambda _: self._forget("site", ".cache"), self.project)
        self.sizes["site"] = measuring.size(self.project / "site")
        self.sizes["files"] = sum(path.is_file() for path in (self.project / "site").rglob("*"))

    def builds(self) -> None:
        """Everything that the builder is asked."""
        waiting = sorted((self.project / "waiting").rglob("*.*"))
        posts = sorted((self.project / "seeds").rglob("outlet-*/*.*"))
        self._cold()
        self.measure("unchanged", BUILD, _nothing, self.project)
        new, old = waiting[: self.runs + 1], waiting[self.runs + 1 :]
        self.measure("added", BUILD, lambda number: self._add(_dated(new[number], number)), self.project)
        self.measure("older", BUILD, lambda number: self._add(old[number]), self.project)
        self.measure("changed", BUILD, lambda number: _change(posts[number * 7]), self.project)
        self.measure("removed", BUILD, lambda number: posts[number * 7 + 3].unlink(), self.project)
        rare = [f"涉及{number}家机构" for number in range(_RARE, _RARE + 40)]
        self.measure("topic", BUILD, lambda number: self._new_topic(f"rare-{number}", rare), self.project)
        common = ["地方金融局", "分析人士"]
        self.measure("topic, all", BUILD, lambda number: self._new_topic(f"common-{number}", common), self.project)
        self.measure("render", BUILD, lambda _: self._forget("site", PUBLISHED), self.project)
        self.measure("theme", BUILD, self._new_footer, self.project)

    def base(self) -> None:
        """Build the same posts with the base's code."""
        folder = self.project / "base"
        if self.posts < BASE_FROM or not bench_peers.base(self.project, folder):
            return
        shutil.copytree(self.project / "waiting", folder / "waiting")
        new = sorted((folder / "waiting").rglob("*.*"))
        other = Bench(self.posts, self.runs, folder, folder)
        other.growth()
        other.measure("added", BUILD, lambda number: other._add(_dated(new[number], number)), folder)
        self.measured |= {f"base, {name}": runs for name, runs in other.measured.items()}
        shutil.rmtree(folder)

    def peers(self) -> None:
        """Hugo and MkDocs on the Markdown of the last build; the pipeline of others on the raw posts."""
        hugo = bench_peers.hugo()
        if hugo:
            project = bench_peers.hugo_project(self.project / "docs", self.project / "hugo")
            public = project / "public"
            self.measure("hugo", tuple(hugo), lambda _: shutil.rmtree(public, ignore_errors=True), project)
            pages = bench_peers.articles(project)
            self.measure("hugo, changed", tuple(hugo), lambda number: _change(pages[number]), project)
            shutil.rmtree(project)
        made = self.project / "peers"
        command = bench_peers.pipeline(self.project / "seeds", made)
        if command:
            self.measure("pipeline", tuple(command), _nothing, self.project, once=self.posts >= ONCE_FROM)
            shutil.rmtree(made)
        target = self.project / "plain"
        once = self.posts >= ONCE_FROM
        self.measure("mkdocs", tuple(bench_peers.mkdocs(target)), _nothing, self.project, once=once)
        shutil.rmtree(target)

    def same_from_nothing(self) -> bool:
        """Whether a build from nothing gives the bytes that all the changes have led to; says which it does not."""
        after = contents(self.project / "site")
        self._forget("site", ".cache")
        measuring.run(BUILD, self.project, self.environment())
        anew = contents(self.project / "site")
        other = sorted(name for name in after.keys() | anew.keys() if after.get(name) != anew.get(name))
        print(
            f"  {self.posts:6} {len(other)} of {len(anew)} files differ from those of a build from nothing",
            file=sys.stderr,
        )
        print(*(f"         {name}" for name in other[:SHOWN]), sep="\n", file=sys.stderr)
        return not other

    def environment(self) -> dict[str, str]:
        """Our code, with its compiled form kept as it is for whoever uses it, but apart from the sources."""
        bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.project / "bytecode")}
        return {"PYTHONPATH": str(self.code), **bytecode}

    def _forget(self, *names: str) -> None:
        for name in names:
            shutil.rmtree(self.project / name, ignore_errors=True)

    def _add(self, post: Path) -> None:
        place = self.project / "seeds" / post.relative_to(self.project / "waiting")
        place.parent.mkdir(parents=True, exist_ok=True)
        post.rename(place)

    def _new_footer(self, number: int) -> None:
        """The line at the foot of every page: all of them are rendered anew, as after an upgrade."""
        settings = self.project / "mkdocs.yml"
        text = re.sub(r"(?m)^copyright: .*$", f"copyright: foot {number}", settings.read_text(encoding="utf-8"))
        settings.write_text(text, encoding="utf-8")

    def _new_topic(self, slug: str, terms: list[str]) -> None:
        topics = self.project / "curation" / "topics.yml"
        new = f"  made-{slug}:\n    label: 新专题 {slug}\n    terms: [{', '.join(terms)}]\n"
        text = topics.read_text(encoding="utf-8")
        topics.write_text(text.replace("\ntopics:\n", f"\ntopics:\n{new}", 1), encoding="utf-8")


def make(folder: Path, posts: int, runs: int) -> Bench:
    """The tests' own archive and made posts, and as many posts waiting as will be added."""
    copy_project(folder)
    make_posts(folder / "seeds", posts + 2 * (runs + 1))
    for post in sorted((folder / "seeds").rglob("outlet-*/*.*"), key=lambda path: path.name)[posts:]:
        place = folder / "waiting" / post.relative_to(folder / "seeds")
        place.parent.mkdir(parents=True, exist_ok=True)
        post.rename(place)
    return Bench(posts, runs, folder)


def _nothing(_: int) -> None:
    """Nothing changes."""


def _dated(post: Path, number: int) -> Path:
    """A post as it comes in: newer than all others."""
    text = re.sub(r"(?m)^date: .*$", f"date: 2025-01-{number + 1:02}T08:30:00+08:00", post.read_text(encoding="utf-8"))
    post.write_text(text, encoding="utf-8")
    return post


def _change(path: Path) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n审计人员上月公布了补充说明。\n", encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """A digest of every file."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description="how long builds take")
    parser.add_argument("--posts", type=int, nargs="+", default=list(USUAL))
    parser.add_argument("--large", action="store_true", help=f"also {LARGE} posts")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="write the results into the manual")
    arguments = parser.parse_args()
    benches, busy = [], measuring.busy()
    for posts in [*arguments.posts, *([LARGE] if arguments.large else [])]:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
            bench = make(Path(folder), posts, arguments.runs)
            if posts == LARGE:
                bench.growth()
            else:
                bench.base()
                bench.builds()
                bench.peers()
                bench.sizes["same"] = bench.same_from_nothing()
            benches.append(bench)
    print(f"{measuring.machine()}; {busy:.1f} processes were at work before\n\n{table(benches)}")
    if arguments.keep:
        PAGE.write_text(report(benches, measuring.machine(), busy, arguments.runs), encoding="utf-8")


if __name__ == "__main__":
    main()
