"""Notices that somebody is away or has left (RFC 3834): until when, and who stands in."""

import datetime as dt
import re

from pressutskick.replies.addresses import find_addresses
from pressutskick.replies.verdict import Absence

_MOST = 4_000
#: Subjects by which programs mark such a notice; only at the beginning, for a reply repeats ours.
_SUBJECT = re.compile(
    r"(?i)^(?:\[\w+\] )?(?:autosvar|auto-?svar|automatiskt? svar|auto-? ?(?:reply|response)"
    r"|automatic (?:reply|response)"
    r"|out of (?:the )?office|ooo\b|away\b|on (?:leave|vacation|holiday|parental)|vacation"
    r"|frånvaro\w*|frånvarande|ej på (?:plats|kontoret)"
    r"|semester\w*|föräldraledig\w*|tjänstledig\w*|sjukskriven|ikke til ?stede|ikke på kontoret"
    r"|fravær\w*|ferie\w*|på ferie|automatisk svar"
    r"|automaattinen (?:poissaolo)?\w* ?vastaus|poissa\w*|lomalla|vuosilomalla|abwesen\w*"
    r"|automatische antwort|nicht im (?:büro|hause)|im urlaub|urlaub\w*)\b"
)
#: The subject alone says that a machine answers, not that somebody is away.
_MACHINE = re.compile(
    r"(?i)^(?:autosvar|auto-?svar|automatiskt? svar|auto-? ?(?:reply|response)|automatic (?:reply"
    r"|response)|automatisk svar|automaattinen vastaus|automatische antwort)\b"
)
_AWAY = re.compile(
    r"(?i)\b(?:(?:är|jag är|er|jeg er|am|i['’]m|is|bin|ich bin|olen) (?:\w+ ){0,3}?(?:borta|ledig"
    r"|bortrest|frånvarande|på (?:semester|resa|tjänsteresa|ferie|kurs|barsel|reise)|"
    r"föräldraledig\w*|tjänstledig\w*|sjukskriven|fraværende|bortreist|bortrejst|away"
    r"|out of (?:the )?office|out of town|travelling|traveling|on (?:\w+ )?(?:leave|vacation"
    r"|holiday)|"
    r"abwesend|nicht im (?:büro|hause?)|im urlaub|verreist|poissa|lomalla|vuosilomalla"
    r"|ikke til ?stede|ikke på kontoret)"
    r"|(?:har|tar|have|på|hat|haben?) (?:\w+ )?(?:semester|ferie|urlaub|vacation)|föräldraledig\w*"
    r"|tjänstledig\w*|sjukskriven|out of (?:the )?office|auf dienstreise"
    r"|(?:åter|tillbaka|tilbake|tilbage|back|return\w*|zurück|takaisin|palaan)\b(?: \w+){0,4} (?:\d"
    r"|måndag|tisdag|onsdag|torsdag|fredag|mandag|tirsdag|monday|tuesday|wednesday|thursday|friday"
    r"|montag|dienstag|mittwoch|donnerstag|freitag)"
    r"|begränsad tillgång|limited access|läser (?:inte )?(?:min )?(?:e-?post|mejl"
    r"|mail) (?:sporadiskt|inte))"
)
_LEFT = re.compile(
    r"(?i)\b(?:har (?:tyvärr )?(?:slutat|sluttet|lämnat|gått i pension|forlatt)|slutade (?:min|hos"
    r"|på|den)|(?:arbetar|jobbar|arbejder|jobber|är|er) (?:\w+ ){0,3}?(?:inte|ikke|ej"
    r"|icke) (?:längre|lenger|længere)|"
    r"(?:inte|ikke) (?:längre|lenger|længere) (?:\w+ )?(?:anställd|ansatt|ansat|kvar|hos|på)"
    r"|er (?:fratrådt|stoppet)|gått i pension|"
    r"(?:används|bevakas|läses|finns|gäller) (?:inte|ej) längre|no longer (?:works?|working|with"
    r"|employed|at|here|in use|monitored|active|valid)|(?:has|have) left (?:the|our|my|\w+)?"
    r"|left the (?:company|paper|newsroom|organi[sz]ation)|is retired|has retired|"
    r"nicht mehr (?:bei|für|im|in|tätig)|ausgeschieden|(?:ei|en) (?:ole )?enää)\b"
)
_ACKNOWLEDGED = re.compile(
    r"(?i)\b(?:ärende(?:nummer|t)?|case|ticket|sag(?:snummer)?|sak(?:snummer)?"
    r"|request)\b.{0,30}(?:#|\d{4,})|\btack för (?:ditt|er[t]?|att du) (?:\w+ )?(?:tips|mejl\w*"
    r"|mail|e-?post|meddelande|hörde?|kontakta\w*)"
    r"|\b(?:har|have|we) (?:tagit emot|mottatt|modtaget|received)\b"
    r"|\bthank you for (?:your (?:e-?mail|message|tip)|contacting)|\btakk for (?:din|ditt|tipset)"
    r"|\btak for (?:din|dit)"
)
_BACK = re.compile(
    r"(?i)\b(?:åter\w*|tillbaka|tilbake|tilbage|back|return\w*|zurück|wieder|takaisin|palaan"
    r"|på plats igen|i tjänst(?: igen)?|in the office)\b"
)
_UNTIL = re.compile(
    r"(?i)\b(?:till och med|t\.? ?o\.? ?m\.?|tom|till|til og med|t\.o\.m|until|till|through|thru"
    r"|bis(?: einschließlich)?|fram till|saakka|asti|frem til|indtil)\b|[–-]"
)
#: In Finnish the word stands behind the day.
_UNTIL_BEHIND = re.compile(r"(?i)\b(?:saakka|asti)\b")
_MONTHS = {
    **dict.fromkeys(("jan", "tammi"), 1),
    **dict.fromkeys(("feb", "helmi"), 2),
    **dict.fromkeys(("mar", "mär", "maalis"), 3),
    **dict.fromkeys(("apr", "huhti"), 4),
    **dict.fromkeys(("maj", "mai", "may", "touko"), 5),
    **dict.fromkeys(("jun", "kesä"), 6),
    **dict.fromkeys(("jul", "heinä"), 7),
    **dict.fromkeys(("aug", "elo"), 8),
    **dict.fromkeys(("sep", "syys"), 9),
    **dict.fromkeys(("okt", "oct", "loka"), 10),
    **dict.fromkeys(("nov", "marras"), 11),
    **dict.fromkeys(("dec", "dez", "des", "joulu"), 12),
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?i)(?<![\d.])(?:(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)"
    rf"|(?P<day2>\d{{1,2}})(?:\.|:?[ae]|st|nd|rd|th)? ?(?:of "
    rf"|de )?(?P<name>{_NAMES})[a-zåäöæø]*\.?(?:,? (?P<year2>20\d\d))?"
    rf"|(?P<name2>{_NAMES})[a-z]*\.? (?P<day3>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year3>20\d\d))?"
    r"|(?P<day4>\d{1,2})[./] ?(?P<month4>\d{1,2})(?:[./-] ?(?P<year4>20\d\d"
    r"|\d\d))?(?![\d:]))(?![\d-])"
)
_DAYS = (
    "mån|mand|monday|montag|maanantai",
    "tis|tirsd|tuesday|dienstag|tiistai",
    "ons|wednesday|mittwoch|keskiviikko",
    "tors|thursday|donnerstag|torstai",
    "fre|friday|freitag|perjantai",
    "lör|lørd|saturday|samstag|lauantai",
    "sön|sønd|sunday|sonntag|sunnuntai",
)
_WEEKDAY = re.compile(
    r"(?i)\b(?:"
    + "|".join(f"(?P<d{number}>{names})" for number, names in enumerate(_DAYS))
    + r")\w*"
)


