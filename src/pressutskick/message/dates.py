"""Dates and clocks as each language writes them.

Swedish: `onsdag 4 september 2024 kl. 12.30–13.30`. The names stand here and not in the templates
because weekday, month and clock come together by rules.
"""

import datetime as dt

from pressutskick.mail import Language
from pressutskick.release.model import Event, Session

_WEEKDAYS = {
    Language.SWEDISH: "måndag tisdag onsdag torsdag fredag lördag söndag",
    Language.NORWEGIAN: "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    Language.DANISH: "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    Language.ENGLISH: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_MONTHS = {
    Language.SWEDISH: "januari februari mars april maj juni juli augusti september oktober "
    "november december",
    Language.NORWEGIAN: "januar februar mars april mai juni juli august september oktober "
    "november desember",
    Language.DANISH: "januar februar marts april maj juni juli august september oktober "
    "november december",
    Language.ENGLISH: "January February March April May June July August September October "
    "November December",
}
#: Before the day, after its number, before and inside a clock.
_FORMS = {
    Language.SWEDISH: ("", "", " kl. ", "."),
    Language.NORWEGIAN: ("", ".", " kl. ", "."),
    Language.DANISH: ("den ", ".", " kl. ", "."),
    Language.ENGLISH: ("", "", ", ", ":"),
}


def list_months() -> tuple[str, ...]:
    """The names of the months in every language."""
    return tuple(dict.fromkeys(name for names in _MONTHS.values() for name in names.split()))


def name_day_pattern(day: dt.date) -> str:
    """A regular expression for the day as people write it, in any of the languages, without year."""
    names = {names.split()[day.month - 1] for names in _MONTHS.values()}
    months = "|".join(sorted({*names, *(name[:3] for name in names)}, key=len, reverse=True))
    return rf"(?:{day.day}(?:\.|st|nd|rd|th)?\s(?:{months})\b|{day.day}/{day.month}\b|(?:{months})\s{day.day}\b)"


def format_weekday(day: dt.date, language: Language) -> str:
    """`onsdag`."""
    return _WEEKDAYS[language].split()[day.weekday()]


def format_day(day: dt.date, language: Language, *, year: bool = True) -> str:
    """`onsdag 4 september 2024`."""
    before, after, _, _ = _FORMS[language]
    month = _MONTHS[language].split()[day.month - 1]
    ending = f" {day.year}" if year else ""
    return f"{format_weekday(day, language)} {before}{day.day}{after} {month}{ending}"


def format_short_day(day: dt.date, language: Language) -> str:
    """`4/9`, as a subject has room for; `4 Sep` in English, where 4/9 may be April.

    Norwegian would end in a full stop, `4.9.`, which no colon can follow: `4. september`.
    """
    if language is Language.ENGLISH:
        return f"{day.day} {_MONTHS[language].split()[day.month - 1][:3]}"
    if language is Language.NORWEGIAN:
        return f"{day.day}. {_MONTHS[language].split()[day.month - 1]}"
    return f"{day.day}/{day.month}"


def format_clock(clock: dt.time, language: Language) -> str:
    """`12.30`; `12:30` in English."""
    return f"{clock:%H}{_FORMS[language][3]}{clock:%M}"


def format_moment(moment: dt.date | dt.datetime, language: Language) -> str:
    """A day, with its clock where there is one: `tisdag 3 september 2024 kl. 16.00`."""
    if not isinstance(moment, dt.datetime):
        return format_day(moment, language)
    clock = format_clock(moment.time(), language)
    return f"{format_day(moment.date(), language)}{_FORMS[language][2]}{clock}"


def format_clocks(start: dt.time | None, end: dt.time | None, language: Language) -> str:
    """`12.30–13.30`, `12.30`, or nothing."""
    clocks = [format_clock(clock, language) for clock in (start, end) if clock is not None]
    return "–".join(clocks) if start is not None else ""


def format_days(part: Event | Session, language: Language, *, year: bool = True) -> str:
    """`onsdag 4 september 2024`, or from the first to the last day; nothing where none is known."""
    if part.date is None:
        return ""
    last = part.end_date if isinstance(part, Event) else None
    if last is None or last == part.date:
        return format_day(part.date, language, year=year)
    first = format_day(part.date, language, year=part.date.year != last.year)
    return f"{first} – {format_day(last, language, year=year)}"


def format_when(part: Event | Session, language: Language, *, year: bool = True) -> str:
    """`onsdag 4 september 2024 kl. 12.30–13.30`; what is not known is left out."""
    day = format_days(part, language, year=year)
    clocks = format_clocks(part.start, part.end, language)
    if not clocks:
        return day
    join = _FORMS[language][2]
    return f"{day}{join}{clocks}" if day else f"{join.strip(', ')} {clocks}".strip()
