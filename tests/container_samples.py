"""Containers made of invented text, as browsers and programs write them."""

from __future__ import annotations

import base64
import email.message
import gzip
import io
import quopri
import struct
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Mapping

BODY = (
    "<p>新华县运河治理工程昨日开工，沿岸十二个村庄的居民将在三年内用上清水。县水利局说，工程共分三期。</p>"
    "<p>工程的第一期是清淤，第二期是修堤，第三期是建闸。施工期间，渡口仍照常开放，早晚各有两班船。</p>"
)
SENTENCES = ("沿岸十二个村庄的居民将在三年内用上清水", "施工期间，渡口仍照常开放")
ADDRESS = "https://news.example.cn/canal/2023/a1.html"


def page(title: str = "运河治理工程开工", body: str = BODY, head: str = "") -> str:
    """A whole page."""
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def png(width: int = 40, height: int = 30, shade: int = 120) -> bytes:
    """A grey picture (PNG specification, third edition)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([(shade + row) % 256]) * width for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def mhtml(
    html: str, address: str = ADDRESS, subject: str = "另一个标题", pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """A page as Chromium saves it in a single file."""
    encoded = "=?utf-8?Q?" + "".join(f"={byte:02X}" for byte in subject.encode()) + "?="
    lines = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {address}",
        f"Subject: {encoded}",
        "Date: Sat, 4 May 2024 08:00:00 GMT",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x----"',
        "",
        "",
        "------MultipartBoundary--x----",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        f"Content-Location: {address}",
        "",
        quopri.encodestring(html.encode()).decode("ascii"),
    ]
    for location, data in (pictures or {}).items():
        lines += [
            "------MultipartBoundary--x----",
            "Content-Type: image/png",
            "Content-Transfer-Encoding: base64",
            f"Content-Location: {location}",
            "",
            base64.encodebytes(data).decode("ascii"),
        ]
    return "\r\n".join([*lines, "------MultipartBoundary--x------", ""]).encode()


def mail(
    html: str,
    subject: str = "运河治理工程开工",
    charset: str = "gb2312",
    attached: Iterable[tuple[str, bytes] | email.message.EmailMessage] = (),
) -> bytes:
    """A message with a sender and somebody it was sent to; attached are files, by name, and messages."""
    message = email.message.EmailMessage()
    message["From"] = "运河快讯 <bulletin@news.example.cn>"
    message["To"] = "王小明 <reader-4711@mail.example.com>"
    message["Subject"] = subject
    message["Date"] = "Tue, 22 Nov 2016 09:30:00 +0800"
    message["Message-ID"] = "<1@news.example.cn>"
    message.set_content("见网页版。")
    message.add_alternative(html, subtype="html", charset=charset)
    for each in attached:
        if isinstance(each, tuple):
            message.add_attachment(each[1], maintype="application", subtype="octet-stream", filename=each[0])
        else:
            message.add_attachment(each)
    return message.as_bytes()


def packed(files: Mapping[str, bytes | str], names: str = "utf-8") -> bytes:
    """A ZIP file; names in another encoding than UTF-8 are written as Windows does, without a word about it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = _Legacy(name) if names == "utf-8" else _Legacy(name, names)
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Legacy(zipfile.ZipInfo):
    """An entry whose name is written in a legacy encoding."""

    def __init__(self, name: str, encoding: str = "utf-8") -> None:
        super().__init__(name)
        self._encoding = encoding

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # the library's name
        flag = 0x800 if self._encoding == "utf-8" else 0
        return self.filename.encode(self._encoding), self.flag_bits | flag


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of WordprocessingML."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(number: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    said = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{number}">{said}</w:lvl>'


_LISTS = (
    (
        level(0, "chineseCountingThousand", "第%1章")
        + level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
        + level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>')
    ),
    level(0, "decimal", "%1.", start=3) + level(1, "decimal", "%1.%2"),
    level(0, "bullet", "·"),
)
CHAPTERS = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>' for number, levels in enumerate(_LISTS)
) + "".join(
    f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(len(_LISTS))
)
"""Three lists: chapters with articles that go on over them, numbers from three on, points."""


def docx(
    body: str, numbering: str = CHAPTERS, files: Mapping[str, bytes | str] | None = None, relations: str = ""
) -> bytes:
    """A Word document."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": f"<w:numbering {WORD}>{numbering}</w:numbering>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
            **(files or {}),
        }
    )


def warc(pages: Mapping[str, str], *, compressed: bool = True) -> bytes:
    """A crawl: a request, a picture and an answer for each page."""
    records = []
    for address, html in pages.items():
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
        picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + png()
        for kind, where, block in (
            ("request", address, b"GET / HTTP/1.1\r\nHost: news.example.cn\r\n\r\n"),
            ("response", f"{address}.png", picture),
            ("response", address, answer),
        ):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {where}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, kind + where)}>\r\n"
                f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            record = head.encode() + block + b"\r\n\r\n"
            records.append(gzip.compress(record, mtime=0) if compressed else record)
    return b"".join(records)


def pdf(lines: Iterable[tuple[int, int, int, str]], drawn: str = "", said: str = "") -> bytes:
    """A PDF of one page in a standard font: each line with its place from the left, its height and its size.

    Args:
        lines: The text.
        drawn: Operators of drawing (ISO 32000-1, 8.5).
        said: Entries of what the file says of itself (14.3.3).
    """
    text = "".join(f"BT /F1 {size} Tf {left} {base} Td ({line}) Tj ET\n" for left, base, size, line in lines) + drawn
    return _pdf_of(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            " /Resources << /Font << /F1 4 0 R >> >> >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(text)} >>\nstream\n{text}endstream", f"<< {said} >>"])  # fmt: skip


def _pdf_of(objects: list[str]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()
