"""One seed, one fate: one that cannot be read, breaks the program or takes too long is named; the rest is published."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT, ArchiveMaker
from editing import CommandLine, post

from builder import cleaning, containers, reading
from builder.archive import attempts
from builder.archive.attempts import attempt
from builder.characters import for_terminal, in_one_line, linked_address, web_address
from builder.parallel.budget import OverBudgetError, budget
from builder.problems import Problem, SeedChangedError
from builder.site.archives import read_archive

CONTROL = "\x1b]0;pwned\a\x9b31m\u202e"
STEPS = [(containers, "open_file"), (cleaning, "observe"), (cleaning, "clean"), (reading, "parse_post")]


def _spin() -> None:
    while True:
        re.search(r"(a*)*b", "a" * 26)


def _swallow() -> None:
    try:
        _spin()
    except Exception:  # noqa: BLE001  # what libraries do
        _spin()


def test_work_over_its_budget_stops() -> None:
    """Even inside a regular expression, and where a library swallows what it is told."""
    with pytest.raises(OverBudgetError), budget(0.05):
        _spin()
    with pytest.raises(OverBudgetError), budget(0.05):
        _swallow()
    with budget(5):
        pass


def test_a_slow_seed_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, with the limit."""
    monkeypatch.setattr(attempts, "SECONDS", 0.05)
    assert attempt("a.md", _spin) == Problem("seed-slow", "a.md", values={"limit": "0.05"})


def test_a_failure_names_its_place_and_no_address_in_memory() -> None:
    """The same failure gives the same words in every run."""
    found = attempt("a.md", lambda: cleaning.clean(object(), {}))  # type: ignore[arg-type]  # it fails
    assert isinstance(found, Problem)
    assert re.fullmatch(r"AttributeError, \w+\.\w+", found.values["reason"])


def test_what_is_not_the_seed_s_fault_goes_on_up() -> None:
    """A seed that was changed meanwhile is no defect."""

    def changed() -> None:
        raise SeedChangedError("a.md")

    with pytest.raises(SeedChangedError):
        attempt("a.md", changed)


@pytest.mark.parametrize(("room", "step"), STEPS, ids=lambda each: getattr(each, "__name__", each))
def test_whatever_fails_in_one_seed_the_others_are_published(
    make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch, room: object, step: str
) -> None:
    """A defect in any step that shows in one file alone: an error with the file's name, and all other pages."""
    project = make_archive({f"{n}.md": post(n, body=f"<p>第{n}篇写得足够长，说明新规如何落实。</p>") for n in range(3)})
    usual = getattr(room, step)

    def broken(*arguments: object, **named: object) -> object:
        said = str(arguments)
        if "1.md" in said or "移动支付新规的第1天" in said:
            raise RecursionError
        return usual(*arguments, **named)

    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("builder") and getattr(module, step, None) is usual:
            monkeypatch.setattr(module, step, broken)
    archive = read_archive(project)
    assert sorted(entry.article.path for entry in archive.entries) == ["0.md", "2.md"]
    assert ("seed-failed", "seeds/1.md") in [(problem.code, problem.path) for problem in archive.problems]


def test_a_name_that_is_not_utf_8_keeps_nothing_from_being_published(
    make_archive: ArchiveMaker, command_line: CommandLine
) -> None:
    """The line names the file as far as it can be named; the code says that the content has errors."""
    project = make_archive({"good.md": post(1)})
    Path(os.fsdecode(os.fsencode(project.seeds) + b"/bad\xff.md")).write_text(post(2), encoding="utf-8")
    said = command_line(project, "check")
    assert said.code == 1
    assert "seeds/bad\\xff.md [name-unusable]" in said.out


def test_control_characters_leave_no_trace(make_archive: ArchiveMaker, command_line: CommandLine) -> None:
    """Written as escapes of YAML or as references of HTML, in a seed or by an editor, nothing of them is printed."""
    escapes = "\\e]0;pwned\\a\\x9b31m\\u202e"
    body = "<p>正文写得足够长，说明整改方案&#27;]0;x&#7;&#157;如何落实，监管部门要求机构回归本源。</p>"
    text = post(1, body, title=f'"整改{escapes}方案"', author=f'"甲报{escapes}"')
    project = make_archive({"a.md": text})
    correction = f'seeds:\n  a.md: {{why: "x{escapes}", source: "乙报{escapes}"}}\n'
    (project.curation / "corrections.yml").write_text(correction, encoding="utf-8")
    for command in (
        ["explain", "seeds/a.md"],
        ["convert", "seeds/a.md"],
        ["convert", "--json", "seeds/a.md"],
        ["check"],
    ):
        said = command_line(project, *command)
        assert not set(said.out + said.err) & set(CONTROL) - set("]0;pwned31m"), command
    article = read_archive(project).entries[0].article
    assert (article.title, article.source) == ("整改]0;pwned31m方案", "乙报]0;pwned31m")


