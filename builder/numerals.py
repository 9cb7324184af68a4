"""Chinese numerals up to 9,999, as official numbering writes them."""

from __future__ import annotations

DIGITS = "零〇一二三四五六七八九"
NUMERAL = "零〇一二三四五六七八九十百千"
GREAT = "壹贰貳叁參参肆伍陆陸柒捌玖拾"
_GREAT = str.maketrans(GREAT, "一二二三三三四五六六七八九十")
_VALUES = {"零": 0, "〇": 0, **{character: value for value, character in enumerate("一二三四五六七八九", 1)}}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def value_of(text: str) -> int | None:
    """The number that a numeral writes.

    Args:
        text: ``十二``, ``二〇一九``, ``12``, ``１２`` or ``拾貳``.

    Returns:
        Its value, or None where the text is no numeral.
    """
    if text.isdecimal():
        return int(text)
    text = text.translate(_GREAT)
    if not text or any(character not in NUMERAL for character in text):
        return None
    if all(character in DIGITS for character in text):
        return int("".join(str(_VALUES[character]) for character in text))
    total, pending = 0, 0
    for character in text:
        if character in _UNITS:
            total += (pending or 1) * _UNITS[character]
            pending = 0
        else:
            pending = _VALUES[character]
    return total + pending


def numeral_of(value: int) -> str:
    """The numeral of a number from 1 to 9,999, as official numbering writes it: 十二, 一百零五."""
    digits = "零一二三四五六七八九"
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += digits[digit] + name
        elif text and not text.endswith("零") and value % unit:
            text += "零"
    return text[1:] if text.startswith("一十") else text
