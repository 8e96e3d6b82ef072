"""What a calendar answers for its owner: METHOD:REPLY and PARTSTAT (RFC 5546 section 3.2.3)."""

from dataclasses import dataclass

from pressutskick.replies.addresses import find_address
from pressutskick.replies.parts import Part, one_line
from pressutskick.replies.verdict import Attendance, Clues

#: Octets of a calendar that are read: an answer holds one entry.
_MOST = 32_768
_ATTENDANCE = {
    "ACCEPTED": Attendance.COMING,
    "DECLINED": Attendance.DECLINED,
    "TENTATIVE": Attendance.OTHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReply:
    """Who answers what to which entry."""

    attendee: str
    attendance: Attendance
    words: str
    clues: Clues


def read_calendar_reply(mail: Part) -> CalendarReply | None:
    """The answer of a mail's own calendar part; None where there is none."""
    for part in mail.walk():
        if part.media_type in ("text/calendar", "application/ics"):
            text = part.text()[:_MOST]
            if "METHOD:REPLY" in text.upper():
                return _read(text)
    return None


def _read(text: str) -> CalendarReply | None:
    # A third of a second to import; only an answer pays.
    import icalendar

    try:
        calendar = icalendar.Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    for entry in calendar.walk("VEVENT"):
        attendees = entry.get("ATTENDEE")
        first = attendees[0] if isinstance(attendees, list) and attendees else attendees
        if first is None:
            continue
        state = str(getattr(first, "params", {}).get("PARTSTAT", "")).upper()
        if state in _ATTENDANCE:
            told = (entry.get("COMMENT"), entry.get("SUMMARY"))
            return CalendarReply(
                attendee=find_address(str(first)),
                attendance=_ATTENDANCE[state],
                words=one_line(" ".join(str(each) for each in told if each))[:300],
                clues=Clues(releases=(str(entry.get("UID", "")).partition("@")[0],)),
            )
    return None
