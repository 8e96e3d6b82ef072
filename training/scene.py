"""Owns the facts of one invented invitation, before a word of it is written."""

import datetime as dt
import random
from dataclasses import dataclass, field

from training.people import Person
from training.times import shift

LANGUAGES = ("sv", "no", "en", "da")
LANGUAGE_WEIGHTS = (68, 12, 11, 9)
SHAPES = ("plain", "two", "tour", "days")
SHAPE_WEIGHTS = (80, 6, 8, 6)
#: How the press registers. `pointer`: "see press contact"; `lost`: the form's link is gone.
CHANNELS = ("none", "box", "host", "own", "pointer", "form", "lost", "phone")
CHANNEL_WEIGHTS = (34, 22, 16, 8, 5, 8, 3, 4)


@dataclass(slots=True, kw_only=True)
class Session:
    """One event: when and where, and its number in a text of several."""

    date: dt.date
    start: dt.time
    end: dt.time | None
    last: dt.date | None = None
    number: int | None = None
    is_main: bool = True
    place: str | None = None


@dataclass(slots=True, kw_only=True)
class Scene:
    """All that is true of one invitation."""

    language: str
    shape: str
    as_of: dt.date
    published: dt.datetime | None
    sessions: list[Session]
    is_digital: bool
    channel: str
    deadline: tuple[dt.date, dt.time | None] | None
    slip: int
    clash: dt.date | None
    speakers: list[Person] = field(default_factory=list)
    contacts: list[Person] = field(default_factory=list)
    host: Person | None = None
    moderator: Person | None = None

    @property
    def main(self) -> Session:
        """The session that the press is invited to."""
        return next(each for each in self.sessions if each.is_main)


def draw_scene(rng: random.Random) -> Scene:
    """A scene without its people and places, which need words."""
    language = rng.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0]
    shape = rng.choices(SHAPES, SHAPE_WEIGHTS)[0]
    as_of = dt.date(2008, 1, 7) + dt.timedelta(days=rng.randrange(7000))
    ahead = rng.choice([0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 20, 27])
    sessions = _draw_sessions(rng, shape, _weekday(rng, as_of + dt.timedelta(days=ahead)))
    published = None
    if rng.random() < 0.35:
        published = dt.datetime.combine(as_of, dt.time(rng.randint(6, 18), rng.randrange(60)))
    channel = rng.choices(CHANNELS, CHANNEL_WEIGHTS)[0]
    main = next(each for each in sessions if each.is_main)
    flaw = rng.random()
    return Scene(
        language=language,
        shape=shape,
        as_of=as_of,
        published=published,
        sessions=sessions,
        is_digital=shape == "plain" and rng.random() < 0.05,
        channel=channel,
        deadline=_draw_deadline(rng, as_of, main) if channel != "none" else None,
        slip=rng.choice([1, -1, 2]) if shape == "plain" and flaw < 0.015 else 0,
        clash=_draw_clash(main, as_of) if shape == "plain" and 0.015 < flaw < 0.03 else None,
    )


def _weekday(rng: random.Random, day: dt.date) -> dt.date:
    """`day`, moved off a weekend in most texts."""
    is_weekend = day.weekday() > 4
    return day + dt.timedelta(days=7 - day.weekday()) if is_weekend and rng.random() < 0.8 else day


def _draw_sessions(rng: random.Random, shape: str, date: dt.date) -> list[Session]:
    start = dt.time(rng.choice([8, 9, 9, 10, 10, 11, 11, 12, 13, 13, 14, 15, 16, 18]),
                    rng.choice([0, 0, 0, 0, 15, 30, 30, 45]))  # fmt: skip
    end = shift(start, rng.choice([30, 45, 60, 60, 90, 120])) if rng.random() < 0.45 else None
    if shape == "days":
        last = date + dt.timedelta(days=rng.choice([1, 1, 2, 2, 3]))
        return [Session(date=date, start=start, end=None, last=last)]
    if shape == "plain":
        return [Session(date=date, start=start, end=end)]
    count = 2 if shape == "two" else rng.choice([2, 3, 3, 4])
    later = dt.timedelta(days=rng.choice([0, 0, 1, 2]) if shape == "two" else 0)
    press = 0 if later else rng.choice([0, count - 1])
    first = dt.time(rng.choice([8, 9, 10]), start.minute)
    has_end = rng.random() < 0.5
    return [
        Session(
            date=date + (later if number else dt.timedelta()),
            start=shift(first, number * 115),
            end=shift(first, number * 115 + 60) if has_end else None,
            number=number,
            is_main=number == press,
        )
        for number in range(count)
    ]


def _draw_deadline(
    rng: random.Random, as_of: dt.date, main: Session
) -> tuple[dt.date, dt.time | None] | None:
    room = (main.date - as_of).days
    chance = rng.random()
    if chance < 0.2:
        return None
    if chance < 0.4 and main.start.hour > 9:
        return main.date, dt.time(main.start.hour - 1, rng.choice([0, 0, 30]))
    if room < 1:
        return None
    day = main.date - dt.timedelta(days=rng.randint(1, min(room, 8)))
    clock = dt.time(rng.choice([9, 10, 12, 12, 14, 15, 16, 17])) if rng.random() < 0.45 else None
    return day, clock


def _draw_clash(main: Session, as_of: dt.date) -> dt.date:
    """Another date in the same text that is also said to be the event's."""
    other = main.date + dt.timedelta(days=7)
    return other if other > as_of else main.date + dt.timedelta(days=14)
