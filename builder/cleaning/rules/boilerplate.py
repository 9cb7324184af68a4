"""Lines that stand around an article, known by what they say."""

from __future__ import annotations

from builder.cleaning.draft import Draft, is_heading
from builder.cleaning.lines import CELLS, Line, above
from builder.cleaning.rules.names import is_tool
from builder.cleaning.wording import LineRule
from builder.folding import fold, letters
from builder.patterns import pattern
from builder.reading.html_tree import words_of

_LONGEST_LINE = 400  # the longest `longest` in words.yml, and brackets
_BRACKETS = " ()[]【】〔〕「」*•·"
_SIGNS = f"{_BRACKETS}-–—|:："


def boilerplate_lines(draft: Draft) -> None:
    """Lines that match the patterns of ``words.yml``, where they stand; the last line of text never goes."""
    edge, tail = {id(line) for line in draft.edge()}, {id(line) for line in draft.tail()}
    texts = draft.texts
    left = len(texts)
    for line in texts:
        if len(line.text) > _LONGEST_LINE or line.block.tag in CELLS or (left == 1 and not line.is_links):
            continue
        places = {"any"} | ({"edge"} if id(line) in edge else set()) | ({"tail"} if id(line) in tail else set())
        rule = _rule_for(draft, line, places)
        if rule is None and "edge" in places and _is_control(draft, line):
            draft.take_line(line, "interface", media=True)
            left -= 1
        elif rule:
            if rule.to:
                draft.credit(rule.to, line.text)
            following = draft.lines[draft.lines.index(line) + 1 :][:1] if draft.words.scan.search(line.folded) else ()
            draft.take_line(line, rule.rule, rule.to)
            for code in following:
                for image in () if code.text else code.media:
                    draft.take(image, "share")
            left -= 1
    _take_last_rules(draft)


def _is_control(draft: Draft, line: Line) -> bool:
    """Whether a page's line is nothing but the name of a tool."""
    return draft.is_page and is_tool(draft, line.text.strip(_SIGNS)) and any(map(str.isalpha, line.text))


def comments_behind(draft: Draft) -> None:
    """What stands below a heading of readers' comments, with which a page ends, unless it is most of the page."""
    texts = draft.texts if draft.is_page else []
    rules = ((line, _rule_for(draft, line, _PLACES)) for line in texts[1:] if is_heading(line))
    heading = next((line for line, rule in rules if rule and rule.rule == "comments"), None)
    if heading is None:
        return
    place = texts.index(heading)
    if sum(line.length for line in texts[place:]) <= sum(line.length for line in texts[:place]):
        for line in draft.lines[draft.lines.index(heading) :]:
            draft.take_line(line, "comments", media=True)


def _take_last_rules(draft: Draft) -> None:
    """Rules and marks without a word at the end, below which nothing is left."""
    while len(texts := draft.texts) > 1 and _DRAWN_RULE.fullmatch(texts[-1].text) and not draft.is_note(texts[-1]):
        draft.take_line(draft.texts[-1], "end-mark")


_DRAWN_RULE = pattern(r"[-=_*~—–·•#+.＝－─━═◆■●▲|\s]{1,240}")


def is_boilerplate(draft: Draft, line: Line) -> bool:
    """Whether a line says what furniture says, wherever it stands."""
    return len(line.text) <= _LONGEST_LINE and _rule_for(draft, line, _PLACES) is not None


_PLACES = {"any", "edge", "tail"}


def _rule_for(draft: Draft, line: Line, places: set[str]) -> LineRule | None:
    """The first rule whose place and pattern a line meets, brackets around it set aside; none where it tells a tale."""
    folded = line.folded
    bare = folded.strip(_BRACKETS)
    rules = (rule for rule in draft.words.lines if rule.where in places and len(folded) <= rule.longest)
    found = next((rule for rule in rules if rule.patterns.fullmatch(bare)), None)
    return None if found and found.rule in draft.words.calls and draft.words.statement.search(bare) else found


def link_lines(draft: Draft) -> None:
    """Lines of nothing but links that lead back, on, or to the whole text; inside a paragraph such links stay."""
    for line in draft.edge():
        if not line.is_links or len(draft.texts) == 1:
            continue
        texts = [fold(words_of(link)) for link in line.links]
        rule = next((rule for rule in ("back-link", "read-more") if _all_match(draft, rule, texts)), None)
        if rule:
            draft.take_line(line, rule)
        elif _is_own_address(draft, line):
            draft.take_line(line, "original-address", "url")


def network_lines(draft: Draft) -> None:
    """Links that hand the page on, in text or picture, calls to follow an account, and where to write to the author."""
    authors = [each.value for each in (*draft.said, *draft.post.candidates) if each.field == "author"]
    authors = [name for name in map(letters, authors) if len(name) >= _SHORTEST_NAME]
    last = {id(line) for line in draft.tail() if not any(part.tag in _QUOTING for part in above(line.block))}
    for line in draft.lines:
        addresses = [(link.get("href") or "").lower() for link in line.links]
        if not addresses or line.block.tag in CELLS or len(draft.texts) == 1:
            continue
        shares = line.length <= line.linked + _MOST_BESIDE and all(map(draft.words.share_address.search, addresses))
        reaches = any(map(draft.words.network_address.search, addresses))
        is_told = id(line) in last and (reaches or "@" in line.text) and letters(line.text).startswith(tuple(authors))
        is_call = reaches and draft.words.network_call.fullmatch(line.folded)
        if shares or is_told or (is_call and not draft.words.statement.search(line.folded)):
            draft.take_line(line, "share" if shares else "subscription", media=True)


_QUOTING = frozenset(["blockquote", "li"])  # what somebody posted, and entries of lists
_SHORTEST_NAME = 6  # letters: a word that begins a sentence is shorter, or no author
_MOST_BESIDE = 12  # characters beside links: how often a page was shared, a label


def _all_match(draft: Draft, rule: str, texts: list[str]) -> bool:
    return all(draft.words.link_texts[rule].fullmatch(text) for text in texts)


def _is_own_address(draft: Draft, line: Line) -> bool:
    """Whether a line is the post's own address, and its own text: crawlers put it under the text."""
    address = (line.links[0].get("href") or "").rstrip("/")
    own = {known.rstrip("/") for known in (draft.post.url, draft.post.carrier_url) if known}
    return len(line.links) == 1 and address in own and line.text.rstrip("/") == address
