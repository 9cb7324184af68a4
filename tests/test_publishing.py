"""The site that is published piece by piece is, byte for byte, the one that plain MkDocs makes at once."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, copy_project
from pages_reading import tree_bytes

from builder.archive.intake import silent
from builder.config.project import Project
from builder.parallel import mapping
from builder.problems import BuilderError
from builder.publishing import publishing, run
from builder.publishing.scan import ChangeScan, manifest_file
from builder.site.building import generate
from builder.site.theme import lay_theme

DAY = 1_700_000_000
HALF = 0.5
Edit = Callable[[random.Random, Project], object]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The finished pages of the real seeds."""
    project = copy_project(tmp_path_factory.mktemp("finished"))
    lay_theme(project, "zh")
    generate(project)
    return project


@pytest.fixture
def project(finished: Project, tmp_path: Path) -> Project:
    """A copy of them to be edited."""
    return Project(Path(shutil.copytree(finished.root, tmp_path / "archive")))


def publish(project: Project, touched: tuple[str, ...] = ()) -> int:
    """Publish as ``build`` does."""
    return publishing.publish(project, ChangeScan(project), touched, DAY, silent)[0]


def plainly(project: Project, target: Path) -> dict[str, bytes]:
    """What MkDocs makes of the same pages, in a process that knows nothing of the builder."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)],
        cwd=project.root,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(DAY), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": ""},
        capture_output=True,
        check=True,
    )
    return tree_bytes(target)


def site(project: Project) -> dict[str, bytes]:
    """What stands in ``site/``."""
    return tree_bytes(project.root / "site")


def times(project: Project) -> dict[str, int]:
    """When each file of the site was written."""
    files = (project.root / "site").rglob("*")
    return {str(path): path.stat().st_mtime_ns for path in files if path.is_file()}


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("address", ["", "https://example.org/some/archive/"])
def test_the_site_is_that_of_plain_mkdocs(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int, address: str
) -> None:
    """All bytes of the seeds' site, at a host's root and below it, by one process and by two; then nothing is left."""
    monkeypatch.setenv("SITE_URL", address)
    monkeypatch.setattr(mapping, "processors", lambda: processes)
    monkeypatch.setattr(run, "SHARED_FROM", 4)
    assert publish(project) > 0
    assert site(project) == plainly(project, tmp_path / "plain")
    before = times(project)
    assert publish(project) == 0
    assert times(project) == before


def test_a_change_leaves_alone_what_did_not_change(project: Project) -> None:
    """After one page's edit no other file of the site is written; after none MkDocs is not even loaded."""
    publish(project)
    before = times(project)
    _append(project, "about.md", "\n多一段。\n")
    os.utime(project.docs / "about.md", (DAY, DAY))  # what was changed a moment ago is looked at once more
    assert publish(project) == 1
    after = times(project)
    assert len([path for path, when in after.items() if before[path] != when]) == 1
    assert publish(project) == 0
    script = """if True:
        import sys
        from pathlib import Path
        from builder.archive.intake import silent
        from builder.config.project import Project
        from builder.publishing.scan import ChangeScan
        from builder.publishing.publishing import publish
        project = Project(Path.cwd())
        print(publish(project, ChangeScan(project), (), int(sys.argv[1]), silent)[0], "mkdocs" in sys.modules)
    """
    done = subprocess.run(
        [sys.executable, "-c", script, str(DAY)],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "0 False\n"


def test_a_count_in_a_description_renders_its_own_page_alone(project: Project) -> None:
    """What a page of the navigation says of itself, and counts there, shows on no other; its title shows on all."""
    publish(project)
    publish(project)  # what was copied a moment before the first is looked at once more
    index = project.docs / "sources" / "index.md"
    text = index.read_text(encoding="utf-8")
    described = re.sub(r"(?m)^description: .*$", "description: 另一句。", text)
    assert described != text
    assert len(_rendered(project, index, described)) == 1
    renamed = re.sub(r"(?m)^title: .*$", "title: 另一个", described)
    assert len(_rendered(project, index, renamed)) > 1


def _rendered(project: Project, path: Path, text: str) -> list[str]:
    """Pages that are rendered once a file says something else."""
    path.write_text(text, encoding="utf-8")
    stages: dict[str, list[str]] = {}

    def progress(items: Sequence[Any], stage: str) -> Sequence[Any]:
        stages[stage] = list(items)
        return items

    publishing.publish(project, ChangeScan(project), (), DAY, progress)
    return stages["stage_publish"]


def _append(project: Project, path: str, text: str) -> None:
    with (project.docs / path).open("a", encoding="utf-8") as file:
        file.write(text)


def _pages(project: Project, pattern: str = "articles/*.md") -> list[Path]:
    return sorted(path for path in project.docs.glob(pattern) if path.name != "index.md")


def _edit_page(chance: random.Random, project: Project) -> None:
    text = chance.choice(
        [
            "\n一段 *文字* & <b>粗</b>。\n",
            "\n## 题 {: #own }\n\n[全部](index.md) [己](#own){: .x }\n",
            "\n<p>块</p>\n",
        ]
    )
    page = chance.choice(_pages(project))
    page.write_text(page.read_text(encoding="utf-8") + text, encoding="utf-8")


def _add_page(chance: random.Random, project: Project) -> None:
    name = f"new-{chance.randrange(1000)}"
    head = chance.choice(["", "---\ntitle: 新页\nkind: article\ndate: 2024-02-03\n---\n", "---\nlang: en\n---\n"])
    (project.docs / "articles" / f"{name}.md").write_text(f"{head}# 题 `{name}`\n\n文。\n\n## 节\n", encoding="utf-8")


def _remove_page(chance: random.Random, project: Project) -> None:
    if new := _pages(project, "articles/new-*.md"):
        chance.choice(new).unlink()


def _change_asset(chance: random.Random, project: Project) -> None:
    (project.docs / "assets" / f"{chance.randrange(3)}.txt").write_bytes(chance.randbytes(9))


def _remove_asset(_: random.Random, project: Project) -> None:
    for path in (project.docs / "assets").glob("*.txt"):
        path.unlink()


def _shadow_theme(chance: random.Random, project: Project) -> None:
    path = project.docs / "assets" / "images" / "favicon.png"
    path.unlink() if path.exists() else path.write_bytes(chance.randbytes(5))


def _rename_site(chance: random.Random, project: Project) -> None:
    text = project.mkdocs.read_text(encoding="utf-8").split("\n")
    line = next(index for index, line in enumerate(text) if line.startswith("  - 关于"))
    text[line] = f"  - 关于{chance.randrange(9)}: about.md"
    project.mkdocs.write_text("\n".join(text), encoding="utf-8")


def _edit_theme(chance: random.Random, project: Project) -> None:
    name = chance.choice(["main.html", "partials/own/machine.html", "sitemap.xml"])
    with (project.root / ".theme" / name).open("a", encoding="utf-8") as file:
        file.write(f"{{# {chance.random()} #}}" if name == "main.html" else "<!-- x -->")


def _damage_site(chance: random.Random, project: Project) -> None:
    for path in chance.sample([each for each in sorted((project.root / "site").rglob("*")) if each.is_file()], 4):
        if chance.random() < HALF:
            path.unlink()
        else:
            path.write_bytes(b"damaged")
    (project.root / "site" / "orphans").mkdir(exist_ok=True)
    (project.root / "site" / "orphans" / "orphan.html").write_bytes(b"")


def _damage_record(chance: random.Random, project: Project) -> None:
    file = manifest_file(project)
    if file.exists():
        data = file.read_bytes()
        file.write_bytes(chance.choice([data[: len(data) // 2], b"", b"foreign" * 999, data[:4096] + b"\0" * 4096]))


def _forget(_: random.Random, project: Project) -> None:
    shutil.rmtree(project.root / ".cache")


def _touch(chance: random.Random, project: Project) -> None:
    chance.choice(_pages(project)).touch()


EDITS: list[Edit] = [
    _edit_page, _add_page, _remove_page, _change_asset, _remove_asset, _shadow_theme, _rename_site, _damage_site,
    _damage_record, _forget, _touch, _edit_theme,
]  # fmt: skip


def test_any_edits_end_in_the_site_of_a_clean_build(project: Project, tmp_path: Path) -> None:
    """Whatever is edited, damaged or forgotten, in any order: the next site is that of plain MkDocs."""
    chance = random.Random(8)  # noqa: S311  # a reproducible draw
    publish(project)
    for _ in range(4):
        for edit in [chance.choice(EDITS), *chance.sample(EDITS, 3)]:
            edit(chance, project)
        publish(project)
        assert site(project) == plainly(project, tmp_path / "plain")


@pytest.mark.parametrize("kind", ["plugin", "hook", "metadata", "readme", "exclude", "template", "snippets", "include"])
def test_whatever_mkdocs_knows_is_published_as_it_does(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Plugins, hooks, old metadata, READMEs, excluded and hidden pages, other templates and extensions: twice the same.

    What may read other files than the page is made anew each time, and it is said why.
    """
    publish(project)
    monkeypatch.chdir(project.root)
    configuration = project.mkdocs.read_text(encoding="utf-8")
    slow = kind in {"plugin", "hook", "snippets", "include"}
    if kind == "plugin":
        configuration = configuration.replace("plugins: []", "plugins: [search]")
    elif kind == "hook":
        (project.root / "hook.py").write_text("def on_page_content(html, **_): return html + '!'\n", encoding="utf-8")
        configuration += "hooks: [hook.py]\n"
    elif kind == "metadata":
        (project.docs / "articles" / "old.md").write_text("Title: Old\nKind: plan\n\nText.\n", encoding="utf-8")
    elif kind == "readme":
        (project.docs / "articles" / "more").mkdir()
        (project.docs / "articles" / "more" / "README.md").write_text("Text.\n", encoding="utf-8")
    elif kind == "exclude":
        (project.docs / ".well-known").mkdir()
        (project.docs / ".well-known" / "security.txt").write_text("Contact: x\n", encoding="utf-8")
        configuration += "exclude_docs: |\n  /robots.txt\n  !/.well-known/\n"
    elif kind == "snippets":
        (project.root / "part.md").write_text("part\n", encoding="utf-8")
        _append(project, "about.md", '\n--8<-- "part.md"\n')
        configuration = configuration.replace("  - tables\n", "  - tables\n  - pymdownx.snippets\n")
    elif kind == "include":
        (project.root / "base.yml").write_text("copyright: inherited\n", encoding="utf-8")
        configuration = "INHERIT: base.yml\n" + re.sub(r"(?m)^copyright: .*\n", "", configuration)
    else:
        footer = project.root / ".theme/partials/footer.html"
        footer.write_text(footer.read_text(encoding="utf-8") + "{{ page.meta.seed if page }}", encoding="utf-8")
    project.mkdocs.write_text(configuration, encoding="utf-8")
    for text in ("first", "second"):
        (project.root / "part.md").write_text(text, encoding="utf-8")
        assert bool(publishing.publish(project, ChangeScan(project), (), DAY, silent)[1]) == slow
        assert site(project) == plainly(project, tmp_path / "plain")


@pytest.mark.parametrize(
    ("path", "text", "said", "on_edit"),
    [
        ("about.md", "\n[x](gone.md)\n", "contains a link 'gone.md', but the target is not found", True),
        ("about.md", "\n[x](index.md#gone)\n", "does not contain an anchor '#gone'", False),
        ("about.md", "\n[x](#gone)\n", "there is no such anchor on this page", True),
        ("about.md", "\n[x](/index.md)\n", "contains an absolute link '/index.md'", False),
        ("lost.md", "# Lost\n", 'not included in the "nav" configuration:\n  - lost.md', True),
    ],
)
def test_what_mkdocs_warns_of_stops(project: Project, path: str, text: str, said: str, on_edit: bool) -> None:  # noqa: FBT001  # a case
    """A broken link or anchor and a page that the navigation lacks stop in MkDocs' words, on an edit and anew."""
    if on_edit:
        publish(project)
    _append(project, path, text)
    with pytest.raises(BuilderError, match="MkDocs 没有完成") as stopped:
        publish(project)
    assert said in str(stopped.value)


def test_a_page_that_goes_stops_those_that_link_to_it(project: Project) -> None:
    """Removing a page, or the heading that another names, is found out without an edit of the page that links."""
    target = project.docs / "articles" / "target.md"
    target.write_text("# A\n\n## Anchor\n", encoding="utf-8")
    _append(project, "about.md", "\n[x](articles/target.md) [y](articles/target.md#anchor)\n")
    publish(project)
    target.write_text("# A\n\n## Other\n", encoding="utf-8")
    with pytest.raises(BuilderError, match="does not contain an anchor '#anchor'"):
        publish(project)
    target.unlink()
    with pytest.raises(BuilderError, match=r"contains a link 'articles/target\.md'"):
        publish(project)


def test_killed_at_any_moment_the_next_site_is_right(project: Project, tmp_path: Path) -> None:
    """A publishing that is killed leaves nothing that the next one trusts wrongly."""
    chance = random.Random(9)  # noqa: S311  # a reproducible draw
    publish(project)
    for attempt in range(4):
        for edit in (_edit_page, _add_page, _change_asset, _damage_site, _rename_site if attempt % 2 else _remove_page):
            edit(chance, project)
        child = os.fork()
        if child == 0:
            publish(project)
            os._exit(0)
        time.sleep(chance.uniform(0.0, 0.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    _remove_page(chance, project)
    publish(project)
    assert site(project) == plainly(project, tmp_path / "plain")
