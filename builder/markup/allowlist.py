"""What may pass from a raw body into a page: everything else is taken off by nh3 before a line is written."""

from __future__ import annotations

import nh3

_INLINE_TAGS = "a b strong em i sub sup ruby rb rt rp rtc q del s strike code kbd samp tt br img"
_BLOCK_TAGS = """
p div h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd hr table caption thead tbody tfoot tr th td figure figcaption
article section main header footer aside nav address center details summary fieldset legend form
"""
_DROPPED = {"script", "style", "template", "iframe", "noembed", "noframes", "object", "title", "head"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "data-original"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLEANER = nh3.Cleaner(
    tags={*_INLINE_TAGS.split(), *_BLOCK_TAGS.split()},
    clean_content_tags=_DROPPED,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
INLINE = frozenset(_INLINE_TAGS.split()) - {"br", "img"}


def allowed(html: str) -> str:
    """HTML with nothing in it but allowed elements, attributes and schemes; the text of other elements stays, NULs do not."""
    return _CLEANER.clean(html.replace("\0", ""))
