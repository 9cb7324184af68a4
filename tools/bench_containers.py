"""What opening files costs: how each kind's time grows, a crawl's memory, the start of a command, pictures at rest.

Every figure is a ratio of processor times within one run, or memory, or a count: a busy machine disturbs none of them.
"""

from __future__ import annotations

import base64
import gc
import io
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import container_samples as made
from hostile_containers import HOSTILE

from builder.containers import open_bytes

BASE = "8b972d4"
"""Before any container was read."""
STARTS = 15
WARC_MEGABYTES = 100
LIMITS = {"growth": 2.4, "start": 1.03, "warc": 300}
_LEAST = 0.15
"""Seconds of processor time from which a ratio counts."""
_CRAWL = (
    "import sys; from pathlib import Path; from builder.containers import open_file;"
    "found = open_file(Path(sys.argv[1]), 'crawl.warc');"
    "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0];"
    "print(len(found.parts), int(peak) // 1024)"
)
"""Not by ``ru_maxrss``, in which a process that was started here begins with our own memory."""


def _text(number: int) -> str:
    return f"<p>第{number}段：运河沿线的村民说，今年的水比去年深，船也多了。</p>"


def _pdf(pages: int) -> bytes:
    line = "this line of the report is filled up to the margin by words"
    text = "".join(f"BT /F1 11 Tf 72 {760 - 16 * row} Td ({line}) Tj ET\n" for row in range(40))
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return made._pdf_of(  # noqa: SLF001  # the tests' own
        ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
         "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
         f"<< /Length {len(text)} >>\nstream\n{text}endstream", *[page] * pages]
    )  # fmt: skip


def _packed(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return buffer.getvalue()


def _epub(chapters: int) -> bytes:
    names = [f"c{number}.xhtml" for number in range(chapters)]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    opf = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>'
    root = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf"/>'
    body = "".join(map(_text, range(40)))
    return _packed({"META-INF/container.xml": f"{root}</rootfiles></container>", "a.opf": opf}
                   | dict.fromkeys(names, f"<html><body>{body}</body></html>"))  # fmt: skip


def _feed(items: int) -> bytes:
    item = "<item><title>甲</title><guid>{0}</guid><description>&lt;p&gt;{0}&lt;/p&gt;</description></item>"
    return f"<rss version='2.0'><channel>{''.join(item.format(n) for n in range(items))}</channel></rss>".encode()


def _notes(notes: int) -> bytes:
    note = "<note><title>甲{0}</title><content><![CDATA[<en-note><div>{0}</div></en-note>]]></content></note>"
    return f"<en-export>{''.join(note.format(number) for number in range(notes))}</en-export>".encode()


KINDS: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "mhtml": ("a.mhtml", lambda n: made.mhtml(made.page(body="".join(map(_text, range(80 * n)))))),
    "eml": ("a.eml", lambda n: made.mail("".join(map(_text, range(80 * n))))),
    "docx": ("a.docx", lambda n: made.docx("".join(made.paragraph(f"第{p}段。") for p in range(40 * n)))),
    "pdf": ("a.pdf", _pdf),
    "zip": ("a.zip", lambda n: _packed({f"{p}.md": f"# {p}\n\n正文。" for p in range(20 * n)})),
    "epub": ("a.epub", _epub),
    "feed": ("a.xml", lambda n: _feed(20 * n)),
    "json": ("a.json", lambda n: json.dumps({"version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": str(p), "content_html": _text(p)} for p in range(20 * n)]}).encode()),
    "enex": ("a.enex", lambda n: _notes(20 * n)),
    "warc": ("a.warc", lambda n: made.warc({f"https://e.org/{p}": made.page() for p in range(10 * n)})),
    "csv": ("a.csv", lambda n: "甲,乙,丙\n".encode() + "一,二,三\n".encode() * (100 * n)),
    "png": ("a.png", lambda n: made.png(400, 20 * n)),
}  # fmt: skip
"""Of each kind a file's name, and what makes one of some size."""


def growth() -> bool:
    """How much more twice the input costs, for each kind."""
    good = True
    for kind, (name, make) in KINDS.items():
        size = 4
        while _opening(make(size), name, 1) < _LEAST and size < 1 << 12:
            size *= 2
        took = [_opening(make(size * times), name, 3) for times in (1, 2, 4)]
        # Memory and its neighbours make a ratio of their own once; work that grows faster shows in both.
        ratio = min(took[1] / took[0], took[2] / took[1])
        good &= _say(f"{kind}: {len(make(size)) // 1024} KB, twice", ratio, LIMITS["growth"], "x")
    return good


