"""Encodes cached values, and authenticates them: one is used only on the machine that wrote it.

A cache may have come with somebody's contribution. Each value carries a message authentication code (keyed BLAKE2b,
RFC 7693) under a secret that lies outside every archive, in the user's folder for state (XDG Base Directory
Specification): whoever does not hold it cannot make a value that is taken for ours, nor move one to another place.
MessagePack is decoded without running any code.
"""

from __future__ import annotations

import hmac
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from builder.files import content, replace

Value = TypeVar("Value")


class BrokenCacheError(Exception):
    """Something that is remembered is not what was put there: the cache must be begun anew."""


def packed(value: object, *, ordered: bool = True) -> bytes:
    """A value as MessagePack; ``ordered`` where equal values must give equal bytes, keys of mappings are text then."""
    return msgspec.msgpack.encode(value, order="deterministic" if ordered else None)


def unpacked(data: bytes, kind: type[Value]) -> Value:
    """The value again.

    Raises:
        BrokenCacheError: They are not the bytes of such a value.
    """
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise BrokenCacheError from error


_CODE = 16
_SECRET = 32


def sealed(value: bytes, *place: bytes | str) -> bytes:
    """A value with its code; it counts for nothing in another place than this."""
    return _code(value, place) + value


def opened(stored: bytes, *place: bytes | str) -> bytes:
    """The value again.

    Raises:
        BrokenCacheError: It is damaged, was kept elsewhere, or was not put there on this machine.
    """
    if not isinstance(stored, bytes) or len(stored) < _CODE:
        raise BrokenCacheError
    value = stored[_CODE:]
    if not hmac.compare_digest(_code(value, place), stored[:_CODE]):
        raise BrokenCacheError
    return value


def _code(value: bytes, place: Iterable[bytes | str]) -> bytes:
    made = blake2b(key=_secret(), digest_size=_CODE)
    for part in place:
        data = part.encode() if isinstance(part, str) else part
        made.update(struct.pack(">Q", len(data)) + data)
    made.update(value)
    return made.digest()


@cache
def _secret() -> bytes:
    """This machine's secret; where no folder can hold one, that of this process, and nothing is remembered for long."""
    with suppress(OSError, RuntimeError):  # RuntimeError: there is no home
        file = _folder() / "archive-builder" / "secret"
        known = _read(file) or _made(file)
        if known:
            return known
    return os.urandom(_SECRET)


def _folder() -> Path:
    given = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(given) if given else Path.home() / ".local" / "state"


def _read(file: Path) -> bytes:
    with suppress(FileNotFoundError):
        secret = file.read_bytes()
        if len(secret) == _SECRET:
            return secret
        file.unlink()  # torn when the machine stopped
    return b""


def _made(file: Path) -> bytes:
    """Make a secret; of two processes that do so at once the first wins, and neither sees half of one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_name(f"secret.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(os.urandom(_SECRET))
        with suppress(FileExistsError):
            os.link(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return _read(file)


def read_note(file: Path, kind: type[Value]) -> Value | None:
    """A value; None where there is none, or none that this machine wrote."""
    try:
        return unpacked(opened(content(str(file)), file.name), kind)
    except (OSError, BrokenCacheError):
        return None


def write_note(file: Path, value: object) -> None:
    """Keep a value.

    Raises:
        OSError: The disk refuses.
    """
    replace(str(file), sealed(packed(value), file.name))
