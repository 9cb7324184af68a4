"""Fetches one file over HTTP with care: public addresses only, each redirect checked, bounds on size and time.

The address that was checked is the one that is connected to, so that a name cannot lead elsewhere between the two.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

_MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_CONNECT_SECONDS = 10
_PIECE = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Reason = Literal["address", "private", "redirects", "answer", "large", "slow", "network", "link"]
Gate = Callable[[str, int], bool]
"""Whether one may connect to an IP address and a port."""


class DownloadError(Exception):
    """A file was not fetched; ``reason`` says why, ``detail`` what was answered."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """What went wrong."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """What one file may cost: bytes, and seconds for all of it, redirects included."""

    size: int
    seconds: float


def is_public(address: str, port: int) -> bool:
    """Whether an IP address is one of the internet and the port one of the web's.

    An IPv6 address that carries an IPv4 one (RFC 4291, 3056, 4380, 6052) is judged by both.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = [found]
    if isinstance(found, ipaddress.IPv6Address):
        inner += [each for each in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if each is not None]
        if found in _NAT64:
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if found.ipv4_mapped is not None:
            inner.remove(found)  # itself in no network
    return port in _PORTS.values() and all(each.is_global and not each.is_multicast for each in inner)


def download(address: str, limits: DownloadLimits, agent: str, gate: Gate = is_public) -> bytes:
    """Fetch a file from an ``http(s)`` address of a host that the gate lets through.

    Raises:
        DownloadError: It was not fetched.
    """
    held: list[socket.socket] = []
    late = threading.Event()

    def stop() -> None:
        late.set()
        for each in held:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(limits.seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        for _ in range(_MOST_REDIRECTS + 1):
            found = _asked(address, limits.size, agent, gate, held, late)
            if isinstance(found, bytes):
                return found
            address = found
        raise DownloadError("redirects")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise DownloadError("slow" if late.is_set() else "network", type(error).__name__) from error
    finally:
        timer.cancel()
        for each in held:
            each.close()


def _asked(
    address: str, size: int, agent: str, gate: Gate, held: list[socket.socket], late: threading.Event
) -> bytes | str:
    """What an address answers: the file, or where it is now."""
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise DownloadError("address", address)
    port = parts.port or _PORTS[parts.scheme]
    connection = http.client.HTTPConnection(parts.hostname, port)
    try:
        connection.sock = _connected(parts.scheme, parts.hostname, port, gate, held)
        if late.is_set():
            raise TimeoutError
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": agent, "Accept": "image/*", "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", path.replace(" ", "%20"), headers=headers)
        with connection.getresponse() as answer:
            if answer.status in _REDIRECTS:
                return urljoin(address, answer.headers.get("Location", ""))
            if answer.status != _OK:
                raise DownloadError("answer", str(answer.status))
            return _read(answer, size, late)
    finally:
        connection.close()


def _connected(scheme: str, host: str, port: int, gate: Gate, held: list[socket.socket]) -> socket.socket:
    """A connection to a host all of whose addresses may be asked; held, so that it can be ended from outside."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(gate(each, port) for each in found):
        raise DownloadError("private", host)
    made = socket.create_connection((found[0], port), timeout=_CONNECT_SECONDS)
    if scheme == "https":
        made = ssl.create_default_context().wrap_socket(made, server_hostname=host, do_handshake_on_connect=False)
    held.append(made)
    if isinstance(made, ssl.SSLSocket):
        made.do_handshake()
    return made


def _read(answer: http.client.HTTPResponse, size: int, late: threading.Event) -> bytes:
    pieces, length = [], 0
    while piece := answer.read(_PIECE):
        length += len(piece)
        if length > size:
            raise DownloadError("large")
        pieces.append(piece)
    if late.is_set():
        raise TimeoutError
    return b"".join(pieces)
