"""A key's list of postings: short ones in one piece, long ones in blocks, so that one posting more recodes one block.

A long list is a zero byte, which begins no short one, its length in three bytes, the lengths of its blocks in two bytes
each, and the blocks: each the postings of an equal part of the slots, counted from its beginning. How many blocks
there are follows from the list's length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from builder.search.coding import decode, encode

_SHORT = 256
"""Shorter lists lie in one piece, and a block holds half as many postings at the least, in the mean."""
_LENGTH_BYTES, _SIZE_BYTES = 3, 2


def encode_list(postings: Mapping[int, int], among: int) -> bytes:
    """A list.

    Args:
        postings: Weights by slot, in the slots' order; at least one.
        among: How many slots there are.
    """
    slots, weights = list(postings), list(postings.values())
    if len(slots) < _SHORT:
        return encode(slots, weights, among)
    width = among // _block_count(len(slots))
    starts = range(0, among, width)
    parts = zip(starts, pairwise([bisect_left(slots, start) for start in (*starts, among)]), strict=True)
    blocks = [_block(slots[first:end], weights[first:end], width, start) for start, (first, end) in parts]
    return _joined(len(slots), blocks)


def decode_list(data: bytes, among: int) -> dict[int, int]:
    """The postings of a list: weights by slot, in the slots' order.

    Raises:
        ValueError: The bytes are no list.
    """
    if data[0]:
        return decode(data, among)
    blocks = list(_blocks(data))
    width = among // len(blocks)
    postings: dict[int, int] = {}
    for number, block in enumerate(blocks):
        postings.update(decode(block, width, number * width) if block else ())
    return postings


def changed_list(data: bytes, among: int, removed: Collection[int], added: Mapping[int, int]) -> bytes:
    """A list with other slots: what ``encode_list`` would make of them, without decoding all.

    Args:
        data: The list as it was, possibly empty.
        among: How many slots there are.
        removed: Slots that the list holds, and shall no longer.
        added: Slots that it shall hold, with their weights.

    Raises:
        ValueError: The bytes are no list, or not that of what is removed.
    """
    length = int.from_bytes(data[1 : 1 + _LENGTH_BYTES], "big") if data and not data[0] else 0
    new_length = length - len(removed) + len(added)
    if not length or new_length < _SHORT or _block_count(new_length) != _block_count(length):
        postings = _changed(decode_list(data, among) if data else {}, removed, added)
        return encode_list(postings, among) if postings else b""
    blocks = list(_blocks(data))
    width = among // len(blocks)
    for number in {slot // width for slot in (*removed, *added)}:
        start = number * width
        before = decode(blocks[number], width, start) if blocks[number] else {}
        out = [slot for slot in removed if slot // width == number]
        into = {slot: weight for slot, weight in added.items() if slot // width == number}
        after = _changed(before, out, into)
        blocks[number] = _block(list(after), list(after.values()), width, start)
    return _joined(new_length, blocks)


def _changed(postings: dict[int, int], removed: Collection[int], added: Mapping[int, int]) -> Mapping[int, int]:
    """The postings with others, in order; the old ones are spent."""
    for slot in removed:
        if postings.pop(slot, None) is None:
            raise ValueError("a list without what is to be removed")
    postings.update(added)
    return {slot: postings[slot] for slot in sorted(postings)} if added else postings


def _block_count(length: int) -> int:
    """A power of two, so that blocks are equal parts of the slots."""
    return 1 << max(1, length.bit_length() - _SHORT.bit_length() + 1)


def _block(slots: Sequence[int], weights: Sequence[int], width: int, start: int) -> bytes:
    return encode(slots, weights, width, start) if slots else b""


def _joined(length: int, blocks: Sequence[bytes]) -> bytes:
    sizes = b"".join(len(block).to_bytes(_SIZE_BYTES, "big") for block in blocks)
    return b"".join([b"\x00", length.to_bytes(_LENGTH_BYTES, "big"), sizes, *blocks])


def _blocks(data: bytes) -> Iterator[bytes]:
    """The blocks of a long list."""
    count = _block_count(int.from_bytes(data[1 : 1 + _LENGTH_BYTES], "big"))
    place = 1 + _LENGTH_BYTES + _SIZE_BYTES * count
    for number in range(count):
        at = 1 + _LENGTH_BYTES + _SIZE_BYTES * number
        size = int.from_bytes(data[at : at + _SIZE_BYTES], "big")
        if place + size > len(data):
            raise ValueError("a list cut short")
        yield data[place : place + size]
        place += size
