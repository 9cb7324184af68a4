"""Orders several files of one article as its versions by the dates they state; the newest is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.archive.identity import permalink_id
from builder.config.project import Curation
from builder.model.article import Article
from builder.model.plan import Plan
from builder.problems import Problem


@dataclass(frozen=True, slots=True)
class Versions:
    """What becomes of articles that share an identity."""

    shown: Mapping[str, Article]  # The version that stands, by identifier
    older: Mapping[str, tuple[Article, ...]]  # The other ones, newest first, by identifier
    problems: tuple[Problem, ...]  # Copies, and versions that only an editor can put in order


def versions_of(articles: Iterable[Article], curation: Curation) -> Versions:
    """Put each article's versions in order; a correction's ``version`` names the raw file of the one that stands."""
    same: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        same[permalink_id(article)].append(article)
    shown, older, problems = {}, {}, list[Problem]()
    for identifier, group in same.items():
        if len(group) == 1:
            shown[identifier] = group[0]
            continue
        distinct, copies = _distinct(sorted(group, key=_precedence))
        problems += copies
        fix = curation.correction(distinct[0].path, identifier)
        chosen = fix.version if fix else ""
        order = sorted(distinct, key=lambda each: (bool(chosen) and each.sha256.startswith(chosen), *_newness(each)))
        *others, first = order
        shown[identifier] = first
        others.reverse()
        if not chosen and others and others[0].stated == first.stated:
            problems += [_undated(identifier, other, first) for other in others if other.stated == first.stated]
        older[identifier] = tuple(others)
    return Versions(shown, {key: value for key, value in older.items() if value}, tuple(problems))


def _distinct(group: list[Article]) -> tuple[list[Article], list[Problem]]:
    """One of each text; files that say the same in the same words are copies."""
    by_bytes: dict[str, Article] = {}
    by_text: dict[tuple[str, str], Article] = {}
    problems = []
    for article in group:
        same = by_bytes.setdefault(article.sha256, article)
        first = by_text.setdefault((article.title, article.markdown_sha256), article)
        if first is not article:
            problems.append(same_again(article, first if same is article else same))
    return list(by_text.values()), problems


def same_again(item: Article | Plan, first: Article | Plan) -> Problem:
    """What to say of a file that holds what another one holds: of the same bytes there is nothing to choose from."""
    code = "identical-copy" if item.sha256 == first.sha256 else "same-identity"
    return Problem(code, f"seeds/{item.path}", None, {"first": f"seeds/{first.path}"})


def _undated(identifier: str, article: Article, first: Article) -> Problem:
    values = {"first": f"seeds/{first.path}", "id": identifier, "digest": article.sha256[:10]}
    return Problem("version-undated", f"seeds/{article.path}", None, values)


def _newness(article: Article) -> tuple[str, str, str]:
    return (article.stated, article.sha256, article.path)


def _precedence(article: Article) -> tuple[tuple[str, str], str, str]:
    return (article.published.sort_key if article.published else ("~", ""), article.sha256, article.path)
