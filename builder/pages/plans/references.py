"""Finds where a document cites an article of its own or of another document of the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from builder.model.plan import Plan
from builder.numerals import value_of
from builder.pages.plans.divisions import section_page

_NUMERAL = r"[一二三四五六七八九十百千零〇\d]{1,9}"
_ARTICLE = rf"第{_NUMERAL}[条條](?:之[一二三四五六七八九十]{{1,2}})?"
_NAMED = re.compile(
    rf"(?:本(?:法|条例|條例|办法|辦法|规定|细则|解释|章程|规则|规程|準則|准则)|《(?P<title>[^《》]{{2,60}})》)"
    rf"(?P<articles>{_ARTICLE}(?:(?:、|和|至|或者|以及|到){_ARTICLE}){{0,20}})"
)
_ONE = re.compile(rf"第(?P<number>{_NUMERAL})[条條](?:之(?P<after>[一二三四五六七八九十]{{1,2}}))?")
_STATE = "中华人民共和国"


class References:
    """Finds the articles that a document names."""

    def __init__(self, plan: Plan, plans: Iterable[Plan]) -> None:
        """Look up the documents of the archive that this one quotes by title."""
        text = "".join(paragraph.text for paragraph in plan.paragraphs())
        self._plan = plan
        self.others: Mapping[str, Plan] = {
            name: other
            for other in plans
            if other is not plan and other.title
            for name in (other.title, other.title.removeprefix(_STATE))
            if name and f"《{name}》" in text
        }
        self._articles = {each.slug: _articles(each) for each in (plan, *self.others.values())}

    @property
    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """What a page with these links is made of, beside its own document."""
        return tuple(sorted((other.slug, other.sha256) for other in self.others.values()))

    def links(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The places in a text that name an article, each with its page; in order, none over another."""
        for named in _NAMED.finditer(text):
            title = named["title"]
            plan = self.others.get(title) if title else self._plan
            for one in _ONE.finditer(named["articles"]) if plan else ():
                eid = self._articles[plan.slug].get(_suffix(one)) if plan else None
                if plan and eid:
                    start = named.start("articles")
                    yield start + one.start(), start + one.end(), section_page(plan, eid)


def _articles(plan: Plan) -> Mapping[str, str]:
    """The identifiers of a document's articles by number; where it holds several texts no number says which."""
    if any(provision.kind == "text" for provision in plan.provisions):
        return {}
    eids = [each.eid for provision in plan.provisions for each in provision.walk() if each.kind == "article"]
    return {eid.removeprefix("article-"): eid for eid in eids}


def _suffix(found: re.Match[str]) -> str:
    """An article's number as its identifier writes it."""
    number = value_of(found["number"])
    return f"{number}-bis{value_of(found['after'])}" if found["after"] else str(number)
