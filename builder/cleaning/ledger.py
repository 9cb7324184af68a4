"""The ledger: what every rule took, and the proof that nothing else is missing.

The raw text of a body is every character, white space aside, of every text node of its tree (comments are none, nor
are the programs of a whole page), with the template syntax that was taken out before parsing; and the address of
every image and player. At the end each of those stands either in the clean tree or in an entry of the ledger, and
what stayed stayed in its order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from builder.cleaning.lines import BLOCKS, MEDIA, Line
from builder.model.article import Removal
from builder.reading.html_tree import text_of

ADDRESSES = (
    "data-original", "data-src", "data-lazy-src", "data-actualsrc", "data-original-src", "data-lazy", "data-url",
)  # fmt: skip
"""Where lazy loaders put an image's real address, most trustworthy first."""
RAW = "data-original"
"""Holds the address that an image has in the raw body once a rule has given it another; markup reads it too."""
_DATA_SHOWN = 40


class Ledger:
    """Takes pieces out of a tree and writes down each one."""

    def __init__(self, root: etree._Element, shortcodes: Iterable[str] = ()) -> None:
        """Write down what the raw tree holds.

        Args:
            root: The raw tree, before any rule.
            shortcodes: Template syntax taken out before parsing.
        """
        self.removals: list[Removal] = []
        self._texts: list[str] = []
        self._tail: tuple[etree._Element, bool] | None = None
        self._addresses: list[str] = []
        self._raw_text = squash(text_of(root))
        self._raw_addresses = Counter(addresses(root))
        for shortcode in shortcodes:
            self._raw_text += squash(shortcode)
            self._note("shortcode", shortcode, None)

    def take(self, element: etree._Element, rule: str, moved_to: str | None = None) -> None:
        """Take an element with all it holds; the text after it stays.

        Args:
            element: Not the root.
            rule: Name of the rule.
            moved_to: Metadata field that now holds the text.
        """
        self._note(rule, text_of(element), moved_to)
        for address in addresses(element):
            self._addresses.append(address)
            self.removals.append(Removal(rule, _short(address)))
        self._tail = _detach(element)

    def take_line(self, line: Line, rule: str, moved_to: str | None = None, *, media: bool = False) -> None:
        """Take the text of a line; with ``media`` its images and players too."""
        text = "".join((element.tail if is_tail else element.text) or "" for element, is_tail in line.slots)
        for element, is_tail in line.slots:
            if is_tail:
                element.tail = None
            else:
                element.text = None
        self._note(rule, text, moved_to)
        for element in line.media if media else ():
            self.take(element, rule)
        line.gone = True

    def is_exact(self, root: etree._Element) -> bool:
        """Whether the tree and the ledger together are the raw body, and the tree is in the raw body's order.

        Args:
            root: The clean tree.
        """
        held = Counter(addresses(root))
        held.update(self._addresses)
        missing = _left_out(["".join(str(text).split()) for text in root.itertext()], self._raw_text)
        return held == self._raw_addresses and missing is not None and Counter(missing) == Counter("".join(self._texts))

    def _note(self, rule: str, text: str, moved_to: str | None) -> None:
        words = text.split()
        if words:
            self._texts.append("".join(words))
            self.removals.append(Removal(rule, " ".join(words), moved_to))


def squash(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())


def addresses(element: etree._Element) -> list[str]:
    """Addresses of the images and players of an element, itself included, as the raw body gives them."""
    return [address for media in element.iter(*MEDIA) if (address := address_of(media))]


def address_of(media: etree._Element) -> str:
    """The address of one image or player as the raw body gives it; empty where it has none."""
    for name in (*ADDRESSES, "src", "data", "srcset", "data-srcset"):
        value = media.get(name)
        if value and not value.isspace() and not value.startswith("data:image/gif"):
            return value.strip()
    return (media.get("src") or "").strip()


def _short(address: str) -> str:
    """An address people can read: of a picture written into the address itself only the kind is shown."""
    return f"{address[:_DATA_SHOWN]}…" if address.startswith("data:") and len(address) > _DATA_SHOWN else address


def _left_out(pieces: Sequence[str], raw: str) -> str | None:
    """What remains of a text when pieces are found in it one after the other; None where they are not there in order.

    Whole pieces are looked for first, which is fast; where taking an element has joined the texts around it, that may
    miss, and single characters are looked for.
    """
    rest = _without(pieces, raw)
    return rest if rest is not None else _without("".join(pieces), raw)


def _without(pieces: Iterable[str], raw: str) -> str | None:
    position = 0
    rest: list[str] = []
    for piece in pieces:
        start = raw.find(piece, position)
        if start < 0:
            return None
        rest.append(raw[position:start])
        position = start + len(piece)
    rest.append(raw[position:])
    return "".join(rest)


def _detach(element: etree._Element) -> tuple[etree._Element, bool] | None:
    """Take an element out; says where the text after it stands now: in which element, and whether as its tail.

    Where a block parted two texts, a line break parts them from then on.
    """
    parent, tail, before = element.getparent(), element.tail, element.getprevious()
    if parent is None:
        return None
    place = None
    if tail and element.tag in BLOCKS and not tail.isspace() and _is_inline(before, parent):
        place = (parent.makeelement("br"), True)
        element.addnext(place[0])
        place[0].tail = tail
    elif tail and before is not None:
        place = (before, True)
        before.tail = _joined(before.tail or "", tail)
    elif tail:
        place = (parent, False)
        parent.text = _joined(parent.text or "", tail)
    element.tail = None
    parent.remove(element)
    return place


def _joined(text: str, tail: str) -> str:
    """A text and the one behind it; white space gets no longer for ever, as each element that goes would add to it."""
    both = text + tail
    return both[:_MOST_SPACE] if len(both) > _MOST_SPACE and both.isspace() else both


_MOST_SPACE = 1000


def _is_inline(before: etree._Element | None, parent: etree._Element) -> bool:
    """Whether text, or an element that belongs to a line, stands right before."""
    text = parent.text if before is None else before.tail
    if text and not text.isspace():
        return True
    return before is not None and before.tag not in BLOCKS and before.tag not in {"br", *MEDIA}
