"""A key's list of postings: short ones in one piece, long ones in blocks, so that one posting more recodes one block.

A long list is a zero byte, which begins no short one, its length in three bytes, the lengths of its blocks in two bytes
each, and the blocks: each the postings of an equal part of the slots, counted from its beginning. How many blocks
there are follows from the list's length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from builder.search.coding import WEIGHT_BITS, decode, encode

_SHORT = 256
"""Shorter lists lie in one piece, and a block holds half as many postings at the least, in the mean."""
_LENGTH_BYTES, _SIZE_BYTES = 3, 2


def encode_list(postings: Sequence[int], slots: int) -> bytes:
    """A list.

    Args:
        postings: ``slot << 2 | weight``, rising, at least one.
        slots: How many slots there are.
    """
    if len(postings) < _SHORT:
        return encode(postings, slots)
    step = (slots // _block_count(len(postings))) << WEIGHT_BITS
    starts = range(0, slots << WEIGHT_BITS, step)
    ends = [bisect_left(postings, start) for start in (*starts, slots << WEIGHT_BITS)]
    blocks = [
        _block(postings[first:end], start, step) for start, (first, end) in zip(starts, pairwise(ends), strict=True)
    ]
    return _joined(len(postings), blocks)


def decode_list(data: bytes, slots: int) -> list[int]:
    """The postings of a list.

    Raises:
        ValueError: The bytes are no list.
    """
    if data[0]:
        return decode(data, slots)
    blocks = list(_blocks(data))
    width = slots // len(blocks)
    postings = []
    for number, block in enumerate(blocks):
        start = number * width << WEIGHT_BITS
        postings += [start + posting for posting in decode(block, width)] if block else []
    return postings


def changed_list(data: bytes, slots: int, removed: Collection[int], added: Mapping[int, int]) -> bytes:
    """A list with other slots: what ``encode_list`` would make of them, without decoding all.

    Args:
        data: The list as it was, possibly empty.
        slots: How many slots there are.
        removed: Slots that the list holds, and shall no longer.
        added: Slots that it shall hold, with their weights.

    Raises:
        ValueError: The bytes are no list, or not that of what is removed.
    """
    length = int.from_bytes(data[1 : 1 + _LENGTH_BYTES], "big") if data and not data[0] else 0
    new_length = length - len(removed) + len(added)
    if not length or new_length < _SHORT or _block_count(new_length) != _block_count(length):
        postings = _changed(decode_list(data, slots) if data else [], removed, added)
        return encode_list(postings, slots) if postings else b""
    blocks = list(_blocks(data))
    width = slots // len(blocks)
    for number in {slot // width for slot in (*removed, *added)}:
        start = number * width
        before = decode(blocks[number], width) if blocks[number] else []
        out = [slot - start for slot in removed if slot // width == number]
        into = {slot - start: weight for slot, weight in added.items() if slot // width == number}
        blocks[number] = _block(_changed(before, out, into), 0, width << WEIGHT_BITS)
    return _joined(new_length, blocks)


def _changed(postings: Sequence[int], removed: Collection[int], added: Mapping[int, int]) -> list[int]:
    kept = [posting for posting in postings if posting >> WEIGHT_BITS not in removed]
    if len(kept) != len(postings) - len(removed):
        raise ValueError("a list without what is to be removed")
    return sorted([*kept, *(slot << WEIGHT_BITS | weight for slot, weight in added.items())])


def _block_count(length: int) -> int:
    """A power of two, so that blocks are equal parts of the slots."""
    return 1 << max(1, length.bit_length() - _SHORT.bit_length() + 1)


def _block(postings: Sequence[int], start: int, step: int) -> bytes:
    return encode([posting - start for posting in postings], step >> WEIGHT_BITS) if postings else b""


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
