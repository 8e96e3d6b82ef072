"""Owns how days and clocks are written in four languages; the patterns are in `words/*/times.txt`."""

import datetime as dt

WEEKDAYS = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "no": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}
DEFINITE = {"sv": "en", "no": "en", "da": "en", "en": ""}


def date_words(day: dt.date, language: str, slip: int = 0) -> dict[str, str]:
    """The words that a pattern of a date may hold; `slip` moves the weekday away from the truth."""
    weekday = WEEKDAYS[language].split()[(day.weekday() + slip) % 7]
    month = MONTHS[language].split()[day.month - 1]
    return {
        "wd": weekday,
        "wd.def": weekday + DEFINITE[language],
        "wd3": weekday[:3],
        "d": str(day.day),
        "dd": f"{day.day:02}",
        "mon": month,
        "mon3": month[:3],
        "m": str(day.month),
        "mm": f"{day.month:02}",
        "y": str(day.year),
        "iso": day.isoformat(),
        "th": ordinal(day.day),
    }


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def clock_text(clock: dt.time, style: str) -> str:
    """A clock in a style of the word files: dot, colon, hour, digits, ampm, h."""
    full, minutes = f"{clock.hour}", f"{clock.minute:02}"
    if style == "hour" and clock.minute == 0:
        return full
    if style == "digits":
        return f"{clock.hour:02}{minutes}"
    if style == "h":
        return f"{clock.hour:02}h{minutes}"
    if style == "ampm":
        return _ampm(clock)
    return f"{clock.hour:02}{':' if style == 'colon' else '.'}{minutes}"


def _ampm(clock: dt.time) -> str:
    half = "a.m." if clock.hour < 12 else "p.m."
    hour = (clock.hour - 1) % 12 + 1
    return f"{hour}:{clock.minute:02} {half}" if clock.minute else f"{hour} {half}"


def shift(clock: dt.time, minutes: int) -> dt.time:
    """`clock` so many minutes later, within the day."""
    total = max(0, min(clock.hour * 60 + clock.minute + minutes, 23 * 60 + 55))
    return dt.time(total // 60, total % 60)
