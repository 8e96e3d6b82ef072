"""The questions: what a text leaves open, why, and between what a person may choose."""

import datetime as dt

from pressutskick.mail import Language
from pressutskick.reading.answering.rsvp import RsvpFound
from pressutskick.reading.model import Certainty, Question
from pressutskick.reading.when.moments import DateFound, When
from pressutskick.reading.where.place import Where
from pressutskick.release.model import Kind, Session
from pressutskick.sentences import say


def contradicting_days(when: When, sessions: tuple[Session, ...]) -> tuple[dt.date, ...]:
    """Days that the text claims for the event beside the one that weighs most.

    A session's own day is none of them.
    """
    claims = when.date.contradictions if when.date else ()
    own = {session.date for session in sessions}
    return tuple(dict.fromkeys(one.value for one in claims if one.value not in own))


def about_date(
    when: When, sessions: tuple[Session, ...], *, anchor: dt.date, has_stamp: bool
) -> Question | None:
    """Two days that contradict each other, a weekday that does not fit, a year that nothing tells.

    `anchor` is the day that the text is seen from.
    """
    if when.date is None or when.day is None:
        return Question(field="event.date", why=say("The text names no day for the event."))
    if others := contradicting_days(when, sessions):
        return Question(
            field="event.date",
            why=say("The text gives two different days for the event."),
            choices=_in_order((when.date.best.value, *others), anchor),
        )
    day = when.day
    if not day.day.is_sure:
        return _about_unsure_day(day, has_stamp=has_stamp)
    if rivals := _rival_days(when, sessions):
        return Question(
            field="event.date",
            why=say("Several days could be the event's."),
            choices=_in_order((when.date.best.value, *rivals), anchor),
        )
    return None


def _in_order(days: tuple[dt.date, ...], anchor: dt.date) -> tuple[str, ...]:
    """The near day first, and no past one where another is ahead."""
    ahead = sorted({day for day in days if day >= anchor})
    return tuple(day.isoformat() for day in ahead or days)


def _rival_days(when: When, sessions: tuple[Session, ...]) -> list[dt.date]:
    """Other days of which as much speaks, where none is told by a label or beside the meeting."""
    if when.date is None or when.date.best.claim:
        return []
    own = {session.date for session in sessions}
    return [one.value for one in when.date.rivals if one.value not in own]


def _about_unsure_day(found: DateFound, *, has_stamp: bool) -> Question:
    words = found.candidate.text
    choices = tuple(day.isoformat() for day in found.day.choices or (found.day.date,))
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


def about_title(choices: tuple[str, ...] = ()) -> Question:
    """No line could be the heading; `choices` may hold what the text says first."""
    return Question(field="title", why=say("No heading was found."), choices=choices)


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
