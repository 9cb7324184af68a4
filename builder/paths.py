"""Where everything lies below ``docs/`` and on the site: the one list of generated places, and relative links."""

from __future__ import annotations

import posixpath
from functools import lru_cache

GENERATED = (
    "index.md",
    "articles",
    "sources",
    "topics",
    "plans",
    "data",
    "raw",
    "pictures",
    "feeds",
    "search",
    "variants",  # what an earlier version left here is removed
    "scripts",
    "timeline.md",
    "robots.txt",
    "SHA256SUMS",
)
"""Files and folders of ``docs/`` that belong to the builder; all else there is written by hand."""

HOME = "index.md"
ARTICLES = "articles/index.md"
SOURCES = "sources/index.md"
TOPICS = "topics/index.md"
PLANS = "plans/index.md"
SEARCH = "search/index.md"
OPENSEARCH = "search/opensearch.xml"
TIMELINE = "timeline.md"
BROWSE_ROWS = "articles/rows.json"
DATA = "data/index.md"
ARCHIVE_JSON = "data/archive.json"
ARCHIVE_CSV = "data/archive.csv"
EXCEL_CSV = "data/archive-excel.csv"
CATALOGUE = "data/catalogue.json"
ARCHIVE_ZIP = "data/archive.zip"
OAI = "data/oai-pmh.xml"
CHECKSUMS = "SHA256SUMS"
ROBOTS = "robots.txt"
SCRIPTS = "scripts/dictionary.json"
FEED = "feeds/archive"
"""The feed of all articles, without suffix: ``.xml`` is Atom, ``.json`` JSON Feed."""


def article(identifier: str) -> str:
    """An article's page."""
    return f"articles/{identifier}.md"


def source(slug: str) -> str:
    """A source's page."""
    return f"sources/{slug}.md"


def topic(slug: str) -> str:
    """A topic's page."""
    return f"topics/{slug}.md"


def plan(slug: str, page: str = "index") -> str:
    """A page of a plan."""
    return f"plans/{slug}/{page}.md"


def raw(identifier: str) -> str:
    """A raw seed; always ``.txt``, so that no browser runs what a crawler saved."""
    return f"raw/{identifier}.txt"


def version(identifier: str, sha256: str) -> str:
    """An older version of an article."""
    return f"articles/{identifier}/{sha256[:10]}.md"


def raw_container(sha256: str) -> str:
    """A container as it was found, where the archive publishes them; ``.bin`` is a type that no browser opens."""
    return f"raw/{sha256[:32]}.bin"


def picture(name: str) -> str:
    """A picture that came with an article."""
    return f"pictures/{name}"


def feed(folder: str, slug: str) -> str:
    """The feed of a source or topic, without suffix."""
    return f"feeds/{folder}/{slug}"


def article_records(month: str) -> str:
    """The articles of a month, ``2021-04``, for machines; those without a date are of the month ``undated``."""
    return f"data/articles/{month}.json"


def year_zip(year: str) -> str:
    """Everything of a year in one file."""
    return f"data/archive-{year}.zip"


def plan_record(slug: str) -> str:
    """A plan for machines."""
    return f"data/plans/{slug}.json"


def schema(name: str) -> str:
    """The JSON Schema of a kind of file."""
    return f"data/schemas/{name}.schema.json"


def numbered(page: str, number: int) -> str:
    """An older part of a paged list; 0 is the page itself."""
    return page if number == 0 else f"{page.removesuffix('.md')}-{number}.md"


def link(here: str, there: str) -> str:
    """A relative link from one page below ``docs/`` to a page or file, so that the site works under any sub-path."""
    path, mark, fragment = there.partition("#")
    published = f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path
    folder, slash, _ = here.rpartition("/")
    if published.startswith(folder + slash):
        return published[len(folder + slash) :] + mark + fragment
    parent, _, name = published.rpartition("/")
    return f"{_way(folder, parent)}{name}{mark}{fragment}"


@lru_cache(4096)
def _way(here: str, there: str) -> str:
    """From one folder to another; there are few of them, and an article's page alone has twenty links."""
    return posixpath.relpath(there or ".", here or ".") + "/"


def is_generated(path: str) -> bool:
    """Whether a path below ``docs/`` belongs to the builder."""
    return any(path == place or path.startswith(f"{place}/") for place in GENERATED)
