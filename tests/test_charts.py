"""Charts: every article is counted once, in its month; topics and sources meet in one table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from samples import article

from builder.model.archive import Archive, Entry, Source, Topic
from builder.pages.counts import crossing, months, sources_of, topics_of
from builder.pages.rendering import _environment

DAYS = st.dates().map(lambda day: day.isoformat())


def _entries(days: list[str], source: str = "s") -> tuple[Entry, ...]:
    """Articles of one source, newest first."""
    ordered = sorted(days, reverse=True)
    return tuple(
        Entry(article(published=day), f"{source}{number:09}", source, ()) for number, day in enumerate(ordered)
    )


class TestMonths:
    """Articles by month."""

    @given(st.lists(DAYS, max_size=40))
    def test_every_article_is_counted_in_one_month(self, days: list[str]) -> None:
        """The numbers add up, years run from the newest, each with twelve months, and no bar leaves its cell."""
        chart = months(_entries(days))
        cells = [month for _, year in chart for month in year]
        assert sum(month["count"] for month in cells) == len(days)
        assert [year for year, _ in chart] == sorted({day[:4] for day in days}, reverse=True)
        assert all(len(year) == 12 for _, year in chart)
        assert all((month["bar"] > 0) == (month["count"] > 0) and month["bar"] <= 8 for month in cells)
        assert not days or max(month["bar"] for month in cells) == 8

    def test_the_undated_are_left_out(self) -> None:
        """An article without a date is in no month."""
        assert months((Entry(article(published=None), "u" * 10, "s", ()),)) == []

    def test_a_number_leads_to_the_articles_of_its_month(self) -> None:
        """Only months with articles have a link, and it keeps the list's own filter."""
        template = _environment("zh").from_string(  # a macro has no page to be rendered through
            '{% import "_charts.html.j2" as charts with context %}{{ charts.months(chart, "list.html?topic=a&") }}'
        )
        tree = html.fromstring(template.render(chart=months(_entries(["2021-04-12", "2021-04-13", "2023-01-11"]))))
        found = {link.get("href"): link.text for link in tree.iterfind(".//td/a")}
        assert found == {
            "list.html?topic=a&year=2021&month=04": "2",
            "list.html?topic=a&year=2023&month=01": "1",
        }


def _archive() -> Archive:
    """Two topics that meet once, three sources."""
    entries = (
        Entry(article(), "1" * 10, "x", ("a", "b")),
        Entry(article(), "2" * 10, "x", ("a",)),
        Entry(article(), "3" * 10, "y", ("b",)),
        Entry(article(), "4" * 10, "z", ()),
    )
    sources = tuple(
        Source(slug, slug, (), "", "", tuple(entry for entry in entries if entry.source == slug)) for slug in "xyz"
    )
    vocabulary = tuple(
        Topic(slug, slug, "", "", (), (), tuple(e for e in entries if slug in e.topics)) for slug in ("a", "b", "empty")
    )
    return Archive(entries, sources, vocabulary, ())


class TestMeetings:
    """Topics against sources."""

    def test_the_table_counts_each_article_once_in_each_of_its_topics(self) -> None:
        """Rows are the topics that have articles, columns the sources."""
        table = crossing(_archive())
        assert [(topic.slug, counts) for topic, counts in table["rows"]] == [("a", [2, 0, 0]), ("b", [1, 1, 0])]

    def test_topics_that_stand_together(self) -> None:
        """A topic is not its own companion."""
        archive = _archive()
        met = topics_of(archive.topics[0].entries, archive, without="a")
        assert [(topic.slug, count) for topic, count in met] == [("b", 1)]
        assert [(source.slug, count) for source, count in sources_of(archive.topics[1].entries, archive)] == [
            ("x", 1),
            ("y", 1),
        ]