@pytest.mark.parametrize("reference", ["&#27;", "&#x1b;", "&#x1B", "&#0;", "&#x00007f;", "&#1"])
def test_a_reference_to_a_control_character_is_no_text(reference: str) -> None:
    """Wherever it stands in a page, also behind what cleaning takes away."""
    body = (
        f"<p>正文写得足够长{reference}，说明新规如何落实。</p><script>x{reference}</script>{reference}<hr>{reference}尾"
    )
    document, _ = reading.decode_document(post(1, body).encode(), "a.md")
    assert document
    article = cleaning.clean(reading.parse_post(document), {})
    assert "正文写得足够长，说明新规" in article.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", article.markdown + article.text)


def test_only_our_own_bold_reaches_a_terminal() -> None:
    """Whatever else begins with an escape loses it; line feeds stay."""
    assert for_terminal(f"\x1b[1m新\x1b[0m{CONTROL}\n\x1b[2J") == "\x1b[1m新\x1b[0m]0;pwned31m\n[2J"
    assert in_one_line("甲\n乙\u2028丙\x00") == "甲 乙 丙"


def test_nothing_is_printed_but_through_the_console() -> None:
    """No module of the program prints by itself: the console strips what a terminal or a runner would obey."""
    for path in (ROOT / "builder").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "console.py":
            assert not re.search(r"\bclick\.echo\(|(?<![\w.])print\(|sys\.std(?:out|err)\.write", text), path


def test_the_log_of_a_workflow_holds_no_command_of_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub's runner looks for ``::name`` at the beginning of a line and for ``##[`` anywhere."""
    from builder.commands.console import for_log  # noqa: PLC0415  # what is tested

    line = "::error::x\n  ::add-mask::y ##[command]z ##[group]"
    assert for_log(line) == line
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert not re.search(r"(?m)^\s*::|##\[", for_log(line))


ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " \x01javascript:x", "data:text/html,x",
    "vbscript:x", "//host/x", "\\\\host", "/\\host", "https:javascript", "https://", "http://a b", 'https://a"onclick=x',
    "https://a/<script>", "https://[::1", "file:///etc/passwd", "blob:x", "https://a\n.b", "view-source:https://a.b",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_such_address_is_a_link(address: str) -> None:
    """What a browser would run, or take for another host, is no address anywhere."""
    assert web_address(address) is None
    assert linked_address(address) == ""


@pytest.mark.parametrize(
    "address", ["https://a.b/c?d=e#f", "http://例子.测试/路", "mailto:a@b.c", "../a.html#x", "x?y=1:2"]
)
def test_such_an_address_is(address: str) -> None:
    """Web and mail addresses, and places of this site."""
    assert linked_address(address) == address


def test_every_address_in_a_template_has_passed_the_gate() -> None:
    """Whatever a template writes into a link is made by ``link`` or has gone through ``address``."""
    found = 0
    for path in (ROOT / "builder" / "pages" / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        for written in re.findall(r'\b(?:href|src|action|formaction|poster)="\{\{(.*?)\}\}', text):
            found += 1
            assert re.match(r"\s*link\(|.*\|\s*address\s*$", written), f"{path.name}: {written}"
    assert found > 50


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_editor_may_not_write_such_an_address(
    make_archive: ArchiveMaker, command_line: CommandLine, address: str
) -> None:
    """The files of curation name the key and stop, before anything is built."""
    project = make_archive({"a.md": post(1)})
    (project.curation / "corrections.yml").write_text(
        f"seeds:\n  a.md: {{why: x, url: {json.dumps(address)}}}\n", encoding="utf-8"
    )
    said = command_line(project, "check")
    article = [] if said.code == 2 else [entry.article.url for entry in read_archive(project).entries]
    assert said.code == 2 or article == [None]


def test_a_link_behind_many_brackets_is_one() -> None:
    """Of thousands in a row the last begins it, and the others are text, all of them."""
    document, _ = reading.decode_document(
        post(1, f"正文写得足够长。\n\n{'[' * 5000}甲](https://e.org/)").encode(), "a.md"
    )
    assert document
    article = cleaning.clean(reading.parse_post(document), {})
    assert "[甲](https://e.org/)" in article.markdown
    assert article.text.count("[") == 4999
