"""The questions: what a text leaves open, why, and between what a person may choose."""

import datetime as dt

from pressutskick.mail import Language
from pressutskick.reading.answering.rsvp import RsvpFound
from pressutskick.reading.asking.offers import first_of, offer, offer_values
from pressutskick.reading.model import Choice, Question
from pressutskick.reading.weighing import Candidate
from pressutskick.reading.when.moments import SURE_DAY, DateFound, When, is_sure
from pressutskick.reading.where.place import Where
from pressutskick.release.model import Kind, Session
from pressutskick.sentences import say

#: A heading that is less likely is asked about.
SURE_TITLE = 0.5
#: A place beside words that it is told elsewhere must be as likely as this to hold.
SURELY_HERE = 0.9
#: An address that is less likely for registration is asked about.
SURE_ADDRESS = 0.6
#: An address beside another one for registration that is as likely as this makes it doubtful.
RIVAL = 0.2


def contradicting_days(when: When, sessions: tuple[Session, ...]) -> tuple[Candidate[dt.date], ...]:
    """Days that the text claims for the event beside the one that is likeliest.

    A session's own day is none of them.
    """
    claims = when.date.contradictions if when.date else ()
    own = {session.date for session in sessions}
    return tuple(one for one in claims if one.value not in own)


def about_date(
    when: When, sessions: tuple[Session, ...], *, anchor: dt.date, has_stamp: bool
) -> Question | None:
    """Two days that contradict each other, a weekday that does not fit, a year that nothing tells.

    `anchor` is the day that the text is seen from.
    """
    if when.date is None or when.day is None:
        return Question(field="event.date", why=say("The text names no day for the event."))
    best = when.date.best
    if others := contradicting_days(when, sessions):
        return Question(
            field="event.date",
            why=say("The text gives two different days for the event."),
            offers=offer(*_ahead((best, *others), anchor)),
        )
    if not when.day.day.is_sure:
        return _about_unsure_day(when.day, has_stamp=has_stamp)
    if not sessions and not is_sure(when.date, SURE_DAY):
        return Question(
            field="event.date",
            why=say("Several days could be the event's.")
            if when.date.rivals
            else say("It is not plain that “{words}” is the event's day.", words=best.text),
            offers=offer(*_ahead((best, *when.date.rivals), anchor)),
        )
    return None


def _ahead(days: tuple[Candidate[dt.date], ...], anchor: dt.date) -> tuple[Candidate[dt.date], ...]:
    """No past day where another is ahead."""
    return tuple(one for one in days if one.value >= anchor) or days


def _about_unsure_day(found: DateFound, *, has_stamp: bool) -> Question:
    words = found.candidate.text
    offers = tuple(
        Choice(value=day.isoformat(), lines=found.candidate.lines, text=words)
        for day in found.day.choices or (found.day.date,)
    )
    if found.day.contradicts:
        why = say("The weekday of “{words}” does not fit the day.", words=words)
    elif found.mention.relation is not None:
        why = say("“{words}” depends on the day when it is read.", words=words)
    elif found.mention.weekday is None and not has_stamp:
        why = say("“{words}” has neither a year nor a weekday to work it out from.", words=words)
    else:
        why = say("“{words}” has no year, and no such day is near.", words=words)
    return Question(field="event.date", why=why, offers=first_of(offers))


def about_place(where: Where, sessions: tuple[Session, ...]) -> Question | None:
    """No place, one that stands elsewhere, a link that is promised but absent, or only a guess."""
    if where.is_sure and not is_elsewhere(where):
        return None
    offers = offer(*where.possible, where.gathering)
    if where.is_elsewhere:
        why = say("The text says that the place is given elsewhere.")
    elif where.is_online and where.place is None:
        if where.online is not None and not where.is_hybrid:
            return None
        why = say("It seems to be held on the net, but place or link is missing.")
    elif where.place and sessions:
        why = say("The sessions may be held in different places.")
    elif where.place and len(offers) > 1:
        why = say("Several places are named.")
    else:
        why = say("The text names no sure place.")
    return Question(field="event.place", why=why, offers=offers)


def is_elsewhere(where: Where) -> bool:
    """Whether the text itself says that the place is told elsewhere, and tells none for sure."""
    return where.is_elsewhere and (
        where.place is None or where.place.best.probability < SURELY_HERE
    )


def about_rsvp(rsvp: RsvpFound, known: tuple[str, ...] = ()) -> tuple[Question, ...]:
    """Registration without an address, with several, or told by a role only.

    `known` are the contacts' addresses, one of which may be meant.
    """
    if not rsvp.is_asked:
        return ()
    likely = offer(*rsvp.emails)
    offers = first_of((*likely, *offer_values(known)))
    rivals = [one for one in rsvp.emails[1:] if one.probability >= RIVAL]
    if rsvp.email is None and not rsvp.phones and rsvp.url is None:
        why = (
            say("The address for registration was hidden when the text was copied.")
            if rsvp.is_masked
            else say("Registration is asked for, but no address is given.")
        )
        return (Question(field="rsvp.email", why=why, offers=offers),)
    if rsvp.email and rivals:
        why = say("Several addresses are given for registration.")
        return (Question(field="rsvp.email", why=why, offers=likely),)
    if rsvp.email and rsvp.email.judgement and rsvp.email.probability < SURE_ADDRESS:
        why = say("It is not plain that {address} is for registration.", address=rsvp.email.value)
        return (Question(field="rsvp.email", why=why, offers=likely),)
    return ()


def about_title(offers: tuple[Choice, ...] = ()) -> Question:
    """No line could be the heading; `offers` may hold what the text says first."""
    return Question(field="title", why=say("No heading was found."), offers=offers)


def about_language(language: Language) -> Question:
    """Too few words to tell the language by."""
    return Question(
        field="language",
        why=say("The text is too short to be sure of its language."),
        offers=offer_values((language, *(one for one in Language if one is not language))),
    )


def about_kind(kind: Kind) -> Question:
    """Nothing in the text invites."""
    return Question(
        field="kind",
        why=say("The text names no event and does not say that it invites."),
        offers=offer_values((kind, *(one for one in Kind if one is not kind))),
    )
