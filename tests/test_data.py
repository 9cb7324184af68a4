"""The archive as data: records against their schemas, tables that give text back, checksums and zip that agree."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import ARCHIVE, ArchiveMaker, run_builder
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from machines import HOSTILE, SITE, files_of, found, hostile_archive, real_archive
from pages_reading import tree_bytes

from builder import paths
from builder.characters import in_one_line
from builder.config.project import Project
from builder.feeds.listing import SEPARATOR, write_table
from builder.feeds.records import SummaryRecord, encoded
from builder.feeds.schemas import DOCUMENTS, dictionary, schema
from builder.model.archive import Archive, Entry
from builder.output.products import month
from builder.problems import languages, wordings


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Path]:
    """An archive whose every text wants to be markup, and the folder of its seeds."""
    return hostile_archive(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def files(hostile: tuple[Archive, Path]) -> Mapping[str, bytes]:
    """The files made of it."""
    return files_of(*hostile, SITE)


@pytest.fixture(scope="module")
def real() -> Mapping[str, bytes]:
    """The files made of the tests' own archive."""
    return files_of(real_archive(), ARCHIVE.seeds, SITE)


def _kind(path: str) -> str | None:
    """Which schema a file must fit."""
    if path in (paths.ARCHIVE_JSON, paths.CATALOGUE):
        return Path(path).stem
    found = re.fullmatch(r"data/(article|plan)s/.+\.json", path)
    return found[1] if found else None


def _validator(files: Mapping[str, bytes], name: str) -> Any:
    rules = json.loads(files[paths.schema(name)])
    jsonschema.Draft202012Validator.check_schema(rules)
    return jsonschema.Draft202012Validator(rules)


def test_every_record_fits_its_published_schema(files: Mapping[str, bytes], real: Mapping[str, bytes]) -> None:
    """Archive, articles and plan, hostile and real, are valid after the JSON Schemas that lie beside them."""
    for made in (files, real):
        for path, content in made.items():
            if name := _kind(path):
                _validator(made, name).validate(json.loads(content))
    assert {_kind(path) for path in real} - {None} == set(DOCUMENTS)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("sha256", "0" * 63),
        ("id", "UPPER"),
        ("published", "yesterday"),
        ("title", None),
        ("size", -1),
        ("topics", ["x"]),
    ],
)
def test_a_wrong_record_does_not_fit(real: Mapping[str, bytes], field: str, wrong: object) -> None:
    """The schemas are no rubber stamps: a bad digest, identifier, date, type or number is refused, and so is a gap."""
    path = next(path for path in real if path.startswith("data/articles/"))
    record = json.loads(real[path])[0]
    validator = _validator(real, "article")
    assert validator.is_valid([record])
    assert not validator.is_valid([{**record, field: wrong}])
    assert not validator.is_valid([{key: value for key, value in record.items() if key != field}])


@pytest.mark.parametrize("language", languages())
def test_every_field_is_explained_and_nothing_else(language: Any) -> None:
    """The dictionary has a meaning for each field of each record, in every language, and no word without a field."""
    records = dict(dictionary(language))
    assert all(field.meaning and field.kind for fields in records.values() for field in fields)
    wording = wordings(language)["fields"]
    for record, fields in wording.items():
        assert set(fields) <= {field.name for field in records[record]}, record
    described = json.loads(schema("article", language))["$defs"]["ArticleRecord"]["properties"]
    assert described["sha256"]["description"] in [field.meaning for field in records["ArticleRecord"]]


def _record(files: Mapping[str, bytes], entry: Entry) -> dict[str, Any]:
    records: list[dict[str, Any]] = json.loads(files[paths.article_records(month(entry))])
    return next(record for record in records if record["id"] == entry.id)


def test_records_hold_the_article_as_it_is(hostile: tuple[Archive, Path], files: Mapping[str, bytes]) -> None:
    """What a record says of an article is what the archive holds: text, removals, hashes, identity."""
    for entry in hostile[0].entries:
        record = _record(files, entry)
        article = entry.article
        assert (record["title"], record["markdown"]) == (article.title, article.markdown)
        assert (record["seed"], record["sha256"], record["url"]) == (article.path, article.sha256, article.url)
        assert [topic["id"] for topic in record["topics"]] == list(entry.topics)
        assert record["published"] == (article.published.iso if article.published else None)


