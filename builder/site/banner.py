"""The preview's problem bar: added to every page as it is served, never written into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from builder.languages import labels
from builder.problems import Language, Problem

_SHOWN = 20
_STYLE = (
    "position:fixed;inset:auto 0 0 0;z-index:99;max-height:50vh;overflow:auto;margin:0;padding:.5rem 1rem;"
    "font:14px/1.6 system-ui,sans-serif;color:#fff;"
)
_SERIOUS, _MILD = "background:#8a1f1f", "background:#5c4a00"


def stopped(message: str) -> str:
    """The bar for what stopped a rebuild: the pages are those of the last one that went through."""
    return _bar(message.splitlines(), message.splitlines()[0], _SERIOUS, is_open=True)


def found(problems: Sequence[Problem], language: Language) -> str:
    """The bar for errors or, where there are none, warnings; empty where there is neither."""
    errors = [problem for problem in problems if problem.severity == "error"]
    told = [*errors, *(problem for problem in problems if problem.severity == "warning")]
    if not told:
        return ""
    said = labels(language)["summary_problems"].format(
        errors=len(errors), warnings=len(told) - len(errors), notices=len(problems) - len(told)
    )
    lines = [problem.line_text(language) for problem in (errors or told)[:_SHOWN]]
    return _bar(lines, said, _SERIOUS if errors else _MILD, is_open=bool(errors))


def laid_over(application: WSGIApplication, bar: Callable[[], str]) -> WSGIApplication:
    """An application that answers as the given one does, with the bar of the moment, if any, at the end of each HTML page."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[Any, ...]] = []

        def remember(*arguments: Any) -> Callable[[bytes], object]:  # noqa: ANN401  # WSGI's own loose signature
            begun.append(arguments)
            return lambda _data: None

        body = application(environ, remember)
        status, headers, *rest = begun[0]
        if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            start_response(status, headers, *rest)
            return body
        content = b"".join(body).replace(b"</body>", bar().encode() + b"</body>")
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*kept, ("Content-Length", str(len(content)))], *rest)
        return [content]

    return answer


def _bar(lines: Iterable[str], headline: str, colour: str, *, is_open: bool) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return (
        f'<details id="builder-problems" role="status" style="{_STYLE}{colour}"{" open" if is_open else ""}>'
        f'<summary>{escape(headline)}</summary><ul style="margin:.3rem 0;padding-left:1.2rem">{items}</ul></details>'
    )
