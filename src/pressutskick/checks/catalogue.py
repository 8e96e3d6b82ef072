"""The codes of all checks and how much each matters; `docs/checks.md` explains them.

A code is a promise: it can stand in a release's `silence`, so it is never renamed or reused.
"""

from pressutskick.errors import Severity

_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

SEVERITIES = {
    # When and where
    "date-missing": _ERROR,
    "date-past": _ERROR,
    "date-relative": _WARNING,
    "date-far": _WARNING,
    "dates-disagree": _WARNING,
    "weekday-wrong": _ERROR,
    "weekday-doubtful": _WARNING,
    "year-stale": _WARNING,
    "start-missing": _WARNING,
    "started": _WARNING,
    "end-before-start": _ERROR,
    "clock-impossible": _ERROR,
    "clock-skipped": _ERROR,
    "clock-twice": _WARNING,
    "clock-style": _WARNING,
    "clock-without-day": _HINT,
    "place-missing": _WARNING,
    "place-vague": _HINT,
    "move-ambiguous": _HINT,
    # Answering and asking
    "rsvp-unreachable": _WARNING,
    "deadline-late": _ERROR,
    "deadline-past": _WARNING,
    "contact-missing": _WARNING,
    "contact-unreachable": _WARNING,
    "contacts-disagree": _HINT,
    "address-masked": _ERROR,
    "address-not-ascii": _ERROR,
    "address-name": _WARNING,
    "address-domain": _WARNING,
    "phone-length": _WARNING,
    "personal-number": _HINT,
    "letterhead-differs": _WARNING,
    # Wording
    "title-long": _HINT,
    "link-dead": _WARNING,
    "label-empty": _WARNING,
    "promise-unkept": _WARNING,
    "title-spelling": _WARNING,
    "name-spelling": _WARNING,
    "word-spelling": _HINT,
    "words-glued": _WARNING,
    "stray-sign": _HINT,
    "word-doubled": _HINT,
    "encoding-broken": _WARNING,
    "emphasis-broken": _HINT,
    "fragment": _HINT,
}
