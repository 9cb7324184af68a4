"""Images and players: lazy loaders, doubles for readers without scripts, proxies, embeds."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.ledger import RAW, address_of, addresses
from builder.reading.html_tree import text_of

_PLAYERS = ("iframe", "video", "audio", "embed", "object", "amp-video", "amp-iframe", "frame", "frameset", "applet")
_PLACEHOLDERS = ("data:", "about:", "blob:", "file:", "javascript:")


def doubles(draft: Draft) -> None:
    """``noscript``: its image goes where the tree holds the same one, stays where it holds no other."""
    elements = draft.elements("noscript")
    inside = {image for element in elements for image in element.iter("img")}
    shown = {file_of(value) for image in draft.elements("img") if image not in inside for value in all_addresses(image)}
    for element in elements:
        if not draft.holds(element):
            continue
        files = {file_of(address) for address in addresses(element)}
        if not files or files & shown or _has_lazy_neighbour(element):
            draft.take(element, "noscript")
        else:
            element.tag = "span" if not text_of(element).strip() else "div"
            shown |= files


def lazy(draft: Draft) -> None:
    """Give images the address that their loader would have given them; take those that have none."""
    for image in draft.elements("img", "amp-img"):
        if image.get("src") in draft.pictures:
            continue
        address = address_of(image)
        if not address or address.startswith(_PLACEHOLDERS):
            draft.take(image, "placeholder")
            continue
        image.tag = "img"
        _give(image, _first_of_set(image, address))


def proxies(draft: Draft) -> None:
    """Give images their own address where the raw one leads through a proxy."""
    for image in draft.elements("img"):
        own = _behind_proxy(draft, image.get("src", ""))
        if own:
            _give(image, own)


def players(draft: Draft) -> None:
    """Embedded players and frames: a published page asks no other host for anything but images."""
    for element in draft.elements(*_PLAYERS):
        if draft.holds(element):
            draft.take(element, "player")
    for picture in draft.elements("picture"):
        _adopt(picture)
    for element in draft.elements("source", "track"):
        draft.take(element, "image-set")


def _adopt(picture: etree._Element) -> None:
    """Give the image of a ``picture`` the first address of its sources, where it has none of its own."""
    image, source = picture.find("img"), picture.find("source")
    if image is None or source is None or not (address_of(image) or "data:").startswith(_PLACEHOLDERS):
        return
    if address_of(image):
        return  # the ledger counts it, and the loader's rule takes it
    address = address_of(source)
    image.set(RAW, address)
    image.set("src", address.split(",", 1)[0].split()[0] if address.split() else "")
    picture.remove(source)


def _give(image: etree._Element, address: str) -> None:
    if image.get(RAW) is None:
        image.set(RAW, address_of(image))
    image.set("src", address)


def _first_of_set(image: etree._Element, address: str) -> str:
    """The first candidate, where all there is is a ``srcset``."""
    if address in {image.get("srcset", "").strip(), image.get("data-srcset", "").strip(), image.get(RAW, "").strip()}:
        candidates = address.split(",", 1)[0].split()
        return candidates[0] if candidates else address
    return address


def all_addresses(image: etree._Element) -> list[str]:
    """Every address that an image's attributes hold, for whichever loader."""
    return [str(value) for name, value in image.attrib.items() if "src" in str(name) or "data-" in str(name)]


def _has_lazy_neighbour(element: etree._Element) -> bool:
    before = element.getprevious()
    if before is None or before.tag != "img" or text_of(element).strip():
        return False
    return not (address_of(before) or "data:").startswith(_PLACEHOLDERS)


def file_of(address: str) -> str:
    """What stays the same when an image is asked for in another size."""
    words = address.split(maxsplit=1)
    return words[0].split("?", 1)[0].rsplit("/", 1)[-1] if words else ""


def _behind_proxy(draft: Draft, address: str) -> str | None:
    for pattern in (draft.words.proxy_parameter, draft.words.proxy_path):
        found = pattern.search(address)
        if found:
            own = unquote(found[1]) if "%" in found[1] else found[1]
            return own if own.startswith(("http://", "https://")) else f"https://{own.lstrip('/')}"
    return None
