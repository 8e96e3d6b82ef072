"""What became of the event: reminded of, moved, corrected or cancelled, by heading and opening."""

import re
from functools import cache

from pressutskick.release.model import ReleaseStatus

#: No new time; the heading keeps the words, since `correction` does not say as much.
_NEW_PLACE = r"ny plats|ny lokal|nytt sted|nyt sted|new venue|new place"
_STATUS = (
    (
        ReleaseStatus.CANCELLATION,
        r"inställ[td]a?|avlyst|aflyst|inhiberad|cancel\w*|avbokad|utgår|udgår",
    ),
    (
        ReleaseStatus.TIME_CHANGE,
        (
            r"ny tid|ny dag|nytt datum|nytt klockslag|ändrad tid|ändrade (?:tider|dagar)|tidsändring|ändrat datum|framflyttad|"
            r"time change|new time|new date|rescheduled?|reschedules|postponed|uppskjut(?:en|et|na)|utsatt|udskudt|"
            r"ny dato|nytt tidspunkt|nyt tidspunkt|endret tidspunkt|updated media advisory"
        ),
    ),
    (ReleaseStatus.CORRECTION, _NEW_PLACE),
    (
        ReleaseStatus.CORRECTION,
        r"rättelse|korrigering|correction|corrected|rettelse|berigtigelse|uppdaterad|updated",
    ),
    (ReleaseStatus.REMINDER, r"påminnelse|reminder|påminning|påmindelse|purring"),
)

#: What is moved or called off, if it is the meeting with the press: `Inställd pressträff` is one,
#: `Inställda tåg` are what another one is about.
_MEETING = (
    r"(?:press|medi[ae]|invig|visning|möte|møte|mød|briefing|inbjud|invit|event|seminari|konferen|"
    r"conferen|launch|advisory)\w*"
)
#: Said of nothing but a meeting, wherever a heading has it.
_SAYS_ITSELF = r"rescheduled?|reschedules|postponed|time change"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    harmful = "|".join(words for _, words in _STATUS[:3])
    harmless = "|".join(words for _, words in _STATUS[3:])
    gap = rf"(?:[^:–\-!]{{0,20}}?\b{_MEETING}[^:–\-!]{{0,15}}?)?"
    return {
        "prefix": re.compile(
            rf"(?:\W|obs\b){{0,5}}(?:({harmful})\b{gap}|({harmless})\b[^:–\-!]{{0,30}}?)\s?[:–\-!]+\s*",
            flags,
        ),
        "start": re.compile(
            rf"(?:\W|obs\b){{0,5}}({harmful})\b(?:[^:–!.]{{0,30}}?\b{_MEETING}|\W*$)", flags
        ),
        "end": re.compile(rf"[–\-:(!,]\s*({harmful})\W*$", flags),
        "itself": re.compile(rf"\b({_SAYS_ITSELF})\b", flags),
        "changed": re.compile(
            r"(?:media briefing|presskonferens\w*|pressträff\w*|briefing|event)[^.]{0,60}\b(?:is|has been|har) "
            r"(?:canceled|cancelled|flyttats|ändrats)|ny tid för (?:press\w+)|time change due|moves? today's|"
            r"originally scheduled|first planned for",
            flags,
        ),
        "cancelled": re.compile(
            r"(?:pressträffen|presskonferensen|pressmøtet|pressekonferansen|evenemanget|invigningen|visningen|pressvisningen)"
            r"\s(?:\w+\s){0,4}?(?:ställs in|är inställd|är avlyst|er avlyst|er aflyst|utgår(?! (?:från|ifrån)))|"
            r"(?:press conference|briefing|event) (?:is|has been) cancell?ed(?! and)",
            flags,
        ),
    }


def split_status(heading: str) -> tuple[ReleaseStatus, str]:
    """Status and the heading without its prefix: `Påminnelse: Pressträff …`."""
    patterns = _patterns()
    match = patterns["prefix"].match(heading)
    if match:
        word, rest = match[1] or match[2], heading[match.end() :].strip()
        is_kept = len(rest) <= 8 or re.fullmatch(_NEW_PLACE, word, re.IGNORECASE)
        return _status_of(word), heading if is_kept else rest
    for match in (
        patterns["start"].match(heading),
        patterns["end"].search(heading),
        patterns["itself"].search(heading),
    ):
        if match:
            return _status_of(match[1]), heading
    return ReleaseStatus.ORIGINAL, heading


def find_matter(heading: str) -> str:
    """The heading without what says that it was moved, corrected or called off, on either side."""
    patterns = _patterns()
    match = patterns["prefix"].match(heading)
    rest = heading[match.end() :] if match else heading
    return patterns["end"].sub("", rest).strip() or heading


def _status_of(word: str) -> ReleaseStatus:
    return next(status for status, words in _STATUS if re.fullmatch(words, word, re.IGNORECASE))


def find_status(heading: ReleaseStatus, opening: str) -> ReleaseStatus:
    """The status that heading and first paragraphs tell together."""
    if heading is not ReleaseStatus.ORIGINAL:
        return heading
    if _patterns()["cancelled"].search(opening):
        return ReleaseStatus.CANCELLATION
    if _patterns()["changed"].search(opening):
        return ReleaseStatus.TIME_CHANGE
    return ReleaseStatus.ORIGINAL
