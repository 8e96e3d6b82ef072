"""The heading: which line it is, and what its first words say about kind and status."""

import re
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.reading.heading.features import title_features
from pressutskick.reading.heading.statuswords import split_status
from pressutskick.reading.learnt.scoring import Judge, Judgement, Role, judge_all
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.page.letters import first_sentence, is_greeting, is_of_letter
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.clocks import find_clocks
from pressutskick.reading.spots.dates import find_dates
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.spots.reach import find_reaches
from pressutskick.reading.weighing import Candidate, rank
from pressutskick.release.model import Kind, ReleaseStatus

#: A line that is less likely the heading is none.
_FLOOR = 0.02
#: How many units from the top may be the heading.
_TOP = 24
#: A sender's name alone on its line is seldom longer than this, a heading seldom so short.
_FEW_WORDS = 3
#: A paragraph has more characters than most headings.
_PROSE = 120
#: A sender's initials alone on a line.
_INITIALS = 4
#: Words of the longest name of a desk in a letterhead.
_FEW = 5
#: What stands right below a lone `Pressinbjudan` is most likely the heading.
_ANNOUNCED = 3.0
_KIND = (
    r"press\W?(?:inbjudan|träff|konferens|visning|möte|frukost|lunch|fika|briefing|information)|medie?träff|"
    r"inbjudan|inbjuder|kallelse till|media (?:får|kan|bjuds|inbjuds|är)\b|bjuder in|välkom(?:men|na)|påminnelse|fototillfälle|presse(?:invitasjon|invitation|"
    r"konferanse|møte|treff|briefing)|innkalling|medieinvitasjon|inviterer|invitation|media advisory|"
    r"media (?:briefing|alert|invitation|notice)|press (?:conference|briefing|invitation)|news conference"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "kind": re.compile(_KIND, flags),
        "only kind": re.compile(
            r"(?:\W*(?:press\W?inbjudan|medi[ae]inbjudan|inbjudan|presse(?:invitasjon|invitation)|media advisory|media alert|"
            r"press invitation|media invitation|invitation to (?:the )?(?:media|press)|påminnelse|till media|till pressen|inbjudan till (?:media|pressen|medier|massmedi|journalist|redaktion)\w*|(?:press|media|medie)?inbjudan från .{3,60}|information till (?:media|pressen|medier)|invitation|updated media advisory|"
            r"for immediate release|pressmeddelande|pressträff|presskonferens|fototillfälle|pressvisning)\W*(?:och\W+)?){1,3}",
            flags,
        ),
        "bare": re.compile(
            r"\W*(?:välkom(?:men|na)\s(?:på|till)\s(?:en\s|vår\s)?)?(?:(?:press)?(?:inbjudan|invitasjon|invitation|kallelse)(?:\s(?:till|til|to))?(?:\s(?:en|ett|a))?\s)?(?:digital[t]?\s)?"
            rf"(?:{_MEETING}|(?<=till )(?:seminari|invigning|visning)\w*)(?:\som)?\W*",
            flags,
        ),
        "sender": re.compile(
            r"(?:(?:(?-i:[A-ZÅÄÖ])[\w&.-]*\s){1,3}(?:och|samt|&)\s)?(?:[\w&.-]+\s){0,3}(?:kommun|stad|region|AB|förbund|universitet|[\w-]*(?:kontoret|myndigheten|verket|förvaltningen|styrelsen))",
            flags,
        ),
        "welcome": re.compile(r"(?:varmt |hjärtligt )?(?:välkommen|välkomna|welcome)\W*", flags),
        "meeting": re.compile(_MEETING, flags),
        "clock first": re.compile(r"(?:kl\.?|klockan)?\s?\d{1,2}[.:]\d\d\b", flags),
        "envelope": re.compile(
            r"(?:(?:ämne|ärende|subject|emne|rubrik|fwd?|vb|vs|sv|re)\s?:\s*)+", flags
        ),
    }


#: Nouns of a meeting with the press, inflected; also used to tell the press event from others.
_MEETING = (
    r"press\W?(?:träff|konferens|visning|möte|frukost|lunch|fika|briefing|information|tillfälle|seminari)\w*|"
    r"medie?(?:träff|möte|visning|tillfälle)\w*|foto(?:tillfälle|session)\w*|pressmöte\w*|"
    r"presse(?:konferanse|konference|møde|møte|treff|briefing|visning|brif)\w*|mediemøde\w*|"
    r"(?:press|news|media) (?:conference|briefing|event|preview|call|availability|tour)s?|photo (?:call|opportunity)|"
    r"(?:för|for)premiär\w*|forpremiere\w*|förhandsvisning\w*|press(?:föreställning|premiär|dag|kväll|resa|rundtur|guidning|besök)\w*|"
    r"mediedag\w*|press preview|medieuttal\w+|uttalande till media|möta (?:pressen|media|medier)|möter (?:pressen|media|medier)"
)


