"""What a file is, by its first bytes; its name decides only where bytes cannot."""

from __future__ import annotations

import gzip
import re
import zlib

from builder.patterns import pattern

_MAIL_HEADER = pattern(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?")
_MAIL_NAMES = frozenset(
    b"from to cc subject date message-id received return-path mime-version content-type content-transfer-encoding"
    b" delivered-to reply-to x-mailer dkim-signature snapshot-content-location".split()
)
_MAIL_PROOF = frozenset(b"mime-version message-id received return-path content-type snapshot-content-location".split())
_HTML = pattern(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*|(?><!--.{0,4000}?-->)\s*){0,8}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_ROOT = pattern(
    rb"\s*(?:(?><\?.{0,500}?\?>)\s*|(?><!--.{0,4000}?-->)\s*|<!DOCTYPE[^<>\[\]]{0,500}(?:\[[^\]]{0,2000}\])?[^<>\[\]]{0,50}>\s*){0,8}<([A-Za-z_][\w:.-]{0,60})",
    re.DOTALL | re.IGNORECASE,
)
_XML_KINDS = {
    b"rss": "feed", b"feed": "feed", b"rdf:rdf": "feed", b"en-export": "notes", b"plist": "webarchive",
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"bplist00", "webarchive"), (b"WARC/", "warc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"{\\rtf", "rtf"), (b"Rar!\x1a\x07", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"), (b"BZh", "packed"), (b"\xfd7zXZ\x00", "packed"), (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
    (b"SQLite format 3\x00", "database"), (b"ITSF", "chm"),
)  # fmt: skip
_HEIF_BRANDS = frozenset([b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"])
_PDF_WITHIN = 1024
"""Where ``%PDF-`` may stand, by ISO 32000-1, annex H."""
LOOKED_AT = 65536
PICTURES = frozenset(["jpeg", "png", "gif", "webp", "tiff", "bmp", "avif", "heic"])


def sniff(data: bytes) -> str:
    """What a file is, by its bytes or as many of them as are at hand.

    Returns:
        ``pdf zip webarchive warc ole rtf packed jpeg png gif webp tiff bmp avif heic database chm feed notes mail
        json html``, or nothing where it is text, or unknown.
    """
    head = data[:LOOKED_AT]
    plain = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    return plain or _structured(head) or _text_kind(head.removeprefix(b"\xef\xbb\xbf"))


def _structured(head: bytes) -> str:
    """Kinds whose mark does not stand at the very beginning, or says too little alone."""
    if head.startswith(b"\x1f\x8b"):
        return "warc" if _unpacked_head(head).startswith(b"WARC/") else "packed"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":  # two letters; four bytes that are reserved
        return "bmp"
    if head[4:8] == b"ftyp":
        return {b"avif": "avif", b"avis": "avif"}.get(head[8:12], "heic" if head[8:12] in _HEIF_BRANDS else "")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    return "packed" if head[257:262] == b"ustar" else ""


def _text_kind(head: bytes) -> str:
    if is_mail(head):
        return "mail"
    root = _XML_ROOT.match(head)
    if root and (kind := _XML_KINDS.get(root[1].lower())):
        return kind
    if _HTML.match(head):
        return "html"
    start = head[:4000].lstrip()
    if start.startswith(b"{") and b"jsonfeed.org/version/" in head[:4000]:
        return "json"
    return ""


def is_mail(head: bytes) -> bool:
    """Whether a file begins with the header of a message (RFC 5322): two of its fields, one that only mail has."""
    names: set[bytes] = set()
    for number, line in enumerate(head.splitlines()):
        if number == 0 and line.startswith(b"From "):
            continue  # the line that a mailbox puts before a message
        if not line.strip():
            if names:
                break
            continue
        if line[:1] in b" \t":
            continue
        field = _MAIL_HEADER.match(line)
        if not field:
            break
        names.add(field[1].lower())
    return len(names & _MAIL_NAMES) > 1 and bool(names & _MAIL_PROOF)


def _unpacked_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, 64)
    except (zlib.error, gzip.BadGzipFile):
        return b""
