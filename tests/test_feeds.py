"""What machines read: feeds, OAI-PMH and identifiers, for a usual archive and for text that wants to break out."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from conftest import ARCHIVE, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from machines import HOME, HOSTILE, SEEDS, SITE, files_of, found, hostile_archive, real_archive

from builder import paths
from builder.characters import in_one_line
from builder.config.project import Project
from builder.config.settings import Settings, load_settings
from builder.feeds.channels import NEWEST, timestamp
from builder.feeds.xml import add, document, root
from builder.model.archive import Archive
from builder.model.post import Published
from builder.problems import BuilderError

ATOM = {"a": "http://www.w3.org/2005/Atom"}
OAI = {"oai": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Path]:
    """An archive whose every text wants to be markup, and the folder of its seeds."""
    return hostile_archive(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def real() -> Mapping[str, bytes]:
    """The files of the tests' own archive, published at a known address."""
    return files_of(real_archive(), ARCHIVE.seeds, SITE)


def _schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(ROOT / "tests" / "schemas" / name))


def _assert_valid(content: bytes, schema: str) -> etree._Element:
    rules, tree = _schema(schema), etree.fromstring(content)
    assert rules.validate(tree), rules.error_log
    return tree


@pytest.mark.parametrize("settings", [SITE, HOME], ids=["published", "at home"])
def test_every_feed_is_valid_atom(hostile: tuple[Archive, Path], settings: Settings) -> None:
    """Each feed keeps the rules of RFC 4287, whatever its articles say, with and without a known address."""
    files = {**files_of(*hostile, settings), **{f"real/{k}": v for k, v in _real_files(settings).items()}}
    feeds = [content for path, content in files.items() if path.endswith(".xml") and "feeds/" in path]
    assert len(feeds) > 10
    for content in feeds:
        tree = _assert_valid(content, "atom.rng")
        ids = found(tree, "//a:id/text()", ATOM)
        assert len(ids) == len(set(ids))
        assert len(found(tree, "a:link[@rel='alternate']", ATOM)) == 1
        assert len(found(tree, "a:link[@rel='self']", ATOM)) == bool(settings.site_url)


def _real_files(settings: Settings) -> Mapping[str, bytes]:
    return files_of(real_archive(), ARCHIVE.seeds, settings)


@pytest.mark.parametrize("settings", [SITE, HOME], ids=["published", "at home"])
def test_every_json_feed_keeps_the_rules(hostile: tuple[Archive, Path], settings: Settings) -> None:
    """Version 1.1: title and items, each with a unique identifier and content; addresses are absolute or absent."""
    feeds = [
        json.loads(content)
        for path, content in files_of(*hostile, settings).items()
        if path.startswith("feeds/") and path.endswith(".json")
    ]
    assert len(feeds) > 3
    for feed in feeds:
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
        for item in feed["items"]:
            assert item["content_html"] is not None
            assert datetime.fromisoformat(item["date_published"]).tzinfo
            assert ("url" in item) == ("feed_url" in feed) == bool(settings.site_url)
            assert all(item[key].startswith("https://") for key in ("url",) if key in item)


def test_feeds_carry_the_hostile_text_as_text(hostile: tuple[Archive, Path]) -> None:
    """Title, byline and summary come out of the feed as they went in, but for control characters and line ends."""
    tree = etree.fromstring(files_of(*hostile, SITE)[f"{paths.FEED}.xml"])
    titles = found(tree, "a:entry/a:title/text()", ATOM)
    assert in_one_line(HOSTILE) in titles
    for content in found(tree, "a:entry/a:content/text()", ATOM):
        assert not html.fragment_fromstring(content, create_parent="div").xpath("//script|//*[@onclick]")


def test_entries_have_the_full_text_and_true_dates(real: Mapping[str, bytes]) -> None:
    """Each article stands in the feed with its last sentence, its date and its own address."""
    tree = etree.fromstring(real[f"{paths.FEED}.xml"])
    for entry in real_archive().entries:
        element = next(
            each for each in tree.iterfind("a:entry", ATOM) if each.findtext("a:id", "", ATOM).endswith(entry.id)
        )
        text = html.fragment_fromstring(element.findtext("a:content", "", ATOM), create_parent="div").text_content()
        assert "".join(entry.article.text.split()) == "".join(text.split())
        assert entry.article.published
        assert element.findtext("a:updated", "", ATOM) == timestamp(entry.article.published)
        address = element.find("a:link[@rel='alternate']", ATOM)
        assert address is not None
        assert address.get("href") == f"{SITE.site_url}articles/{entry.id}.html"


def test_each_source_and_topic_has_its_own_feed(real: Mapping[str, bytes]) -> None:
    """A feed holds exactly the articles of its source or topic; topics without articles have an empty one."""
    archive = real_archive()
    lists = [("sources", source.slug, source.entries) for source in archive.sources]
    lists += [("topics", topic.slug, topic.entries) for topic in archive.topics]
    for folder, slug, entries in lists:
        items = json.loads(real[f"{paths.feed(folder, slug)}.json"])["items"]
        assert [item["id"].rsplit("/", 1)[-1] for item in items] == [entry.id for entry in entries]
    assert any(not entries for _, _, entries in lists)


