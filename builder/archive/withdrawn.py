"""Keeps withdrawn articles from being published under any file name, and makes their tombstones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.archive.identity import bare_address, permalink_id
from builder.config.corrections import SINGLE_FILE, correction_file
from builder.config.curation import Correction
from builder.config.project import Curation
from builder.model.archive import Tombstone
from builder.model.article import Article
from builder.model.plan import Plan
from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why something is not published."""

    identifier: str  # Of what was withdrawn
    correction: Correction  # What the editor wrote
    file: str  # Where it stands


class Withdrawals:
    """Knows again what editors took out: by identifier, by the original's address, by the digest of the raw file."""

    def __init__(self, curation: Curation, articles: Iterable[Article]) -> None:
        """Take what editors wrote; a seed left out by its name withdraws the article itself."""
        self._known: dict[str, Withdrawal] = {}
        by_seed = curation.corrections.seeds
        for article in articles if any(fix.withdraws for fix in by_seed.values()) else ():
            fix = by_seed.get(article.path)
            if fix and fix.withdraws:
                entry = Withdrawal(permalink_id(article), fix, SINGLE_FILE)
                self._note(entry, [article.url or "", *fix.addresses], [article.sha256, *fix.digests])
        for identifier, fix in sorted(curation.articles.items()):
            if fix.withdraws:
                entry = Withdrawal(identifier, fix, correction_file(identifier))
                self._note(entry, [*fix.addresses, fix.url], fix.digests)

    def _note(self, entry: Withdrawal, addresses: Iterable[str], digests: Iterable[str]) -> None:
        self._known[entry.identifier] = entry
        self._known |= {bare_address(address): entry for address in addresses if address}
        self._known |= dict.fromkeys(digests, entry)

    def of(self, item: Article | Plan, identifier: str) -> Withdrawal | None:
        """Why an article, before any correction, or a document is not to be published; None where it is."""
        addresses = [item.url, item.carrier_url] if isinstance(item, Article) else []
        digests = [] if "!" in item.path else [item.sha256]  # the digest of a container is that of all it holds
        keys = (identifier, *digests, *(bare_address(address) for address in addresses if address))
        return next((self._known[key] for key in keys if key in self._known), None)

    def tombstones(self, articles: Mapping[str, Article]) -> tuple[Tombstone, ...]:
        """What stands in the places of those that were taken out; ``articles`` tell digests no editor has."""
        entries = {entry.identifier: entry.correction for entry in self._known.values()}
        return tuple(
            Tombstone(identifier, fix.title, next(iter(fix.digests), _digest(articles, identifier)), fix.why, fix.who)
            for identifier, fix in sorted(entries.items())
        )


def problem_of(path: str, entry: Withdrawal) -> Problem:
    """What is said of a seed that is not published: a notice where it may stay, an error where it came back."""
    values = {"why": entry.correction.why, "file": entry.file}
    if entry.correction.removed:
        return Problem("removed-but-present", f"seeds/{path}", None, {"id": entry.identifier, **values})
    return Problem("excluded", f"seeds/{path}", None, values)


def _digest(articles: Mapping[str, Article], identifier: str) -> str:
    return articles[identifier].sha256 if identifier in articles else ""
