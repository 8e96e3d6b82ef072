"""What spreadsheets store in a cell -> text, and what they did to it (`CellFlaw`)."""

import math
from datetime import datetime, timedelta

from pressutskick.recipients.rows import CellFlaw

#: Beyond so many digits a spreadsheet's number is no longer exact.
_EXACT = 10**15


def number_text(stored: str) -> tuple[str, CellFlaw | None]:
    """`7.01740600E8` -> `701740600`; a whole number was perhaps a phone once, so it is flawed."""
    try:
        number = float(stored)
    except ValueError:
        return stored, None
    if not math.isfinite(number):
        return stored, None
    if number != int(number):
        return stored, None
    if abs(number) >= _EXACT:
        return stored, CellFlaw.DIGITS_LOST
    return str(int(number)), CellFlaw.NUMBER


def date_text(stored: str, *, since_1904: bool = False) -> tuple[str, CellFlaw | None]:
    """A serial day number as an ISO date, with its clock where it has one; below 1 a clock alone.

    Day 60 of 1900 never was; Excel has it because Lotus had. Serials count from 1899-12-30, which
    is right from 1900-03-01 on.
    """
    try:
        serial = float(stored)
        start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - wall
        moment = start + timedelta(seconds=round(serial * 86400))
    except (ValueError, OverflowError):
        return stored, None
    if 0 <= serial < 1:
        return f"{moment:%H:%M}", None
    clock = "" if (moment.hour, moment.minute) == (0, 0) else f"T{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}{clock}", CellFlaw.DATE


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a clock: letters of them outside quotes, brackets."""
    shown: list[str] = []
    is_quoted = is_bracketed = False
    previous = ""
    for char in code.lower():
        if previous in ("\\", "_", "*"):
            previous = ""
            continue
        if char == '"':
            is_quoted = not is_quoted
        elif not is_quoted and char in "[]":
            is_bracketed = char == "["
        elif not is_quoted and not is_bracketed:
            shown.append(char)
        previous = char
    text = "".join(shown).partition(";")[0]
    return any(letter in text for letter in "ydhms") and "general" not in text and "#" not in text