def test_the_list_and_the_table_say_the_same(files: Mapping[str, bytes]) -> None:
    """Every article is a row, in the order of the JSON list, and each value comes back as it was, hostile or not."""
    rows = list(csv.DictReader(io.StringIO(files[paths.ARCHIVE_CSV].decode(), newline="")))
    articles = json.loads(files[paths.ARCHIVE_JSON])
    assert len(rows) == len(articles) > 3
    for row, article in zip(rows, articles, strict=True):
        assert list(row) == list(article)
        assert row == {name: _cell(value) for name, value in article.items()}
    assert in_one_line(HOSTILE) in [row["title"] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return "" if value is None else str(value)


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
@settings(deadline=None)
def test_any_text_survives_table_and_json(title: str, author: str, tags: list[str]) -> None:
    """Quotation marks, separators, line ends, formulas: reading back gives the very text."""
    values: dict[str, Any] = {name: name for name in SummaryRecord.__struct_fields__}
    values |= {"title": title, "author": author, "topics": (), "tags": tuple(tags), "same_story": (), "related": ()}
    record = SummaryRecord(**values)
    file = io.BytesIO()
    write_table(file, [record], guarded=False)
    row = next(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))
    assert (row["title"], row["author"], row["tags"]) == (title, author, SEPARATOR.join(tags))
    read = json.loads(encoded(record))
    assert (read["title"], read["author"], read["tags"]) == (title, author, tags)


