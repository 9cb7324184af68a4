"""Versions: the same article again with other text is readable beside the newest, and says what has changed."""

from __future__ import annotations

import container_samples as made
from conftest import ArchiveMaker, run_builder

from builder.archive.assembly import assemble
from builder.archive.intake import take_in
from builder.config.project import Project, load_curation
from builder.model.archive import Archive


def read(project: Project) -> Archive:
    """The archive as its files are now."""
    curation = load_curation(project)
    return assemble(take_in(project.seeds, curation), curation, linked=False)


def saved(day: str, text: str) -> str:
    """A page as an extension keeps it, with the day on which it did."""
    mark = f"<!--\n Page saved with SingleFile \n url: {made.ADDRESS} \n saved date: {day}\n-->"
    return f"{mark}\n{made.page(body=f'<p>{text}</p>' + made.BODY)}"


OLD, NEW = "沿岸十个村庄受益。", "沿岸十二个村庄受益。"


class TestVersions:
    """The same address, other words."""

    def test_the_newest_stands_and_the_older_can_be_read(self, make_archive: ArchiveMaker) -> None:
        """By the date that each file states; the older has an address of its own and says which sentences differ."""
        project = make_archive(
            {
                "b.html": saved("Thu May 04 2023 08:00:00 GMT+0800", OLD),
                "a.html": saved("Fri Jun 02 2023 08:00:00 GMT+0800", NEW),
            }
        )
        done = run_builder(project, "build")
        assert done.code == 0, done.err
        (entry,) = read(project).entries
        assert entry.article.path == "a.html"
        (older,) = entry.versions
        site = project.root / "site" / "articles"
        page = (site / f"{entry.id}.html").read_text(encoding="utf-8")
        address = f"{entry.id}/{older.sha256[:10]}.html"
        assert f'href="{address}"' in page
        assert OLD not in page
        version = (site / address).read_text(encoding="utf-8")
        assert f"<del>{OLD}</del>" in version
        assert f"<ins>{NEW}</ins>" in version
        assert f'href="../{entry.id}.html"' in version

    def test_an_editor_says_which_stands_where_no_date_does(self, make_archive: ArchiveMaker) -> None:
        """Without dates the editor is asked, by name and digest; what is written there counts."""
        post = "---\ntitle: 运河\ndate: 2020-01-01\nurl: {}\n---\n{}\n"
        project = make_archive(
            {
                "a.md": post.format(made.ADDRESS, made.SENTENCES[0] + OLD),
                "b.md": post.format(made.ADDRESS, made.SENTENCES[0] + NEW),
            }
        )
        archive = read(project)
        (asked,) = [problem for problem in archive.problems if problem.code == "version-undated"]
        (entry,) = archive.entries
        other = entry.versions[0]
        assert asked.values["digest"] == other.sha256[:10]
        folder = project.curation / "corrections"
        folder.mkdir(exist_ok=True)
        (folder / f"{entry.id}.yml").write_text(f"why: 以此为准\nversion: {other.sha256[:10]}\n", encoding="utf-8")
        archive = read(project)
        assert archive.entries[0].article.sha256 == other.sha256
        assert "version-undated" not in {problem.code for problem in archive.problems}

    def test_a_copy_is_no_version_and_a_withdrawal_covers_all(self, make_archive: ArchiveMaker) -> None:
        """The same words twice are a copy, to be removed; what is excluded is excluded in every version."""
        post = "---\ntitle: 运河\ndate: 2020-01-01\nurl: {}\n---\n{}\n"
        project = make_archive(
            {
                "a.md": post.format(made.ADDRESS, made.SENTENCES[0]),
                "b.md": post.format(made.ADDRESS, made.SENTENCES[0]) + "\n",
                "c.md": post.format(made.ADDRESS, made.SENTENCES[1]),
            }
        )
        archive = read(project)
        assert [problem.code for problem in archive.problems if problem.severity == "error"] == ["same-identity"]
        (entry,) = archive.entries
        (project.curation / "corrections").mkdir(exist_ok=True)
        file = project.curation / "corrections" / f"{entry.id}.yml"
        file.write_text("why: 来源要求\nexclude: true\n", encoding="utf-8")
        assert read(project).entries == ()
