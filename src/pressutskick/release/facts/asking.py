"""The questions: what a text leaves open, why, and between what a person may choose."""

import datetime as dt
import re

from pressutskick.mail import Language
from pressutskick.release.facts.clocks import Role
from pressutskick.release.facts.headline import meeting_pattern
from pressutskick.release.facts.model import Certainty, Question
from pressutskick.release.facts.moments import ClockFound, DateFound, When
from pressutskick.release.facts.rsvp import RsvpFound
from pressutskick.release.facts.weighing import Verdict
from pressutskick.release.facts.where import Where
from pressutskick.release.model import Kind, Session
from pressutskick.sentences import say

#: Words that let the press in.
_MEDIA = re.compile(
    r"\b(?:medi(?:a|er|erna)|pressen|journalister|redaktioner)\s(?:får|kan|är|bjuds|inbjuds|hälsas|erbjuds|har möjlighet)",
    re.IGNORECASE,
)
#: Words of registration, whose clock is a deadline.
_REGISTERS = re.compile(
    r"anmäl|o\.?s\.?a\b|rsvp|senast|senest|innen|påmeld|tilmeld|kredit|mejla|register|@",
    re.IGNORECASE,
)
#: A clock that weighs less is no start.
_UNLIKELY = -3.0
#: Minutes between gathering and start that need no asking.
_USUAL_WAIT = 75


def contradicting_days(when: When, sessions: tuple[Session, ...]) -> tuple[dt.date, ...]:
    """Days that the text claims for the event beside the one that weighs most; a session's own
    day is none of them.
    """  # noqa: D205
    claims = when.date.contradictions if when.date else ()
    own = {session.date for session in sessions}
    return tuple(dict.fromkeys(one.value for one in claims if one.value not in own))


def about_date(when: When, sessions: tuple[Session, ...], *, has_stamp: bool) -> Question | None:
    """Two days that contradict each other, a weekday that does not fit, a year that nothing tells."""
    if when.date is None or when.day is None:
        return Question(field="event.date", why=say("The text names no day for the event."))
    if others := contradicting_days(when, sessions):
        days = (when.date.best.value, *others)
        return Question(
            field="event.date",
            why=say("The text gives two different days for the event."),
            choices=tuple(day.isoformat() for day in days),
        )
    day = when.day
    if not day.day.is_sure:
        return _about_unsure_day(day, has_stamp=has_stamp)
    if rivals := _rival_days(when, sessions):
        return Question(
            field="event.date",
            why=say("Several days could be the event's."),
            choices=tuple(d.isoformat() for d in (when.date.best.value, *rivals)),
        )
    return None


def _rival_days(when: When, sessions: tuple[Session, ...]) -> list[dt.date]:
    """Other days of which as much speaks, where none is told by a label or beside the meeting."""
    if when.date is None or when.date.best.claim:
        return []
    own = {session.date for session in sessions}
    return [one.value for one in when.date.rivals if one.value not in own]


def _about_unsure_day(found: DateFound, *, has_stamp: bool) -> Question:
    words = found.candidate.text
    choices = (found.day.date.isoformat(),)
    if found.day.contradicts:
        return Question(
            field="event.date",
            why=say("The weekday of “{words}” does not fit the day.", words=words),
            choices=choices,
        )
    if found.mention.relation is not None:
        return Question(
            field="event.date",
            why=say("“{words}” depends on the day when it is read.", words=words),
            choices=choices,
        )
    if found.mention.weekday is None and not has_stamp:
        return Question(
            field="event.date",
            why=say("“{words}” has neither a year nor a weekday to work it out from.", words=words),
            choices=choices,
        )
    return Question(
        field="event.date",
        why=say("“{words}” has no year, and no such day is near.", words=words),
        choices=choices,
    )


def name_session(session: Session) -> str:
    """A session as a choice: `2024-09-04 12:30`."""
    clock = f"{session.start:%H:%M}" if session.start else ""
    return f"{session.date or ''} {clock}".strip()


def about_start(when: When, sessions: tuple[Session, ...]) -> Question | None:
    """No start, only admission times, or several clocks that could be it."""
    if when.start is None:
        clocks = _clocks(when.admissions)
        why = (
            say("Only times of admission or gathering are given, no start.")
            if clocks
            else say("The text names no time at which it starts.")
        )
        return Question(field="event.start", why=why, choices=clocks)
    if sessions:
        return Question(
            field="event.sessions",
            why=say("There are several sessions; which one is the main one?"),
            choices=tuple(name_session(session) for session in sessions),
        )
    rivals = (
        [one.value for one in when.start.rivals]
        or _meeting_beside(when)
        or _far_admissions(when)
        or _programme(when)
        or _media_times(when)
        or _earlier_times(when)
    )
    if rivals:
        times = dict.fromkeys([when.start.best.value, *rivals])
        return Question(
            field="event.start",
            why=say("Several times could be the start."),
            choices=tuple(f"{time:%H:%M}" for time in times),
        )
    if when.start_found and when.start_found.mention.is_odd:
        return Question(
            field="event.start",
            why=say("“{words}” mixes two ways to tell the time.", words=when.start.best.text),
            choices=(f"{when.start.best.value:%H:%M}",),
        )
    return None


def _meeting_beside(when: When) -> list[dt.time]:
    """`Tid: 9.30–11.00 (pressträff 11.15)`: beside the start, the clock of the press meeting."""
    chosen = when.start_found
    if chosen is None or _names_meeting(chosen):
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.sentence.passage is chosen.sentence.passage
        and one.mention.start != chosen.mention.start
        and _names_meeting(one)
    ]


