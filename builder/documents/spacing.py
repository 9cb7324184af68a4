"""White space in Chinese text: what OCR spaces out, what it strews in, what separates names."""

from __future__ import annotations

from builder.patterns import pattern


def close_spaced(text: str) -> str:
    """Close runs of three or more single Chinese characters that stand apart; other spaces stay.

    Args:
        text: ``浙江省厅 文件 杭 州 市``.

    Returns:
        ``浙江省厅 文件 杭州市``.
    """
    return SPACED_OUT.sub(lambda found: "".join(found.group().split()), text)


_CHINESE = r"[\u3400-\u9fff〇“”《》（）〔〕、，。；：]"
SPACED_OUT = pattern(rf"(?<![^\s]){_CHINESE}(?:\s+{_CHINESE}){{2,}}(?![^\s])")
