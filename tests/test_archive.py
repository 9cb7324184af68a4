"""The archive: permalinks that last, corrections that are logged, one page for each identity."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import article

from builder.archive.assembly import assemble
from builder.archive.identity import identifier_of, permalink_id, source_slug
from builder.archive.intake import Intake
from builder.config.curation import Correction, Corrections, Entities, SourceProfile, Term, Vocabulary
from builder.config.project import Curation
from builder.model.archive import Archive
from builder.model.article import Article
from builder.problems import BuilderError, Problem


def _curation(corrections: dict[str, Correction] | None = None) -> Curation:
    return Curation(
        sources={"jia": SourceProfile(name="甲报", aliases=("甲报网",))},
        vocabulary=Vocabulary(topics={"payment": Term(label="移动支付", terms=("移动支付",))}),
        corrections=Corrections(seeds=corrections or {}),
        entities=Entities(),
    )


def _archive(*articles: Article, corrections: dict[str, Correction] | None = None) -> Archive:
    return assemble(Intake(articles=articles, plans=(), problems=()), _curation(corrections))


def _codes(archive: Archive) -> list[str]:
    return [problem.code for problem in archive.problems]


class TestPermalinks:
    """An address depends on what the post is, not on what is done to its file."""

    def test_renaming_moving_and_retitling_change_no_address(self) -> None:
        """Only the original's address counts where it is known."""
        first = permalink_id(article())
        assert permalink_id(article(path="else/where.md", title="改过的标题", sha256="f" * 64)) == first

    @pytest.mark.parametrize(
        "url",
        ["http://example.org/a", "https://www.example.org/a/", "https://EXAMPLE.org/a#top", "https://example.org/%61"],
    )
    def test_spellings_of_one_address_are_one_identity(self, url: str) -> None:
        """Scheme, ``www.``, a trailing slash, a fragment and needless escapes do not tell posts apart."""
        assert permalink_id(article(url=url)) == permalink_id(article())

    def test_without_an_address_the_bytes_identify_and_nothing_read_out_of_them(self) -> None:
        """Outlet, date and headline are read out by a program that improves: none of them moves an address."""
        base = article(url=None)
        others = (
            article(url=None, title_original="别的"),
            article(url=None, source="乙报"),
            article(url=None, published="2021-04-14"),
            article(url=None, path="else/where.md"),
        )
        assert {permalink_id(other) for other in others} == {permalink_id(base)}
        assert permalink_id(dataclasses.replace(base, sha256="f" * 64)) != permalink_id(base)
        member = identifier_of(None, base.sha256, "part.html")
        assert len({member, identifier_of(None, base.sha256, "other.html"), permalink_id(base)}) == 3

    @given(st.text(min_size=1))
    def test_addresses_are_ascii(self, name: str) -> None:
        """Whatever an outlet is called, its address is plain ASCII."""
        slug = source_slug(name)
        assert slug
        assert all(character in "abcdefghijklmnopqrstuvwxyz0123456789-" for character in slug)


class TestIdentity:
    """One page for one post."""

    def test_the_second_file_of_one_post_is_reported(self) -> None:
        """Two files with the same identity give one page and one error that names the other file."""
        archive = _archive(article(path="b.txt", published="2021-04-14", sha256="1" * 64), article(path="a.txt"))
        assert [entry.article.path for entry in archive.entries] == ["a.txt"]
        problem = next(problem for problem in archive.problems if problem.code == "same-identity")
        assert problem.path == "seeds/b.txt"
        assert problem.values == {"first": "seeds/a.txt"}

    def test_the_order_of_files_changes_nothing(self) -> None:
        """Shuffled input gives the same archive."""
        articles = [article(path=f"{n}.txt", url=f"https://example.org/{n // 2}", sha256=f"{n:064}") for n in range(12)]
        shuffled = random.Random(7).sample(articles, len(articles))  # noqa: S311  # a fixed shuffle, no secret
        assert _archive(*articles) == _archive(*shuffled)


