"""The engine in the browser and the one in the terminal give the same answers from the same files."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict

import pytest
import yaml
from conftest import ROOT
from playwright.sync_api import Browser, Page
from search_samples import NAMES, RECORDS, opened, written

from builder.folding import fold
from builder.search import query, write_index
from builder.search.characters import characters
from builder.search.foldmap import fold_map

pytestmark = pytest.mark.browser
VECTORS = yaml.safe_load((ROOT / "tests" / "data" / "search_vectors.yml").read_text(encoding="utf-8"))
QUERIES = (
    "林晚", "劉捷", "城市公园昨", "5g技术", "182.28亿元", "82.28", "money20/20", "oney", "扫", "镜湖日报 市委",
    "湖政函2019", "横向到边纵向到底", '"第一记者"', '"第一。记者"', "“居第一” 增资", "湖濱信貸", "lake credit",
    "湖滨信贷昨日增资", "公园", "公园里的大象跳舞", "、。", "", "出门见绿", "绿道 见绿 管护", "水系相通居民出门",
    "镕基林晚", "湖滨信贷昨日增资之后公园城市建设绿道相连水系相通游客扫码导览",
    "湖滨信贷获准增资182.28亿元注册资本居第一",
)  # fmt: skip
EVERY = [chr(code) for code in range(0x20, 0x33480) if not 0xD800 <= code < 0xE000]
OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"limit": 2, "facets": True},
    {"sort": "date", "filters": {"source": "湖滨晚报"}},
    {"filters": {"topic": "loans", "script": "zh-Hant"}, "facets": True},
)


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


@pytest.fixture(scope="module")
def engine(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that has loaded the engine's modules and opened the sample index."""
    folder = tmp_path_factory.mktemp("engine")
    shutil.copytree(ROOT / "builder" / "search" / "assets", folder / "assets")
    written(folder / "data", write_index(RECORDS, NAMES))
    (folder / "index.html").write_text("<!doctype html><title>engine</title>", encoding="utf-8")
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        page.evaluate(
            """async (root) => {
                window.engine = await import("/assets/querying.js");
                window.grams = await import("/assets/grams.js");
                window.characters = await import("/assets/characters.js");
                window.index = window.engine.openIndex("/data/");
                await window.index.open();
                window.whole = new window.characters.Alphabet(root);
            }""",
            _whole_alphabet(),
        )
        yield page
        page.close()
        server.shutdown()


def _whole_alphabet() -> dict[str, object]:
    """What a catalogue says of characters, for an archive that has them all."""
    kinds = characters()
    return {"joined": kinds.joined, "run": kinds.run, "fold": fold_map(fold("".join(EVERY)))}


@pytest.mark.parametrize("options", OPTIONS, ids=json.dumps)
def test_answers_are_alike(engine: Page, options: dict[str, object]) -> None:
    """Hits, order, marks, addresses, totals, counts: everything in an answer is the same."""
    ask = "([texts, options]) => Promise.all(texts.map((text) => engine.search(index, text, options)))"
    answers = engine.evaluate(ask, [QUERIES, options])
    index = opened()
    for text, answer in zip(QUERIES, answers, strict=True):
        assert answer == json.loads(json.dumps(asdict(query(index, text, **options)))), text  # type: ignore[arg-type]


def test_texts_are_read_alike(engine: Page) -> None:
    """The shared examples fold, lose their punctuation and give their keys as in Python."""
    read = """(texts) => texts.map((text) => {
        const plain = whole.plain(text);
        return [plain, grams.neededGrams(whole, plain)];
    })"""
    for vector, (plain, keys) in zip(VECTORS, engine.evaluate(read, [one["text"] for one in VECTORS]), strict=True):
        assert plain == vector["plain"]
        assert sorted(keys) == sorted(vector["keys"])


def test_every_character_folds_alike(engine: Page) -> None:
    """With the whole fold map, each character that both sides' Unicode tables surely know folds as in Python."""
    known = [one for one in EVERY if unicodedata.ucd_3_2_0.category(one) != "Cn"]
    folded = engine.evaluate("(text) => Array.from(text, (one) => whole.fold(one)).join('')", "".join(known))
    assert {
        one: there for one, there, here in zip(known, folded, fold("".join(known)), strict=True) if there != here
    } == {}


def test_a_missing_file_is_an_error_that_names_it(engine: Page) -> None:
    """The browser's engine does not pass over a shard that is gone."""
    said = engine.evaluate(
        """async () => {
            const gone = engine.openIndex("/data/", (url) => fetch(url.replace("/shards/", "/gone/")));
            try { return (await engine.search(gone, "公园")).hits.length; } catch (error) { return error.message; }
        }"""
    )
    assert "shards/" in str(said)
    assert "404" in str(said)


def test_files_are_asked_for_once(engine: Page) -> None:
    """A second query with the same words downloads nothing."""
    counts = engine.evaluate(
        """async () => {
            let asked = 0;
            const counted = engine.openIndex("/data/", (url) => { asked += 1; return fetch(url); });
            await engine.search(counted, "湖滨信贷");
            const first = asked;
            await engine.search(counted, "湖濱信貸");
            return [first, asked];
        }"""
    )
    assert counts[0] > 2
    assert counts[1] == counts[0]
