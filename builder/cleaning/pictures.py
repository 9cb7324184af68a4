"""The pictures that came with a post: found by the addresses its text has for them, published as files of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from builder.cleaning.draft import Draft
from builder.cleaning.ledger import ADDRESSES, RAW, address_of
from builder.containers.picture_formats import NoPictureError
from builder.containers.pictures import Picture, from_address, is_picture, is_tiny, publishable
from builder.containers.references import find
from builder.model.post import Post
from builder.problems import Problem

FOLDER = "../pictures"
"""Where pictures lie, seen from an article's page."""
_HELD = "picture:"
_SHOWN = 200


def find_pictures(draft: Draft) -> None:
    """Mark every image of a body whose picture is at hand: in the page itself, in its container, or beside its file."""
    for image in draft.elements("img", "amp-img"):
        data = next(_at_hand(draft.post, image), None)
        if data is not None and not is_tiny(data):
            raw = address_of(image)
            name = f"{_HELD}{len(draft.pictures)}"
            draft.pictures[name] = data
            image.tag = "img"
            image.set(RAW, raw)
            image.set("src", name)


def publish_pictures(draft: Draft) -> tuple[Mapping[str, Picture], tuple[Problem, ...]]:
    """Make every picture that cleaning has left a file to be published.

    Returns:
        Pictures by the address that their images now have; and a problem for each that is none after all: its image
        is taken.
    """
    made: dict[str, Picture] = {}
    problems = []
    for image in draft.elements("img"):
        name = image.get("src", "")
        if name not in draft.pictures:
            if _is_lost(draft.post, name):
                shown = {"address": name[:_SHOWN]}
                problems.append(Problem("picture-missing", draft.post.document.path, values=shown))
                draft.take(image, "picture-missing")
            continue
        try:
            picture = publishable(draft.pictures[name])
        except NoPictureError as error:
            shown = {"address": _short(image.get(RAW, ""))}
            problems.append(Problem(str(error), draft.post.document.path, values=shown))
            draft.take(image, str(error))
            continue
        address = f"{FOLDER}/{picture.name}"
        image.set("src", address)
        made[address] = picture
    return made, tuple(problems)


def shorten_addresses(draft: Draft) -> None:
    """Once the ledger is checked: a picture written into its address is named by its kind alone."""
    for image in draft.elements("img"):
        raw = image.get(RAW)
        if raw and raw.startswith("data:"):
            image.set(RAW, _short(raw))


def _at_hand(post: Post, image: etree._Element) -> Iterator[bytes]:
    """The pictures that the addresses of an image lead to, the original's own before a small one that stands in."""
    for name in (*ADDRESSES, "src"):
        address = (image.get(name) or "").strip()
        data = from_address(address) if address.startswith("data:") else find(post.document.files, address, post.url)
        if data and is_picture(data):
            yield data


def _is_lost(post: Post, address: str) -> bool:
    """Whether an address can only mean a file beside the post: a relative one of a text that is no page of a site."""
    plain = post.body_format != "html" or not post.url
    return plain and bool(address) and "//" not in address and not address.startswith(("/", "#", "data:"))


def _short(address: str) -> str:
    return address.partition(",")[0][:40] if address.startswith("data:") else address[:_SHOWN]
