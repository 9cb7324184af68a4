"""Publishes one page or file; what is needed for many is kept by each process that publishes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from builder.config.project import Project
from builder.publishing.addresses import address, destination
from builder.publishing.converting import Converted, Converter, front_matter
from builder.publishing.facts import Facts, Shape
from builder.publishing.files import digest_of, put, read
from builder.publishing.own import OwnParts
from builder.publishing.record import Entry, PageRow, Record, open_record, record_file
from builder.publishing.standins import Headings, Known
from builder.publishing.survey import site_folder
from builder.publishing.unfamiliar import DoubtfulError, UnfamiliarError

if TYPE_CHECKING:
    from builder.publishing.foundry import Foundry

_converted = msgspec.msgpack.Decoder(Converted)


class Done(msgspec.Struct, frozen=True, array_like=True):
    """What became of a path below ``docs/``.

    Attributes:
        path: The path.
        read: What was read.
        put: What stands below ``site/``.
        written: Whether it was written.
        page: What is to be remembered of a page; None where that is known, or where it is none.
        shapes: Shapes that had to be made.
        doubtful: Whether MkDocs must look at the page.
    """

    path: str
    read: Entry
    put: Entry | None = None
    written: bool = False
    page: PageRow | None = None
    shapes: dict[bytes, list[str]] = {}
    doubtful: bool = False


class Workshop:
    """Publishes what is told to it.

    Attributes:
        shapes: The shapes known so far.
    """

    def __init__(
        self,
        project: Project,
        facts: Facts,
        shapes: dict[bytes, list[str]],
        foundry: Callable[[], Foundry],
        exists: Callable[[str], bool],
    ) -> None:
        """Prepare.

        Args:
            project: The archive.
            facts: What its configuration says.
            shapes: Those known already; those made are added.
            foundry: Gives MkDocs, where a shape must be made.
            exists: Whether a path below ``docs/`` is published.
        """
        self._docs, self._site = f"{project.docs}/", f"{site_folder(project)}/"
        self._project, self._facts, self._foundry = project, facts, foundry
        self._key = msgspec.msgpack.encode((facts.code, facts.extensions, facts.extension_settings), order="sorted")
        self._reader: tuple[int, Record | None] = (0, None)
        self.shapes = shapes
        self.exists = exists

    @cached_property
    def _converter(self) -> Converter:
        return Converter(self._facts.extensions, self._facts.extension_settings)

    @cached_property
    def own(self) -> OwnParts:
        """The templates of what differs from page to page."""
        return OwnParts(self._facts)

    def _known(self, path: str) -> PageRow | None:
        """What is remembered of a page; a connection must not pass into a forked process, so each opens its own."""
        if self._reader[0] != os.getpid():
            self._reader = os.getpid(), open_record(record_file(self._project))
        return self._reader[1].converted(path) if self._reader[1] else None

    def close(self) -> None:
        """Let go of the record."""
        if self._reader[0] == os.getpid() and self._reader[1]:
            self._reader[1].close()

    def copy(self, paths: Sequence[tuple[str, Entry | None]]) -> list[Done]:
        """Publish files as they are.

        Args:
            paths: Below ``docs/``, with what is known of the files below ``site/``.
        """
        done = []
        for path, was in paths:
            data, found = read(self._docs + path, time.time_ns())
            done.append(Done(path, found, *put(self._site + path, data, was, found[4])))
        return done

    def publish(self, item: tuple[str, Entry | None]) -> Done:
        """Publish a page: its path, with what is known of the file below ``site/``.

        Raises:
            UnfamiliarError: Only MkDocs can.
        """
        path, was = item
        data, found = read(self._docs + path, time.time_ns())
        digest = digest_of(data + path.encode() + self._key)
        known = self._known(path)
        try:
            if known is not None and known.digest == digest and self._lead_somewhere(known.links):
                converted, row = _converted.decode(known.converted), None
                meta = front_matter(_text(data))[1] if converted.meta is None else converted.meta
            else:
                markdown, meta = front_matter(_text(data))
                converted = self._converter.convert(markdown, path, self.exists)
                kept = msgspec.msgpack.encode(msgspec.structs.replace(converted, meta=_kept(meta)))
                row = PageRow(path, str(meta.get("date") or ""), converted.links, digest, kept)
        except DoubtfulError:
            return Done(path, found, doubtful=True)
        before = len(self.shapes)
        output = self._page(path, meta, converted)
        made = dict(list(self.shapes.items())[before:])
        standing, written = put(self._site + destination(path), output.encode(errors="xmlcharrefreplace"), was)
        return Done(path, found, standing, written, row, made)

    def _lead_somewhere(self, links: Sequence[str]) -> bool:
        return all(self.exists(link.partition("#")[0]) for link in links)

    def _page(self, path: str, meta: Mapping[str, Any], converted: Converted) -> str:
        page = self.own.page(path, meta, converted)
        template = meta.get("template", "main.html")
        in_navigation = path in self._facts.navigation
        place = path if in_navigation else path.rpartition("/")[0]
        said = [meta.get(name) for name in ("kind", "lang", "hide")]
        seen = [in_navigation, place, template, page.is_homepage, *said, bool(meta), bool(page.toc)]
        try:
            key = msgspec.msgpack.encode(seen)
        except TypeError as error:
            raise UnfamiliarError(f"{path}: metadata") from error

        def splice(shape: Shape) -> str:
            parts = self.own.render(shape[1::2], page)
            return "".join(parts[part] if index % 2 else part for index, part in enumerate(shape))

        shape = self.shapes.get(key)
        if shape is None:
            outside = _outside(path, page, in_navigation=in_navigation)
            shape = self.shapes[key] = list(self._foundry().shape(path, outside, template, splice))
        output = splice(shape)
        if not output.strip():
            raise UnfamiliarError(f"{path} is empty")
        return output


def _outside(path: str, page: Known, *, in_navigation: bool) -> Known:
    """A page as templates see it that are rendered once for pages alike."""
    folder = address(path).rpartition("/")[0]
    url = page.url if in_navigation else f"{folder}/any.html".lstrip("/")
    meta = Known(there=bool(page.meta), **{name: page.meta.get(name) for name in ("kind", "lang", "hide")})
    return Known(url=url, is_homepage=page.is_homepage, meta=meta, toc=Headings(there=bool(page.toc)))


def _kept(meta: dict[str, Any]) -> dict[str, Any] | None:
    """Metadata as they can be remembered; None where they would come back as something else."""
    try:
        encoded = msgspec.msgpack.encode(meta)
    except (TypeError, ValueError, OverflowError):
        return None
    # A second decoding into plain values shows what encoding changes, such as dates into texts.
    return meta if _same(msgspec.msgpack.decode(encoded), meta) else None


def _same(one: object, two: object) -> bool:
    if isinstance(one, dict) and isinstance(two, dict):
        return list(one) == list(two) and all(_same(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_same, one, two))
    return type(one) is type(two) and one == two


def _text(data: bytes) -> str:
    """A page's text as MkDocs reads it.

    Raises:
        DoubtfulError: It is none.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DoubtfulError("encoding") from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
