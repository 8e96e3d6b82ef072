"""What each clock is for: a start, doors, a deadline, an end, or another meeting.

Half of all invitations hold several clocks; they are told apart by the words beside them.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Role(Enum):
    """What a clock is for."""

    START = auto()
    GATHERING = auto()
    DEADLINE = auto()
    UNTIL = auto()
    #: A clock of another meeting, or one that no longer holds.
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMention:
    """A clock, or a span of two, in `text[at:stop]`."""

    at: int
    stop: int
    start: dt.time
    end: dt.time | None = None
    role: Role = Role.START
    #: 12- and 24-hour style mixed (`14:00pm`), or noon written so that it can be midnight.
    is_odd: bool = False


_GATHERING = (
    r"samling|samlas|möts|möter upp|insläpp|in-släpp|släpps? in|släpper in|dörr|"
    r"(?:öppnas?|öppnar|åbner|åbnes|åpner)\b(?!\s(?:den|det|de|en|ett|et|sin|sitt|nya|ny)\b)|"
    r"doors|check(?:ed)?[ -]?in|oppmøte|møter opp|lukkes ind|incheckning|mingel|"
    r"inpassering|på plats (?:senast|från)|a[ck]kredit|rigg|set.?up|arrive|inside|fremmøde|kaffe|fika\b|smörgås|"
    r"frukost serveras|registrering|intervju|try out|prova|fotografera|pre-?set"
)


_DEADLINE = (
    r"senast|innan|innen|senest|before|no later|not later|deadline|closes|\bby\b|anmäl|"
    r"\bföre\s(?:kl\.?|klockan)?\s*$"
)
_UNTIL = (
    r"(?:fram till|ända till|\båter(?: (?:vid|i|på|till) [^.,;]{1,30}?)?|tillbaka|\btill|until|\btil|slutar|avslutas|avslutar|sluttid|är klara?|klara|ends?)\s*(?:at\s)?"
    r"(?:(?:approximately|around|about|omkring|runt)\s)?(?:ca\.?|cirka|kl\.?|klockan|klokken|at|\s)*"
)


#: What stands before a clock that something was moved from.
_FROM = ("från", "fra", "from", "klockan", "klokken", "kl.", "kl")
_OTHER = (
    r"inställ|avlyst|aflyst|cancel|first planned|originally|tidigare aviserad|tidligere|istället för|"
    r"i stället för|instead of|skulle ha|embargo|(?:håll\w*|vänta\w*) (?:på|med|inne) (?:nyheten|publicering\w*)"
)
#: Going to print, with nothing in between that could have the clock for itself.
_PUBLISHES = r"(?:publicera(?:r|s)|offentliggör(?:s|ande)?|publish(?:es|ed)|is released)"
_PUBLISHED = rf"\b{_PUBLISHES}\b(?:(?!\b(?:och|samt|and|inför|på|vid|at|press\w*|håller|hålls|bjuder|möte\w*)\b)[^.!?;]){{0,90}}$"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "moved": re.compile(
            r"(?:flytt|skjut|ändra|senarelä|tidigarelä|moved|postpone|reschedul|change|utsett|utsatt|udsk|rykke)\w*"
            r"\b[^.!?]{0,60}\b(?:från|fra|from)\s(?:klockan\s|kl\.?\s|klokken\s)?$",
            flags,
        ),
        "gathering": re.compile(_GATHERING, flags),
        "deadline": re.compile(_DEADLINE, flags),
        "nothing": re.compile(r"\W*(?:kl\.?|klockan|klokken)?\s*", flags),
        "opens": re.compile(
            r"\s{1,5}(?:dörr|insläpp|samling|kaffe|fika|registrering|a[ck]kredit|incheck|mingel|frukost|drop.?in|doors|arrival|registration|coffee|inpassering)",
            flags,
        ),
        "until": re.compile(rf"{_UNTIL}\s*$", flags),
        "other": re.compile(_OTHER, flags),
        "published": re.compile(_PUBLISHED, flags),
        "publishes": re.compile(rf"\s(?:i dag\s)?{_PUBLISHES}\b", flags),
        "edge": re.compile(r"[.!?;]\s+(?=[A-ZÅÄÖÆØ])"),
        "next": re.compile(r"\s{0,3}[,(]\s?[^,;()]{0,60}"),
    }


def is_moved(text: str, clock: ClockMention) -> bool:
    """`flyttas från klockan 10 till klockan 13`: the first one no longer holds."""
    before = text[max(0, clock.at - 100) : clock.at]
    if not before.rstrip().endswith(_FROM):
        return False  # most clocks; the pattern costs more
    return _patterns()["moved"].search(before) is not None


def with_role(text: str, clock: ClockMention, all_clocks: list[ClockMention]) -> ClockMention:
    """The clock with what the words beside it say it is for."""
    earlier = max((c.stop for c in all_clocks if c.stop <= clock.at), default=0)
    before = text[max(earlier, clock.at - 90) : clock.at]
    edges = list(_patterns()["edge"].finditer(before))
    before = before[edges[-1].end() :] if edges else before
    later = min((c.at for c in all_clocks if c.at >= clock.stop), default=len(text))
    after = text[clock.stop : min(later, clock.stop + 60)]
    edge = _patterns()["edge"].search(after)
    after = after[: edge.start()] if edge else after
    if clock.stop + len(after) == later and _patterns()["next"].fullmatch(after):
        after = ""  # `14.00 (insläpp från 13.40)`: the words are the later clock's
    role = Role.OTHER if is_moved(text, clock) else _role(before, after)
    previous = next((c for c in reversed(all_clocks) if c.stop <= clock.at), None)
    if role is Role.UNTIL and previous is not None and is_moved(text, previous):
        role = Role.START
    return ClockMention(
        at=clock.at,
        stop=clock.stop,
        start=clock.start,
        end=clock.end,
        role=role,
        is_odd=clock.is_odd,
    )


def _role(before: str, after: str) -> Role:
    patterns = _patterns()
    if patterns["other"].search(before) or patterns["other"].search(after):
        return Role.OTHER
    if patterns["published"].search(before) or patterns["publishes"].match(after):
        return Role.OTHER
    if patterns["gathering"].search(before[-60:]):
        return Role.GATHERING
    if patterns["deadline"].search(before[-45:]):
        return Role.DEADLINE
    if patterns["until"].search(before):
        return Role.UNTIL
    if patterns["nothing"].fullmatch(before) and patterns["opens"].match(after):
        return Role.GATHERING
    if re.match(
        r"\s{1,4}(?:(?!och\b)\w+ ){0,2}(?:slut|avslut\w*|avrundning|the end)\b",
        after,
        re.IGNORECASE,
    ):
        return Role.UNTIL
    if re.match(
        r"\W*(?:\(?akkredit|\(?samling|insläpp|för (?:foto|gemensamt)|bör alla)",
        after,
        re.IGNORECASE,
    ):
        return Role.GATHERING
    return Role.START
