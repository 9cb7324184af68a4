"""Wrong configuration stops at once, with file, line, what is wrong and the nearest known key."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ARCHIVE

from builder.config.curation import Corrections, SourceProfile, Vocabulary
from builder.config.loading import load
from builder.config.project import find_project, load_curation
from builder.config.settings import load_settings
from builder.problems import BuilderError


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "file.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: 甲报\nalias: [乙]\n", r"file\.yml:2: 不认识的键“alias”。是不是“aliases”"),
        ("name: [甲报\n", r"file\.yml:2: 不是有效的 YAML"),
        ("name: 甲报\nname: 乙报\n", r"file\.yml:2: .*“name”出现了两次"),
        ("name: 7\n", r"file\.yml:1: name：应当是文字，写成了整数"),
        ("aliases: [甲]\n", r"file\.yml:1: 缺少必填的“name”"),
        ("name: !!python/object/apply:os.system [ls]\n", r"不是有效的 YAML"),
        ("- 甲报\n", r"file\.yml:1: 应当是键和值，写成了列表"),
        ("name：甲报\n", r"file\.yml:1: .*请写成：name: 甲报$"),
        ("name: 甲报: 晨刊\n", r'file\.yml:1: .*请写成：name: "甲报: 晨刊"$'),
        ("name: 甲报\naliases:\n\t- 乙\n", r"file\.yml:3: .*请写成：  - 乙$"),
        ("name: 甲报\n---\nname: 乙报\n", r"有几段用 --- 隔开的内容"),
        ("名称: 甲报\n", r"不认识的键“名称”。可以写的键：.*name"),
    ],
)
def test_mistakes_name_their_place(tmp_path: Path, text: str, said: str) -> None:
    """Each kind of mistake gives one line that says where and what."""
    with pytest.raises(BuilderError, match=said):
        load(_file(tmp_path, text), SourceProfile)


def test_rules_round_a_file_do_not_matter(tmp_path: Path) -> None:
    """Who knows front matter writes its hyphens here too."""
    assert load(_file(tmp_path, "---\nname: 甲报\n---\n"), SourceProfile).name == "甲报"


def test_terms_joined_by_a_chinese_comma_are_not_one(tmp_path: Path) -> None:
    """Such a term would never be found in any text."""
    with pytest.raises(BuilderError, match="半角逗号"):
        load(_file(tmp_path, "topics:\n  night: {label: 夜市, terms: [夜市，小吃]}\n"), Vocabulary)


def test_a_slug_must_be_ascii(tmp_path: Path) -> None:
    """Addresses are ASCII, so the keys of the vocabulary are."""
    with pytest.raises(BuilderError, match="file"):
        load(_file(tmp_path, "topics:\n  移动支付: {label: 移动支付, terms: [支付]}\n"), Vocabulary)


def test_dates_stay_text(tmp_path: Path) -> None:
    """YAML's own dates would lose how the editor wrote them."""
    loaded = load(_file(tmp_path, "seeds:\n  a.txt: {why: 原文, date: 2021-04-13}\n"), Corrections)
    assert loaded.seeds["a.txt"].date == "2021-04-13"


def test_a_missing_file_is_an_empty_one(tmp_path: Path) -> None:
    """An archive without corrections needs no file for them."""
    assert load(tmp_path / "none.yml", Corrections).seeds == {}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are named, not guessed at."""
    path = tmp_path / "file.yml"
    path.write_bytes(b"name: \xff\xfe")
    with pytest.raises(BuilderError, match="UTF-8"):
        load(path, SourceProfile)


def test_an_archive_is_found_from_inside() -> None:
    """From any folder within, the archive's root and its curation are found."""
    project = find_project(ARCHIVE.seeds / "plans")
    assert project == ARCHIVE
    assert len(load_curation(project).vocabulary.topics) == 7


def test_outside_an_archive_the_way_back_is_said(tmp_path: Path) -> None:
    """A folder that is no archive is a clear refusal."""
    with pytest.raises(BuilderError, match=r"没有 mkdocs\.yml 和 seeds"):
        find_project(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme: {language: zh}\nuse_directory_urls: false\n", "site_name"),
        ("site_name: 甲\n", "use_directory_urls: false"),
        ("site_name: [\n", "无法读取"),
        ("- 甲\n", "应当是键和值"),
    ],
)
def test_settings_that_do_not_fit_stop(tmp_path: Path, text: str, said: str) -> None:
    """What the builder needs of ``mkdocs.yml`` is checked before any work."""
    with pytest.raises(BuilderError, match=said):
        load_settings(_file(tmp_path, text))


def test_tags_of_mkdocs_are_not_carried_out(tmp_path: Path) -> None:
    """``!ENV`` and ``!!python/name:`` are MkDocs' own; reading settings runs nothing."""
    text = "site_name: 甲\nuse_directory_urls: false\nsite_url: !ENV X\nx: !!python/object/apply:os.system [ls]\n"
    assert load_settings(_file(tmp_path, text)).site_name == "甲"
