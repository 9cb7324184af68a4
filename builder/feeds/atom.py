"""Atom feeds (RFC 4287) with the full text."""

from __future__ import annotations

from lxml import etree

from builder import paths
from builder.feeds.channels import Channel, timestamp
from builder.feeds.context import FeedContext
from builder.feeds.xml import add, document, root
from builder.model.archive import Entry
from builder.pages.articles import html_language, title_of

_ATOM = "http://www.w3.org/2005/Atom"
_STYLE = "assets/stylesheets/feed.css"
"""For readers who open a feed in a browser."""


def atom(channel: Channel, context: FeedContext) -> bytes:
    """A channel as an Atom feed.

    ``author`` is the byline where there is one, else the outlet, which RFC 4287 (3.2) allows: a person, corporation
    or similar entity. ``updated`` is the date of publication, since nothing later is known of the original.
    """
    here = f"{channel.stem}.xml"
    feed = root("feed", _ATOM)
    add(feed, "id", context.addresses.tag(channel.stem))
    add(feed, "title", channel.title)
    if not channel.entries:
        add(feed, "subtitle", context.renderer.label("no_articles"))
    add(feed, "updated", channel.updated)
    if context.addresses.known:
        add(feed, "link", rel="self", type_="application/atom+xml", href=context.addresses.of(here, here))
    add(feed, "link", rel="alternate", type_="text/html", href=context.addresses.of(here, channel.page))
    for entry in channel.entries:
        _entry(feed, entry, here, context)
    return document(feed, style=context.addresses.of(here, _STYLE))


def _entry(feed: etree._Element, entry: Entry, here: str, context: FeedContext) -> None:
    article = entry.article
    element = add(feed, "entry", xml_lang=html_language(article.language))
    add(element, "id", context.addresses.tag(f"articles/{entry.id}"))
    add(element, "title", title_of(article, context.renderer))
    if article.published:
        add(element, "published", timestamp(article.published))
        add(element, "updated", timestamp(article.published))
    author = add(element, "author")
    add(author, "name", article.author or article.source or context.renderer.label("source_unknown"))
    address = context.addresses.of(here, paths.article(entry.id))
    add(element, "link", rel="alternate", type_="text/html", href=address)
    if article.url:
        add(element, "link", rel="via", href=article.url)
    for topic in entry.topics:
        add(element, "category", term=topic, label=context.topics[topic])
    if article.excerpt:
        add(element, "summary", article.excerpt)
    add(element, "content", context.html.html(entry, here), type_="html")
