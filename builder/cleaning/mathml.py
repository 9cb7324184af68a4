"""Formulas that a page gives in MathML alone, written as TeX (MathML Core, and what older pages use beside it)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree
from markdown_it.rules_inline import StateInline

from builder.patterns import pattern
from builder.reading.html_tree import text_of

TEX = "tex"
"""Element that holds a formula's source; markup writes it between dollar signs."""
_ANNOTATIONS = frozenset(["annotation", "annotation-xml"])  # other writings of the same, which no browser shows
_TOKENS = frozenset(["mi", "mo", "mn", "ms", "mtext"])
_FUNCTIONS = frozenset([
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom",
    "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan",
    "tanh",
])  # fmt: skip
_LIMITS = frozenset([*"∑∏∐∮⋀⋁⋂⋃⨀⨁⨂⨆", *(rf"\{name}" for name in ("det", "gcd", "inf", "lim", "max", "min", "sup"))])
_FORMS = {
    ("mfrac", 2): r"\frac{{{0}}}{{{1}}}", ("stack", 2): r"{{{0} \atop {1}}}", ("mroot", 2): r"\sqrt[{1}]{{{0}}}",
    ("msub", 2): "{2}_{3}", ("msup", 2): "{2}^{3}", ("msubsup", 3): "{3}_{4}^{5}",
}  # fmt: skip
"""Forms by element and number of parts; behind the parts come the same ones as groups."""
_MARKED = {"munder": "_", "mover": "^", "munderover": "_^"}
_ACCENTS = {
    "^→": "vec", "^⃗": "vec", r"^\hat{}": "hat", "^ˆ": "hat", r"^\tilde{}": "tilde", "^˜": "tilde", "^¯": "bar",
    "^ˉ": "bar", "^˙": "dot", "^¨": "ddot", "^‾": "overline", r"^\_": "overline", "^⏞": "overbrace",
    r"_\_": "underline", "_‾": "underline", "_⏟": "underbrace",
}  # fmt: skip
_JOINTS = {"mtr": " & ", "mtable": r" \\ "}
_LETTERS = {"normal": "mathrm", "bold": "mathbf", "double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak"}
_OPENED = pattern(r"<((?:m:|mml:)?math)\b[^<>]{0,400}>")
_LONGEST = 20_000
_SPECIAL = pattern(r"[#$%&_{}\\^~]")
_ESCAPES = {"\\": r"\backslash ", "^": r"\hat{}", "~": r"\tilde{}"}
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b"))
_WHOLE = pattern(r"\\[A-Za-z]{1,20}\{[^{}]{0,80}\}")
_COMMAND = pattern(r"\\[A-Za-z]{1,20}\Z")


def read_formulas(root: etree._Element) -> None:
    """Put TeX in the place of each formula of a tree that holds nothing but MathML, and no TeX as annotation."""
    for math in list(root.iter("math", "m:math", "mml:math")):
        parent = math.getparent()
        if parent is None or source_of(math) is not None or not all(map(_is_mathml, math.iter())):
            continue
        formula = math.makeelement(TEX)
        said = math.get("alttext") or ""
        formula.text, formula.tail = said if "\\" in said else tex_of(math), math.tail
        if {math.get("display"), math.get("mode")} & {"block", "display"}:
            formula.set("display", "block")
        parent.replace(math, formula)


def mathml_in_markdown(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the library's signature
    """Rule for markdown-it: a formula passes as it is, for ``*`` is a sign in it and ``<m:mi>`` no tag to Markdown."""
    opened = _OPENED.match(state.src, state.pos)
    end = state.src.find(f"</{opened[1]}>", state.pos, state.pos + _LONGEST) if opened else -1
    if not opened or end < 0:
        return False
    end += len(f"</{opened[1]}>")
    if not silent:
        state.push("html_inline", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def source_of(math: etree._Element) -> etree._Element | None:
    """The annotation of a formula that holds it in TeX."""
    annotations = (each for each in math.iter("annotation") if (each.text or "").strip())
    return next((each for each in annotations if (each.get("encoding") or "").lower().endswith("tex")), None)


def tex_of(element: etree._Element) -> str:
    """An element of MathML and all it holds as TeX; of elements that TeX has no form for, the content."""
    name = _name(element)
    if name in _TOKENS:
        text = text_of(element).translate(_INVISIBLE)
        return _token(name, " ".join(text.split()), _LETTERS.get(element.get("mathvariant") or ""))
    parts = list(_parts(element))
    if name == "mfenced":
        comma = element.get("separators", ",").strip()[:1]
        return _escaped(element.get("open", "(")) + comma.join(parts) + _escaped(element.get("close", ")"))
    stacked = name == "mfrac" and (element.get("linethickness") or "").startswith("0")
    return _form("stack" if stacked else name, parts)


def _is_mathml(element: etree._Element) -> bool:
    name = _name(element)
    return name[0] == "m" or name in {"semantics", "none", *_ANNOTATIONS}


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition(":")[2]


def _parts(element: etree._Element) -> Iterator[str]:
    """The content in TeX, piece by piece. Text has no place between elements of MathML, but none is lost."""
    for text, child in ((element.text, None), *((child.tail, child) for child in element)):
        if child is not None and _name(child) not in _ANNOTATIONS:
            yield tex_of(child)
        if text and not text.isspace():
            yield _token("mtext", " ".join(text.split()), None)


def _token(name: str, text: str, letters: str | None) -> str:
    """One name, sign, number or text."""
    if letters and text.isascii() and text.isalnum():
        return rf"\{letters}{{{text}}}"
    if text in _FUNCTIONS:
        return rf"\{text}"
    if not text or (name != "mtext" and (len(text) == 1 or not text[0].isalpha())):
        return _escaped(text)
    return rf"\{'mathrm' if text.isascii() and name != 'mtext' else 'text'}{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or "\\" + match[0], text)


def _form(name: str, parts: Sequence[str]) -> str:
    """Parts in the form that an element gives them; one after the other where it has not as many as it needs."""
    form = _FORMS.get((name, len(parts)))
    if form:
        return form.format(*parts, *map(_group, parts))
    if len(parts) == 1 + len(_MARKED.get(name, "")) > 1:
        return _marked(parts[0], list(zip(_MARKED[name], parts[1:], strict=True)))
    pairs = zip(("", *parts), parts, strict=False)
    row = (" " + part if part[:1].isalpha() and _COMMAND.search(before) else part for before, part in pairs)
    text = _JOINTS.get(name, "").join(row)
    return {"msqrt": rf"\sqrt{{{text}}}", "mtable": rf"\begin{{matrix}}{text}\end{{matrix}}"}.get(name, text)


def _marked(base: str, marks: Sequence[tuple[str, str]]) -> str:
    """Something with marks below or above it: limits, accents, or whatever is set there."""
    if base in _LIMITS:
        return base + "".join(sign + _group(mark) for sign, mark in marks)
    for sign, mark in marks:
        accent = _ACCENTS.get(sign + mark) or f"{'over' if sign == '^' else 'under'}set{{{mark}}}"
        base = rf"\{accent}{{{base}}}"
    return base


def _group(tex: str) -> str:
    return tex if len(tex) == 1 or tex in _LIMITS or _WHOLE.fullmatch(tex) else f"{{{tex}}}"
