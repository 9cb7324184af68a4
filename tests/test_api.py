"""The public face: what its page shows is what it does."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import builder

PAGE = ROOT / "docs" / "manual" / "library.md"


def test_the_examples_of_the_page_are_true() -> None:
    """Each example of the page gives what stands below it."""
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > len(builder.__all__)
    assert failed == 0


def test_a_file_and_its_content_are_one(tmp_path: Path) -> None:
    """A path, bytes and text give the same article."""
    text = "---\ntitle: 甲\ndate: 2021-04-13\n---\n一句话。\n"
    file = tmp_path / "post.md"
    file.write_text(text, encoding="utf-8")
    assert builder.convert(file) == builder.convert(text.encode()) == builder.convert(text)


def test_profiles_of_an_archive_apply(tmp_path: Path) -> None:
    """With an archive its profiles decide what is removed."""
    (tmp_path / "curation" / "sources").mkdir(parents=True)
    (tmp_path / "curation" / "sources" / "jia.yml").write_text("name: 甲报\ndrop: ['.bar']\n", encoding="utf-8")
    for name, key in (("corrections.yml", "seeds"), ("entities.yml", "entities")):
        (tmp_path / "curation" / name).write_text(f"{key}: {{}}\n", encoding="utf-8")
    post = "---\ntitle: 甲\nsource: 甲报\n---\n<div class='bar'>一段特别的文字</div><p>正文一句话。</p>"
    assert "特别" in builder.convert(post).markdown
    assert "特别" not in builder.convert(post, archive=tmp_path).markdown


def test_what_holds_no_article_says_so() -> None:
    """An official document is no article, nothing is no document, and an unknown name is none."""
    with pytest.raises(builder.UnreadableError):
        builder.convert(b"")
    with pytest.raises(builder.UnreadableError, match=r"document\.txt|binary|text"):
        builder.parse_document(b"\x00\x01\x02" * 50)
    with pytest.raises(AttributeError):
        builder.nothing_of_the_kind  # noqa: B018  # asking for it is the test


def test_the_package_loads_nothing_by_itself() -> None:
    """Importing the package alone takes none of its rooms."""
    script = "import builder, sys; print([name for name in sys.modules if name.startswith('builder.')])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
