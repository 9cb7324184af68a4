"""Archives for tests of what machines read, and the files made of them."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
from collections.abc import Mapping
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from conftest import ARCHIVE
from lxml import etree
from samples import article

from builder import markup, paths
from builder.archive.assembly import assemble
from builder.archive.intake import Intake, take_in
from builder.config.curation import Corrections, Entities, Term, Vocabulary
from builder.config.project import Curation, load_curation
from builder.config.settings import Settings
from builder.feeds.generation import MachineFiles
from builder.model.archive import Archive
from builder.output.products import files

SEEDS = sorted(path for path in ARCHIVE.seeds.rglob("*") if path.is_file())
HOSTILE = '<script>alert("1")</script> ]]> & &amp; \x00\x1b "quoted", =1+1\r\nER  - \u2028 {{ x }} 題\U0001f600'
HOME = Settings('档案 <b>&"', HOSTILE, "zh")
SITE = dataclasses.replace(
    HOME,
    site_url="https://example.org/some/archive/",
    tag_date="2024-05",
    contact="editor@example.org",
    extensions=("toc", "tables", "fenced_code", "attr_list"),
)
_BODY = markup.render(f"<p>题目题目题目</p><p>{escape(HOSTILE)} <a href='https://example.org/x'>链接</a></p>", None)


def hostile_archive(seeds: Path, dated: int = 3) -> tuple[Archive, Path]:
    """An archive with a hostile article for each way of being dated, and the folder of its seeds."""
    days = [f"20{10 + number // 12:02}-{1 + number % 12:02}-15" for number in range(dated)]
    articles = [_article(seeds, number, published=day) for number, day in enumerate(days)]
    articles.append(_article(seeds, dated, published=None, source="", author=None, url=None))
    vocabulary = Vocabulary(
        topics={"topic": Term(label=HOSTILE, terms=("题目",)), "empty": Term(label="空", terms=("无",))}
    )
    curation = Curation(sources={}, vocabulary=vocabulary, corrections=Corrections(), entities=Entities())
    return assemble(Intake(tuple(articles), (), ()), curation), seeds


def _article(seeds: Path, number: int, **changes: Any) -> Any:
    content = f"{HOSTILE}{number}".encode()
    (seeds / f"{number}.txt").write_bytes(content)
    fields = {
        "path": f"{number}.txt",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "title": HOSTILE,
        "title_original": f"{HOSTILE}{number}",
        "source": HOSTILE,
        "author": HOSTILE,
        "tags": (HOSTILE, "a | b"),
        "url": f"https://example.org/{number}?a=<b>&c=\"d'",
        "excerpt": HOSTILE,
        "text": f"题目题目题目\n{HOSTILE}",
        "markdown": f"{_BODY.markdown}\n\n![图](../raw/a.png)\n",
    }
    return article(**{**fields, **changes})


@functools.cache
def real_archive() -> Archive:
    """The tests' own archive."""
    curation = load_curation(ARCHIVE)
    return assemble(take_in(ARCHIVE.seeds, curation), curation)


def files_of(archive: Archive, seeds: Path, settings: Settings) -> Mapping[str, bytes]:
    """Every file for machines, by its path below ``docs/``."""
    machines = MachineFiles(archive, settings, release=True)
    products = machines.products()
    raw = {paths.raw(entry.id): (seeds / entry.article.path).read_bytes() for entry in archive.entries}
    raw |= {paths.raw(plan.slug): (seeds / plan.path).read_bytes() for plan in archive.plans}
    with TemporaryDirectory() as name:
        docs = Path(name)
        made = {file.path: file.content for file in files(products) if isinstance(file.content, bytes)}
        for path, content in {**made, **raw}.items():
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_bytes(content)
        for long in machines.lists():
            written = io.BytesIO()
            long.write(written)
            (docs / long.path).write_bytes(made.setdefault(long.path, written.getvalue()))
        digests = {path: hashlib.sha256(content).hexdigest() for path, content in {**made, **raw}.items()}
        for bundle in machines.bundles(docs, digests):
            zipped = io.BytesIO()
            bundle.write(zipped)
            made[bundle.path] = zipped.getvalue()
    digests |= {path: hashlib.sha256(content).hexdigest() for path, content in made.items()}
    sums = next(iter(machines.checksums(digests).make()))
    assert isinstance(sums.content, bytes)
    return {**made, sums.path: sums.content}


def found(tree: etree._Element, path: str, namespaces: Mapping[str, str]) -> list[str]:
    """The texts or attributes that a path finds."""
    return [str(each) for each in cast("list[object]", tree.xpath(path, namespaces=dict(namespaces)))]
