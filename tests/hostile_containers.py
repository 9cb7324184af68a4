"""Forty containers that mean harm, or are broken: each a name and bytes."""
# ruff: noqa: E501  # a line for each file reads best

from __future__ import annotations

import gzip
import io
import plistlib
import struct
import zipfile
import zlib
from collections.abc import Mapping

import container_samples as made

_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(10))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_RSS = '<?xml version="1.0"?>{}<rss version="2.0"><channel><title>t</title><item><title>&a;</title>{}</item></channel></rss>'
_MANY = 30_000


def _zip(files: Mapping[str, bytes], *, flags: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, data in files.items():
            package.writestr(name, data)
    packed = bytearray(buffer.getvalue())
    if flags:
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = packed.find(mark)
            while place >= 0:
                struct.pack_into(
                    "<H", packed, place + offset, struct.unpack_from("<H", packed, place + offset)[0] | flags
                )
                place = packed.find(mark, place + 1)
    return bytes(packed)


def _word(document: str, more: Mapping[str, bytes] | None = None) -> bytes:
    return _zip({"word/document.xml": document.encode(), **(more or {})})


def _pdf(body: str) -> bytes:
    return f"%PDF-1.7\n1 0 obj\n{body}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF".encode()


def _pages(kids: str) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 9999999 /Kids ["
        + kids.encode() + b"] >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )  # fmt: skip


def _mime(depth: int) -> bytes:
    head = b"MIME-Version: 1.0\r\nMessage-ID: <1>\r\n"
    for level in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    return head + b"Content-Type: text/html\r\n\r\n<p>x</p>\r\n"


def _png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


_W = made.WORD
_BOMB = bytes(24 * 1024 * 1024)
_WARC = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {}\r\n\r\n"
HOSTILE: Mapping[str, bytes] = {
    "bomb.zip": _zip({"a.txt": _BOMB}),
    "bomb.docx": _word(f"<w:document {_W}><w:body/></w:document>", {"word/styles.xml": _BOMB}),
    "bomb.epub": _zip({"META-INF/container.xml": _BOMB}),
    "bomb.wacz": _zip({"archive/a.warc": _BOMB, "datapackage.json": b"{}"}),
    "nested.zip": _zip({"a.zip": _zip({"b.zip": _zip({"c.zip": _zip({"d.txt": b"x"})})})}),
    "many.zip": _zip({f"{number}.txt": b"" for number in range(_MANY)}, method=zipfile.ZIP_STORED),
    "locked.zip": _zip({"a.txt": b"secret"}, flags=1),
    "traversal.zip": _zip({"../../../etc/cron.d/a.txt": b"x" * 99, "..\\..\\b.txt": b"y" * 99, "C:/c.txt": b"z" * 99}),
    "cut.zip": _zip({"a.txt": b"x" * 9999})[:-30],
    "lies.zip": b"PK\x03\x04" + bytes(200),
    "entities.docx": _word(f"{_ENTITIES}<w:document {_W}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"),
    "outside.docx": _word(f"{_OUTSIDE}<w:document {_W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"),
    "deep.docx": _word(f"<w:document {_W}><w:body>{'<w:sdt><w:sdtContent>' * 5000}</w:body></w:document>"),
    "tables.docx": _word(f"<w:document {_W}><w:body>{'<w:tbl><w:tr><w:tc>' * 100}{'</w:tc></w:tr></w:tbl>' * 100}</w:body></w:document>"),
    "wide.docx": made.docx("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>" + made.paragraph("x" * 50) + "</w:tc></w:tr></w:tbl>"),
    "loop.docx": _word(f"<w:document {_W}><w:body>{made.paragraph('x' * 50, '<w:pStyle w:val=$a$/>'.replace('$', chr(34)))}</w:body></w:document>",
        {"word/styles.xml": f'<w:styles {_W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'.encode()}),
    "numbers.docx": made.docx(made.numbered("x" * 50, 2), made.level(0, "upperLetter", "%1", start=999999999)),
    "none.docx": _word("<x/>"),
    "entities.xml": _RSS.format(_ENTITIES, "<description>&a9;</description>").encode(),
    "outside.xml": _RSS.format(_OUTSIDE, "<description>&a;</description>").encode(),
    "deep.xml": b"<rss>" + b"<item>" * 100_000,
    "many.xml": b"<rss><channel>" + b"<item><title>x</title></item>" * _MANY + b"</channel></rss>",
    "script.xml": _RSS.format("", "<description>&lt;script&gt;alert(1)&lt;/script&gt;</description>").encode(),
    "entities.enex": f"<?xml version='1.0'?>{_ENTITIES}<en-export><note><title>&a9;</title></note></en-export>".encode(),
    "deep.enex": b"<en-export>" + b"<note>" * 100_000,
    "base64.enex": b"<en-export><note><title>x</title><resource><mime>image/png</mime><data>" + b"!" * 9999 + b"</data></resource></note></en-export>",
    "deep.eml": _mime(5000),
    "parts.eml": b"MIME-Version: 1.0\r\nMessage-ID: <1>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 60_000,
    "header.eml": b"MIME-Version: 1.0\r\nMessage-ID: <1>\r\nSubject: " + b"=?utf-8?B?/w==?= " * 20_000 + b"\r\n\r\nx",
    "charset.mhtml": made.mhtml(made.page()).replace(b"Content-Type: text/html", b'Content-Type: text/html; charset="zlib_codec"'),
    "loop.pdf": _pages("2 0 R 2 0 R"),
    "many.pdf": _pages("3 0 R " * 50_000),
    "deep.pdf": _pdf("<< /A " * 100_000),
    "stream.pdf": _pdf("<< /Type /Catalog /Pages << /Kids [ << /Contents << /Length 99999999999 /Filter /FlateDecode >> >> ] >> >>"),
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 2000,
    "length.warc": _WARC.format(10**15).encode() + b"HTTP/1.1 200 OK\r\n\r\n",
    "cut.warc.gz": made.warc({"http://a.example/": made.page()})[:-200],
    "bomb.warc.gz": gzip.compress(_WARC.format(len(_BOMB) + 45).encode() + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _BOMB),
    "recursive.webarchive": plistlib.dumps({"WebMainResource": {"WebResourceData": b"", "WebResourceURL": "x"}}),
    "cut.webarchive": b"bplist00" + bytes(range(200)),
    "huge.png": _png(60_000, 60_000),
    "half.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9),
    "cells.csv": b'"' + b"a" * 5_000_000,
    "feed.json": b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000,
    "entities.epub": _zip({"META-INF/container.xml": f"{_ENTITIES}<container><rootfile full-path='&a9;'/></container>".encode()}),
}  # fmt: skip
