"""The workflows do what they say, without GitHub: read by two tools, run step by step in a clean clone."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from playwright.sync_api import Browser

FOLDER = ROOT / ".github" / "workflows"
BIN = Path(sys.executable).parent
PINNED = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "astral-sh/setup-uv": "20cfd1bf945f4377ade1205e4dbc17946fc9a30d",
    "actions/upload-pages-artifact": "fc324d3547104276b827a68afc52ff2a11cc49c9",
    "actions/deploy-pages": "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
}
SITE = "https://example.org/sub/path/"
GIGABYTE = 1024**3
# Stands in for GitHub's own command line, which asks GitHub where Pages are.
GH = '#!/bin/sh\ntest "$*" = "api repos/user/archive/pages --jq .html_url" && echo "$PAGES_ADDRESS"\n'


def _workflow(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


WORKFLOWS = {path.stem: _workflow(path.stem) for path in sorted(FOLDER.glob("*.yml"))}
JOBS = [(name, job) for name, workflow in WORKFLOWS.items() for job in workflow["jobs"].values()]


class TestReading:
    """What can be seen without running anything."""

    def test_actionlint_finds_nothing(self) -> None:
        """Syntax, expressions and contexts are right."""
        done = subprocess.run([BIN / "actionlint", "-no-color"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def test_zizmor_finds_nothing(self) -> None:
        """No finding, whether of pinning, permissions, injection, credentials or caches."""
        command = [str(BIN / "zizmor"), "--offline", "--no-progress", "--persona=pedantic", ".github"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert "No findings to report" in done.stdout + done.stderr

    def test_only_known_actions_by_their_commits(self) -> None:
        """Each action is pinned to the commit that was checked."""
        used = [step["uses"] for _, job in JOBS for step in job["steps"] if "uses" in step]
        assert {tuple(each.split("@")) for each in used} == set(PINNED.items())

    def test_rights_are_the_least(self) -> None:
        """None at the top; only the deploying job may write, and it runs nothing of ours."""
        for workflow in WORKFLOWS.values():
            assert workflow["permissions"] == {}
            for name, job in workflow["jobs"].items():
                writes = {right for right, level in job["permissions"].items() if level == "write"}
                assert writes == ({"pages", "id-token"} if name == "deploy" else set())
        assert not [step for step in WORKFLOWS["publish"]["jobs"]["deploy"]["steps"] if "run" in step]

    def test_credentials_do_not_stay(self) -> None:
        """A checkout leaves no token behind."""
        for _, job in JOBS:
            for step in job["steps"]:
                if str(step.get("uses", "")).startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] is False

    def test_a_deploy_is_never_cut_off(self) -> None:
        """Publishing waits for publishing; only previews give way to newer ones."""
        assert WORKFLOWS["publish"]["concurrency"] == {"group": "pages", "cancel-in-progress": False}
        assert WORKFLOWS["preview"]["concurrency"]["cancel-in-progress"] is True

    def test_the_address_of_the_site_is_known_on_main_alone(self) -> None:
        """A preview is built without ``SITE_URL``."""
        assert "SITE_URL" not in (FOLDER / "preview.yml").read_text(encoding="utf-8")
        assert WORKFLOWS["publish"]["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"


@dataclass(frozen=True)
class Runner:
    """A clean clone that stands in for GitHub's machine.

    Dependencies are not installed once more: the clone's ``.venv`` is the one these tests run in, and ``INSTALLER``,
    the workflows' own variable, is ``true``. The step that runs the tests collects them, and does not run them again.
    """

    root: Path
    environment: Mapping[str, str]

    def run(self, workflow: str, job: str, values: Mapping[str, str]) -> list[str]:
        """Run every ``run:`` step of a job in order.

        Args:
            workflow: Name of its file.
            job: Name of the job.
            values: What GitHub would put in the place of each expression, and what it would say of Pages.

        Returns:
            The names of the steps.
        """
        described = WORKFLOWS[workflow]["jobs"][job]
        outputs: dict[str, str] = {}
        names = []
        for step in described["steps"]:
            if "run" not in step:
                continue
            written = {**described.get("env", {}), **step.get("env", {})}
            filled = {key: _filled(str(value), {**values, **outputs}) for key, value in written.items()}
            assert "${{" not in step["run"], "an expression inside a script could be an injection"
            instead = {"INSTALLER": "true", "PYTEST_ADDOPTS": "--collect-only -q"}
            address = {"PAGES_ADDRESS": values.get("PAGES_ADDRESS", "")}
            outputs |= self._step(step, {**filled, **instead, **address})
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
        assert done.returncode == 0, f"{step['name']}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        pairs = (line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        output.unlink()
        return {f"steps.{step['id']}.outputs.{key}": value for key, value in pairs} if "id" in step else {}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A value with its expressions replaced; an expression that is not expected fails."""
    return re.sub(r"\$\{\{ *(.+?) *\}\}", lambda found: values[found[1]], text)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A clone of what is committed, on a branch of its own with one more seed."""
    root = tmp_path_factory.mktemp("clone") / "archive"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, root], check=True)
    venv = root / ".venv"
    venv.mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (venv / name).symlink_to(Path(sys.prefix) / name)
    tools = root.parent / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH, encoding="utf-8")
    (tools / "gh").chmod(0o755)
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(root.parent),
        "LANG": "C.UTF-8",
        "CI": "true",
        "GITHUB_REPOSITORY": "user/archive",
        "GITHUB_STEP_SUMMARY": str(root.parent / "summary.md"),
        "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache"),
    }
    return Runner(root, environment)


def _commit(root: Path) -> str:
    """Commit everything; returns the commit before."""
    identity = ("-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    before = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True)
    subprocess.run(["git", "add", "seeds"], cwd=root, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "-m", "一篇"], cwd=root, check=True)
    return before.stdout.strip()


POST = """---
title: 移动支付新规出台
date: 2021-04-13T09:00:00+08:00
author: 甲报
from: https://example.org/workflow
---
<p>监管部门发布移动支付新规，要求支付机构回归本源，自五月一日起施行。</p>
"""


VALUES = {"github.server_url": "https://github.com", "github.repository": "user/archive", "github.token": "none"}


@pytest.mark.site
def test_the_steps_of_all_workflows_pass_in_a_clean_clone(runner: Runner, chromium: Browser, tmp_path: Path) -> None:
    """Preview of an added file, publishing it, the weekly check; the artifact is sound and reads in a real browser."""
    root = runner.root
    (root / "seeds" / "new.md").write_text(POST, encoding="utf-8")
    before = _commit(root)
    steps = runner.run("preview", "preview", {"github.event.pull_request.base.sha": before})
    assert steps[-1] == "测试"
    _check_list_of_changes(root, Path(runner.environment["GITHUB_STEP_SUMMARY"]))
    shutil.rmtree(root / "site")
    runner.run("publish", "build", {**VALUES, "github.event.before": before, "PAGES_ADDRESS": SITE})
    _check_artifact(root / "site")
    shutil.copytree(root / "site", tmp_path / "sub" / "path")
    with _serving(tmp_path) as address:
        _check_in_browser(f"{address}sub/path/", chromium)
        shutil.rmtree(root / "site")
        runner.run("weekly", "verify", {**VALUES, "PAGES_ADDRESS": f"{address}sub/path/"})


def _check_list_of_changes(root: Path, summary: Path) -> None:
    """The preview's page and the step's summary name the new article."""
    for listed in (root / "site" / "changes.html", summary):
        text = listed.read_text(encoding="utf-8")
        assert "新增" in text
        assert "移动支付新规出台" in text


def _check_artifact(site: Path) -> None:
    """No link, no hidden file, not too large, at its own address."""
    files = [path for path in site.rglob("*") if not path.is_dir()]
    assert not [path for path in site.rglob("*") if path.is_symlink()]
    assert not [path for path in files if path.name.startswith(".")]
    assert sum(path.stat().st_size for path in files) < GIGABYTE
    assert f"<loc>{SITE}" in (site / "sitemap.xml").read_text(encoding="utf-8")
    article = next(path for path in (site / "articles").glob("*.html") if _is_new(path))
    assert "https://github.com/user/archive/issues/new?" in article.read_text(encoding="utf-8")


def _is_new(page: Path) -> bool:
    return len(page.stem) == ID and "<h1" in page.read_text("utf-8") and "移动支付新规出台" in page.read_text("utf-8")


ID = 10


def _check_in_browser(address: str, chromium: Browser) -> None:
    """Under a sub-path the new article is reached from the home page, and nothing is missing."""
    context = chromium.new_context()
    page = context.new_page()
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= BAD else None)
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else missing.append(asked.url))
    page.goto(address)
    page.goto(f"{address}articles/index.html")
    page.click("text=移动支付新规出台")
    page.wait_for_selector("h1:has-text('移动支付新规出台')")
    context.close()
    assert not missing


BAD = 400


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """A web server over a folder."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
