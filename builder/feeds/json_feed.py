"""JSON Feeds (version 1.1, jsonfeed.org) with the full text."""

from __future__ import annotations

import msgspec

from builder import paths
from builder.feeds.channels import Channel, timestamp
from builder.feeds.context import FeedContext
from builder.model.archive import Entry
from builder.pages.articles import html_language, title_of


def json_feed(channel: Channel, context: FeedContext) -> bytes:
    """A channel as a JSON Feed; what the format wants absolute is left out where the site's address is not known."""
    here = f"{channel.stem}.json"
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": context.addresses.of(here, channel.page) if context.addresses.known else None,
        "feed_url": context.addresses.of(here, here) if context.addresses.known else None,
        "language": html_language(context.language),
        "items": [_item(entry, here, context) for entry in channel.entries],
    }
    return msgspec.json.format(msgspec.json.encode(_present(feed)), indent=1) + b"\n"


def _item(entry: Entry, here: str, context: FeedContext) -> dict[str, object]:
    article = entry.article
    author = article.author or article.source
    item: dict[str, object] = {
        "id": context.addresses.tag(f"articles/{entry.id}"),
        "url": context.addresses.of(here, paths.article(entry.id)) if context.addresses.known else None,
        "external_url": article.url,
        "title": title_of(article, context.renderer),
        "summary": article.excerpt or None,
        "content_html": context.html.html(entry, here),
        "date_published": timestamp(article.published) if article.published else None,
        "authors": [{"name": author}] if author else None,
        "tags": [context.topics[topic] for topic in entry.topics] or None,
        "language": html_language(article.language),
    }
    return _present(item)


def _present(fields: dict[str, object]) -> dict[str, object]:
    """The fields that say something; in JSON Feed an absent field is how nothing is said."""
    return {name: value for name, value in fields.items() if value is not None}
