"""What the tests of the editors' commands share: posts, an archive under git, the command line in this process."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from builder.__main__ import commands
from builder.commands import console
from builder.config.project import Project
from builder.problems import BuilderError

TEXT = "<p>杭州的支付机构从五月起执行移动支付新规，商户与消费者的账户分开管理，手续费由监管部门备案。</p>"


def post(number: int, body: str = TEXT, without: str = "", **changes: str | None) -> str:
    """A post that differs from every other number's; a field that is None, or named, is left out."""
    fields: dict[str, str | None] = {
        "title": f"移动支付新规的第{number}天",
        "date": f"2021-05-{number % 28 + 1:02}T09:00:00+08:00",
        "author": "甲报",
        "from": f"https://example.org/{number}",
    }
    lines = [f"{key}: {value}" for key, value in (fields | changes).items() if value is not None and key != without]
    return "\n".join(["---", *lines, "---", body, ""])


def git(project: Project, *arguments: str) -> str:
    """Run git in an archive."""
    identity = ("-c", "user.name=编者", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(project.root), *identity, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def under_git(project: Project) -> Project:
    """The archive with everything in it committed."""
    git(project, "init", "-q", "-b", "main")
    (project.root / ".gitignore").write_text("/.cache/\n/site/\n/docs/articles/\n", encoding="utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "一开始")
    return project


@dataclass(frozen=True)
class Said:
    """What a command said and left."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Standard output, line by line."""
        return self.out.splitlines()


class CommandLine:
    """Runs commands in this process, in the folder of an archive."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Remember where the output goes."""
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, project: Project | Path, *arguments: str) -> Said:
        """Run one command."""
        self._monkeypatch.chdir(project.root if isinstance(project, Project) else project)
        self._capsys.readouterr()
        code = _run(arguments)
        out, err = self._capsys.readouterr()
        return Said(code, out, err)


def _run(arguments: Sequence[str]) -> int:
    """What the process would exit with."""
    try:
        return int(commands.main(list(arguments), standalone_mode=False) or 0)
    except BuilderError as error:
        console.say(str(error))
    except click.ClickException as error:
        error.show()
    return 2


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