@pytest.mark.site
def test_checksums_are_accepted_and_notice_a_change(built: Project, tmp_path: Path) -> None:
    """``sha256sum -c`` passes over the published site, covers every raw and data file, and fails on a changed byte."""
    site = tmp_path / "site"
    shutil.copytree(built.root / "site", site)
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listed = {line.split("  ", 1)[1] for line in (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    published = {
        path for path in tree_bytes(site) if path.split("/")[0] in ("raw", "data") and not path.endswith(".html")
    }
    assert listed == published
    (site / paths.ARCHIVE_CSV).write_bytes(b"changed")
    assert subprocess.run(command, cwd=site, capture_output=True, check=False).returncode == 1


def test_the_zips_are_the_archive(files: Mapping[str, bytes], hostile: tuple[Archive, Path], tmp_path: Path) -> None:
    """Unpacked together they hold raw files and data as published, every article as Markdown, and right checksums."""
    zips = [path for path in files if path.endswith(".zip")]
    assert paths.ARCHIVE_ZIP in zips
    assert len(zips) > 1
    unpacked: dict[str, bytes] = {}
    for path in zips:
        with zipfile.ZipFile(io.BytesIO(files[path])) as archive:
            assert archive.testzip() is None
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            archive.extractall(tmp_path / path)
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
            cwd=tmp_path / path, capture_output=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, b"")
        own = tree_bytes(tmp_path / path)
        assert not set(own).intersection(unpacked) - {"SHA256SUMS"}
        unpacked |= own
    wanted = {
        f"{kind}/{entry.id}.{end}" for entry in hostile[0].entries for kind, end in (("raw", "txt"), ("clean", "md"))
    }
    assert wanted <= unpacked.keys()
    for path, content in unpacked.items():
        if path.startswith("data/"):
            assert content == files[path], path
    for entry in hostile[0].entries:
        _, head, body = unpacked[f"clean/{entry.id}.md"].decode().split("---\n", 2)
        assert yaml.safe_load(head)["title"] == entry.article.title
        assert body.strip() == entry.article.markdown.strip()


def test_a_zip_depends_on_its_content_alone(hostile: tuple[Archive, Path], files: Mapping[str, bytes]) -> None:
    """Made again, every file has the same bytes."""
    again = files_of(*hostile, SITE)
    assert {path: again[path] for path in files if path.endswith(".zip")} == {
        path: content for path, content in files.items() if path.endswith(".zip")
    }


@pytest.mark.site
def test_zips_come_with_a_release_and_go_without(make_archive: ArchiveMaker) -> None:
    """``build --release`` makes and lists them at their addresses; without it there are neither they nor links.

    A release that does not know its own address is told so.
    """
    project = make_archive(
        {"a.md": "---\ntitle: 甲\ndate: 2021-04-13\n---\n正文一句话。\n", "b.md": "---\ntitle: 乙\n---\n另一句话。\n"}
    )
    data = project.root / "site" / "data"
    for release in (True, False, True):
        done = run_builder(project, "build", *["--release"] * release)
        assert (done.code, "SITE_URL" in done.err) == (0, release)
        assert sorted(path.name for path in data.glob("*.zip")) == ["archive-2021.zip", "archive.zip"] * release
        assert ('href="archive.zip"' in (data / "index.html").read_text(encoding="utf-8")) == release


@pytest.mark.site
def test_heads_speak_to_machines(built: Project) -> None:
    """Articles are NewsArticle with their true date, plans Legislation with number and issuers; feeds are named."""
    site = built.root / "site"
    for entry in real_archive().entries:
        tree = html.fromstring((site / "articles" / f"{entry.id}.html").read_bytes())
        said = _linked_data(tree)
        assert (said["@type"], said["headline"]) == ("NewsArticle", entry.article.title)
        assert entry.article.published
        assert said["datePublished"] == entry.article.published.iso
        assert said.get("isBasedOn") == entry.article.url or entry.article.carrier_url == said["isBasedOn"]
        assert "author" not in said, "none of the articles has a byline"
        assert tree.xpath("//meta[@name='DC.title']/@content") == [entry.article.title]
        assert f"../{paths.article_records(month(entry))}" in found(tree, "//link[@rel='alternate']/@href", {})
    plan = real_archive().plans[0]
    said = _linked_data(html.fromstring((site / "plans" / plan.slug / "index.html").read_bytes()))
    assert (said["@type"], said["legislationDate"]) == ("Legislation", plan.metadata.date_iso)
    assert plan.metadata.document_number
    assert said["legislationIdentifier"] == plan.metadata.document_number.text
    assert [issuer["name"] for issuer in said["legislationPassedBy"]] == list(plan.issuers)
    source = real_archive().sources[0].slug
    tree = html.fromstring((site / "sources" / f"{source}.html").read_bytes())
    assert f"../feeds/sources/{source}.xml" in found(tree, "//link[@rel='alternate']/@href", {})


def _linked_data(tree: html.HtmlElement) -> dict[str, Any]:
    scripts = tree.xpath("//script[@type='application/ld+json']")
    assert len(scripts) == 1
    said: dict[str, Any] = json.loads(scripts[0].text)
    return said


@pytest.mark.site
def test_hostile_metadata_stays_inside_the_head(make_archive: Any) -> None:
    """A title that closes tags and attributes is text in JSON-LD, Dublin Core, OpenGraph and the citations."""
    written = "a\"><script>alert(1)</script></title> \\ ' & {{ 7*7 }} </script> <!-- \u2028 \b\x1b 中"
    project = make_archive({"a.md": f"---\ntitle: {json.dumps(written)}\ndate: 2021-04-13\n---\n正文一句话。\n"})
    done = run_builder(project, "build", environment={"SITE_URL": "https://example.org/x/"})
    assert done.code == 0, done.err
    page = next(path for path in (project.root / "site" / "articles").iterdir() if len(path.stem) == 10)
    tree = html.fromstring(page.read_bytes())
    title = json.loads((project.docs / paths.article_records("2021-04")).read_text(encoding="utf-8"))[0]["title"]
    assert title.startswith(written[:60])
    assert _linked_data(tree)["headline"] == title
    assert tree.xpath("//meta[@name='DC.title' or @property='og:title']/@content") == [title, title]
    assert not tree.xpath("//script[contains(text(), 'alert(1)')][not(@type)]")
    cited = " ".join("".join(each if each.isprintable() else " " for each in title).split())
    assert cited in found(tree, "//*[@id='c-gbt7714']/text()", {})[0]
    assert json.loads(found(tree, "//*[@id='c-csl']/text()", {})[0])[0]["title"] == cited
