"""What a PDF's page looks like decides what is read: columns, tables that are ruled, pictures, where paragraphs end."""

from __future__ import annotations

import container_samples as made
import pytest

from builder.containers import open_bytes
from builder.containers.pdf_flow import paragraphs
from builder.containers.pdf_lines import Repairs, TextLine
from builder.containers.pdf_pages import laid_out
from builder.model.container import Part

TITLE = (72, 780, 22, "Report on the Canal")
FULL = "this line of the report is filled up to the margin by words"
"""About 300 points wide at size 11."""


def _part(lines: list[tuple[int, int, int, str]], drawn: str = "") -> Part:
    """The one part of a page."""
    opened = open_bytes(made.pdf(lines, drawn), "a.pdf")
    (part,) = opened.parts
    return part


def _html(lines: list[tuple[int, int, int, str]], drawn: str = "") -> str:
    return _part(lines, drawn).data.decode()


def _rows(*heights: int, left: int = 72, right: int = 472) -> str:
    return "".join(f"{left} {height} m {right} {height} l S\n" for height in heights)


def _uprights(bottom: int, top: int, *places: int) -> str:
    return "".join(f"{place} {bottom} m {place} {top} l S\n" for place in places)


class TestTables:
    """Tables that are drawn with lines."""

    CELLS = ((80, 685, 11, "Name"), (280, 685, 11, "Sum"), (80, 655, 11, "Dyke"), (280, 655, 11, "12"))

    @pytest.mark.parametrize("places", [(72, 272, 472), (272,)], ids=["closed", "open at the sides"])
    def test_what_lines_part_are_cells(self, places: tuple[int, ...]) -> None:
        """Rows and columns as drawn, text around the table outside of it and in its place."""
        text = [TITLE, (72, 730, 11, "Before the table."), *self.CELLS, (72, 600, 11, "After the table.")]
        html = _html(text, _rows(700, 670, 640) + _uprights(640, 700, *places))
        table = "<table><tr><td>Name</td><td>Sum</td></tr><tr><td>Dyke</td><td>12</td></tr></table>"
        assert html.index("Before") < html.index(table) < html.index("After")

    def test_cells_that_no_line_parts_are_one(self) -> None:
        """One over two columns, one over two rows."""
        drawn = _rows(700, 670, 640) + _uprights(640, 700, 72, 472) + _uprights(640, 670, 272)
        assert '<td colspan="2">Name Sum</td>' in _html([TITLE, *self.CELLS], drawn)
        drawn = _rows(700, 640) + _rows(670, left=272) + _uprights(640, 700, 72, 272, 472)
        assert '<td rowspan="2">Name<br>Dyke</td>' in _html([TITLE, *self.CELLS], drawn)

    def test_thin_rectangles_are_lines(self) -> None:
        """As office programs and browsers draw them."""
        drawn = "".join(f"72 {height} 400 0.7 re f\n" for height in (700, 670, 640))
        drawn += "".join(f"{place} 640 0.7 60 re f\n" for place in (72, 272, 472))
        assert "<td>Dyke</td><td>12</td>" in _html([TITLE, *self.CELLS], drawn)

    @pytest.mark.parametrize("drawn", [_rows(700, 670, 640), "72 640 400 60 re S\n", _rows(683, left=80, right=120)])
    def test_a_frame_and_a_rule_are_no_table(self, drawn: str) -> None:
        """Rules above and below, a box around text, an underlined word."""
        assert "<table" not in _html([TITLE, *self.CELLS], drawn)

    def test_a_table_goes_on_overleaf(self) -> None:
        """Of as many columns at the head of the next page, without its heading once more."""

        def table(*rows: str) -> TextLine:
            html = "".join(f"<tr><td>{row}</td><td>1</td></tr>" for row in rows)
            return TextLine("", 0, 400, 700, 0, bold=False, block=f"<table>{html}</table>", columns=2)

        text = TextLine("Then text.", 0, 60, 300, 11, bold=False)
        (one, after) = paragraphs([[table("head", "a")], [table("head", "b"), text]], 11)
        assert one.lines[0].block.count("<tr>") == 3
        assert after.text == "Then text."


