"""Brings ``site/`` into line with finished ``docs/``."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder.config.project import Project
from builder.publishing import plain
from builder.publishing.changes import Changes, changes_since, check, everything, outside_navigation, remembered
from builder.publishing.facts import Facts
from builder.publishing.globalkey import code_key, configuration_key
from builder.publishing.record import Record, new_record, open_record, record_file
from builder.publishing.survey import Published, Survey, begin_survey
from builder.publishing.unfamiliar import UnfamiliarError

if TYPE_CHECKING:
    from builder.publishing.foundry import Foundry
    from builder.publishing.rounds import Round
    from builder.sharing.spreading import Progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing.

    Attributes:
        written: How many files were written or removed below ``site/``; 0 where it was up to date.
        unfamiliar: What left the whole site to MkDocs, in a few words; empty where nothing did.
    """

    written: int
    unfamiliar: str = ""


def publish(project: Project, survey: Survey, touched: Iterable[str], build_day: int, progress: Progress) -> Outcome:
    """Make ``site/`` what plain MkDocs makes of ``docs/``, strictly.

    Args:
        project: Whose ``docs/`` are finished.
        survey: Begun before they were.
        touched: Paths below ``docs/`` written or removed since then.
        build_day: Stands for the day of the build, in seconds since the epoch, unless ``SOURCE_DATE_EPOCH`` is set.
        progress: Told of long work.

    Raises:
        BuilderError: MkDocs warns or fails; the message quotes it.
    """
    file = record_file(project)
    with _build_date(build_day) as day:
        if record := open_record(file):
            try:
                return _Publishing(project, record, survey, frozenset(touched), day).run(progress)
            except (sqlite3.DatabaseError, msgspec.MsgspecError):
                pass  # broken in the middle: as if there were none
            finally:
                record.close()
        record = new_record(file)
        try:
            with closing(begin_survey(project)) as anew:
                return _Publishing(project, record, anew, frozenset(touched), day).run(progress)
        finally:
            record.close()


class _Publishing:
    def __init__(self, project: Project, record: Record, survey: Survey, touched: frozenset[str], day: int) -> None:
        self._project, self._record, self._survey, self._touched, self._day = project, record, survey, touched, day
        self._code = code_key()
        self._key = b""
        self.exists = Published(project)

    def run(self, progress: Progress) -> Outcome:
        try:
            self._key = self._code + configuration_key(self._project)
            return Outcome(self._shortly(progress))
        except UnfamiliarError as error:
            written = plain.publish(self._project, self._record, self._key, self._day)
            return Outcome(written, unfamiliar=str(error))

    def _shortly(self, progress: Progress) -> int:
        record = self._record
        if facts := remembered(record, self._key):
            changes = changes_since(record, self._survey, self._touched, facts, self.exists, self._day)
            if changes is not None:
                return self._round(facts, record.shapes(), changes, {}, progress) if changes else 0
        if plain.stands(record, self._key, self._survey, self._touched, self._day):
            return 0
        fixed, shadowed = self._foundry.fixed()
        facts = msgspec.structs.replace(self._foundry.facts, fixed=sorted(fixed), shadowed=shadowed)
        return self._round(
            facts, {}, everything(self._project, record, self._survey, self._touched, fixed), fixed, progress
        )

    def _round(
        self,
        facts: Facts,
        shapes: dict[bytes, list[str]],
        changes: Changes,
        fixed: Mapping[str, bytes | Path],
        progress: Progress,
    ) -> int:
        from builder.publishing.rounds import Round  # noqa: PLC0415  # takes Markdown and Jinja: 0.1 s if nothing changed
        from builder.publishing.work import Workshop  # noqa: PLC0415  # likewise

        check(changes, facts, self.exists)
        self._refuse([], outside_navigation(changes.added, facts))
        self._record.put(finished=b"", plain=b"")
        workshop = Workshop(self._project, facts, shapes, lambda: self._foundry, self.exists)
        known = set(shapes)
        own_round = Round(self._project, self._record, changes, workshop)
        own_round.remove()
        with closing(workshop):
            own_round.pages(progress)
        own_round.copies(progress)
        for path, content in fixed.items():
            own_round.put(path, content if isinstance(content, bytes) else content.read_bytes())
        self._refuse([*own_round.doubtful, *self._badly_anchored(own_round, facts)], [])
        own_round.sitemap(workshop.own, self._day)
        self._record.finish(
            own_round.ledger.folders,
            {key: shape for key, shape in shapes.items() if key not in known},
            {
                "key": self._key,
                "facts": msgspec.msgpack.encode(facts),
                "finished": str(self._day).encode(),
            },
            anew=changes.anew,
        )
        return own_round.written

    def _badly_anchored(self, own_round: Round, facts: Facts) -> list[str]:
        """Pages that link to an anchor which is not there."""
        wanted = own_round.anchored()
        if not wanted:
            return []
        from builder.publishing.anchors import Anchors  # noqa: PLC0415  # takes MkDocs, which few pages need

        anchors = Anchors(self._project.docs, facts)
        wanted = {target: links for target, links in wanted.items() if self.exists(target)}
        return [path for target, links in wanted.items() for path, name in links if name not in anchors.of(target)]

    def _refuse(self, pages: Sequence[str], omitted: Sequence[str]) -> None:
        """Let MkDocs say what is wrong with pages.

        Raises:
            BuilderError: It warns.
            UnfamiliarError: It sees nothing wrong.
        """
        if not pages and not omitted:
            return
        from builder.publishing.mkdocs_words import strictly  # noqa: PLC0415  # takes MkDocs, which few builds need

        with strictly():
            self._foundry.complain(dict.fromkeys(pages), omitted)
        raise UnfamiliarError("MkDocs allows it")

    @cached_property
    def _foundry(self) -> Foundry:
        from builder.publishing import mkdocs_words  # noqa: PLC0415  # takes MkDocs, which few builds need
        from builder.publishing.foundry import Foundry  # noqa: PLC0415  # likewise

        with mkdocs_words.strictly():
            config = mkdocs_words.read_configuration(self._project)
            mkdocs_words.check_places(config, self._project)
            return Foundry(config, self.exists, self._code)


@contextmanager
def _build_date(day: int) -> Iterator[int]:
    """Let a day stand for that of the build, so that no clock shows in the site."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    if before is None:
        os.environ["SOURCE_DATE_EPOCH"] = str(day)
    try:
        yield int(os.environ["SOURCE_DATE_EPOCH"])
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
