"""What may pass from a raw body into a page: everything else is taken off by nh3 before a line is written."""

from __future__ import annotations

import nh3

from builder.patterns import pattern

_INLINE_TAGS = "a b strong em i sub sup ruby rb rt rp rtc q del ins tex noteref s strike code kbd samp tt br img"
_BLOCK_TAGS = """
p div h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd hr table caption thead tbody tfoot tr th td figure figcaption
article section main header footer aside nav address center details summary fieldset legend form footnote
"""
_DROPPED = {"script", "style", "template", "iframe", "noembed", "noframes", "object", "title", "head"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "data-original"},
    "ol": {"start"},
    "tex": {"display"},
    "footnote": {"label"},
    "noteref": {"label"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
ELEMENTS = frozenset([*_INLINE_TAGS.split(), *_BLOCK_TAGS.split()])
"""The elements that pass; of others only the text does, and not of all: formulas and drawings are dropped whole."""
_CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=_DROPPED,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
INLINE = frozenset(_INLINE_TAGS.split()) - {"br", "img"}


_TAG = pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,4000}>")
# Not white space, and no text: the converter writes structure with some of them. References can bring them in.
_CONTROLS = pattern(r"[\x00-\x08\x0b-\x1f\x7f]")
_VOID = frozenset({"br", "img", "hr", "p", "li", "input", "meta", "link", "source", "wbr", "td", "th", "tr", "option"})
# The parser's time grows with the square of the depth: 20,000 levels take a second. Real pages have below 100.
_DEEPEST = 2000


def allowed(html: str) -> str:
    """HTML with nothing in it but allowed elements, attributes and schemes; the text of other elements stays.

    Control characters are gone. Where elements nest deeper than any page does, only the text is left.
    """
    html = html.replace("\0", "")
    if html.count("<") - 2 * html.count("</") > _DEEPEST and _depth(html) > _DEEPEST:
        html = _TAG.sub("\n", html)
    return _CONTROLS.sub("", _CLEANER.clean(html))


def _depth(html: str) -> int:
    """How deep elements nest, were none of them closed by another's end."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest
