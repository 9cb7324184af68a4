"""Footnotes of Markdown, ``[^1]`` and ``[^1]: …``, as the HTML that pages have for theirs."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from builder.patterns import pattern

SIGN, NOTE = "noteref", "footnote"
"""Elements of a pair, with the same ``label``: ``rules.footnotes`` finds them, markup writes them as Markdown does."""
_SIGN = pattern(r"\[\^([\w-]{1,40})\](?!:)")
_DEFINED = pattern(r" {0,3}\[\^([\w-]{1,40})\]:[ \t]*(.*)")
_FENCE = pattern(r" {0,3}(?:```|~~~)")
_INDENT = pattern(r" {2,4}|\t")
_END = "\n</div>\n"


def footnotes_as_html(markdown: str) -> tuple[str, set[str]]:
    """Put each note to which a sign leads into an element.

    Returns:
        The text, and the labels of these notes: :func:`sign_in_markdown` makes links of their signs.
    """
    if "[^" not in markdown or "]:" not in markdown:
        return markdown, set()
    lines = markdown.split("\n")
    labels = {match[1] for line in lines if (match := _DEFINED.match(line))} & set(_SIGN.findall(markdown))
    return ("\n".join(_with_notes(lines, labels)) if labels else markdown), labels


def _with_notes(lines: list[str], labels: set[str]) -> Iterator[str]:
    fenced = inside = False
    before = ""
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        defined = None if fenced else _DEFINED.match(line)
        is_end = bool(line.strip()) and not before.strip() and not _INDENT.match(line)
        if inside and (is_end or defined):
            yield _END
            inside = False
        if defined and defined[1] in labels:
            name, inside = defined[1], True
            yield f'\n<div id="fn:{name}">\n\n<a href="#fnref:{name}">&#91;{name}&#93;</a> {defined[2]}'
        else:
            yield _INDENT.sub("", line, count=1) if inside else line
        before = line
    if inside:
        yield _END


def sign_in_markdown(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the library's signature
    """Rule for markdown-it: a sign whose note is known is a link to it."""
    found = _SIGN.match(state.src, state.pos)
    if not found or found[1] not in state.env.get("footnotes", ()):
        return False
    if not silent:
        link = f'<sup><a id="fnref:{found[1]}" href="#fn:{found[1]}">&#91;{found[1]}&#93;</a></sup>'
        state.push("html_inline", "", 0).content = link
    state.pos = found.end()
    return True
