"""The workflows do what they say, without GitHub: read by two tools, run step by step in a clean clone."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser
from workflow_runner import FOLDER, SITE, Runner, clone, git, workflow

BIN = Path(sys.executable).parent
PINNED = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "astral-sh/setup-uv": "20cfd1bf945f4377ade1205e4dbc17946fc9a30d",
    "actions/upload-pages-artifact": "fc324d3547104276b827a68afc52ff2a11cc49c9",
    "actions/upload-artifact": "330a01c490aca151604b8cf639adc76d48f6c5d4",
    "actions/deploy-pages": "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
    "actions/attest-build-provenance": "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32",
}
GIGABYTE = 1024**3
WRITING = {
    "attest": {"id-token", "attestations"},
    "deploy": {"pages", "id-token"},
    "lock": {"contents", "pull-requests"},
}
ARCHIVES = ("preview", "publish", "weekly")
WORKFLOWS = {path.stem: workflow(path.stem) for path in sorted(FOLDER.glob("*.yml"))}
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

    def test_every_target_of_make_exists(self) -> None:
        """A step that asks for a target nobody makes would fail on GitHub alone."""
        runs = [step["run"] for _, job in JOBS for step in job["steps"] if "run" in step]
        targets = {found for run in runs for found in re.findall(r"\bmake ([.\w/-]+)", run)}
        assert len(targets) > 3
        for target in targets:
            done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr

    def test_only_known_actions_by_their_commits(self) -> None:
        """Each action is pinned to the commit that was checked."""
        used = [step["uses"] for _, job in JOBS for step in job["steps"] if "uses" in step]
        assert {tuple(each.split("@")) for each in used} == set(PINNED.items())

    def test_rights_are_the_least(self) -> None:
        """None at the top; only what deploys or proposes may write, and what deploys runs nothing of ours."""
        for described in WORKFLOWS.values():
            assert described["permissions"] == {}
            for name, job in described["jobs"].items():
                writes = {right for right, level in job["permissions"].items() if level == "write"}
                assert writes == WRITING.get(name, set())
        for job in ("deploy", "attest"):
            assert not [step for step in WORKFLOWS["publish"]["jobs"][job]["steps"] if "run" in step]

    @pytest.mark.parametrize("name", ARCHIVES)
    def test_an_archives_workflow_runs_no_test_of_the_program(self, name: str) -> None:
        """Neither lint nor tests nor what only they need; and a fork's pull request needs no secret."""
        text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
        assert not re.search(r"make (?:test|lint)|pytest|requirements-dev|secrets\.", text)

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


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A clone of what is committed, holding the tests' own archive."""
    return clone(tmp_path_factory.mktemp("clone"), own=True)


POST = """---
title: 移动支付新规出台
date: 2021-04-13T09:00:00+08:00
author: 甲报
from: https://example.org/workflow
---
<p>监管部门发布移动支付新规，要求支付机构回归本源，自五月一日起施行。</p>
"""


@pytest.mark.site
@pytest.mark.slow
def test_the_steps_of_all_workflows_pass_in_a_clean_clone(runner: Runner, chromium: Browser, tmp_path: Path) -> None:
    """Preview of an added file, publishing it, the weekly check; the artifact is sound and reads in a real browser."""
    root = runner.root
    before = git(root, "rev-parse", "HEAD")
    (root / "seeds" / "new.md").write_text(POST, encoding="utf-8")
    git(root, "add", "seeds")
    git(root, "commit", "-q", "-m", "一篇")
    runner.run("preview", "preview", before=before)
    _check_list_of_changes(root, Path(runner.environment["GITHUB_STEP_SUMMARY"]))
    shutil.rmtree(root / "site")
    runner.run("publish", "build", before=before, pages=SITE)
    _check_artifact(root / "site")
    shutil.copytree(root / "site", tmp_path / "sub" / "path")
    with _serving(tmp_path) as address:
        _check_in_browser(f"{address}sub/path/", chromium)
        shutil.rmtree(root / "site")
        runner.run("weekly", "verify", pages=f"{address}sub/path/")


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
