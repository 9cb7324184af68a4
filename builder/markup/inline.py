"""What stands inside a line: emphasis, links, images, and the little HTML that Markdown has no words for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import quote, urljoin, urlsplit

from lxml.etree import _Element as Tag

from builder.markup.allowlist import INLINE
from builder.markup.escaping import escape_inline
from builder.markup.layout import BREAK, HEADING, ITEM, LIST_END, OUTER, PICTURE, QUOTE, ROW, VERBATIM
from builder.markup.soup import ATX, MarkdownConverter
from builder.model.article import Image
from builder.patterns import pattern
from builder.reading.html_tree import text_of

_SAFE_SCHEMES = {"http": True, "https": True, "mailto": False}
# Kept as they stand; parentheses, quotes, asterisks, brackets and everything outside ASCII are percent-encoded.
_KEPT = "%/:=&?~#+!$,;@-._"
_REFERENCE = pattern(r"&(?=#?\w{1,40};)")
_LONGEST = 4000


def absolute(address: str, base: str | None) -> str | None:
    """An address that may be linked, made absolute, or None; without a base relative ones cannot be."""
    address = address.strip()
    if not address or len(address) > _LONGEST or address.startswith("#"):
        return None
    try:
        resolved = urljoin(base or "", address)
        parts = urlsplit(resolved)
        needs_host = _SAFE_SCHEMES.get(parts.scheme.lower())
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if needs_host is None or (needs_host and not has_host):
        return None
    return quote(resolved, safe=_KEPT)


def destination(address: str) -> str:
    """An address as it stands between the parentheses of a link: what looks like a character reference is escaped."""
    return _REFERENCE.sub("&amp;", address)


# Names of files, and what programs write where nobody wrote anything: no reader is told what the picture shows.
_NO_WORDS = pattern(
    r"^(?:[A-Za-z0-9_\-.() ]{0,80}\.(?:png|jpe?g|gif|webp|svg|bmp)|(?:cover_)?image|img|picture|photo|图片|圖片|图像)$",
    re.IGNORECASE,
)
_STRONG = frozenset({"b", "strong"})
_WEAK = frozenset({"em", "i"})
_EMPHASIS = _STRONG | _WEAK
_PARTS = pattern(rf"(\n\n+|{BREAK})")
_STRUCTURE = (QUOTE, ITEM, ROW, HEADING, VERBATIM, LIST_END)
# What means nothing to Markdown between backticks, nor to what is done with a line before it is read as Markdown.
_PLAIN_CODE = pattern(r"[\w.()=:/,+%@'\"-](?:[\w .()=:/,+%@'\"-]*[\w.()=:/,+%@'\"-])?", re.ASCII)
# Headings are strong by themselves, and verbatim text stays as it is.
_NO_EMPHASIS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre"})


class InlineConverter(MarkdownConverter):
    """Converts what stands inside a line; keeps the images that it saw.

    Attributes:
        images: Images in reading order.
        footnotes: Labels of the footnotes that have both sign and note.
    """

    class Options:
        """What markdownify is left to decide."""

        heading_style = ATX

    def __init__(self, base: str | None, attachments: Mapping[str, str]) -> None:
        """Prepare for one body: the base of relative addresses, and those of files beside the post by ``src``."""
        super().__init__()
        self.images: list[Image] = []
        self.footnotes: frozenset[str] = frozenset()
        self._base = base
        self._attachments = attachments

    def convert_b(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Strong emphasis."""
        return text if parents & (_STRONG | _NO_EMPHASIS) else _emphasised(element, text, parents, "**", "strong")

    convert_strong = convert_b

    def convert_em(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Emphasis."""
        return text if parents & (_WEAK | _NO_EMPHASIS) else _emphasised(element, text, parents, "*", "em")

    convert_i = convert_em

    def convert_figcaption(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """A caption: a paragraph of its own, emphasised as a whole."""
        return f"\n\n{self.convert_em(element, text, parents)}\n\n"

    def convert_a(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """A link, where its address is safe and absolute; else, and around blocks or images, its text."""
        address = absolute(str(element.get("href") or ""), self._base)
        if address is None or parents & {"a", "pre"} or "\n" in text or PICTURE in text:
            return text
        target = destination(address)
        return _wrapped(text, lambda part: f"[{part}]({target})")

    def convert_img(self, element: Tag, _text: str, parents: AbstractSet[str]) -> str:
        """An image, where its address is safe and absolute or that of a file beside the post."""
        written = str(element.get("src") or "").strip()
        source = self._attachments.get(written) or absolute(written, self._base)
        if source is None or "pre" in parents:
            return ""
        alternative = _NO_WORDS.sub("", " ".join(str(element.get("alt") or "").split()))
        original = str(element.get("data-original") or written)
        self.images.append(Image(source, original, alternative, _caption(element)))
        return f"{PICTURE}[{escape_inline(alternative)}]({destination(source)})"

    def convert_sub(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Kept as HTML: Markdown has no way to write it."""
        return _tagged(element.tag, text, parents)

    convert_sup = convert_q = convert_ruby = convert_rb = convert_rt = convert_rp = convert_rtc = convert_sub

    def convert_code(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Code within a line; where quoting it could fail, its text is escaped like any other, between tags."""
        plain = text_of(element)
        if not parents & {"pre", "a"} and _PLAIN_CODE.fullmatch(plain):
            return f"`{plain}`"
        return _tagged("code", text, parents)

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_del(self, _element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Text that the original strikes out."""
        return _tagged("del", text, parents)

    convert_s = convert_strike = convert_del

    def convert_ins(self, _element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """Text that the original puts in the place of what it strikes out."""
        return _tagged("ins", text, parents)

    def convert_tex(self, element: Tag, text: str, _parents: AbstractSet[str]) -> str:
        """A formula's source between dollar signs, two of them where it stands in lines of its own."""
        sign = "$$" if element.get("display") else "$"
        return f"{sign}{text.strip(OUTER)}{sign}" if text.strip(OUTER) else ""

    def convert_noteref(self, element: Tag, text: str, parents: AbstractSet[str]) -> str:
        """The sign of a footnote; a note's own number, which its marker says again, goes."""
        label = element.get("label")
        if label in self.footnotes and not parents & {"pre", "a"}:
            return f"[^{label}]"
        note = None if label else next(element.iterancestors("footnote"), None)
        return "" if note is not None and note.get("label") in self.footnotes else _tagged("sup", text, parents)


def _emphasised(element: Tag, text: str, parents: AbstractSet[str], symbol: str, tag: str) -> str:
    """Text between asterisks where every reader of Markdown takes them for emphasis, else between tags.

    Asterisks with punctuation inside are emphasis only beside white space or more punctuation (CommonMark 6.2, flanking
    delimiter runs), which Chinese text often has not.
    """
    plain = not parents & _EMPHASIS and not _touches_emphasis(element)
    before, after = _is_free(_beside(element, forward=False)), _is_free(_beside(element, forward=True))

    def wrap(part: str) -> str:
        opens = _is_letter(part[0]) or (before and _is_sign(part[0]))
        closes = _is_letter(part[-1]) or (after and _is_sign(part[-1]))
        if plain and "*" not in part and opens and closes:
            return f"{symbol}{part}{symbol}"
        return f"<{tag}>{part}</{tag}>"

    return _wrapped(text, wrap)


def _tagged(tag: str, text: str, parents: AbstractSet[str]) -> str:
    return text if "pre" in parents else _wrapped(text, lambda part: f"<{tag}>{part}</{tag}>")


def _wrapped(text: str, wrap: Callable[[str], str]) -> str:
    """Wrap each stretch of a line; breaks, paragraph ends and outer white space stay outside."""
    parts = _PARTS.split(text)
    parts[::2] = [_wrapped_part(part, wrap) for part in parts[::2]]
    return "".join(parts)


def _wrapped_part(part: str, wrap: Callable[[str], str]) -> str:
    content = part.strip(OUTER)
    if not content or content.startswith(_STRUCTURE) or "\n" in content:
        return part
    start = part.index(content)
    return part[:start] + wrap(content) + part[start + len(content) :]


def _touches_emphasis(element: Tag) -> bool:
    before, after = element.getprevious(), None if element.tail else element.getnext()
    return any(
        side is not None and side.tag in _EMPHASIS
        for side in (None if before is None or before.tail else before, after)
    )


def _beside(element: Tag, *, forward: bool) -> str:
    """The character beside an element: a space at the edge of a block or a line; empty where that cannot be told."""
    parent, side = element.getparent(), element.getnext() if forward else element.getprevious()
    around = element if forward else side
    text = around.tail if around is not None else parent.text if parent is not None else None
    if text:
        bare = text.strip("\n\r\t")  # a line end of the source may go: what stands behind it counts
        bare = "" if "\n" in text and not text.strip(" \t\n\r\f") else bare
        return bare[0 if forward else -1] if bare else ""
    if side is None:
        return " " if parent is not None and parent.tag not in INLINE else ""
    return " " if side.tag not in INLINE and side.tag != "img" else ""


def _is_free(character: str) -> bool:
    return character.isspace() or (_is_sign(character) and character not in "*_`\\")


def _is_sign(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] == "P"


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _caption(image: Tag) -> str:
    figure = next(image.iterancestors("figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    return " ".join(text_of(caption).split()) if caption is not None else ""
