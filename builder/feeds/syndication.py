"""A channel as Atom (RFC 4287) and as JSON Feed (version 1.1, jsonfeed.org), both with the full text."""

from __future__ import annotations

import msgspec
from lxml import etree

from builder import paths
from builder.feeds.channels import Channel, timestamp
from builder.feeds.context import FeedContext
from builder.feeds.xml import add, document, root
from builder.model.archive import Entry
from builder.pages.articles import html_language, title_of

_STYLE = "assets/stylesheets/feed.css"
"""For readers who open a feed in a browser."""


def atom(channel: Channel, context: FeedContext) -> bytes:
    """A channel as an Atom feed.

    ``author`` is the byline where there is one, else the outlet, which RFC 4287 (3.2) allows: a person, corporation
    or similar entity. ``updated`` is the date of publication, since nothing later is known of the original.
    """
    here = f"{channel.stem}.xml"
    feed = root("feed", "http://www.w3.org/2005/Atom")
    add(feed, "id", context.tag(channel.stem))
    add(feed, "title", channel.title)
    if not channel.entries:
        add(feed, "subtitle", context.renderer.label("no_articles"))
    add(feed, "updated", channel.updated)
    if context.is_published:
        add(feed, "link", rel="self", type_="application/atom+xml", href=context.address(here, here))
    add(feed, "link", rel="alternate", type_="text/html", href=context.address(here, channel.page))
    for entry in channel.entries:
        _atom_entry(feed, entry, here, context)
    return document(feed, style=context.address(here, _STYLE))


def _atom_entry(feed: etree._Element, entry: Entry, here: str, context: FeedContext) -> None:
    article = entry.article
    element = add(feed, "entry", xml_lang=html_language(article.language))
    add(element, "id", context.tag(f"articles/{entry.id}"))
    add(element, "title", title_of(article, context.renderer))
    if article.published:
        add(element, "published", timestamp(article.published))
        add(element, "updated", timestamp(article.published))
    author = add(element, "author")
    add(author, "name", article.author or article.source or context.renderer.label("source_unknown"))
    address = context.address(here, paths.article(entry.id))
    add(element, "link", rel="alternate", type_="text/html", href=address)
    if article.url:
        add(element, "link", rel="via", href=article.url)
    for topic in entry.topics:
        add(element, "category", term=topic, label=context.topics[topic])
    if article.excerpt:
        add(element, "summary", article.excerpt)
    add(element, "content", context.html.html(entry, here), type_="html")


def json_feed(channel: Channel, context: FeedContext) -> bytes:
    """A channel as a JSON Feed; what the format wants absolute is left out where the site's address is not known."""
    here = f"{channel.stem}.json"
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": context.address(here, channel.page) if context.is_published else None,
        "feed_url": context.address(here, here) if context.is_published else None,
        "language": html_language(context.settings.language),
        "items": [_json_item(entry, here, context) for entry in channel.entries],
    }
    return msgspec.json.format(msgspec.json.encode(_present(feed)), indent=1) + b"\n"


def _json_item(entry: Entry, here: str, context: FeedContext) -> dict[str, object]:
    article = entry.article
    author = article.author or article.source
    return _present(
        {
            "id": context.tag(f"articles/{entry.id}"),
            "url": context.address(here, paths.article(entry.id)) if context.is_published else None,
            "external_url": article.url,
            "title": title_of(article, context.renderer),
            "summary": article.excerpt or None,
            "content_html": context.html.html(entry, here),
            "date_published": timestamp(article.published) if article.published else None,
            "authors": [{"name": author}] if author else None,
            "tags": [context.topics[topic] for topic in entry.topics] or None,
            "language": html_language(article.language),
        }
    )


def _present(fields: dict[str, object]) -> dict[str, object]:
    """The fields that say something; in JSON Feed an absent field is how nothing is said."""
    return {name: value for name, value in fields.items() if value is not None}
