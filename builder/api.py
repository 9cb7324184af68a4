"""The public face: the cleaner and the reader of official documents, for programs that want no site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from builder import reading
from builder.archive.intake import Intake, silent, take_in
from builder.cache import Store
from builder.config.project import Curation, Project, load_curation
from builder.documents.parsing import parse
from builder.model.article import Article
from builder.model.plan import Plan
from builder.problems import Language


class UnreadableError(ValueError):
    """A file that holds not exactly one text of the kind that was asked for; the message says why."""


def convert(
    source: str | bytes | Path, *, name: str = "post.md", archive: Path | None = None, language: Language = "en"
) -> Article:
    """Clean one post or saved page.

    Args:
        source: A file, or its content: a crawled post (front matter and HTML or Markdown), an HTML page, or any other
            kind of file that the archive builder opens and that holds one text.
        name: Of the file, where its content is given; the suffix tells what cannot be told by the bytes.
        archive: Folder of an archive whose profiles and corrections apply; none by default.
        language: Of the message where the file cannot be read.

    Returns:
        The article: ``title``, ``published``, ``source``, ``author``, ``url``, ``language``, ``markdown``, ``text``,
        and ``removals``, one for each piece that is not part of it, with the rule because of which.

    Raises:
        UnreadableError: The file holds no article, or several.
        BuilderError: The curation is wrong.
    """
    with _file(source, name) as file:
        intake = take_in(file, _curation(archive), silent, Store(None))
    if len(intake.articles) != 1:
        raise UnreadableError(_why(intake, file.name, language))
    return intake.articles[0]


def parse_document(source: str | bytes | Path, *, name: str = "document.txt", language: Language = "en") -> Plan:
    """Read an official document, whatever it looks like, into its numbered tree.

    Args:
        source: A file of text, Markdown or HTML, or its content.
        name: Of the file, where its content is given; the suffix tells what cannot be told by the bytes.
        language: Of the message where the file cannot be read.

    Returns:
        The document: ``title``, ``metadata`` (number, issuers, date, after GB/T 9704-2012), ``provisions``, a tree
        with numbers and paragraphs, ``targets``, ``repairs``.

    Raises:
        UnreadableError: The file is no text.
    """
    with _file(source, name) as file:
        document, problems = reading.read_document(file, file.name)
    if document is None:
        raise UnreadableError("; ".join(problem.message(language) for problem in problems) or file.name)
    return parse(document)


@contextmanager
def _file(source: str | bytes | Path, name: str) -> Iterator[Path]:
    """The file, or one with the content for as long as it is needed."""
    if isinstance(source, Path):
        yield source
        return
    with TemporaryDirectory(prefix="content-") as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(source.encode() if isinstance(source, str) else source)
        yield file


def _curation(archive: Path | None) -> Curation:
    return load_curation(Project(archive or Path("\0no-archive")))


def _why(intake: Intake, name: str, language: Language) -> str:
    said = [problem.message(language) for problem in intake.problems]
    return "; ".join(said) or f"{name}: {len(intake.articles)} articles, {len(intake.plans)} official documents"
