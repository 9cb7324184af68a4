"""The house keeps its shape: one-way imports, known libraries per room, short files and functions, names in data."""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
import jinja2.nodes
from conftest import ARCHIVE, ROOT

from builder.config.project import load_curation

PACKAGE = ROOT / "builder"
SOURCES = sorted(PACKAGE.rglob("*.py"))
IN_ROOMS = [path for path in SOURCES if path != PACKAGE / "__init__.py"]
LIBRARIES = {
    "patterns": set(),
    "numerals": set(),
    "characters": set(),
    "files": set(),
    "data": {"msgspec", "yaml"},
    "cache": {"msgspec"},
    "parallel": {"cloudpickle"},
    "problems": set(),
    "model": set(),
    "paths": set(),
    "languages": set(),
    "mending": {"yaml"},
    "folding": {"opencc"},
    "conversion": {"msgspec", "numpy", "opencc"},
    "config": {"msgspec", "yaml"},
    "containers": {"PIL", "lxml", "msgspec", "pypdfium2", "python_calamine", "warcio"},
    "reading": {"charset_normalizer", "frontmatter", "lxml", "msgspec", "selectolax", "yaml"},
    "markup": {"lxml", "markdown", "markdownify", "nh3", "yaml"},
    "cleaning": {"lxml", "markdown_it", "msgspec", "opencc"},
    "documents": {"lxml", "msgspec"},
    "linking": {"msgspec", "numpy"},
    "archive": {"msgspec"},
    "api": set(),
    "output": {"msgspec"},
    "search": {"msgspec", "numpy", "opencc", "pypinyin", "yaml"},
    "pages": {"jinja2", "markupsafe"},
    "feeds": {"lxml", "markdown", "msgspec"},
    "publishing": {"jinja2", "markdown", "mkdocs", "msgspec", "pathspec", "yaml"},
    "site": {"mkdocs", "msgspec"},
    "scaffold": {"jinja2", "msgspec", "yaml"},
    "commands": {"click", "rich"},
    "__main__": {"click"},
}
"""The rooms in the order in which they may import, each with the libraries that it may use."""
ROOMS = tuple(LIBRARIES)
SHARED = {
    "abs", "batch", "count", "d", "default", "defined", "dictsort", "divisibleby", "e", "endingwith", "escape",
    "even", "false", "first", "groupby", "in", "indent", "int", "items", "iterable", "join", "last", "length",
    "list", "lower", "map", "mapping", "max", "min", "none", "number", "odd", "reject", "rejectattr", "replace",
    "reverse", "round", "safe", "script_tag", "select", "selectattr", "sequence", "slice", "sort", "split",
    "startingwith", "string", "striptags", "sum", "title", "tojson", "trim", "true", "truncate", "undefined",
    "unique", "upper", "url", "urlencode",
}  # fmt: skip
"""Filters and tests that both Jinja and MiniJinja 2 with its companion have; the host gives ``url``, ``script_tag``."""
LONGEST_FILE = 250
LONGEST_FUNCTION = 40


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file; ``from builder import x`` counts as ``builder.x``."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"builder.{alias.name}" for alias in node.names) if node.module == "builder" else [node.module]


def test_imports_go_one_way() -> None:
    """A room imports only itself and rooms that stand before it in the list."""
    assert not [
        (str(path), name)
        for path in IN_ROOMS
        for name in _imports(path)
        if name.startswith("builder.") and ROOMS.index(name.split(".")[1]) > ROOMS.index(_room(path))
    ]


def test_rooms_use_only_their_libraries() -> None:
    """Third-party libraries stay in the rooms that were given them."""
    own = {"builder", *sys.stdlib_module_names}
    assert not [
        (str(path), name)
        for path in IN_ROOMS
        for name in _imports(path)
        if name.split(".")[0] not in own | LIBRARIES[_room(path)]
    ]


def test_files_and_functions_are_short() -> None:
    """No file over 250 lines, no function over 40."""
    assert not [str(path) for path in SOURCES if path.read_text(encoding="utf-8").count("\n") > LONGEST_FILE]
    assert not [
        (str(path), node.name)
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]


def test_the_map_names_every_room() -> None:
    """The package's docstring lists exactly the rooms that exist, in the order in which they may import."""
    docstring = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) or ""
    listed = re.findall(r"^- ``(\w+)``:", docstring, flags=re.MULTILINE)
    assert tuple(listed) == ROOMS
    assert {_room(path) for path in SOURCES} - {"__init__"} == set(ROOMS)


def test_the_maintainers_map_is_the_same() -> None:
    """The maintainers' page lists the same rooms in the same order."""
    page = (ROOT / "docs" / "manual" / "maintainers.md").read_text(encoding="utf-8")
    table = page[page.index("| 房间 |") : page.index("\n\n", page.index("| 房间 |"))]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)) == ROOMS


def test_no_outlet_topic_or_seed_stands_in_the_code() -> None:
    """Names of outlets, their hosts, topics' terms and seed files live in data: those of the tests and real ones."""
    listed = (ROOT / "tests" / "data" / "names.txt").read_text(encoding="utf-8").splitlines()
    curation = load_curation(ARCHIVE)
    names = {path.stem for path in ARCHIVE.seeds.rglob("*.txt")} | set(curation.vocabulary.topics)
    names |= {name for one in curation.sources.values() for name in (one.name, *one.aliases, *one.hosts)}
    names |= {term for topic in curation.vocabulary.topics.values() for term in topic.terms}
    names |= {name for name in listed if not name.startswith("#")}
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert not sorted(name for name in names if name in code)


def test_the_theme_keeps_to_what_jinja_and_minijinja_share() -> None:
    """Filters and tests of the theme's templates are known to both engines, or given by whoever publishes."""
    environment = jinja2.Environment()  # noqa: S701  # nothing is rendered
    for path in sorted((PACKAGE / "theme").rglob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        used = {each.name for kind in (jinja2.nodes.Filter, jinja2.nodes.Test) for each in tree.find_all(kind)}
        assert used <= SHARED, f"{path.name}: {used - SHARED}"
