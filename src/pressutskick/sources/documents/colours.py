"""Whether text in one colour can be read on another."""

import re

#: Smallest contrast that an eye makes out, by the ratio of WCAG 2 (1 is none, 21 black on white).
_LEAST_CONTRAST = 1.12
_NAMED = {
    "white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0",
    "ghostwhite": "f8f8ff", "floralwhite": "fffaf0", "whitesmoke": "f5f5f5",
}  # fmt: skip


def is_unreadable(colour: str, ground: str) -> bool:
    """Whether `colour` on `ground` cannot be seen; False where either is not understood."""
    if is_transparent(colour):
        return True
    ink, paper = read_colour(colour), read_colour(ground)
    if ink is None or paper is None:
        return False
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < _LEAST_CONTRAST


def is_transparent(colour: str) -> bool:
    """`transparent`, or a colour whose alpha is nothing."""
    text = colour.strip().casefold()
    alpha = re.fullmatch(r"(?:rgba|hsla|rgb|hsl)\([^()]*[,/]\s*0*\.?0*%?\s*\)", text)
    return text == "transparent" or (alpha is not None and len(re.findall(r"[,/]", text)) in (1, 3))


def read_colour(text: str) -> tuple[int, int, int] | None:
    """Red, green and blue from 0 to 255; None where the notation is not known."""
    text = text.strip().casefold()
    text = _NAMED.get(text, text).removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3,4}", text):
        text = "".join(2 * digit for digit in text[:3])
    if re.fullmatch(r"[0-9a-f]{6}(?:[0-9a-f]{2})?", text):
        return int(text[:2], 16), int(text[2:4], 16), int(text[4:6], 16)
    parts = re.fullmatch(
        r"rgba?\(\s*([\d.]{1,6}%?)[\s,]+([\d.]{1,6}%?)[\s,]+([\d.]{1,6}%?)[^()]*\)", text
    )
    if parts is None:
        return None
    red, green, blue = (_channel(part) for part in parts.groups())
    return red, green, blue


def _channel(text: str) -> int:
    try:
        value = float(text.rstrip("%")) * (2.55 if text.endswith("%") else 1)
    except ValueError:
        value = 0.0
    return min(255, round(value))


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (
        value / 12.92 if (value := part / 255) <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
