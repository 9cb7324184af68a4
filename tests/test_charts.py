"""Charts: every article is drawn once, places stay on the axis, numbers stand in the table beside."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from samples import article

from builder.model.archive import Archive, Entry, Source, Topic
from builder.pages.charts import BAR_HEIGHT, periods, year_bars
from builder.pages.counts import crossing, sources_of, topics_of
from builder.pages.rendering import Renderer

DAYS = st.dates().map(lambda day: day.isoformat())


def _entries(days: list[str], source: str = "s") -> tuple[Entry, ...]:
    """Articles of one source, newest first."""
    ordered = sorted(days, reverse=True)
    return tuple(
        Entry(article(published=day), f"{source}{number:09}", source, ()) for number, day in enumerate(ordered)
    )


def _sources(lists: list[list[str]]) -> tuple[Source, ...]:
    """Sources with these days, largest first."""
    made = [
        Source(f"s{number}", f"来源{number}", (), "", "", _entries(days, f"s{number}"))
        for number, days in enumerate(lists)
    ]
    return tuple(sorted(made, key=lambda source: -len(source.entries)))


class TestYears:
    """Articles by year."""

    @given(st.lists(DAYS, max_size=40))
    def test_bars_count_every_article_and_stay_on_the_axis(self, days: list[str]) -> None:
        """The numbers add up, years run without a gap, no bar leaves the drawing."""
        bars = year_bars(_entries(days))
        if len({day[:4] for day in days}) < 2:
            assert not bars
            return
        assert sum(bar.count for bar in bars) == len(days)
        assert [int(bar.label) for bar in bars] == list(range(int(bars[0].label), int(bars[-1].label) + 1))
        assert all(bar.left >= 0 and bar.left + bar.width <= 100.01 and bar.height <= BAR_HEIGHT for bar in bars)
        assert max(bar.height for bar in bars) == BAR_HEIGHT
        assert 1 <= sum(bar.marked for bar in bars) <= 6


class TestPeriods:
    """Articles by period and source."""

    @settings(deadline=None)
    @given(st.lists(st.lists(DAYS, min_size=1, max_size=8), max_size=14))
    def test_every_article_is_in_one_dot_and_one_cell(self, lists: list[list[str]]) -> None:
        """Dots, rows and table each add up to all articles; no more than eight rows and 48 columns of one step."""
        sources = _sources(lists)
        chart = periods([entry for source in sources for entry in source.entries], sources)
        total = sum(map(len, lists))
        if chart is None:
            assert not total
            return
        assert sum(dot.count for row in chart.rows for dot in row.dots) == total
        assert sum(row.count for row in chart.rows) == total
        assert sum(sum(counts) for _, counts in chart.table) == total
        assert len(chart.rows) <= 8
        assert sum(row.others or 1 for row in chart.rows) == len(lists)
        assert all(0 < dot.centre < 100 for row in chart.rows for dot in row.dots)
        assert len(chart.ticks) <= 7

    def test_columns_widen_with_the_span(self) -> None:
        """Two years are drawn by month, ten by quarter, fifty by year; the first year is always named."""
        for first, last, step in (
            ("2021-04-12", "2023-01-11", 1),
            ("2011-01-01", "2020-12-31", 3),
            ("1970-01-01", "2020-01-01", 12),
        ):
            sources = _sources([[first, last]])
            chart = periods(sources[0].entries, sources)
            assert chart
            assert (chart.step, chart.ticks[0][0]) == (step, first[:4])

    def test_the_undated_are_left_out(self) -> None:
        """An article without a date is in no chart, and an archive of such articles has none."""
        undated = (Entry(article(published=None), "u" * 10, "s", ()),)
        source = Source("s", "甲", (), "", "", undated)
        assert periods(undated, (source,)) is None
        assert year_bars(undated) == ()


class TestDrawing:
    """The templates draw what was counted."""

    def _drawn(self, call: str, **values: object) -> html.HtmlElement:
        renderer = Renderer("zh")
        template = renderer._environment.from_string(  # noqa: SLF001  # a macro has no page to be rendered through
            '{% import "_charts.html.j2" as charts with context %}{{ charts.' + call + " }}"
        )
        return html.fromstring(template.render(link=lambda there: there, **values))

    def test_each_chart_has_its_table_and_a_name(self) -> None:
        """A drawing says what it is, and its table holds each number that is drawn."""
        sources = _sources([["2021-04-12", "2021-04-13", "2023-01-11"], ["2022-01-12"]])
        chart = periods([entry for source in sources for entry in source.entries], sources)
        tree = self._drawn("periods(chart)", chart=chart)
        assert tree.find(".//svg").attrib["aria-label"]
        cells = [[cell.text for cell in row] for row in tree.findall(".//tbody/tr")]
        assert cells == [["2021-04", "2", None], ["2022-01", None, "1"], ["2023-01", "1", None]]
        assert len(tree.findall(".//svg/circle")) == 3

    def test_bars_have_their_table(self) -> None:
        """A year without articles is a row with a nought, and no bar."""
        tree = self._drawn("years(bars, 60)", bars=year_bars(_entries(["2019-01-01", "2021-01-01", "2021-02-01"])))
        assert [row.text_content() for row in tree.findall(".//tbody/tr")] == ["20191", "20200", "20212"]
        assert len(tree.findall(".//svg/rect")) == 2

    def test_raw_names_are_escaped(self) -> None:
        """A source's name that looks like markup is drawn as text."""
        source = Source("s", "<script>x</script>", (), "", "", _entries(["2021-01-01"]))
        chart = periods(source.entries, (source,))
        tree = self._drawn("periods(chart)", chart=chart)
        assert tree.find(".//script") is None
        assert "<script>" in tree.text_content()


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
        assert [(topic.slug, counts) for topic, counts in table.rows] == [("a", (2, 0, 0)), ("b", (1, 1, 0))]

    def test_topics_that_stand_together(self) -> None:
        """A topic is not its own companion."""
        archive = _archive()
        met = topics_of(archive.topics[0].entries, archive, without="a")
        assert [(topic.slug, count) for topic, count in met] == [("b", 1)]
        assert [(source.slug, count) for source, count in sources_of(archive.topics[1].entries, archive)] == [
            ("x", 1),
            ("y", 1),
        ]