def meeting_pattern() -> re.Pattern[str]:
    """Finds the word for a meeting with the press."""
    return _patterns()["meeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The heading's unit, its words without a status prefix, and what else may be the heading."""

    unit: Unit
    title: str
    status: ReleaseStatus
    judgement: Judgement | None = None
    others: tuple[Candidate[int], ...] = ()
    #: Whether it is only what the text says first; the unit is then a part of the body.
    is_prose: bool = False


def find_headline(
    passages: tuple[Passage, ...], units: tuple[Unit, ...], judge: Judge = judge_all
) -> Headline | None:
    """The likeliest heading among the first units; None where nothing looks like one."""
    scores = _weigh_headings(passages, units)
    judged = judge(Role.IS_TITLE, title_features(passages, units, scores))
    verdict = rank(
        (
            Candidate(value=number, score=score or 0.0, lines=unit.lines(), text=unit.text)
            for number, (unit, score) in enumerate(zip(units, scores, strict=False))
        ),
        judged,
        floor=_FLOOR,
        key=lambda number: units[number].text,
    )
    if verdict is None:
        return None
    unit = units[verdict.best.value]
    if opening := first_sentence(unit, units[:_TOP]):
        return Headline(
            unit=unit,
            title=opening,
            status=ReleaseStatus.ORIGINAL,
            judgement=verdict.best.judgement,
            is_prose=True,
        )
    status, title = title_of(unit, passages)
    return Headline(
        unit=unit,
        title=title,
        status=status,
        judgement=verdict.best.judgement,
        others=tuple(
            replace(one, text=title_of(units[one.value], passages)[1]) for one in verdict.rivals
        ),
    )


def title_of(unit: Unit, passages: tuple[Passage, ...]) -> tuple[ReleaseStatus, str]:
    """The status that a heading tells, and its words without labels and status."""
    return split_status(_patterns()["envelope"].sub("", _without_labels(unit, passages), count=1))


def _without_labels(unit: Unit, passages: tuple[Passage, ...]) -> str:
    """The heading alone where a lost line break glued `Tid: …` to it."""
    for passage in passages:
        if (
            passage.unit is unit
            and passage.own
            and passage.meanings - {Meaning.OTHER}
            and passage.start
        ):
            head = unit.text[: passage.start].rstrip()
            cut = head.rfind(passage.label or head[-1:])
            return head[:cut].strip(" :") or unit.text
    return unit.text


def _weigh_headings(
    passages: tuple[Passage, ...], units: tuple[Unit, ...]
) -> tuple[float | None, ...]:
    """How much each of the first units looks like a heading; None for what cannot be one."""
    by_unit = {id(passage.unit): passage for passage in reversed(passages)}
    scores: list[float | None] = []
    position = 0
    for number, unit in enumerate(units[:_TOP]):
        passage = by_unit.get(id(unit))
        score = _heading_score(units, number, passage)
        if score is not None:
            if (
                number
                and _is_announced(units[number - 1].text, unit.text)
                and _may_be_announced(units, number, passage)
            ):
                score += _ANNOUNCED
            score -= 0.6 * min(position, 9)
            position += 1
        scores.append(score)
    return tuple(scores)


def _tells_time(text: str, passage: Passage | None) -> bool:
    """`Pressträff med ministern: kl. 14.30`: a label with its clock."""
    return bool(passage and passage.own and passage.says(Meaning.WHEN) and find_clocks(text))


def _without_day(text: str) -> str:
    """`Presskonferens den 4 oktober` without its day: nothing but the kind."""
    days = find_dates(text)
    if not days or days[0].start == 0:
        return text
    return text[: days[0].start].rstrip() + text[days[0].end :]


def _is_announced(above: str, text: str) -> bool:
    """What is no sentence, below a lone `Pressinbjudan` or `INBJUDAN TILL PRESSLUNCH`."""
    if _patterns()["only kind"].fullmatch(above):
        return text[-1] != "."
    return _patterns()["bare"].fullmatch(above) is not None and text[-1] not in ".:"


def _may_be_announced(units: tuple[Unit, ...], number: int, passage: Passage | None) -> bool:
    """Not the sender's name right below, nor a label such as `Sändlista: …`."""
    unit = units[number]
    apart = unit.paragraph > units[number - 1].paragraph or len(unit.text.split()) > _FEW_WORDS
    is_label = passage is not None and passage.own and bool(passage.label)
    is_sender = _patterns()["sender"].fullmatch(unit.text) is not None
    return apart and not is_sender and not (is_label and not _patterns()["kind"].search(unit.text))


def _heading_score(units: tuple[Unit, ...], number: int, passage: Passage | None) -> float | None:
    """How much a unit looks like the heading; None where it cannot be."""
    unit, patterns = units[number], _patterns()
    text = unit.text
    if len(text) > 320 or patterns["only kind"].fullmatch(text) or unit.is_bullet:
        return None
    if is_of_letter(units, number) or patterns["welcome"].fullmatch(text):
        return None
    labels = (Meaning.CONTACT, Meaning.WHEN, Meaning.PLACE, Meaning.SPEAKERS)
    if passage and passage.own and passage.says(*labels) and not passage.says(Meaning.OTHER):
        return None
    if _is_contact_line(units, number):
        return None
    score = 10.0 + (3.0 if unit.is_heading else 0.0)
    score += 3.5 if patterns["kind"].search(text) and len(text) < 200 else 0.0
    score -= 6.5 if patterns["bare"].fullmatch(_without_day(text)) else 0.0
    score -= 6.0 if is_greeting(text) else 0.0
    score -= 5.0 if text[-1] == "." and len(text) > 40 else 0.0
    score -= 3.0 if text[-1] == "." and find_clocks(text) else 0.0
    score -= 4.0 if any(_is_prose(one.text) for one in units[:number]) else 0.0
    score -= (0.0, 3.5, 3.5, 1.0)[count] if (count := len(text.split())) <= _FEW_WORDS else 0.0
    score -= 3.0 if text[0].islower() or text[-1] in ",;" else 0.0
    score -= 5.0 if patterns["clock first"].match(text) or _tells_time(text, passage) else 0.0
    score -= 3.0 if patterns["sender"].fullmatch(text) or _is_letterhead(units, number) else 0.0
    score -= 4.0 if len(text) > 200 else 0.0
    score -= 4.0 if len(text) > _PROSE and text[-1] == ":" else 0.0
    score -= 4.0 if text.isupper() and len(text) <= _INITIALS else 0.0
    if (
        re.search(r"[a-zåäöæø][A-ZÅÄÖÆØ]\w+.*\b(\w{4,})\b", text)
        and len(text) > 60
        and _is_glued_twice(text)
    ):
        score -= 6.0
    return score


def _is_prose(text: str) -> bool:
    """A paragraph of the text itself; headings stand above the first one."""
    return len(text) > _PROSE and text[-1] == "."


def _is_letterhead(units: tuple[Unit, ...], number: int) -> bool:
    """A few words above a lone `Inbjudan till pressträff` that has a heading below it."""
    text, following = units[number].text, units[number + 1 : number + 3]
    if len(text.split()) > _FEW or text[-1] in "!?" or _patterns()["kind"].search(text):
        return False
    return (
        len(following) > 1 and _says_kind(following[0].text) and following[1].text[-1] not in ".:"
    )


def _says_kind(text: str) -> bool:
    patterns = _patterns()
    return any(patterns[form].fullmatch(text) for form in ("only kind", "bare"))


def _is_glued_twice(text: str) -> bool:
    """A caption that a page printed twice without a blank between."""
    half = len(text) // 2
    return text[:half].strip() == text[half:].strip()


def _is_contact_line(units: tuple[Unit, ...], number: int) -> bool:
    """A line of a letterhead: a person, a role, a number."""
    text = units[number].text
    if len(text) > 90:
        return False
    if find_reaches(text):
        return not _patterns()["kind"].search(text)
    people = find_people(text)
    is_name = bool(people) and people[0].is_known and len(people[0].name) >= len(text) - 2
    if is_name or is_title_word(text.split(maxsplit=1)[0]):
        return _reaches_follow(units, number, apart=1)
    invites = _patterns()["kind"].search(text)
    return not invites and len(text.split()) <= _FEW and _reaches_follow(units, number, apart=0)


def _reaches_follow(units: tuple[Unit, ...], number: int, *, apart: int) -> bool:
    """Whether one of the next short lines is a number; `apart` blank lines between each."""
    paragraph = units[number].paragraph
    near = [
        unit
        for step, unit in enumerate(units[number + 1 : number + 4], start=1)
        if unit.paragraph in (paragraph, paragraph + step * apart)
    ]
    return any(len(unit.text) < 80 and find_reaches(unit.text) for unit in near)


def find_kind(
    text: str, *, has_event: bool, is_ahead: bool, is_rsvp_asked: bool
) -> tuple[Kind, bool]:
    """Invitation or release, read from the body, and whether that is sure.

    Never from the platform's own `Pressmeddelande`.
    """
    invites = _patterns()["kind"].search(text) or _patterns()["meeting"].search(text)
    if invites:
        return Kind.INVITATION, True
    if has_event or is_rsvp_asked:
        return Kind.INVITATION, True
    return Kind.INVITATION if is_ahead else Kind.RELEASE, False
