"""Containers made of invented text, as browsers and programs write them."""

from __future__ import annotations

import base64
import email.message
import quopri
import struct
import zlib
from collections.abc import Mapping

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


def mail(html: str, subject: str = "运河治理工程开工", charset: str = "gb2312") -> bytes:
    """A message with a sender and somebody it was sent to."""
    message = email.message.EmailMessage()
    message["From"] = "运河快讯 <bulletin@news.example.cn>"
    message["To"] = "王小明 <reader-4711@mail.example.com>"
    message["Subject"] = subject
    message["Date"] = "Tue, 22 Nov 2016 09:30:00 +0800"
    message["Message-ID"] = "<1@news.example.cn>"
    message.set_content("见网页版。")
    message.add_alternative(html, subtype="html", charset=charset)
    return message.as_bytes()