def _names_meeting(found: ClockFound) -> bool:
    before = found.sentence.text[max(0, found.mention.at - 30) : found.mention.at]
    return meeting_pattern().search(before) is not None


def _far_admissions(when: When) -> list[dt.time]:
    """People gather minutes before a start; hours before it they gather for something else."""
    if when.start is None or (when.start_found and when.start_found.is_labelled):
        return []
    start = when.start.best.value
    minutes = start.hour * 60 + start.minute - _USUAL_WAIT
    return [
        one.mention.start
        for one in when.admissions
        if one.mention.start.hour * 60 + one.mention.start.minute < minutes
    ]


def _media_times(when: When) -> list[dt.time]:
    """`Media får följa övningen mellan 10 och 12`: another clock that is meant for the press."""
    chosen = when.start_found
    if chosen is None or chosen.is_labelled or _MEDIA.search(chosen.sentence.text):
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.mention.role is Role.START
        and one.mention.start != chosen.mention.start
        and one.date in (None, chosen.date)
        and _MEDIA.search(one.sentence.text)
    ]


def _earlier_times(when: When) -> list[dt.time]:
    """Where no label tells the start, an earlier clock of the day may be it."""
    chosen = when.start_found
    if chosen is None or chosen.is_labelled:
        return []
    return [
        one.mention.start
        for one in when.clocks
        if one.mention.role in (Role.START, Role.DEADLINE)
        and one.mention.start < chosen.mention.start
        and one.date in (None, chosen.date)
        and one.candidate.score > _UNLIKELY
        and not _REGISTERS.search(one.sentence.text)
    ]


def _programme(when: When) -> list[dt.time]:
    """The items of a programme, where the start was taken from one of them."""
    items = [one for one in when.clocks if one.mention.role is Role.START and one.is_item]
    if when.start_found not in items:
        return []
    return sorted({one.mention.start for one in items})


def _clocks(found: tuple[ClockFound, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{one.mention.start:%H:%M}" for one in found))


def about_place(where: Where, sessions: tuple[Session, ...]) -> Question | None:
    """No place, one that stands elsewhere, a link that is promised but absent, or only a guess."""
    guess = where.place.best.value if where.place else None
    offered = [guess, *(one.value for one in where.place.rivals)] if where.place and guess else []
    offered += [where.gathering.value] if where.gathering else []
    choices = tuple(dict.fromkeys(offered))
    if where.place and where.place.best.certainty is Certainty.GUESSED and sessions:
        return Question(
            field="event.place",
            why=say("The sessions may be held in different places."),
            choices=choices,
        )
    if where.place and where.is_sure:
        labelled = [
            one.value for one in where.place.rivals if one.score >= where.place.best.score - 0.5
        ]
        return (
            Question(
                field="event.place",
                why=say("Several places are named."),
                choices=(where.place.best.value, *labelled),
            )
            if labelled and where.place.best.score < 8
            else None
        )
    if where.is_elsewhere:
        return Question(
            field="event.place",
            why=say("The text says that the place is given elsewhere."),
            choices=choices,
        )
    if where.is_online:
        if where.online is not None and guess is None and not where.is_hybrid:
            return None
        return Question(
            field="event.place",
            why=say("It seems to be held on the net, but place or link is missing."),
            choices=choices,
        )
    return Question(field="event.place", why=say("The text names no sure place."), choices=choices)


def about_rsvp(rsvp: RsvpFound, known: tuple[str, ...] = ()) -> tuple[Question, ...]:
    """Registration without an address, with several, or told by a role only.

    `known` are the contacts' addresses, one of which may be meant.
    """
    if not rsvp.is_asked:
        return ()
    questions = []
    if rsvp.is_masked and rsvp.email is None:
        questions.append(
            Question(
                field="rsvp.email",
                why=say("The address for registration was hidden when the text was copied."),
                choices=known,
            )
        )
    elif rsvp.email is None and not rsvp.phones and rsvp.url is None:
        questions.append(
            Question(
                field="rsvp.email",
                why=say("Registration is asked for, but no address is given."),
                choices=known,
            )
        )
    elif rsvp.others and rsvp.email:
        questions.append(
            Question(
                field="rsvp.email",
                why=say("Several addresses are given for registration."),
                choices=(rsvp.email.value, *rsvp.others),
            )
        )
    elif rsvp.by_role:
        shown = rsvp.email.value if rsvp.email else rsvp.phones[0].value if rsvp.phones else ""
        questions.append(
            Question(
                field="rsvp.email" if rsvp.email else "rsvp.phone",
                why=say("The person to register with is named by role only."),
                choices=(shown,) if shown else (),
            )
        )
    return tuple(questions)


def about_title(rivals: Verdict[int] | None = None) -> Question:
    """No line could be the heading."""
    return Question(field="title", why=say("No heading was found."))


def about_language(language: Language) -> Question:
    """Too few words to tell the language by."""
    return Question(
        field="language",
        why=say("The text is too short to be sure of its language."),
        choices=(str(language), *(str(one) for one in Language if one is not language)),
    )


def about_kind(kind: Kind) -> Question:
    """Nothing in the text invites."""
    return Question(
        field="kind",
        why=say("The text names no event and does not say that it invites."),
        choices=(str(kind), *(str(one) for one in Kind if one is not kind)),
    )