class TestCorrections:
    """What an editor writes wins, and is said."""

    def test_fields_are_replaced_and_logged_and_the_address_stays(self) -> None:
        """Title, date and topics change, the reason is kept, the permalink does not move."""
        fix = Correction(why="原文如此", title="正确的标题", date="2021-05-01", topics=("payment",))
        entry = _archive(article(), corrections={"a.txt": fix}).entries[0]
        assert entry.article.title == "正确的标题"
        assert entry.article.published is not None
        assert entry.article.published.iso == "2021-05-01"
        assert list(entry.topics) == ["payment"]
        assert entry.corrected == (("published", "原文如此"), ("title", "原文如此"), ("topics", "原文如此"))
        assert entry.id == _archive(article()).entries[0].id

    def test_an_excluded_seed_is_no_page_but_a_notice(self) -> None:
        """Leaving out is said with its reason."""
        archive = _archive(article(), corrections={"a.txt": Correction(why="重复", exclude=True)})
        assert not archive.entries
        assert _codes(archive) == ["excluded"]

    def test_a_correction_without_its_seed_is_reported(self) -> None:
        """A mistyped path is a problem that names the nearest file."""
        archive = _archive(article(), corrections={"aa.txt": Correction(why="x", title="y")})
        problem = next(problem for problem in archive.problems if problem.code == "correction-without-seed")
        assert problem.values == {"seed": "aa.txt", "near": "a.txt"}

    @pytest.mark.parametrize(
        ("fix", "said"),
        [
            (Correction(why="x", topics=("paiment",)), "是不是“payment”"),
            (Correction(why="x", topics=("移动支付",)), "是不是“payment”"),
            (Correction(why="x", date="昨天"), "不合规范"),
            (Correction(why="x", date="5/2/2021"), "不合规范"),
        ],
    )
    def test_corrections_that_contradict_stop_at_once(self, fix: Correction, said: str) -> None:
        """A topic outside the vocabulary or a date that is none is wrong configuration."""
        with pytest.raises(BuilderError, match=said):
            _archive(article(), corrections={"a.txt": fix})

    def test_a_date_is_read_as_in_a_post(self) -> None:
        """Editors write dates as they stand in the paper."""
        archive = _archive(article(), corrections={"a.txt": Correction(why="x", date="2021年5月2日")})
        published = archive.entries[0].article.published
        assert published
        assert published.iso == "2021-05-02"


class TestSources:
    """The outlet, whatever crawlers call it."""

    def test_an_alias_leads_to_the_profile(self) -> None:
        """Articles under a name and its alias stand on one page."""
        archive = _archive(article(), article(path="b.txt", url="https://example.org/b", source="甲报网"))
        assert [(source.slug, source.name, len(source.entries)) for source in archive.sources] == [("jia", "甲报", 2)]

    def test_an_unknown_outlet_has_a_page_all_the_same(self) -> None:
        """No profile is needed, and articles without a source are kept together."""
        archive = _archive(article(source="乙报"), article(path="b.txt", url="https://example.org/b", source=""))
        assert {source.name for source in archive.sources} == {"乙报", ""}


def test_an_article_with_an_error_is_reported_and_not_published() -> None:
    """Errors keep one article out and nothing else."""
    bad = article(
        path="b.txt", url="https://example.org/b", problems=(Problem("same-identity", "b.txt", None, {"first": "x"}),)
    )
    archive = _archive(article(), bad)
    assert [entry.article.path for entry in archive.entries] == ["a.txt"]
    assert "same-identity" in _codes(archive)


def test_an_unmatched_article_is_reported_never_forced() -> None:
    """No topic is an answer, and the editor hears of it."""
    archive = _archive(article())
    assert archive.entries[0].topics == ()
    assert _codes(archive) == ["no-topic"]
    bare = dataclasses.replace(_curation(), vocabulary=Vocabulary(topics={}))
    assert _codes(assemble(Intake(articles=(article(),), plans=(), problems=()), bare)) == []  # there is none to match
