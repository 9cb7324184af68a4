"""One post to one article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from lxml import etree

from builder import markup
from builder.cleaning import chain
from builder.cleaning.body import BodyTree, parse
from builder.cleaning.draft import Draft
from builder.cleaning.editing import edit
from builder.cleaning.errors import body_problems
from builder.cleaning.fields import author_of, credited, published_of, source_of, updated_of
from builder.cleaning.language import language_of
from builder.cleaning.pictures import find_pictures, publish_pictures, shorten_addresses
from builder.cleaning.sources import Outlet, profile_of, resolve
from builder.config.curation import Correction, SourceProfile
from builder.containers.pictures import Picture
from builder.model.article import Article, Body, Rendered
from builder.model.post import Candidate, Post, Published
from builder.problems import Problem, ordered
from builder.reading.dates import day_of_address, read_date


def clean(
    post: Post,
    profiles: Mapping[str, SourceProfile],
    habits: frozenset[str] = frozenset(),
    correction: Correction | None = None,
    body: BodyTree | None = None,
) -> Article:
    """Clean one post.

    Args:
        post: The raw post.
        profiles: The outlets' profiles by slug; a post of an outlet without one is cleaned by the general rules.
        habits: What its source repeats, as :meth:`Repetition.of` says.
        correction: Which blocks an editor keeps or drops; the rest of it is for later.
        body: The parsed body, where there is one; its tree is used up.

    Returns:
        The article; among its problems ``ledger-mismatch`` where kept and removed text together are not the raw text.
    """
    body = body or parse(post.body, post.body_format)
    draft = Draft(post, body, profile_of(post, profiles), habits)
    find_pictures(draft)
    doubts = edit(draft, body.shortcodes, correction)
    chain.run(draft)
    pictures, lost = publish_pictures(draft)
    exact = draft.ledger.is_exact(draft.root)
    doubts += lost if exact else (*lost, Problem("ledger-mismatch", post.document.path))
    shorten_addresses(draft)
    rendered = markup.render(_html(draft.root), post.url, {address: address for address in pictures})
    credited = (source_of(draft),) if draft.is_page else draft.credits.get("source", ())
    site = next((each.value for each in post.candidates if each.field == "site"), "") if draft.is_page else ""
    source = resolve(post, tuple(filter(None, credited)), profiles, site)
    published, dated = _published(draft)
    updated = updated_of(draft, published)
    if updated:
        draft.credits["updated"] = [updated.stated]
    doubts += tuple(Problem(code, post.document.path) for code in draft.doubts)
    about_body = body_problems(post, rendered.text, rendered.images, habits)
    article = _article(draft, rendered, source, published, ordered([*dated, *doubts, *about_body]))
    return _with_pictures(article, pictures)


def _with_pictures(article: Article, pictures: Mapping[str, Picture]) -> Article:
    """An article with the pictures that are published with it, by the addresses that its images have for them."""
    if not pictures:
        return article
    named = {picture.name: picture.data for picture in pictures.values()}
    images = tuple(
        replace(image, size=(pictures[image.source].width, pictures[image.source].height))
        if image.source in pictures
        else image
        for image in article.images
    )
    body = replace(article.body, images=images, picture_data=named)
    return replace(article, body=body, pictures=tuple(sorted(named)))


def said_in_text(post: Post, profiles: Mapping[str, SourceProfile]) -> tuple[Candidate, ...]:
    """What a post's text says of its metadata: the lines around a page's article, and what was moved out of it."""
    draft = Draft(post, parse(post.body, post.body_format), profile_of(post, profiles), frozenset())
    chain.run(draft)
    moved = (Candidate(field, value, "text") for field, values in draft.credits.items() for value in values)
    return (*draft.said, *moved)


def _article(
    draft: Draft, rendered: Rendered, source: Outlet, published: Published | None, problems: tuple[Problem, ...]
) -> Article:
    post = draft.post
    return Article(
        path=post.document.path,
        sha256=post.document.sha256,
        size=post.document.size,
        encoding=post.document.encoding,
        title=draft.headline or post.title,
        title_original=post.title_original,
        published=published,
        source=source.name,
        carrier=source.carrier,
        author=_author(draft, source),
        credits={field: tuple(values) for field, values in sorted(draft.credits.items())},
        url=post.url or _original(draft),
        carrier_url=post.carrier_url,
        language=language_of(f"{post.title}\n{rendered.text}", source.profile.script if source.profile else ""),
        tags=tuple(dict.fromkeys([*post.tags, *draft.tags])),
        excerpt=rendered.excerpt,
        body=Body(rendered.markdown, rendered.text, rendered.images, tuple(draft.ledger.removals)),
        problems=problems,
        stated=_stated(post, published),
        container=post.document.kind,
        member=post.document.member,
    )


def _stated(post: Post, published: Published | None) -> str:
    """When this text was what it is: the latest of the dates that the file states."""
    said = (read_date(each.value) for each in post.candidates if each.field in {"updated", "saved"})
    dates = [date.iso for date in (*said, published) if date]
    return max(dates, default="")


def _published(draft: Draft) -> tuple[Published | None, tuple[Problem, ...]]:
    """When the post says it was published, else what the lines around its text say; and the post's own problems."""
    post, doubt = draft.post, "date-from-text"
    published = published_of(draft) if draft.is_page else post.published or credited(draft)
    addressed = day_of_address(post.url or post.carrier_url)
    if addressed and published in {None, addressed}:
        published, doubt = addressed, "date-from-address"
    if post.published or not published:
        return published, post.problems
    problems = tuple(problem for problem in post.problems if problem.code != _UNDATED)
    if draft.is_page and published is not addressed:
        return published, problems
    return published, (*problems, Problem(doubt, post.document.path, values={"date": published.iso}))


_UNDATED = "no-date"


def _author(draft: Draft, source: Outlet) -> str | None:
    if draft.is_page:
        return author_of(draft, source.name)
    named = (*draft.credits.get("author", ()), *draft.credits.get("reporter", ()))
    return draft.post.author or next(iter(named), None)


def _html(root: etree._Element) -> str:
    """The clean tree's content."""
    body = root.find("body")
    element = root if body is None else body
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return (escape(element.text) if element.text else "") + children


def _original(draft: Draft) -> str | None:
    """An address that the text names as the original's."""
    address = draft.original or ""
    return address if address.startswith(("http://", "https://")) else None
