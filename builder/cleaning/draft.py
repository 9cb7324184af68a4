"""The working state of one cleaning: a tree that rules take pieces from, and what they learned on the way."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from builder.cleaning.body import BodyTree
from builder.cleaning.ledger import Ledger
from builder.cleaning.lines import HEADINGS, Line, above, lines_of
from builder.cleaning.wording import CleaningWords, wording
from builder.config.curation import SourceProfile
from builder.folding import letters
from builder.model.container import OWN_TEXT
from builder.model.post import Candidate, Post
from builder.reading.html_page import is_page
from builder.reading.html_tree import text_of

EDGE_HEAD = 6
"""Lines at the top among which furniture is sought: title, section, byline, date, place, lead image."""
EDGE_TAIL = 12
"""Lines at the end among which furniture is sought; in the 947 posts of the sample it takes up to 11."""


class Draft:
    """One post on its way to an article.

    Attributes:
        post: The raw post.
        root: Its tree.
        is_page: Whether the body is a whole HTML page.
        profile: The outlet's profile, where there is one.
        ledger: What has been taken.
        words: The compiled ``words.yml``.
        credits: Metadata moved out of the text, by field.
        tags: Tags moved out of the text.
        original: Address of the original that the text names.
        headline: The headline as a heading of the body gives it, where the title says it with a suffix.
        pictures: Pictures that came with the post, by the address that their images have for now.
        repeated: Keys of the lines and addresses that this source repeats.
        said: What lines around a page's article say of it.
        summaries: What the page's head says in short, folded, letters and digits alone.
        pictured: Addresses of the pictures that the page's head shows for it.
        host: The site that a page comes from, as its address says, or most of its links.
        printed: The page's text near the article as letters and digits, in which a name may be looked for.
        doubts: Codes of problems that came up on the way.
        notes: Footnotes to which a sign leads.
    """

    def __init__(self, post: Post, body: BodyTree, profile: SourceProfile | None, repeated: frozenset[str]) -> None:
        """Begin with the raw tree."""
        self.post = post
        self.root = body.root
        whole = body.is_page or is_page(post.document.text)
        self.is_page = whole and post.document.kind not in OWN_TEXT
        self.profile = profile
        self.repeated = repeated
        self.ledger = Ledger(body.root, body.shortcodes)
        self.words: CleaningWords = wording()
        self.credits: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.original: str | None = None
        self.headline: str | None = None
        self.said: list[Candidate] = []
        self.doubts: list[str] = []
        self.notes: set[etree._Element] = set()
        self.printed = ""
        self.host = ""
        self.summaries = tuple(letters(said) for said in _said(body.root, _SUMMARIES)) if self.is_page else ()
        self.pictured = _said(body.root, _PICTURES) if self.is_page else ()
        self.pictures: dict[str, bytes] = {}
        self._lines: list[Line] | None = None
        self._texts: list[Line] | None = None
        self._taken = 0

    @property
    def lines(self) -> list[Line]:
        """The lines that are left."""
        if self._lines is None:
            self._lines = lines_of(self.root)
            self._texts = None
        elif self._taken:
            self._lines = [line for line in self._lines if not line.gone]
            self._texts = None
        self._taken = 0
        return self._lines

    @property
    def texts(self) -> list[Line]:
        """The lines that are left and hold text."""
        lines = self.lines
        if self._texts is None:
            self._texts = [line for line in lines if line.text]
        return self._texts

    def take(self, element: etree._Element, rule: str, moved_to: str | None = None) -> None:
        """Take an element out of the tree."""
        self.ledger.take(element, rule, moved_to)
        self._lines = None

    def take_line(self, line: Line, rule: str, moved_to: str | None = None, *, media: bool = False) -> None:
        """Take a line's text, and with ``media`` its images; what else stands in the tree keeps its place.

        A line of a footnote stays: that a sign leads to it says more than how it reads.
        """
        if self.is_note(line):
            return
        self.ledger.take_line(line, rule, moved_to, media=media)
        self._taken += 1
        if media and line.media:
            self._lines = None

    def is_note(self, line: Line) -> bool:
        """Whether a line stands in a footnote to which a sign leads."""
        return bool(self.notes) and not self.notes.isdisjoint(above(line.block))

    def credit(self, field: str, value: str) -> None:
        """Keep a value in the metadata, once."""
        value = value.strip()
        if value and value not in self.credits.setdefault(field, []):
            self.credits[field].append(value)

    def elements(self, *tags: str) -> Sequence[etree._Element]:
        """Elements of the tree, all or those of some tags, in document order, safe to take while looping."""
        return list(self.root.iter(*tags) if tags else self.root.iter("*"))

    def holds(self, element: etree._Element) -> bool:
        """Whether an element is still in the tree: its ancestors may have been taken."""
        for ancestor in element.iterancestors():
            if ancestor is self.root:
                return True
        return element is self.root

    def edge(self) -> Sequence[Line]:
        """Lines of text at the head and the tail."""
        texts = self.texts
        return (*texts[:EDGE_HEAD], *texts[max(EDGE_HEAD, len(texts) - EDGE_TAIL) :])

    def tail(self) -> Sequence[Line]:
        """Lines of text at the end, never the very first."""
        texts = self.texts
        return texts[max(1, len(texts) - EDGE_TAIL) :]


def _said(root: etree._Element, names: frozenset[str]) -> tuple[str, ...]:
    """What a page's head says under some names."""
    named = (meta for meta in root.iter("meta") if (meta.get("property") or meta.get("name") or "").lower() in names)
    return tuple(content for meta in named if (content := meta.get("content") or meta.get("value")))


_SUMMARIES = frozenset(["description", "og:description", "twitter:description"])
_PICTURES = frozenset(["og:image", "twitter:image", "twitter:image:src"])


def unlinked(element: etree._Element) -> int:
    """Characters of an element's text that stand in no link, white space aside."""
    linked = sum(len("".join(text_of(link).split())) for link in element.iter("a"))
    return max(0, len("".join(text_of(element).split())) - linked)


def is_heading(line: Line) -> bool:
    """Whether a line stands in a heading."""
    return line.block.tag in HEADINGS
