"""Word documents (ECMA-376): one part, its automatic numbers written out, its title found as a reader would."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from lxml import etree

from builder.containers.decoding import day_line, facts, html_part
from builder.containers.docx_body import BodyBlock, BodyReader
from builder.containers.docx_numbering import Numbering, W
from builder.containers.docx_styles import Styles
from builder.containers.kinds import kinds
from builder.containers.limits import LARGEST_PICTURE
from builder.containers.packages import Package, PackageError
from builder.model.container import FactField, Read
from builder.patterns import pattern
from builder.problems import Problem

_NOTES = (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml"))
_CONTENTS_WORDS = pattern(r"目\s*[录錄次]|(?:table of )?contents", re.IGNORECASE)
_TITLE_WITHIN = 12
"""Blocks at the head among which a title is sought."""
_LONGEST_TITLE = 80
_USUAL_SIZE = 21
"""Half points of a text whose styles say nothing (10.5 pt, 五号)."""
_NO_TITLE = pattern(r"[。；;：:！!]$|^附件|^[（(]|〔|号$|^[第一二三四五六七八九十\d]+[章条、.．]")


def read_docx(package: Package, path: str, _data: bytes) -> Read:
    """Read a Word document.

    Raises:
        PackageError: It is damaged.
    """
    root = package.xml("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise PackageError("container-broken")
    targets = dict(_relations(package))
    reader = BodyReader(Styles(package.xml("word/styles.xml")), Numbering(package.xml("word/numbering.xml")), targets)
    blocks = [block for block in reader.blocks(body) if block.html]
    blocks = _without_contents(blocks)
    notes = list(_notes(package, reader))
    title = _title(blocks)
    html = "\n".join([*_written(blocks, title), *notes])
    if not html.strip():
        return (), ()
    said = facts(*_core(package), ("published", day_line([block.text for block in blocks]), "a line of its own"))
    head = f"<title>{escape(_joint(title).join(line.text for line in title))}</title>" if title else ""
    page = f"<html><head>{head}</head><body>\n{html}\n</body></html>"
    part = html_part("docx", page, said, files=dict(_media(package, targets)))
    doubts = (Problem("changes-accepted", path),) if reader.changed else ()
    return (replace(part, problems=doubts),), ()


def _relations(package: Package) -> Iterator[tuple[str, str]]:
    """Targets by identifier: addresses as they are, files by their path in the package."""
    root = package.xml("word/_rels/document.xml.rels")
    for relation in root.iterchildren() if root is not None else ():
        target = relation.get("Target") or ""
        external = relation.get("TargetMode") == "External"
        inner = posixpath.normpath(posixpath.join("word", target)).lstrip("/")
        yield relation.get("Id") or "", target if external else inner


def _media(package: Package, targets: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for name in dict.fromkeys(targets.values()):
        if name.startswith("word/media/") and name in package:
            yield name, package.read(name, LARGEST_PICTURE)


def _core(package: Package) -> Iterator[tuple[FactField, object, str]]:
    """What the file says of itself; when it was made is no day of publication, and who made it nobody's business."""
    root = package.xml("docProps/core.xml")
    said = {etree.QName(child).localname: child.text for child in (root if root is not None else ())}
    yield "title", said.get("title"), "dc:title"
    yield "saved", said.get("modified") or said.get("created"), "dcterms:modified"


def _without_contents(blocks: Sequence[BodyBlock]) -> list[BodyBlock]:
    """The document without its table of contents."""
    kept: list[BodyBlock] = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1].format if number + 1 < len(blocks) else None
        heads = bool(following and following.contents and _CONTENTS_WORDS.fullmatch(block.text))
        if not heads and not (block.format and block.format.contents):
            kept.append(block)
    return kept


def _notes(package: Package, reader: BodyReader) -> Iterator[str]:
    """Footnotes, then endnotes, in the order of their references."""
    roots = {kind: package.xml(name) for kind, name in _NOTES}
    texts = {
        (kind, note.get(f"{W}id") or ""): note
        for kind, root in roots.items()
        if root is not None
        for note in root.iterchildren()
    }
    for key, number in list(reader.notes.items()):
        if key in texts:
            inner = "<br>".join(block.html for block in reader.blocks(texts[key]) if block.html)
            yield f'<p id="note-{number}"><a href="#sign-{number}">[{number}]</a> {inner}</p>'


def _title(blocks: Sequence[BodyBlock]) -> list[BodyBlock]:
    """The title's blocks: by their style, else the largest centred lines, else the first heading or line set apart."""
    head = [block for block in blocks[:_TITLE_WITHIN] if block.format is not None]
    styled = [block for block in head if block.format and block.format.title]
    if styled:
        return _same_run(blocks, styled)
    able = [block for block in head if len(block.text) <= _LONGEST_TITLE and not _NO_TITLE.search(block.text)]
    centred = [block for block in able if block.format and block.format.centred and "<table" not in block.html]
    if centred:
        largest = max(block.format.size for block in centred if block.format)
        lines = [block for block in centred if block.format and block.format.size == largest]
        return _same_run(blocks, lines)
    headings = [block for block in able if block.format and block.format.heading == 1]
    return headings[:1] or [block for block in able[:1] if block is blocks[0] and _is_set_apart(block, blocks)]


def _is_set_apart(first: BodyBlock, blocks: Sequence[BodyBlock]) -> bool:
    """Whether the first line is in bold or larger than most of the text."""
    sizes = Counter(block.format.size or _USUAL_SIZE for block in blocks[1:] if block.format)
    bold = first.html.startswith("<strong>") and first.html.find("</strong>") == len(first.html) - len("</strong>")
    size = first.format.size if first.format else 0
    return bool(sizes) and (bold or size > sizes.most_common(1)[0][0])


def _joint(title: Sequence[BodyBlock]) -> str:
    """What stands between the lines of a title in one: nothing between Chinese characters."""
    return " " if any(line.text[-1:].isascii() for line in title) else ""


def _same_run(blocks: Sequence[BodyBlock], lines: list[BodyBlock]) -> list[BodyBlock]:
    """The first lines that stand one under the other; one that only names an organisation is the issuer, no title."""
    places = [number for number, block in enumerate(blocks) if any(block is line for line in lines)]
    run = [blocks[place] for offset, place in enumerate(places) if place == places[0] + offset]
    issuers = tuple(kinds().organisations)
    while len(run) > 1 and run[0].text.endswith(issuers) and not run[0].text.startswith("关于"):
        run = run[1:]
    return run


def _written(blocks: Sequence[BodyBlock], title: Sequence[BodyBlock]) -> Iterator[str]:
    bullets: list[str] = []
    for block in blocks:
        if block.label and block.label.bullet:
            bullets.append(f"<li>{block.html}</li>")
            continue
        if bullets:
            yield f"<ul>{''.join(bullets)}</ul>"
            bullets = []
        if not any(block is line for line in title):
            yield _one(block)
        elif block is title[0]:
            yield f"<h1>{_joint(title).join(line.html for line in title)}</h1>"
    if bullets:
        yield f"<ul>{''.join(bullets)}</ul>"


def _one(block: BodyBlock) -> str:
    if block.format is None:
        return block.html
    level = min(block.format.heading + 1, 6)
    return f"<h{level}>{block.html}</h{level}>" if block.format.heading else f"<p>{block.html}</p>"
