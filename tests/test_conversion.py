"""The other script: what a reader's browser makes of a text is what OpenCC makes of it, quotation marks aside."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import opencc
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from builder.cache import Store
from builder.conversion import dictionary, needed, prepare, together
from builder.conversion.tables import DIRECTIONS, load

SCRIPT = ROOT / "builder" / "theme" / "assets" / "javascripts" / "switch.js"
CORPUS = ROOT.parent / "shared" / "corpus"
LARGEST = 25_000
"""Bytes of the dictionary, compressed: ten times as many texts need three times as much."""
CONFIGURATION = {each.other: each.configuration for each in DIRECTIONS}
MARKS = re.compile("[“”‘’「」『』]")
Convert = Callable[[str, list[str]], list[str]]

prepare(Store(None))
TABLES = load(Store(None))
PIECES = st.lists(
    st.one_of(st.sampled_from(sorted(TABLES[0].special)), st.sampled_from(sorted(TABLES[0].phrases)[::7])), max_size=8
)


@pytest.fixture(scope="module")
def convert(chromium: Browser) -> Iterator[Callable[[bytes], Convert]]:
    """Gives, for a dictionary, what the script makes of texts."""
    page = chromium.new_page()
    page.add_script_tag(path=SCRIPT)

    def with_dictionary(data: bytes) -> Convert:
        page.evaluate("data => { window.parts = JSON.parse(data) }", data.decode())
        script = "([from, texts]) => texts.map(chineseConverter(window.parts[from]))"
        return lambda language, texts: page.evaluate(script, [language, texts])

    yield with_dictionary
    page.close()


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("理发与发展", "理髮與發展"),
        ("干部在里面吃干粮", "幹部在裡面吃乾糧"),
        ("皇后以后", "皇后以後"),
        ("他说“好”，又说‘行’", "他說「好」，又說『行』"),
        ("信息网络软件", "信息網絡軟件"),
        ("Ant Group’s 应用", "Ant Group’s 應用"),
        ("字符⿹气奥又", "字符⿹气奥又"),
    ],
)
def test_phrases_decide_and_words_stay(convert: Callable[[bytes], Convert], simplified: str, traditional: str) -> None:
    """A character follows its phrase, marks follow the script, no word is swapped; apostrophes are no marks."""
    own = convert(dictionary(together([needed(simplified), needed(traditional)])))
    assert own("zh-Hans", [simplified]) == [traditional]
    assert own("zh-Hant", [traditional]) == [simplified]


def test_a_browser_converts_the_corpus_as_opencc_does(convert: Callable[[bytes], Convert]) -> None:
    """Every line of every text, both ways, with one dictionary cut down to these texts, small enough to be sent."""
    files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    if not files:
        pytest.skip("no corpus here")
    lines = {"zh-Hans": sorted({line for path in files for line in _text(path).split("\n")})}
    lines["zh-Hant"] = sorted({_by_opencc("s2tw", line) for line in lines["zh-Hans"]})
    data = dictionary(together(needed("\n".join(lines[each])) for each in lines))
    assert len(gzip.compress(data)) < LARGEST
    own = convert(data)
    for language, texts in lines.items():
        made = own(language, texts)
        wrong = [
            (text, new)
            for text, new in zip(texts, made, strict=True)
            if MARKS.sub("", new) != MARKS.sub("", _by_opencc(CONFIGURATION[language], text))
        ]
        assert not wrong[:3]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r", "").replace("\x00", "")


def _by_opencc(configuration: str, text: str) -> str:
    made: str = _KNOWN[configuration].convert(text)
    return made


_KNOWN = {name: opencc.OpenCC(name) for name in ("s2tw", "tw2s")}


@settings(deadline=None)
@given(PIECES, PIECES)
def test_what_other_texts_need_changes_nothing(pieces: list[str], others: list[str]) -> None:
    """A text comes out as by OpenCC whatever else stands in the dictionary; phrases next to each other included."""
    text = "".join(pieces)
    part = json.loads(dictionary(together([needed(text), *map(needed, others), needed("".join(others))])))["zh-Hans"]
    assert _converted(text, part) == _KNOWN["s2tw"].convert(text)


def _converted(text: str, part: dict[str, str]) -> str:
    """What the script does, in Python."""
    words = part["phrases"].split(" ") if part["phrases"] else []
    whole = dict(zip(words[::2], words[1::2], strict=True))
    single = dict(zip(part["characters"][::2], part["characters"][1::2], strict=True))
    made, start = "", 0
    while start < len(text):
        found = next((text[start : start + n] for n in range(16, 1, -1) if text[start : start + n] in whole), "")
        made += whole[found] if found else single.get(text[start], text[start])
        start += len(found) or 1
    return made
