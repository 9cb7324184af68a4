"""One page's Markdown to HTML as MkDocs does it, with one Markdown instance for all pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit, urlunsplit

import msgspec
import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify, slugify_unicode
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE

from builder.publishing.addresses import address, relative
from builder.publishing.blocks import FamiliarBlocks, FewerBlanks, FewerFences, PlainInline
from builder.publishing.unfamiliar import DoubtfulError, UnfamiliarError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EXTENSIONS: Mapping[str, type[Extension]] = {
    "attr_list": AttrListExtension,
    "def_list": DefListExtension,
    "fenced_code": FencedCodeExtension,
    "sane_lists": SaneListExtension,
    "tables": TableExtension,
    "toc": TocExtension,
}
"""Extensions that keep nothing from one page to the next. By name, so that no record can name code to be run."""
FUNCTIONS: Mapping[str, Callable[..., str]] = {"slugify": slugify, "slugify_unicode": slugify_unicode}
"""Functions that an extension's settings may name."""

_FRONT_MATTER = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_META_LINE = re.compile(r"^[ ]{0,3}[A-Za-z0-9_-]+:\s*")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Converted(msgspec.Struct, frozen=True, array_like=True):
    """What a page's Markdown became.

    Attributes:
        content: HTML.
        toc: Headings as (title as HTML, id, level, children).
        title: Text of the heading that opens the page.
        links: Paths below ``docs/`` that it links to, each with ``#`` and the anchor where it names one.
        meta: The page's metadata, where they can be kept.
    """

    content: str
    toc: list[Any]
    title: str | None
    links: list[str]
    meta: dict[str, Any] | None = None


def front_matter(source: str) -> tuple[str, dict[str, Any]]:
    """Part a page into Markdown and metadata, as ``mkdocs.utils.meta`` does.

    Raises:
        UnfamiliarError: The metadata are of an older kind, lines before the first blank one.
    """
    if found := _FRONT_MATTER.match(source):
        try:
            data = yaml.load(found[1], _Loader)  # noqa: S506  # the safe loader, written in C where there is one
        except Exception:  # noqa: BLE001  # MkDocs takes whatever fails here for text
            return source, {}
        return (source[found.end() :].lstrip("\n"), data) if isinstance(data, dict) else (source, {})
    if _META_LINE.match(source):
        raise UnfamiliarError("metadata")
    first = source.replace("\r\n", "\n").replace("\r", "\n")
    head, _, rest = first.partition("\n")
    return (rest if not head.strip() else first).lstrip("\n"), {}


class Converter:
    """Converts page after page."""

    def __init__(self, extensions: Sequence[str], settings: Mapping[str, Mapping[str, Any]]) -> None:
        """Prepare with extensions and their settings, as ``Facts`` has them."""
        self.md = Markdown(extensions=[EXTENSIONS[name](**_named(settings.get(name, {}))) for name in extensions])
        self.md.preprocessors.register(FamiliarBlocks(self.md), "html_block", 20)
        self.md.preprocessors.register(FewerBlanks(self.md), "normalize_whitespace", 30)
        if "fenced_code" in extensions:
            fences = cast("FencedBlockPreprocessor", self.md.preprocessors["fenced_code_block"])
            self.md.preprocessors.register(FewerFences(fences), "fenced_code_block", 25)
        self.md.treeprocessors.register(PlainInline(self.md), "inline", 20)
        self._links = _Links(self.md)
        self._title = _Title(self.md)
        self.md.treeprocessors.register(self._title, "first_heading", 1)
        self.md.treeprocessors.register(self._links, "relative_links", 0)

    def convert(self, markdown: str, path: str, exists: Callable[[str], bool]) -> Converted:
        """Convert one page.

        Args:
            markdown: Its text without metadata.
            path: Where it lies below ``docs/``.
            exists: Whether a path below ``docs/`` is published.

        Raises:
            DoubtfulError: It has a link that MkDocs would warn of.
        """
        self.md.reset()
        self._links.begin(path, exists)
        self._title.found = None
        content = self.md.convert(markdown)
        toc = [_heading(token) for token in getattr(self.md, "toc_tokens", [])]
        return Converted(content, toc, self._title.found, sorted(self._links.found))


def _named(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of an extension, with the functions that they name."""
    return {key: FUNCTIONS[value[1:]] if _is_function(value) else value for key, value in settings.items()}


def _is_function(value: object) -> bool:
    return isinstance(value, str) and value.startswith("!")


def _heading(token: Mapping[str, Any]) -> list[Any]:
    return [token["name"], token["id"], token["level"], [_heading(child) for child in token["children"]]]


class _Title(Treeprocessor):
    """Reads the text of a heading that opens the page, as MkDocs does."""

    found: str | None = None

    def run(self, root: Element) -> None:
        if not len(root) or root[0].tag != "h1":
            return
        if any(element.tag in ("sup", "img", "a") for element in root[0].iter()):
            raise UnfamiliarError("heading")
        text = UnescapeTreeprocessor().unescape(self.md.serializer(root[0]))
        text = text[text.index(">") + 1 : text.rindex("<")].strip()
        for step in self.md.postprocessors:
            text = step.run(text)
        self.found = " ".join(re.sub(r"<[^>]*>", "", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)).split())


class _Links(Treeprocessor):
    """Turns links to files below ``docs/`` into addresses, and remembers where they lead."""

    def begin(self, path: str, exists: Callable[[str], bool]) -> None:
        self._path, self._exists, self.found = path, exists, set[str]()

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("a", "img"):
                key = "href" if element.tag == "a" else "src"
                url = element.get(key)
                if url is None:
                    raise DoubtfulError("link")
                element.set(key, self._address(url))

    def _address(self, url: str) -> str:
        scheme, host, path, query, anchor = urlsplit(url)
        if scheme or host or AMP_SUBSTITUTE in url:
            return url
        if not path and not url.startswith("\\"):
            if anchor:
                self.found.add(f"{self._path}#{anchor}")
            return url
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self._path), unquote(path)).lstrip("/"))
        if url.startswith(("/", "\\")) or not self._exists(target):
            raise DoubtfulError("link")
        self.found.add(f"{target}#{anchor}" if anchor else target)
        return urlunsplit(("", "", relative(address(target), address(self._path)), query, anchor))
