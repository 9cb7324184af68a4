"""Raw text is hostile: nothing of it runs, and it reads as written."""

from __future__ import annotations

import html
from collections.abc import Iterator

import frontmatter
import lxml.html
import pytest
from markdown_reading import PLAIN, SITE, html_of, injections, squashed, strangers
from playwright.sync_api import Browser, Page

from builder.markup import escape_inline, front_matter, render
from builder.model.post import Post
from builder.reading import decode_document, parse_post

PAYLOADS = injections()
BASE = "https://example.org/news/1.html"
# Every handler that a payload could have planted is called, every link is followed.
PROVOKE = """() => {
  const events = ['click', 'mouseover', 'mouseenter', 'focus', 'blur', 'toggle', 'error', 'load', 'animationstart'];
  for (const element of document.querySelectorAll('*')) {
    for (const name of events) element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    if (element instanceof HTMLAnchorElement && element.protocol === 'javascript:') window.alert(element.href);
  }
}"""


def post_of(payload: str) -> Post:
    """A post with the payload in every field, and in its body as text, alternative text, address and HTML."""
    fields = {
        "title": payload,
        "author": payload,
        "tags": [payload],
        "categories": payload,
        "from": payload,
        "date": payload,
    }
    text = html.escape(payload)
    body = (
        f"<p>{text}</p>\n<ul><li>{text}</li></ul>\n<table><tr><th>1</th><th>2</th></tr><tr><td>{text}</td><td>3</td></tr></table>\n"
        f'<p>一<b>{text}</b>二<a href="https://example.org/{text}">{text}</a></p>\n<p><a href="{text}">{text}</a></p>\n'
        f'<p><img src="{text}" alt="{text}"><img src="https://example.org/x.png" alt="{text}"></p>\n<pre>{text}</pre>\n'
    )
    document, _ = decode_document((front_matter(fields) + body).encode(), "post.html.md")
    assert document
    return parse_post(document)


def page_of(payload: str) -> str:
    """The Markdown of a page around a post with the payload everywhere, the raw payload as HTML at its end."""
    post = post_of(payload)
    labels = "\n".join(f"- {escape_inline(label)}" for label in (*post.outlet_names, *post.tags, post.author or "x"))
    link = f"[{escape_inline(post.title)}](https://example.org/)"
    raw = render(payload, post.url or BASE).markdown
    body = render(post.body, post.url or BASE).markdown
    return f"# {escape_inline(post.title)}\n\n{labels}\n\n{link}\n\n{body}\n\n{raw}\n"


def test_there_are_enough_payloads() -> None:
    """The set is at least as large as promised, and each payload is there once."""
    assert len(PAYLOADS) >= 250
    assert len(set(PAYLOADS)) == len(PAYLOADS)


def test_text_reads_as_written() -> None:
    """A payload that is text in a paragraph, cell, list item, link or picture is that text on the page."""
    for payload in PAYLOADS:
        text = html.escape(payload)
        body = f'<p>{text}</p><ul><li>{text}</li></ul><img src="x.png" alt="{text}"><p><a href="/x">{text}</a></p>'
        tree = html_of(render(body, BASE).markdown)
        assert squashed(tree.text_content()) == squashed(payload) * 3
        assert [squashed(alt) for alt in tree.xpath("//img/@alt")] == [squashed(payload)]
        assert strangers(tree) == []


def test_text_reads_as_written_in_cells() -> None:
    """A payload that is text in the cells of a table is that text there, pipes and all."""
    for payload in PAYLOADS:
        text = html.escape(payload)
        table = f"<table><tr><th>一</th><th>{text}</th></tr><tr><td>{text}</td><td>二</td></tr></table>"
        tree = html_of(render(table, BASE).markdown, PLAIN)
        assert [squashed(cell.text_content()) for cell in tree.xpath("//th|//td")] == [
            "一",
            squashed(payload),
            squashed(payload),
            "二",
        ]


def test_raw_html_brings_nothing_along() -> None:
    """A payload that is the body's own HTML leaves no element, attribute or address outside the allow-list."""
    for payload in PAYLOADS:
        markdown = render(payload, BASE).markdown
        assert strangers(html_of(markdown, PLAIN)) == strangers(html_of(markdown, SITE)) == []


def test_labels_read_as_written() -> None:
    """A payload in title and tags is that text as heading, list item and link label."""
    for payload in PAYLOADS:
        label = escape_inline(payload)
        tree = html_of(f"# {label}\n\n- {label}\n\n[{label}](https://example.org/)\n")
        assert squashed(tree.text_content()) == squashed(payload) * 3
        assert strangers(tree) == []


def test_front_matter_gives_the_text_back() -> None:
    """A payload written into a page's front matter ends neither the value nor the front matter."""
    for payload in PAYLOADS:
        fields = {"title": payload, "tags": [payload, payload], payload: "key"}
        values, body = frontmatter.parse(front_matter(fields) + "body\n")
        assert (values, body) == (fields, "body")


def test_addresses_are_web_addresses_or_none() -> None:
    """A payload as address of the original never becomes more than an encoded web address."""
    for payload in PAYLOADS:
        url = post_of(payload).url
        assert url is None or (url.startswith(("http://", "https://")) and not set(url) & set('<>" \n\t\\`'))


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page of Chromium that remembers what ran and asks nobody for anything."""
    context = chromium.new_context()
    context.route("**/*", lambda route: route.abort())
    page = context.new_page()
    page.add_init_script(
        "window.ran = []; for (const f of ['alert', 'confirm', 'prompt']) window[f] = () => ran.push(f);"
    )
    yield page
    context.close()


def _ran(page: Page, body: str) -> int:
    page.goto("about:blank")
    page.set_content(f"<!doctype html><meta charset=utf-8><body>{body}</body>", wait_until="domcontentloaded")
    page.evaluate(PROVOKE)
    return int(page.evaluate("window.ran.length"))


@pytest.mark.browser
def test_the_browser_test_would_notice(page: Page) -> None:
    """Payloads do run where nothing is escaped, so the test below can fail."""
    assert sum(_ran(page, payload) > 0 for payload in PAYLOADS[::6]) > len(PAYLOADS[::6]) // 3


@pytest.mark.browser
def test_nothing_runs_in_a_browser(page: Page) -> None:
    """No payload runs in Chromium, wherever in a post it stands and whatever is clicked; many share a document."""
    bodies = [lxml.html.tostring(html_of(page_of(payload)), encoding="unicode") for payload in PAYLOADS]
    many = 12
    assert [
        number for number in range(0, len(bodies), many) if _ran(page, "".join(bodies[number : number + many]))
    ] == []
