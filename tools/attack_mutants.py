"""Mutants: posts with bytes changed, cut, repeated and mixed. Whatever comes of them, nothing breaks, nothing runs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from builder import cleaning, reading
from builder.documents.judging import judge
from builder.documents.parsing import parse
from builder.parallel.budget import OverBudgetError, budget

SEEDS = Path(__file__).resolve().parents[1] / "tests" / "archive" / "seeds"
_LIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|svg|style|form|input)\b|\]\(\s*(?:javascript|data|vbscript):"
    r"|<[a-z]+[^<>]*\son\w+\s*=",
    re.IGNORECASE,
)
_SPLICES = (
    b"<script>alert(1)</script>", b"<img src=x onerror=alert(1)>", b"---\n", b"+++\n", b"\0", b"\xff\xfe",
    b"\x1b]0;x\a", b"]](javascript:alert(1))", b"<!--", b"<![CDATA[", b"</p></div></table>", b"&#x1b;",
    "\u202e".encode(), b"{{ x }}", b"|" * 99,
)  # fmt: skip
_SECONDS = 10


def mutants(draw: random.Random, number: int) -> Iterator[tuple[str, list[object]]]:
    """So many mutants of the tests' own posts and documents."""
    originals = [path.read_bytes() for path in sorted(SEEDS.iterdir()) if path.is_file()]
    for count in range(number):
        data = mutant(draw, originals)
        try:
            with budget(_SECONDS):
                wrong = _wrong(data)
        except OverBudgetError:
            wrong = [f"more than {_SECONDS} s: {data[:200]!r}"]
        except Exception as error:  # noqa: BLE001  # any is what is looked for
            wrong = [f"{type(error).__name__}: {error}: {data[:200]!r}"]
        yield f"mutant {count}", wrong


def mutant(draw: random.Random, originals: list[bytes]) -> bytes:
    """A file that once was a post."""
    data = bytearray(draw.choice(originals))
    for _ in range(draw.randint(1, 12)):
        draw.choice(_CHANGES)(data, draw.randrange(len(data) + 1), draw, originals)
    return bytes(data)


def _flip(data: bytearray, place: int, draw: random.Random, _: list[bytes]) -> None:
    if data:
        data[place % len(data)] = draw.getrandbits(8)


def _cut(data: bytearray, place: int, draw: random.Random, _: list[bytes]) -> None:
    del data[place : place + draw.randint(1, 200)]


def _splice(data: bytearray, place: int, draw: random.Random, _: list[bytes]) -> None:
    data[place:place] = draw.choice(_SPLICES)


def _repeat(data: bytearray, place: int, draw: random.Random, _: list[bytes]) -> None:
    data[place:place] = data[place : place + draw.randint(1, 400)] * draw.randint(1, 4)


def _mix(data: bytearray, place: int, draw: random.Random, originals: list[bytes]) -> None:
    other = draw.choice(originals)
    begin = draw.randrange(len(other))
    data[place:place] = other[begin : begin + draw.randint(1, 500)]


def _end(data: bytearray, _: int, draw: random.Random, __: list[bytes]) -> None:
    del data[draw.randint(len(data) // 4, len(data)) :]


_CHANGES = (_flip, _cut, _splice, _repeat, _mix, _end)


def _wrong(data: bytes) -> list[object]:
    document, _ = reading.decode_document(data, "a.md")
    if document is None:
        return []
    if judge(document.text, document.path).is_document:
        parse(document)
        return []
    article = cleaning.clean(reading.parse_post(document), {})
    wrong: list[object] = []
    if any(problem.code == "ledger-mismatch" for problem in article.problems):
        wrong.append(f"text is lost: {data[:200]!r}")
    unescaped = re.sub(r"\\.|&[a-z]+;|`[^`]*`", "", re.sub(r"<pre>.*?</pre>", "", article.markdown, flags=re.DOTALL))
    if found := _LIVE.search(unescaped):
        wrong.append(f"live markup {found[0]!r}: {data[:200]!r}")
    return wrong
