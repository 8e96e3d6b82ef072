"""The title as mails and calendars show it: one line, without labels that they put themselves.

A label that nobody else puts stays: of `Inställt: Bron öppnar` the first word is the news.
"""

import re

from pressutskick.mail import UNSAFE_CHARACTERS
from pressutskick.release.model import Release, ReleaseStatus

_KINDS = (
    r"presse?(?:inbjudan|invitasjon|invitation|meddelande|melding|meddelelse)"
    r"|press (?:invitation|release)|media (?:invitation|advisory)"
)
_REMINDER = "påminnelse|påmindelse|reminder"
_CORRECTION = "rättelse|rettelse|correction|förtydligande|presisering|præcisering|clarification"
_NEW_TIME = "ny tid|new time|nytt? tidspunkt"
#: No status says as much.
_NEW_PLACE = (
    r"ny plats|new place|nytt? sted|ny tid och plats|new time and place|nytt? tidspunkt og sted"
)
_CANCELLATION = "inställt|inställd|avlyst|aflyst|cancell?ed"
#: Labels before a title that a mail of that status says in words of its own.
_TOLD = {
    ReleaseStatus.REMINDER: _REMINDER,
    ReleaseStatus.CORRECTION: _CORRECTION,
    ReleaseStatus.TIME_CHANGE: _NEW_TIME,
    ReleaseStatus.CANCELLATION: _CANCELLATION,
}
_EVERY_STATUS = f"{_REMINDER}|{_CORRECTION}|{_NEW_TIME}|{_NEW_PLACE}|{_CANCELLATION}"


def clean_line(value: object) -> str:
    """One line of data: unsafe characters out, any run of white space one space."""
    text = UNSAFE_CHARACTERS.sub(" ", str(value)) if value is not None else ""
    return " ".join(text.split())


def strip_labels(title: str) -> str:
    """The title without any leading `Pressinbjudan:`, `Påminnelse:` and the like."""
    return _strip(title, _EVERY_STATUS)


def make_headline(release: Release, *, is_first: bool = True) -> str:
    """The title without labels that subject and heading put themselves.

    `Inställt:` before the title of a first mail (`is_first`) is put by nobody else: it stays.
    """
    return _strip(release.title, _TOLD.get(release.status, "") if is_first else _EVERY_STATUS)


def _strip(title: str, told: str) -> str:
    line = clean_line(title)
    labels = rf"(?:\s*(?:{_EVERY_STATUS}|{_KINDS})\s*[:–—]\s*)+"
    run = re.match(labels, line, re.IGNORECASE)
    if run is None:
        return line
    # `Ny tid: Pressinbjudan: Bron öppnar` begins with a label that may have to stay.
    gone = rf"(?:{told}|{_KINDS})\s*[:–—]\s*" if told else rf"(?:{_KINDS})\s*[:–—]\s*"
    kept = re.sub(gone, "", run[0].strip() + " ", flags=re.IGNORECASE).strip()
    return " ".join(filter(None, (kept, line[run.end() :]))) or line
