"""What became of the event: reminded of, moved, corrected or cancelled, by heading and opening."""

import re
from functools import cache

from pressutskick.release.model import ReleaseStatus

_STATUS = (
    (
        ReleaseStatus.CANCELLATION,
        r"inställ[td]a?|avlyst|aflyst|inhiberad|cancel\w*|avbokad|utgår|udgår",
    ),
    (
        ReleaseStatus.TIME_CHANGE,
        (
            r"ny tid|nytt datum|ny plats|ändrad tid|ändrade (?:tider|dagar)|tidsändring|ändrat datum|framflyttad|"
            r"time change|new time|new date|rescheduled?|reschedules|postponed|uppskjuten|utsatt|udskudt|"
            r"ny dato|nytt tidspunkt|nyt tidspunkt|endret tidspunkt|updated media advisory"
        ),
    ),
    (
        ReleaseStatus.CORRECTION,
        r"rättelse|korrigering|correction|corrected|rettelse|berigtigelse|uppdaterad|updated",
    ),
    (ReleaseStatus.REMINDER, r"påminnelse|reminder|påminning|påmindelse|purring"),
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    status = "|".join(words for _, words in _STATUS)
    return {
        "prefix": re.compile(rf"\W{{0,3}}({status})\b[^:–\-!]{{0,30}}?\s?[:–\-!]+\s*", flags),
        "changed": re.compile(
            r"(?:media briefing|presskonferens\w*|pressträff\w*|briefing|event)[^.]{0,60}\b(?:is|has been|har) "
            r"(?:canceled|cancelled|flyttats|ändrats)|ny tid för (?:press\w+)|time change due|moves? today's|"
            r"originally scheduled|first planned for",
            flags,
        ),
        "cancelled": re.compile(
            r"(?:pressträffen|presskonferensen|pressmøtet|pressekonferansen|evenemanget|invigningen|visningen|pressvisningen)"
            r"\s(?:\w+\s){0,4}?(?:ställs in|är inställd|är avlyst|er avlyst|er aflyst|utgår)|"
            r"(?:press conference|briefing|event) (?:is|has been) cancell?ed(?! and)",
            flags,
        ),
    }


def split_status(heading: str) -> tuple[ReleaseStatus, str]:
    """Status and the heading without its prefix: `Påminnelse: Pressträff …`."""
    match = _patterns()["prefix"].match(heading)
    for status, words in _STATUS:
        if match and re.fullmatch(words, match[1], re.IGNORECASE):
            rest = heading[match.end() :].strip()
            return status, rest if len(rest) > 8 else heading
    for status, words in _STATUS[:2]:
        if re.search(rf"\b(?:{words})\b", heading, re.IGNORECASE):
            return status, heading
    return ReleaseStatus.ORIGINAL, heading


def find_status(heading: ReleaseStatus, opening: str) -> ReleaseStatus:
    """The status that heading and first paragraphs tell together."""
    if heading is not ReleaseStatus.ORIGINAL:
        return heading
    if _patterns()["cancelled"].search(opening):
        return ReleaseStatus.CANCELLATION
    if _patterns()["changed"].search(opening):
        return ReleaseStatus.TIME_CHANGE
    return ReleaseStatus.ORIGINAL
