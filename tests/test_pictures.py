"""Pictures beside posts, in pages and in containers: published without what they say of place and maker."""

from __future__ import annotations

import base64
import io
import re
import struct
from pathlib import Path

import container_samples as made
import pytest
from conftest import ArchiveMaker, run_builder
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from builder.archive.intake import take_in
from builder.config.project import load_curation
from builder.containers.picture_formats import NoPictureError, bare
from builder.containers.pictures import publishable
from builder.containers.sniffing import sniff

HEAD = "---\ntitle: 甲\ndate: 2020-01-01\nurl: https://news.example.cn/other/1.html\n---\n"
SECRET = b"GPS 30.1234N 120.5678E, camera of Wang Xiaoming"


def drawn(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture with a gradient, in one of the formats."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """A JPEG file as a camera writes it: with EXIF, a comment, XMP, and something behind its end."""
    plain = drawn("JPEG")
    entry = struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + entry + SECRET
    segments = [(0xE1, exif), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET), (0xFE, SECRET), (0xED, SECRET)]
    said = b"".join(bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2) + data for marker, data in segments)
    return plain[:2] + said + plain[2:] + b"<script>" + SECRET


class TestFormats:
    """What is kept of a picture."""

    def test_a_photograph_keeps_its_picture_and_its_way_up_alone(self) -> None:
        """Place, maker, comments and what stands behind the end are gone; every pixel and the orientation stay."""
        clean, width, height = bare(photograph(), "jpeg")
        assert SECRET not in clean
        assert b"<script>" not in clean
        assert (width, height) == (40, 60)  # as it is shown: the camera lay on its side
        with Image.open(io.BytesIO(clean)) as after, Image.open(io.BytesIO(drawn("JPEG"))) as before:
            assert after.tobytes() == before.tobytes()
            assert after.getexif()[0x0112] == 6

    @pytest.mark.parametrize("kind", ["png", "gif", "webp", "jpeg"])
    def test_each_format_loses_nothing_that_is_seen(self, kind: str) -> None:
        """Stripped twice it is the same, and shows what it showed."""
        data = drawn(kind.upper())
        clean, width, height = bare(data, kind)
        assert bare(clean, kind) == (clean, width, height)
        assert (width, height) == (60, 40)
        with Image.open(io.BytesIO(clean)) as after, Image.open(io.BytesIO(data)) as before:
            assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()

    @given(st.sampled_from(["jpeg", "png", "gif", "webp"]), st.data())
    def test_a_damaged_picture_is_refused_or_read(self, kind: str, data: st.DataObject) -> None:
        """Cut off or changed anywhere, nothing but a refusal comes of it, and it ends."""
        picture = bytearray(made.png() if kind == "png" else _SAMPLES[kind])
        place = data.draw(st.integers(0, len(picture) - 1))
        picture[place] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(0, len(picture)))
        for damaged in (bytes(picture), bytes(picture[:cut])):
            try:
                bare(damaged, kind)
            except NoPictureError:
                continue

    def test_a_large_picture_is_made_smaller(self) -> None:
        """No wider than a page shows it on a screen of double density."""
        large = publishable(drawn("PNG", (4000, 3000)))
        assert large.width == 1600
        assert large.height == 1200
        assert sniff(large.data) == Path(large.name).suffix.replace("jpg", "jpeg").removeprefix(".")

    @pytest.mark.parametrize("kind", ["TIFF", "BMP"])
    def test_what_browsers_do_not_show_is_made_what_they_do(self, kind: str) -> None:
        """As JPEG or PNG."""
        assert sniff(publishable(drawn(kind)).data) in {"jpeg", "png"}


_SAMPLES = {kind: drawn(kind.upper()) for kind in ("jpeg", "gif", "webp")}


class TestFound:
    """Where pictures come from."""

    def test_from_everywhere_a_picture_can_lie(self, make_archive: ArchiveMaker) -> None:
        """Beside a post, in a page's folder (renamed, too), in the page, in MHTML, ZIP and Word: all are published."""
        png = [made.png(shade=10 * number) for number in range(8)]
        inside = f"data:image/png;base64,{base64.b64encode(png[2]).decode()}"
        relation = '<Relationship Id="r1" Target="media/a.png"/>'
        word = (
            '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="r1"/>'
            "</w:drawing></w:r></w:p>"
        )
        shown: dict[str, str | bytes] = {
            "甲.md": f"{HEAD}{made.SENTENCES[0]}\n\n![钟楼](images/%E9%92%9F.png)\n",
            "乙.html": made.page("乙", made.BODY + '<img src="./旧名_files/b.png">'),
            "丙.html": made.page("丙", made.BODY + f'<img src="{inside}" data-src="https://img.example.cn/c.png">'),
            "丁.mhtml": made.mhtml(
                made.page("丁", made.BODY + '<img src="d.png">'),
                pictures={"https://news.example.cn/canal/2023/d.png": png[3]},
            ),
            "戊.zip": made.packed(
                {"戊/戊.html": made.page("戊", made.BODY + '<img src="p/e.png">'), "戊/p/e.png": png[4]}
            ),
            "己.docx": made.docx(
                made.paragraph(made.SENTENCES[0]) + word, files={"word/media/a.png": png[5]}, relations=relation
            ),
        }
        project = make_archive({
            **shown, "images/钟.png": png[0], "乙_files/b.png": png[1], "乙_files/x.js": "x", "扫描.png": png[6],
            "扫描.png.txt": "第一行文字。\n第二行文字。",
        })  # fmt: skip
        done = run_builder(project, "build")
        assert done.code == 0, done.err
        intake = take_in(project.seeds, load_curation(project))
        held = {each.path: len(each.pictures) for each in intake.articles}
        assert held == dict.fromkeys([*shown, "扫描.png"], 1)
        scan = next(each for each in intake.articles if each.path == "扫描.png")
        assert scan.text == "第一行文字。\n第二行文字。"
        site = project.root / "site"
        for article in intake.articles:
            (name,) = article.pictures
            assert (site / "pictures" / name).read_bytes() in {bare(each, "png")[0] for each in png}
            assert f"../pictures/{name}" in article.markdown
        pages = "".join(path.read_text(encoding="utf-8") for path in (site / "articles").glob("*.html"))
        assert len(re.findall(r'<img[^>]+src="\.\./pictures/', pages)) == 7

    def test_no_address_leads_out(self, make_archive: ArchiveMaker) -> None:
        """Neither a path upwards nor a link shows a file that is not the archive's."""
        post = f"{HEAD}{made.SENTENCES[0]}\n\n![a](../mkdocs.png) ![b](link.png) ![c](/etc/c.png)\n"
        project = make_archive({"甲.md": post, "x.md": "x"})
        (project.root / "mkdocs.png").write_bytes(made.png())
        (project.seeds / "link.png").symlink_to(project.root / "mkdocs.png")
        intake = take_in(project.seeds, load_curation(project))
        assert [each.pictures for each in intake.articles if each.path == "甲.md"] == [()]

    def test_a_second_build_touches_no_picture(self, make_archive: ArchiveMaker) -> None:
        """Nothing new, nothing written; another picture under the same name is seen."""
        post = f"---\ntitle: 甲\ndate: 2020-01-01\n---\n{made.SENTENCES[0]}\n\n![a](a.png)\n"
        project = make_archive({"甲.md": post, "a.png": made.png()})
        assert run_builder(project, "build").code == 0
        (first,) = (project.docs / "pictures").iterdir()
        times = {path: path.stat().st_mtime_ns for path in project.root.rglob("pictures/*")}
        assert run_builder(project, "build").code == 0
        assert {path: path.stat().st_mtime_ns for path in project.root.rglob("pictures/*")} == times
        (project.seeds / "a.png").write_bytes(made.png(shade=7))
        assert run_builder(project, "build").code == 0
        (second,) = (project.docs / "pictures").iterdir()
        assert second.name != first.name


class TestPrivacy:
    """What is not published."""

    def test_containers_have_no_raw_file_and_can_be_verified(self, make_archive: ArchiveMaker) -> None:
        """Neither mail nor photographs nor Word's own data stand anywhere on the site; the digest does."""
        project = make_archive({
            "信.eml": made.mail(made.page("信", made.BODY)),
            "甲.md": f"---\ntitle: 甲\ndate: 2020-01-01\n---\n{made.SENTENCES[0]}\n\n![a](a.jpg)\n",
            "a.jpg": photograph(),
            "册.zip": made.packed({"一.txt": "甲" * 99, "二.txt": "乙" * 99, "meta.xml": SECRET.decode()}),
        })  # fmt: skip
        done = run_builder(project, "build")
        assert done.code == 0, done.err
        site = project.root / "site"
        published = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for secret in (SECRET, b"4711", "王小明".encode(), b"bulletin@"):
            assert not [path for path, data in published.items() if secret in data]
        assert {path.suffix for path in (site / "raw").iterdir()} == {".txt"}
        assert len(list((site / "raw").iterdir())) == 1
        assert run_builder(project, "verify", "site").code == 0
        page = next(
            path for path, data in published.items() if path.parent.name == "articles" and "二.txt".encode() in data
        )
        page.write_text(page.read_text(encoding="utf-8").replace("二.txt", "三.txt"), encoding="utf-8")
        assert run_builder(project, "verify", "site").code == 1

    def test_the_settings_may_ask_for_containers(self, make_archive: ArchiveMaker) -> None:
        """Then each is there once, under a type that no browser runs."""
        project = make_archive({"册.zip": made.packed({"一.txt": "甲" * 99, "二.txt": "乙" * 99})})
        settings = project.mkdocs.read_text(encoding="utf-8")
        extra = "extra:\n  archive:\n    raw: all\n"
        settings = (
            settings.replace("extra:\n  archive:\n", extra) if "extra:\n  archive:\n" in settings else settings + extra
        )
        project.mkdocs.write_text(settings, encoding="utf-8")
        done = run_builder(project, "build")
        assert done.code == 0, done.err
        (raw,) = (project.root / "site" / "raw").iterdir()
        assert raw.suffix == ".bin"
        assert raw.read_bytes() == (project.seeds / "册.zip").read_bytes()
        assert run_builder(project, "verify", "site").code == 0
