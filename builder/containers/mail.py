"""Messages (RFC 5322, MIME): pages saved as MHTML (RFC 2557), and mail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr

from builder.containers.decoding import address, decoded, facts, html_part, one_line, plain_html
from builder.containers.limits import LARGEST_PICTURE, LARGEST_UNPACKED, MOST_MEMBERS
from builder.containers.packages import PackageError
from builder.containers.sniffing import sniff
from builder.containers.zips import open_each
from builder.model.container import Fact, Part, Read
from builder.patterns import pattern

_MOST_LEVELS = 40
_BOUNDARY = pattern(rb"(?m)^--\S")
# Whom a message that is forwarded in this one was sent to, as mail programs put its header above its text.
_RECIPIENTS = pattern(
    r"(?:^|(?<=>))\s{0,20}(?:<[bsf][^<>]{0,200}>\s{0,5}){0,3}(?:To|Cc|Bcc|收件人|收件者|抄送|副本|密送"
    r"|宛先|받는 사람|An|À|A|Para|Кому)"
    r"(?:\s|</?[bsf][^<>]{0,200}>){0,5}[:：]"
    r"(?:(?!<br|</div|</p|</td|</li).){1,4000}",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_PAGE_NAMES = ("Snapshot-Content-Location", "Content-Location")


def read_mail(data: bytes, path: str, depth: int) -> Read:
    """Open a message.

    Returns:
        The page of an MHTML file, or the text of a mail; its pictures by address, ``cid:`` and name. Of a mail's
        header only subject, date and the sender's name are read: whom it was sent to is nobody's business, nor whom
        a message was that it forwards. Documents and messages attached to a mail are parts of their own.
    """
    if len(_BOUNDARY.findall(data)) > 2 * MOST_MEMBERS:
        raise PackageError("container-too-many", limit=str(MOST_MEMBERS))
    message = BytesParser(policy=policy.compat32).parsebytes(data)
    leaves = list(_leaves(message, 0))
    text = next((leaf for kind in _TEXTS for leaf in leaves if _is_text(leaf, kind)), None)
    if text is not None and (message["Snapshot-Content-Location"] or text["Content-Location"]):
        return (_own_part(message, text, leaves, is_page=True),), ()
    parts, problems = open_each(_attached(leaves), path, depth)
    own = None if text is None else _own_part(message, text, leaves, is_page=False)
    return ((own, *parts) if own and (own.data.strip() or not parts) else parts), problems


def _own_part(message: Message, text: Message, leaves: Sequence[Message], *, is_page: bool) -> Part:
    """The page, or the mail's own text."""
    charset = str(text.get_content_charset("") or "")
    plain = text.get_content_type() == "text/plain"
    content = _content(text)
    files = dict(_pictures(leaves))
    said = _page_facts(message, text) if is_page else _mail_facts(message, charset)
    html = _decoded(content, charset)
    bare = _RECIPIENTS.sub(lambda found: "" if "@" in found[0] else found[0], plain_html(html) if plain else html)
    if not plain and (is_page or bare == html):
        return Part(content, "mhtml" if is_page else "mail", "", "html", charset, said, files)
    return html_part("mhtml" if is_page else "mail", bare, said, files=files)


def _attached(leaves: Sequence[Message]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of documents and messages that a mail brings; names that stand twice are counted."""
    seen: Counter[str] = Counter()
    for leaf in leaves:
        try:
            name, content = _file(leaf)
        except (ValueError, LookupError, TypeError, AttributeError):  # what the library makes of a malformed header
            continue
        if name and sniff(content) in _ATTACHED:
            seen[name] += 1
            yield name if seen[name] == 1 else f"{name} ({seen[name]})", content


def _file(leaf: Message) -> tuple[str, bytes]:
    """Name and bytes of a file; a message is called what it is about, where nothing else names it."""
    name, inner = _words(leaf.get_filename() or ""), leaf.get_payload(0) if leaf.is_multipart() else None
    if isinstance(inner, Message):
        return name or _words(inner["Subject"]) or "mail", inner.as_bytes()
    return name, _content(leaf)


_ATTACHED = frozenset({"pdf", "zip", "mail", "ole", "rtf", "packed"})
"""Kinds of attached files that are opened, or of which is said what to save them as."""


def _leaves(message: Message, level: int) -> Iterator[Message]:
    """The parts that hold content, in order; a message inside a message is one of them."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        yield message
    elif level < _MOST_LEVELS and message.get_content_maintype() != "message":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part, level + 1)


def _is_text(leaf: Message, kind: str) -> bool:
    return leaf.get_content_type() == kind and leaf.get_content_disposition() != "attachment"


def _content(leaf: Message) -> bytes:
    payload = leaf.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _page_facts(message: Message, text: Message) -> tuple[Fact, ...]:
    """What a browser writes above a page: its address, its title, and when it was saved (not published)."""
    where = next((name for name in _PAGE_NAMES if address(message[name])), "")
    return facts(
        ("url", message[where] if where else text["Content-Location"], where or "Content-Location"),
        ("title", _words(message["Subject"]), "Subject"),
        ("saved", message["Date"], "Date"),
    )


def _mail_facts(message: Message, charset: str) -> tuple[Fact, ...]:
    sender = parseaddr(_words(_raw(message, "From", charset)))[0]
    return facts(
        ("title", _words(_raw(message, "Subject", charset)), "Subject"),
        ("published", message["Date"], "Date"),
        ("source", "" if "@" in sender else sender, "From"),
        firm=("title", "published"),
    )


def _raw(message: Message, name: str, charset: str) -> str | None:
    """A field as it stands; bytes beyond ASCII, which RFC 5322 does not allow, are the text's own or UTF-8."""
    value = next((text for key, text in message.raw_items() if key.lower() == name.lower()), None)
    if value is None:
        return None
    return _decoded(str(value).encode("ascii", "surrogateescape"), charset)


def _decoded(data: bytes, charset: str) -> str:
    first = (charset, "utf-8") if data.isascii() else ("utf-8", charset)  # ISO-2022 looks like ASCII
    return decoded(data, (*first, "gb18030")) or data.decode("utf-8", "replace")


def _words(value: object) -> str:
    """A header's value with its encoded words decoded (RFC 2047)."""
    if value is None:
        return ""
    try:
        pieces = decode_header(str(value))
    except (HeaderParseError, ValueError):
        return one_line(value)
    return one_line("".join(_piece(each, charset) for each, charset in pieces))


def _piece(piece: str | bytes, charset: str | None) -> str:
    """A piece of a value as the standard library parts it; what stands outside of encoded words it has escaped."""
    if isinstance(piece, str):
        return piece
    return piece.decode("raw-unicode-escape", "replace") if charset is None else _decoded(piece, charset)


def _pictures(leaves: Sequence[Message]) -> Iterator[tuple[str, bytes]]:
    """Every picture under each name that the text may call it by."""
    left = LARGEST_UNPACKED
    for leaf in leaves:
        if leaf.get_content_maintype() != "image":
            continue
        data = _content(leaf)
        left -= len(data)
        if left < 0 or not data or len(data) > LARGEST_PICTURE:
            continue
        names = (one_line(leaf["Content-Location"]), _cid(leaf), one_line(leaf.get_filename() or ""))
        yield from ((name, data) for name in names if name)


def _cid(leaf: Message) -> str:
    identifier = one_line(leaf["Content-ID"]).strip("<>")
    return f"cid:{identifier}" if identifier else ""