class TestColumns:
    """Pages of two columns."""

    def test_columns_are_read_one_after_the_other(self) -> None:
        """Short ones, too; a title over both stands before them, what stands over both below comes behind."""
        west = [(72, 700 - 16 * number, 11, f"west {number} has words enough to fill it") for number in range(8)]
        east = [(310, 700 - 16 * number, 11, f"east {number} has words enough to fill it") for number in range(8)]
        below = (72, 540, 11, "over both columns goes this line of text, which is as wide as all of the page")
        text = _html([(72, 740, 22, "A title that goes over both of the columns"), *west, *east, below])
        places = [text.index(each) for each in ("A title", "west 0", "west 7", "east 0", "east 7", "goes this line")]
        assert places == sorted(places)

    def test_a_list_of_two_short_columns_stays_in_rows(self) -> None:
        """Names and numbers beside each other are no columns of text."""
        rows = [line for number in range(9) for line in ((72, 700 - 16 * number, 11, f"name {number}"),
                                                         (320, 700 - 16 * number, 11, f"value {number}"))]  # fmt: skip
        text = _html([TITLE, *rows])
        assert text.index("name 0") < text.index("value 0") < text.index("name 1")


class TestParagraphs:
    """Where one ends."""

    def test_a_long_word_that_did_not_fit_ends_none(self) -> None:
        """A line that is short because the next word is long goes on; one that had room for it ends."""
        long = "antidisestablishmentarianism-and-more was meant"
        lines = [(72, 740 - 16 * n, 11, text) for n, text in enumerate([FULL, FULL[:-18], long, FULL[:30], FULL])]
        text = _html([TITLE, *lines])
        assert f"{FULL} {FULL[:-18]} {long} {FULL[:30]}</p>".replace("  ", " ") in text

    def test_marks_of_a_list_begin_one_each(self) -> None:
        """A bullet always; a number where the line before ended."""
        lines = [(72, 740, 11, FULL), (72, 724, 11, f"{FULL[:-1]}."), (72, 708, 11, f"1. {FULL[:-4]}.")]
        assert f"<p>1. {FULL[:-4]}.</p>" in _html([TITLE, *lines])


class TestPictures:
    """Pictures in a PDF."""

    DRAWN = "q 200 0 0 100 72 500 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF00FF> EI Q\n"

    def test_a_picture_stands_where_it_stood(self) -> None:
        """Between the paragraphs above and below it, with its bytes at hand."""
        part = _part([TITLE, (72, 640, 11, f"{FULL}."), (72, 460, 11, "Below it.")], self.DRAWN)
        html = part.data.decode()
        (name,) = part.files
        assert html.index(FULL) < html.index(f'<img src="{name}"') < html.index("Below it")
        assert part.files[name].startswith(b"\x89PNG")

    def test_signs_are_none(self) -> None:
        """A small one is left out."""
        assert not _part([TITLE, (72, 640, 11, f"{FULL}.")], self.DRAWN.replace("200 0 0 100", "20 0 0 10")).files


class TestPrintedPages:
    """Pages of the web that a browser printed to PDF."""

    LINES = (
        (72, 820, 8, "11/29/26, 8:00 AM"), (72, 780, 11, "Home  News  Sport  Register"),
        (72, 740, 22, "Report on the Canal"), (72, 710, 11, "The Canal Post 2023-04-05 10:20"),
        (72, 680, 11, FULL), (72, 660, 11, FULL),
        (72, 20, 8, "https://news.example.com/canal/1.html"), (540, 20, 8, "1/1"),
    )  # fmt: skip

    def test_margins_title_and_line_below_are_read(self) -> None:
        """The title is the page's own, the site's names around it are not; the address stands in the margin."""
        said = "/Title (Report on the Canal - The Canal Post) /Creator (Mozilla/5.0 \\(X11\\))"
        (part,) = open_bytes(made.pdf(self.LINES, said=said), "a.pdf").parts
        assert {fact.field: fact.value for fact in part.facts} == {
            "url": "https://news.example.com/canal/1.html", "published": "2023-04-05 10:20",
        }  # fmt: skip
        assert part.data.decode().index("Register") < part.data.decode().index("<h1>Report on the Canal</h1>")

    def test_other_documents_have_no_address(self) -> None:
        """An address at the foot of a leaflet is its publisher's."""
        (part,) = open_bytes(made.pdf(self.LINES, said="/Creator (Writer)"), "a.pdf").parts
        assert "url" not in {fact.field for fact in part.facts}

    @pytest.mark.parametrize("printed", [True, False])
    def test_what_floats_over_every_page_goes(self, *, printed: bool) -> None:
        """A button that stands in one place on each of three pages is none of the text; in a form it would be."""
        button = ["×", 300, 312, 700, 12, 400]
        words = ([[sign, 72 + 12 * place, 84 + 12 * place, 700, 12, 400] for place, sign in enumerate(word)]
                 for word in ("canal", "river", "dykes"))  # fmt: skip
        pages = [{"width": 595, "height": 842, "characters": [*word, button]} for word in words]
        texts = [line.text for page in laid_out(pages, Repairs(), {}, printed=printed) for line in page.lines]
        assert ("×" in "".join(texts)) is not printed
        assert "canal" in "".join(texts)