def test_a_feed_holds_the_newest_and_no_undated(tmp_path: Path) -> None:
    """Of many articles the newest fifty are in the feed, newest first; one without a date is in none."""
    archive, seeds = hostile_archive(tmp_path, dated=NEWEST + 10)
    items = json.loads(files_of(archive, seeds, SITE)[f"{paths.FEED}.json"])["items"]
    dates = [item["date_published"] for item in items]
    assert len(items) == NEWEST
    assert dates == sorted(dates, reverse=True)
    assert max(dates)[:10] == max(e.article.published.iso for e in archive.entries if e.article.published)[:10]


def test_identifiers_outlive_corrections_and_name_the_site(hostile: tuple[Archive, Path]) -> None:
    """A corrected title and date leave an entry's identifier alone; host and sub-path of the site are part of it."""
    archive, seeds = hostile
    corrected = dataclasses.replace(
        archive,
        entries=tuple(
            dataclasses.replace(entry, article=dataclasses.replace(entry.article, title="改", published=None))
            for entry in archive.entries
        ),
    )
    before, after = (files_of(each, seeds, SITE)[paths.OAI] for each in (archive, corrected))
    ids = [found(etree.fromstring(content), "//oai:identifier/text()", OAI) for content in (before, after)]
    assert ids[0] == ids[1]
    assert all(identifier.startswith("tag:example.org,2024-05:some/archive/articles/") for identifier in ids[0])


@pytest.mark.parametrize("settings", [SITE, HOME], ids=["published", "at home"])
def test_the_static_repository_is_valid_and_whole(hostile: tuple[Archive, Path], settings: Settings) -> None:
    """Every article and plan is a Dublin Core record; without a known address or contact, placeholders lead nowhere."""
    tree = _assert_valid(files_of(*hostile, settings)[paths.OAI], "static-repository.rng")
    real = _assert_valid(_real_files(settings)[paths.OAI], "static-repository.rng")
    assert len(found(tree, "//oai:record", OAI)) == len(hostile[0].entries)
    assert len(found(real, "//oai:record", OAI)) == len(SEEDS)
    host = found(real, "//oai:baseURL/text()", OAI)[0]
    assert host == f"{settings.site_url or 'http://site.invalid/'}data/oai-pmh.xml"
    assert "澄发改规划〔2019〕58号" in found(real, "//dc:identifier/text()", OAI)
    assert min(found(real, "//oai:datestamp/text()", OAI)) == real.findtext(".//oai:earliestDatestamp", "", OAI)


def test_same_archive_same_bytes(hostile: tuple[Archive, Path]) -> None:
    """Made twice, every file for machines is the same to the byte: no clock, no order of chance."""
    assert files_of(*hostile, SITE) == files_of(*hostile, SITE)


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2021-04-13", "2021-04-13T00:00:00Z"),
        ("2021-04-13T01:44:58Z", "2021-04-13T01:44:58Z"),
        ("2022-01-12T20:28:54+08:00", "2022-01-12T20:28:54+08:00"),
    ],
)
def test_timestamps_keep_the_offset_they_were_written_in(iso: str, expected: str) -> None:
    """An instant stays as written, a bare day becomes its first moment in UTC."""
    assert timestamp(Published(iso, iso)) == expected


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_fits_into_xml(text: str) -> None:
    """Whatever characters a text has, the document parses, and gives it back but for what XML cannot hold."""
    made = root("a", "urn:x")
    add(made, "b", text, c=text)
    read = etree.fromstring(document(made))[0]
    allowed = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    assert (read.text or "") == allowed.replace("\r\n", "\n") or "\r" in allowed
    assert "<" not in document(made).decode().split("<b ", 1)[1].split(">", 1)[0]


def test_robots_may_read_all_and_find_the_sitemap(real: Mapping[str, bytes]) -> None:
    """The sitemap is named by its absolute address, and not at all where that is not known."""
    assert real[paths.ROBOTS] == f"User-agent: *\nAllow: /\n\nSitemap: {SITE.site_url}sitemap.xml\n".encode()
    assert b"Sitemap" not in _real_files(HOME)[paths.ROBOTS]


@pytest.mark.site
def test_the_feeds_html_is_the_pages_html(built: Project) -> None:
    """The full text of a feed is, to the byte, what MkDocs made of the same Markdown, but for enlarging and names."""
    feed = json.loads((built.root / "site" / f"{paths.FEED}.json").read_text(encoding="utf-8"))
    assert feed["items"]
    for item in feed["items"]:
        page = built.root / "site" / "articles" / f"{item['id'].rsplit('/', 1)[-1]}.html"
        text = re.sub(r'<a class="enlarge"[^>]*>(<img [^>]*>)</a>', r"\1", page.read_text(encoding="utf-8"))
        text = re.sub(r'<p id="p-[^"]+">', "<p>", text)
        assert item["content_html"] in text


def test_settings_of_publication_are_checked(tmp_path: Path) -> None:
    """Address, date and contact are what they say they are, or the build stops with what to do; Markdown is MkDocs'."""
    path = tmp_path / "mkdocs.yml"
    for wrong in ("site_url: example.org", "extra: {archive: {tag_date: soon}}", "extra: {archive: {contact: nobody}}"):
        path.write_text(f"site_name: x\nuse_directory_urls: false\n{wrong}\n", encoding="utf-8")
        with pytest.raises(BuilderError, match=r"改正|请写成"):
            load_settings(path)
    settings = load_settings(ARCHIVE.mkdocs)
    assert {"toc", "tables", "fenced_code", "attr_list"} == set(settings.extensions)
    assert settings.extension_settings["toc"]["slugify"] == "markdown.extensions.toc.slugify_unicode"