def read_absence(
    subject: str, text: str, *, is_automatic: bool, sender: str, today: dt.date
) -> Absence | None:
    """What the notice says; None where it is none.

    `sender` is the address that wrote, which is no deputy of its own; `today` the mail's own day,
    from which a weekday or a date without a year is counted.
    """
    text = text[:_MOST]
    marked = _SUBJECT.search(subject)
    if not (marked or is_automatic):
        return None
    has_left = bool(_LEFT.search(f"{subject}\n{text}"))
    is_away = bool(_AWAY.search(f"{subject}\n{text}")) or bool(
        marked and not _MACHINE.search(subject)
    )
    if not (has_left or is_away) and (not marked or _ACKNOWLEDGED.search(text)):
        return None
    deputies = (each for each in find_addresses(text) if each.casefold() != sender.casefold())
    return Absence(
        back=None if has_left else _find_return(text, today),
        deputy=next(deputies, None),
        has_left=has_left,
    )


def _find_return(text: str, today: dt.date) -> dt.date | None:
    """The day of return: beside a word that says so, else the day after the last one away."""
    back = _after(_BACK, text, today)
    if back is not None:
        return back
    last = _after(_UNTIL, text, today) or _before(_UNTIL_BEHIND, text, today)
    return last + dt.timedelta(days=1) if last is not None else None


def _after(mark: re.Pattern[str], text: str, today: dt.date) -> dt.date | None:
    """The first date within some words after the mark."""
    for found in mark.finditer(text):
        near = text[found.end() : found.end() + 60]
        day = _read_date(near, today) or _read_weekday(near[:30], today)
        if _is_ahead(day, today):
            return day
    return None


def _before(mark: re.Pattern[str], text: str, today: dt.date) -> dt.date | None:
    """The date right before the mark."""
    for found in mark.finditer(text):
        day = _read_date(text[max(0, found.start() - 20) : found.start()], today)
        if _is_ahead(day, today):
            return day
    return None


def _is_ahead(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and today <= day <= today + dt.timedelta(days=900)


def _read_date(text: str, today: dt.date) -> dt.date | None:
    found = _DATE.search(text)
    if found is None:
        return None
    told = found.groupdict()
    day = next(filter(None, (told[key] for key in ("day", "day2", "day3", "day4"))))
    name = told["name"] or told["name2"]
    month = _MONTHS[name.lower()] if name else int(told["month"] or told["month4"])
    year = next(filter(None, (told[key] for key in ("year", "year2", "year3", "year4"))), None)
    if year is not None:
        return _make_date(int(year) % 100 + 2000, month, int(day))
    this = _make_date(today.year, month, int(day))
    return this if this is None or this >= today else _make_date(today.year + 1, month, int(day))


def _read_weekday(text: str, today: dt.date) -> dt.date | None:
    found = _WEEKDAY.search(text)
    if found is None or found.lastgroup is None:
        return None
    ahead = (int(found.lastgroup[1:]) - today.weekday() - 1) % 7 + 1
    return today + dt.timedelta(days=ahead)


def _make_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
