"""The entries that a release puts into calendars, each with a name that is its own for life.

The name ends the entry's UID. It must outlive every edit: when the first of three sessions is
taken out, that very entry has to go, and the other two must stay what they are. So names are
worked out from all texts that went out, oldest first. Pure.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressutskick.message.headline import clean_line, make_headline
from pressutskick.release.model import Event, Release, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One entry; `suffix` ends its UID and its file name, `topic` is the session's own title."""

    suffix: str = ""
    date: dt.date
    end_date: dt.date
    start: dt.time | None
    end: dt.time | None
    zone: str
    topic: str
    title: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHistory:
    """The texts of a release that went out before, by a number of the caller's, oldest first."""

    texts: Mapping[int, Release] = field(default_factory=dict)

    def entries(self, release: Release) -> tuple[Occasion, ...]:
        """The entries of `release`, the text that holds now."""
        return _name_all((*self.texts.values(), release))[-1]

    def dropped(self, release: Release, held: Iterable[int]) -> tuple[Occasion, ...]:
        """Entries that somebody who has the texts `held` still has, and `release` has no more."""
        named = _name_all((*self.texts.values(), release))
        by_number = dict(zip(self.texts, named, strict=False))
        found = {each.suffix: each for number in held for each in by_number.get(number, ())}
        for each in named[-1]:
            found.pop(each.suffix, None)
        return tuple(found.values())


NO_HISTORY = CalendarHistory()


def _name_all(texts: Sequence[Release]) -> list[tuple[Occasion, ...]]:
    """The entries of each text; one that lives on keeps its name, one that is gone never returns.

    A calendar that was told to forget an entry may not take it back under the same name.
    """
    named: list[tuple[Occasion, ...]] = []
    alive: tuple[Occasion, ...] = ()
    used = 0
    for text in texts:
        fresh = tuple(_list_occasions(text))
        kept = _match(alive, fresh)
        entries = []
        for index, each in enumerate(fresh):
            suffix = kept.get(index)
            if suffix is None:
                suffix = "" if not used and len(fresh) == 1 else f"-{used + 1}"
                used += 1
            entries.append(replace(each, suffix=suffix))
        alive = tuple(entries)
        named.append(alive)
    return named


def _match(before: Iterable[Occasion], after: Sequence[Occasion]) -> dict[int, str]:
    """Which of `after` (by index) is one of `before`, and its name: the surest likeness first."""
    left, found = list(before), dict[int, str]()
    for is_same in (_is_equal, _has_same_topic, _has_same_moment, _may_have_moved):
        for index, new in enumerate(after):
            if index in found:
                continue
            old = next((each for each in left if is_same(each, new)), None)
            if old is not None:
                found[index] = old.suffix
                left.remove(old)
    return found


def _is_equal(old: Occasion, new: Occasion) -> bool:
    return replace(old, suffix="", title="") == replace(new, suffix="", title="")


def _has_same_topic(old: Occasion, new: Occasion) -> bool:
    return bool(old.topic) and old.topic.casefold() == new.topic.casefold()


def _has_same_moment(old: Occasion, new: Occasion) -> bool:
    return (old.date, old.start) == (new.date, new.start)


def _may_have_moved(old: Occasion, new: Occasion) -> bool:
    """Two that are called differently, at different times, are two."""
    return not (old.topic and new.topic)


def _list_occasions(release: Release) -> Iterator[Occasion]:
    """The dated sessions, or the event where it has none; nothing where no date is known."""
    event = release.event
    if event is None:
        return
    headline = make_headline(release)
    dated = [session for session in event.sessions if (session.date or event.date) is not None]
    for session in dated:
        yield from _make_occasion(session, event, headline, clean_line(session.title))
    if not dated:
        yield from _make_occasion(event, event, headline, "")


def _make_occasion(
    part: Event | Session, event: Event, headline: str, topic: str
) -> Iterator[Occasion]:
    day = part.date or event.date
    if day is None:
        return
    yield Occasion(
        date=day,
        end_date=(part.end_date if isinstance(part, Event) else None) or day,
        start=part.start,
        end=part.end,
        zone=event.timezone,
        topic=topic,
        title=f"{headline}: {topic}" if topic else headline,
        place=clean_line(part.place or event.place),
    )
