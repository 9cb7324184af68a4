"""The unit of generation: files made together, and the digest of everything they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.cache import digest
from builder.model.archive import Entry
from builder.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file to be written below ``docs/``."""

    path: str  # POSIX path below ``docs/``
    content: bytes | Path  # Its bytes, or the seed to copy them from
    sha256: str = ""  # Digest that the seed's bytes must have


Make = Callable[[], Iterable[PageFile]]


@dataclass(frozen=True, slots=True)
class Product:
    """Files that are made together."""

    name: str  # Of its own
    key: bytes  # Digest of everything they are made of, the program and the site's settings aside
    make: Make  # Makes them


def product(name: str, make: Make, *made_of: object) -> Product:
    """A product whose key is the digest of all that its files show, values with a ``repr`` that says all."""
    return Product(name, digest(*(part if isinstance(part, bytes) else repr(part) for part in made_of)), make)


def together(entries: Iterable[Entry]) -> bytes:
    """Stands for articles in their order, with everything that they say."""
    return digest(b"".join(entry.digest or repr(entry).encode() for entry in entries))


def listed(entries: Iterable[Entry]) -> bytes:
    """Stands for articles in their order, as lists show them."""
    return digest(b"".join(entry.listed or repr(entry).encode() for entry in entries))


def month(entry: Entry) -> str:
    """The month of an article, ``2021-04``; ``undated`` where no day is known."""
    published = entry.article.published
    return published.day.isoformat()[:_MONTH] if published else "undated"


_MONTH = len("2021-04")


def plan_digest(plan: Plan) -> bytes:
    """Stands for a plan."""
    return digest(plan.slug, plan.path, plan.sha256, repr((plan.repairs, plan.doubts)))


def files(products: Iterable[Product]) -> Iterable[PageFile]:
    """Every file of some products."""
    for each in products:
        yield from each.make()