def _opening(data: bytes, name: str, times: int) -> float:
    """The least time of several."""
    return min(_seconds(partial(open_bytes, data, name)) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    before = _worked()
    work()
    return _worked() - before


def _worked() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def crawl(folder: Path) -> bool:
    """The memory that a large crawl takes."""
    chance = random.Random(1)  # noqa: S311  # the same bytes each time
    noise = made.page(body="".join(f"<p>{chance.randbytes(300).hex()}</p>" for _ in range(150)))
    file = folder / "crawl.warc"
    with file.open("wb") as stream:
        number = 0
        while stream.tell() < WARC_MEGABYTES << 20:
            stream.write(made.warc({f"https://e.org/{number}": f"{noise}{number}"}, compressed=False))
            picture = chance.randbytes(200_000)
            head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://e.org/{number}.jpg\r\n"
            stream.write(f"{head}Content-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n".encode())
            stream.write(picture + b"\r\n\r\n")
            number += 1
    pages, memory = subprocess.check_output([sys.executable, "-c", _CRAWL, str(file)], cwd=ROOT, text=True).split()
    return _say(f"crawl of {WARC_MEGABYTES} MB, {pages} pages", float(memory), LIMITS["warc"], " MB")


def start(folder: Path) -> bool:
    """How long a command takes to start and read one post, against the base."""
    old = folder / "base"
    old.mkdir()
    packed = subprocess.run(["git", "archive", BASE, "builder"], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        print(f"start: {BASE} is not in this clone")
        return True
    subprocess.run(["tar", "-x", "-C", str(old)], input=packed.stdout, check=True)
    post = folder / "post.md"
    post.write_text("---\ntitle: 甲\ndate: 2020-01-01\n---\n\n正文。\n", encoding="utf-8")

    def took(root: Path) -> float:
        command = [sys.executable, "-m", "builder", "convert", str(post)]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        return _seconds(lambda: subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True))

    for root in (old, ROOT):
        took(root)
    pairs = [(took(old), took(ROOT)) for _ in range(STARTS)]
    ratio = min(new for _, new in pairs) / min(before for before, _ in pairs)  # what a busy machine adds is never less
    return _say("start of convert against the base", ratio, LIMITS["start"], "x")


def pictures(folder: Path) -> bool:
    """How many pictures a build touches where nothing has changed, and where one post has."""
    root = folder / "archive"
    shutil.copytree(ROOT / "tests" / "archive", root)
    inside = [base64.b64encode(made.png(60 + number, 60)).decode() for number in range(20)]
    for number, picture in enumerate(inside):
        text = made.page(f"第{number}篇", body=f'{made.BODY}<img src="data:image/png;base64,{picture}">')
        (root / "seeds" / f"p{number}.html").write_text(text, encoding="utf-8")
    before = _built(root)
    touched = len(before.items() ^ _built(root).items())
    (root / "seeds" / "new.md").write_text("---\ntitle: 新\ndate: 2021-01-01\n---\n\n正文。\n", encoding="utf-8")
    touched += len(before.items() ^ _built(root).items())
    return _say(f"{len(before)} pictures, touched by two builds", touched, 0, "")


def _built(root: Path) -> dict[str, int]:
    command = [sys.executable, "-m", "builder", "build"]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    if done.returncode not in {0, 1}:
        sys.exit(done.stderr.decode())
    return {
        str(file): file.stat().st_mtime_ns for place in ("docs", "site") for file in (root / place).rglob("pictures/*")
    }


def hostile() -> bool:
    """How many hostile containers are neither read nor reported, or take longer than a step may."""
    bad = [
        name for name, data in HOSTILE.items()
        if not any((found := open_bytes(data, name)).parts or found.problems for _ in range(1))
    ]  # fmt: skip
    return _say(f"{len(HOSTILE)} hostile containers, without a line", len(bad), 0, "")


def _say(what: str, value: float, limit: float, unit: str) -> bool:
    good = value <= limit
    print(f"{what:45} {value:8.2f}{unit} (at most {limit:g}{unit}){'' if good else '  MISSED'}", flush=True)
    return good


def main() -> None:
    """Print each figure beside its limit; end with 1 where one is missed."""
    with tempfile.TemporaryDirectory(prefix="containers-") as name:
        folder = Path(name)
        parts: Mapping[str, Callable[[], bool]] = {
            "growth": growth, "crawl": lambda: crawl(folder), "start": lambda: start(folder),
            "pictures": lambda: pictures(folder), "hostile": hostile,
        }  # fmt: skip
        wanted = sys.argv[1:] or list(parts)
        missed = [part for part in wanted if not parts[part]()]
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
