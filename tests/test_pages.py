"""Pages: lists that stay put, links that are relative, files that are only written when they change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article

from builder import paths
from builder.archive.intake import silent
from builder.cache import Store, digest
from builder.model.archive import Entry
from builder.model.post import Published
from builder.output.products import PageFile, Product
from builder.output.writing import Writer
from builder.pages import times
from builder.pages.listings import PER_PAGE, parts
from builder.problems import BuilderError


def _entries(count: int) -> list[Entry]:
    """Newest first."""
    return [Entry(article(), f"{number:010}", "s", ()) for number in range(count, 0, -1)]


class TestLists:
    """Long lists are paged, and adding an article touches only the first page."""

    @given(st.integers(0, 1200))
    def test_every_article_stands_on_one_page_in_order(self, count: int) -> None:
        """The pages together are the list, and link to each other."""
        pages = parts(_entries(count))
        assert [entry.id for part in pages for entry in part.entries] == [entry.id for entry in _entries(count)]
        assert all(len(part.entries) == PER_PAGE for part in pages[1:])
        assert len(pages[0].entries) < 2 * PER_PAGE
        assert [part.older for part in pages[:-1]] == [part.number for part in pages[1:]]
        assert [part.newer for part in pages[1:]] == [part.number for part in pages[:-1]]

    def test_adding_an_article_leaves_older_pages_alone(self) -> None:
        """Older parts are numbered from the oldest article, so they never shift."""
        before = {part.number: part.entries for part in parts(_entries(350)) if part.number}
        after = {part.number: part.entries for part in parts(_entries(351)) if part.number}
        assert before == after


class TestLinks:
    """Addresses work wherever the site is mounted."""

    @pytest.mark.parametrize(
        ("here", "there", "link"),
        [
            ("index.md", "articles/index.md", "articles/index.html"),
            ("articles/a.md", "index.md", "../index.html"),
            ("plans/p/sec-1.md", "plans/p/sec-2.md#sec-2-1", "sec-2.html#sec-2-1"),
            ("articles/a.md", "raw/a.txt", "../raw/a.txt"),
        ],
    )
    def test_links_are_relative(self, here: str, there: str, link: str) -> None:
        """From one page to another, without a leading slash."""
        assert paths.link(here, there) == link


class TestDates:
    """Dates are shown with what is known, and nothing more."""

    @pytest.mark.parametrize(
        ("iso", "shown"),
        [
            ("2021-04-13T01:44:58.654Z", "2021-04-13 01:44 UTC"),
            ("2022-01-12T20:28:54+08:00", "2022-01-12 20:28 UTC+8"),
            ("2020-01-01T00:00:00-09:30", "2020-01-01 00:00 UTC-9:30"),
            ("2020-08-02", "2020-08-02"),
        ],
    )
    def test_the_zone_is_named(self, iso: str, shown: str) -> None:
        """An instant is shown in the offset it was written in; a day stays a day."""
        assert times.shown(Published(iso, iso)) == shown


def _write(docs: Path, files: Sequence[PageFile], store: Store | None = None) -> frozenset[str]:
    """Write files that are each a product of their own."""
    writer = Writer(docs, store or Store(None), b"", frozenset())
    made = [Product(str(number), digest(repr(file)), partial(list, [file])) for number, file in enumerate(files)]
    writer.write(made, silent)
    return writer.finish()


class TestWriting:
    """Only what changes is written, only where the builder may write."""

    def test_unchanged_bytes_are_not_written_again(self, tmp_path: Path) -> None:
        """A second run writes nothing; a run with fewer pages removes the others."""
        files = [PageFile("articles/a.md", b"a"), PageFile("articles/b.md", b"b")]
        store = Store(None)
        assert _write(tmp_path, files, store) == {"articles/a.md", "articles/b.md"}
        assert not _write(tmp_path, files, store)
        assert _write(tmp_path, files[:1], store) == {"articles/b.md"}
        assert not (tmp_path / "articles" / "b.md").exists()

    @pytest.mark.parametrize("path", ["about.md", "articles/../about.md", "../x", "/etc/x", "assets/x.css"])
    def test_nothing_is_written_outside_the_generated_places(self, tmp_path: Path, path: str) -> None:
        """A page with a foreign path is refused before anything is written."""
        with pytest.raises(BuilderError, match="不在由程序生成的文件夹里"):
            _write(tmp_path, [PageFile(path, b"x")])

    def test_two_pages_may_not_claim_one_file(self, tmp_path: Path) -> None:
        """A collision stops instead of letting the last one win."""
        with pytest.raises(BuilderError, match="同一个文件"):
            _write(tmp_path, [PageFile("articles/a.md", b"a"), PageFile("articles/a.md", b"b")])
