"""The built site of the tests' own archive, read back."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from conftest import ARCHIVE, ROOT, copy_project, run_builder
from lxml import html
from machines import SEEDS
from pages_reading import broken, links, pages, tree_bytes

from builder import paths
from builder.config.project import Project

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def trees(built: Project) -> dict[str, html.HtmlElement]:
    """Every page of the built site."""
    return pages(built.root / "site")


def _front_matter(path: Path) -> dict[str, object]:
    data: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return data


def _article_pages(project: Project) -> list[Path]:
    return sorted(path for path in (project.docs / "articles").glob("*.md") if len(path.stem) == 10)


def test_every_seed_is_a_page_and_can_be_downloaded(built: Project) -> None:
    """Each seed ends as an article or a plan, with its raw bytes beside it."""
    raw = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (built.root / "site" / "raw").iterdir()}
    assert raw == {hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS}
    assert len(_article_pages(built)) == len(SEEDS) - 1


def test_article_pages_show_their_metadata(built: Project, trees: dict[str, html.HtmlElement]) -> None:
    """Title, source, date with zone, original link, topics, digest and raw file stand on every article's page."""
    for path in _article_pages(built):
        said = _front_matter(path)
        tree = trees[f"articles/{path.stem}.html"]
        text = tree.text_content()
        assert tree.find(".//h1").text_content() == said["title"]
        assert str(said["source"]) in text
        assert str(said["date"])[:10] in text
        assert re.search(r"\d\d:\d\d (UTC|北京时间)", text)
        assert str(said["sha256"]) in text
        assert said["topics"]
        hrefs = {link.address for link in links("", tree)}
        assert f"../raw/{path.stem}.txt" in hrefs
        assert said.get("original_url") is None or said["original_url"] in hrefs


def test_pages_say_their_language(built: Project, trees: dict[str, html.HtmlElement]) -> None:
    """The ``lang`` of a page is that of its article."""
    found = {trees[f"articles/{path.stem}.html"].attrib["lang"] for path in _article_pages(built)}
    assert found == {"zh-Hans", "zh-Hant-TW"}


def test_every_internal_link_and_anchor_resolves(built: Project, trees: dict[str, html.HtmlElement]) -> None:
    """At the root of a host, no address and no fragment leads nowhere."""
    assert not broken(built.root / "site", trees)


def test_every_link_resolves_under_a_sub_path(tmp_path: Path) -> None:
    """Published under a sub-path, as a GitHub project page is, the same holds."""
    project = copy_project(tmp_path / "archive")
    done = run_builder(project, "build", environment={"SITE_URL": "https://example.org/some/archive/"})
    assert done.code == 0, done.err
    site = project.root / "site"
    assert not broken(site, pages(site), mount="/some/archive/")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert sitemap.count("<loc>https://example.org/some/archive/") == len(list(site.rglob("*.html"))) - 1


def test_no_page_asks_another_host_for_anything(trees: dict[str, html.HtmlElement]) -> None:
    """Scripts, styles, fonts and icons are the site's own; only article images may be remote, and those are marked."""
    for page, tree in trees.items():
        for link in links(page, tree):
            if link.tag == "a" or not urlsplit(link.address).netloc:
                continue
            assert link.tag == "img" or (link.tag == "link" and _is_only_named(tree, link.address)), link
        for image in tree.iter("img"):
            if urlsplit(image.attrib["src"]).netloc:
                assert image.attrib["loading"] == "lazy"
                assert image.attrib["referrerpolicy"] == "no-referrer"


def _is_only_named(tree: html.HtmlElement, address: str) -> bool:
    """A canonical or alternate link names an address without fetching it."""
    return all(
        node.attrib["rel"] in ("canonical", "alternate", "schema.DC")
        for node in tree.iter("link")
        if node.get("href") == address
    )


def test_plain_mkdocs_publishes_the_same_pages_without_a_warning(built: Project, tmp_path: Path) -> None:
    """``mkdocs build --strict``, with none of our Python on its path, gives every byte of the same site."""
    copy = tmp_path / "copy"
    shutil.copytree(built.root, copy, ignore=shutil.ignore_patterns("site", ".cache"))
    stamp = re.search(r"\d+", _built_stamp(built))
    assert stamp
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=copy,
        env={**os.environ, "SOURCE_DATE_EPOCH": stamp[0], "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not any(name.endswith(".py") for name in tree_bytes(copy))
    assert tree_bytes(copy / "site") == tree_bytes(built.root / "site")


def _built_stamp(project: Project) -> str:
    """The date that the builder gave MkDocs: the newest article's day."""
    days = [str(_front_matter(path)["date"])[:10] for path in _article_pages(project)]
    script = "import calendar, sys, time; print(calendar.timegm(time.strptime(sys.argv[1], '%Y-%m-%d')))"
    return subprocess.run([sys.executable, "-c", script, max(days)], capture_output=True, text=True, check=True).stdout


def test_bytes_depend_on_nothing_but_the_inputs(built: Project, tmp_path: Path) -> None:
    """Another folder, zone, locale, hash seed, and seeds created in another order: identical bytes."""
    project = copy_project(tmp_path / "elsewhere")
    shutil.rmtree(project.seeds)
    project.seeds.mkdir()
    for path in reversed(SEEDS):
        copy = project.seeds / path.relative_to(ARCHIVE.seeds)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    elsewhere = {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    assert run_builder(project, "build", environment=elsewhere).code == 0
    assert tree_bytes(project.docs) == tree_bytes(built.docs)
    assert tree_bytes(project.root / "site") == tree_bytes(built.root / "site")


def test_a_second_build_does_nothing_twice(tmp_path: Path) -> None:
    """An unchanged archive is left alone, page by page; a damaged site is built again."""
    project = copy_project(tmp_path / "archive")
    assert run_builder(project, "build").code == 0
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*") if path.is_file()}
    second = run_builder(project, "build")
    assert "没有变化" in second.err
    assert {path: path.stat().st_mtime_ns for path in before} == before
    home = project.root / "site" / "index.html"
    home.write_text("damaged", encoding="utf-8")
    assert "没有变化" not in run_builder(project, "build").err
    assert home.read_text(encoding="utf-8") != "damaged"


def test_hand_written_pages_are_never_touched_and_orphans_go(tmp_path: Path) -> None:
    """Deleting a seed removes its page; everything outside the generated places stays."""
    project = copy_project(tmp_path / "archive")
    own = project.docs / "mine.md"
    own.write_text("# 我的\n", encoding="utf-8")
    assert run_builder(project, "build").code == 2, "a hand-written page outside nav is a strict warning"
    own.unlink()
    written = {path for path in tree_bytes(project.docs) if not paths.is_generated(path)}
    (project.seeds / SEEDS[0].relative_to(ARCHIVE.seeds)).unlink()
    assert run_builder(project, "build").code == 0
    assert {path for path in tree_bytes(project.docs) if not paths.is_generated(path)} == written
    assert len(_article_pages(project)) == len(SEEDS) - 2


def test_generated_places_are_ignored_by_git() -> None:
    """The one list of generated places and ``.gitignore`` agree."""
    ignored = re.findall(r"^/docs/(.+?)/?$", (ROOT / ".gitignore").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(ignored) == sorted(paths.GENERATED)
