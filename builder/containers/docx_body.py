"""The body of WordprocessingML to HTML: paragraphs, lists, tables, notes, text boxes, pictures; changes as accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from builder.containers.docx_numbering import Label, Numbering, W, value
from builder.containers.docx_styles import Format, Styles
from builder.containers.docx_tables import HOLDERS, table_html
from builder.containers.limits import DEEPEST_TREE

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_VML = "{urn:schemas-microsoft-com:vml}imagedata"
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rPrChange", "pPrChange", "instrText", "delText"))
_CHANGES = frozenset(f"{W}{name}" for name in ("ins", "del", "moveTo", "moveFrom"))
_PLAIN = {f"{W}tab": "\t", f"{W}br": "<br>", f"{W}cr": "<br>", f"{W}noBreakHyphen": "-"}
_MARKS = (("b", "strong"), ("i", "em"))
_RAISED = {"superscript": "sup", "subscript": "sub"}
_OFF = frozenset({"0", "false", "none", "off"})


@dataclass(slots=True)
class BodyBlock:
    """A paragraph or a table of the document."""

    html: str  # What stands in it
    text: str  # The same without tags, its number included
    format: Format | None = None  # How it is set; None for a table
    label: Label | None = None  # Its automatic number


@dataclass(slots=True)
class _Run:
    """What a paragraph has gathered: HTML, and the text boxes anchored in it, which stand behind it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class BodyReader:
    """Reads the blocks of a document.

    Attributes:
        changed: Whether it holds tracked changes.
        notes: Identifiers of footnotes and endnotes, in the order of their references.
    """

    def __init__(self, styles: Styles, numbering: Numbering, targets: Mapping[str, str]) -> None:
        """Begin."""
        self._styles = styles
        self._numbering = numbering
        self._targets = targets
        self._contents = 0
        self.changed = False
        self.notes: dict[tuple[str, str], int] = {}

    def blocks(self, parent: etree._Element, level: int = 0) -> Iterator[BodyBlock]:
        """Every block of a body, a cell, a note or a text box."""
        joined = ""
        for element in parent.iterchildren():
            if level > DEEPEST_TREE:
                return
            if element.tag == f"{W}p":
                block, boxes = self._paragraph(element, joined)
                # Where a paragraph's end was deleted, it goes on in the next one.
                joined = block.html if element.find(f"{W}pPr/{W}rPr/{W}del") is not None else ""
                if not joined:
                    yield block
                for box in boxes:
                    yield from self.blocks(box, level + 1)
            elif element.tag == f"{W}tbl":
                yield self._table(element, level)
            elif element.tag in HOLDERS and not _is_contents(element):
                self.changed = self.changed or element.tag in _CHANGES
                yield from self.blocks(element, level + 1)

    def _paragraph(self, element: etree._Element, before: str) -> tuple[BodyBlock, list[etree._Element]]:
        run = _Run([before] if before else [])
        self._inline(element, run, 0)
        format = self._styles.format(element)  # noqa: A001  # the field's own word
        label = self._numbering.label(format.number, format.list_level, format.styles)
        html = "".join(run.pieces).strip()
        if label and html:
            html = escape(label.text) + html
        return BodyBlock(html, _text_of(html), format, label), run.boxes

    def _inline(self, parent: etree._Element, run: _Run, level: int) -> None:
        for element in parent.iterchildren():
            if element.tag in _GONE:
                self.changed = self.changed or element.tag in _CHANGES
            elif element.tag == f"{W}r":
                self._one_run(element, run)
            elif element.tag == f"{W}hyperlink":
                self._link(element, run, level)
            elif element.tag == f"{W}fldSimple" or element.tag in HOLDERS:
                self.changed = self.changed or element.tag in _CHANGES
                if level < DEEPEST_TREE:
                    self._inline(element, run, level + 1)
            elif element.tag.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/math}"):
                run.pieces.append(escape("".join(text.text or "" for text in element.iter(_MATH))))

    def _link(self, element: etree._Element, run: _Run, level: int) -> None:
        inner = _Run(boxes=run.boxes)
        if level < DEEPEST_TREE:
            self._inline(element, inner, level + 1)
        target, text = self._targets.get(element.get(f"{R}id") or "", ""), "".join(inner.pieces)
        safe = target.startswith(("http://", "https://", "mailto:")) and text
        run.pieces.append(f'<a href="{escape(target)}">{text}</a>' if safe else text)

    def _one_run(self, element: etree._Element, run: _Run) -> None:
        properties = element.find(f"{W}rPr")
        if _is_on(properties, "vanish"):
            return
        pieces = [piece for child in element.iterchildren() for piece in self._content(child, run.boxes)]
        text = "".join(pieces)
        if not text.strip():
            run.pieces.append(text)
            return
        tags = [tag for name, tag in _MARKS if _is_on(properties, name)]
        tags += [tag for tag in (_RAISED.get(value(properties, "vertAlign") or ""),) if tag and "<sup>" not in text]
        run.pieces += [*(f"<{tag}>" for tag in tags), text, *(f"</{tag}>" for tag in reversed(tags))]

    def _content(self, child: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        if child.tag == f"{W}t":
            yield escape(child.text or "")
        elif child.tag in _PLAIN:
            yield "" if child.get(f"{W}type") == "page" else _PLAIN[child.tag]
        elif child.tag == f"{W}sym":
            yield _symbol(child.get(f"{W}char") or "")
        elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            kind = "footnote" if child.tag == f"{W}footnoteReference" else "endnote"
            number = self.notes.setdefault((kind, child.get(f"{W}id") or ""), len(self.notes) + 1)
            yield f'<sup><a id="sign-{number}" href="#note-{number}">[{number}]</a></sup>'
        elif child.tag == f"{W}ruby":
            base, above = (
                "".join(escape(text.text or "") for text in child.iterfind(f"{W}{name}/{W}r/{W}t"))
                for name in ("rubyBase", "rt")
            )
            yield f"<ruby>{base}<rt>{above}</rt></ruby>"
        elif child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            for inner in chosen if chosen is not None else child.find(f"{_MC}Fallback") or ():
                yield from self._content(inner, boxes)
        elif child.tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
            boxes += list(child.iter(f"{W}txbxContent"))
            yield from self._pictures(child)

    def _pictures(self, drawing: etree._Element) -> Iterator[str]:
        described = next((each.get("descr") or "" for each in drawing.iter() if str(each.tag).endswith("}docPr")), "")
        for element in drawing.iter():
            if str(element.tag).endswith("}blip"):
                target = self._targets.get(element.get(f"{R}embed") or "")
            elif element.tag == _VML:
                target = self._targets.get(element.get(f"{R}id") or "")
            else:
                continue
            if target:
                yield f'<img src="{escape(target)}" alt="{escape(described)}">'

    def _table(self, element: etree._Element, level: int) -> BodyBlock:
        def inside(cell: etree._Element) -> str:
            return "<br>".join(block.html for block in self.blocks(cell, level + 1) if block.html)

        html = table_html(element, inside)
        return BodyBlock(f"<table>{html}</table>", _text_of(html))


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(W + name) if properties is not None else None
    return found is not None and (found.get(f"{W}val") or "") not in _OFF


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control is Word's own table of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _symbol(code: str) -> str:
    """A symbol by its number in a font; symbol fonts lie in the private area, where nobody else knows it."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    private = 0xE000 <= number <= 0xF8FF or number < ord(" ") or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF  # noqa: PLR2004
    return "•" if private else escape(chr(number))


def _text_of(html: str) -> str:
    """Text of HTML that this module has written."""
    root = etree.fromstring(f"<p>{html}</p>".encode(), etree.HTMLParser(encoding="utf-8"))
    return " ".join("".join(map(str, root.itertext())).split()) if root is not None else ""
