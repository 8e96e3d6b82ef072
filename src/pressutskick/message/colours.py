"""Colours that can be read: contrast as WCAG 2.1 counts it, and the nearest colour that passes.

A colour is `#rrggbb` in small letters. Pure arithmetic.
"""

import colorsys
from collections.abc import Iterable

#: What a text needs against its ground (WCAG 2.1, 1.4.3 AA), and what the shipped look has (AAA).
LEAST_CONTRAST = 4.5
GOOD_CONTRAST = 7.0
_STEP = 0.01


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: str, grounds: Iterable[str]) -> float:
    """Against the ground on which it is worst to read."""
    return min(contrast(colour, ground) for ground in grounds)


def mix(colour: str, ground: str, share: float) -> str:
    """So much of `colour` (0 to 1), the rest `ground`."""
    parts = zip(_parts(colour), _parts(ground), strict=True)
    return _write(share * one + (1 - share) * other for one, other in parts)


def move_to(colour: str, grounds: Iterable[str], least: float, *, lighter: bool) -> str:
    """The same colour, so much lighter or darker that it can be read on all of `grounds`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    grounds, found = tuple(grounds), colour
    while least_contrast(found, grounds) < least and 0 < lightness < 1:
        lightness = min(max(lightness + (_STEP if lighter else -_STEP), 0), 1)
        found = _write(colorsys.hls_to_rgb(hue, lightness, saturation))
    return found


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _write(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
