"""Runs the steps of the workflows as GitHub would, in a clone of what is committed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from conftest import ARCHIVE, ROOT

FOLDER = ROOT / ".github" / "workflows"
CONFIRMED = "contains(github.event.pull_request.labels.*.name, 'allow-empty') && '--allow-empty' || ''"
SITE = "https://example.org/sub/path/"
# Stands in for GitHub's own command line, which asks GitHub where Pages are; without an address they are off.
GH = """#!/bin/sh
test "$*" = "api repos/user/archive/pages --jq .html_url" || exit 2
test -n "$PAGES_ADDRESS" || { echo '{"message":"Not Found"}'; exit 1; }
echo "$PAGES_ADDRESS"
"""
USUAL = {
    CONFIRMED: "",
    "github.server_url": "https://github.com",
    "github.repository": "user/archive",
    "github.token": "none",
    "github.event.before": "",
    "steps.pages.outputs.url": "",
    "steps.preview.outputs.artifact-url": "https://github.com/user/archive/actions/runs/1/artifacts/2",
}
"""What GitHub puts in the place of expressions, where a test says nothing else."""


def workflow(name: str) -> dict[str, Any]:
    """A workflow as GitHub reads it."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def git(root: Path, *arguments: str) -> str:
    """Run git; returns what it prints."""
    identity = ("-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(root), *identity, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@dataclass(frozen=True)
class Runner:
    """A clean clone that stands in for GitHub's machine.

    Dependencies are not installed once more: the clone's ``.venv`` is the one these tests run in, and ``INSTALLER``,
    the workflows' own variable, is ``true``.
    """

    root: Path
    environment: Mapping[str, str]
    said: list[str] = field(default_factory=list)

    def run(self, name: str, job: str, **values: str) -> list[str]:
        """Run every ``run:`` step of a job in order; each must end well.

        Args:
            name: Name of the workflow's file.
            job: Name of the job.
            values: Where Pages are (``pages``), the commit before (``before``), whether a loss is confirmed.

        Returns:
            The names of the steps.
        """
        described = workflow(name)["jobs"][job]
        known = {**USUAL, "github.event.before": values.get("before", "")}
        known["github.event.pull_request.base.sha"] = values.get("before", "")
        known[CONFIRMED] = "--allow-empty" if values.get("confirmed") else ""
        names = []
        for step in described["steps"]:
            if "run" in step:
                assert "${{" not in step["run"], "an expression inside a script could be an injection"
                written = {**described.get("env", {}), **step.get("env", {})}
                filled = {key: _filled(str(value), known) for key, value in written.items()}
                pages = {"INSTALLER": "true", "PAGES_ADDRESS": values.get("pages", "")}
                known |= self._step(step, {**filled, **pages})
                names.append(step["name"])
        return names

    def _step(self, step: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, str]:
        output = self.root / ".outputs"
        output.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.root,
            env={**self.environment, **environment, "GITHUB_OUTPUT": str(output)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.said.append(done.stdout + done.stderr)
        assert done.returncode == 0, f"{step['name']}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        pairs = (line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        output.unlink()
        return {f"steps.{step['id']}.outputs.{key}": value for key, value in pairs} if "id" in step else {}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A value with its expressions replaced; an expression that is not expected fails."""
    return re.sub(r"\$\{\{ *(.+?) *\}\}", lambda found: values[found[1]], text)


def clone(folder: Path, *, own: bool) -> Runner:
    """Clone what is committed.

    Args:
        folder: Where to.
        own: Whether the tests' own archive takes the place of the repository's, committed.
    """
    root = folder / "archive"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, root], check=True)
    if own:
        for name in ("seeds", "curation"):
            shutil.rmtree(root / name, ignore_errors=True)
        shutil.copytree(ARCHIVE.root, root, dirs_exist_ok=True)
        git(root, "add", "-A")
        git(root, "commit", "-q", "--allow-empty", "-m", "一开始")
    (root / ".venv").mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (root / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    tools = folder / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "CI": "true",
        "GITHUB_REPOSITORY": "user/archive",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    return Runner(root, environment)
