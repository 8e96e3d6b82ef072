"""Owns how the days and clocks of a scene are written and marked."""

import datetime as dt
import random
from typing import Any

from training.grammar import AbsentError, Grammar
from training.marks import Marker, Mention, unmark
from training.scene import Scene, Session
from training.times import clock_text, date_words, shift

#: Minutes from the event's start to the clocks around it.
AROUND = {
    "gathering": (-30, -20, -15, -15, -10),
    "doors": (-60, -45, -30, -30, -15),
    "interview": (30, 45, 60, 75, 90),
    "setup": (-90, -60, -45, -30),
}


class Calendar:
    """Writes when things are; `at` is the session that is being told."""

    def __init__(self, scene: Scene, grammar: Grammar, rng: random.Random) -> None:
        self.scene, self.grammar, self.rng = scene, grammar, rng
        self.marker = Marker()
        self.at: Session = scene.main
        self.clock: tuple[dt.time, str] | None = None
        self.day: tuple[dt.date, str] | None = None
        self.style = rng.choices(["dot", "colon", "hour", "digits"], [60, 25, 12, 3])[0]
        if scene.language == "en":
            self.style = rng.choices(["ampm", "dot", "colon", "h"], [60, 15, 20, 5])[0]

    def mark(self, kind: str, role: str, text: str, value: str | None = None, **more: Any) -> str:
        """`text` marked as a mention; its value is the text itself unless another is given."""
        told = " ".join(unmark(text).split()) if value is None else value
        return self.marker.mark(text, Mention(kind=kind, role=role, value=told, **more))

    def _absent(self) -> dt.datetime:
        raise AbsentError("published")

    def _is_within(self, today: dt.date, day: dt.date) -> bool:
        is_event = self.day is None or self.day[1] in ("event", "deadline")
        return is_event and len(self.scene.sessions) == 1 and 1 < (day - today).days < 6

    def _is_relative(self, ahead: int) -> bool:
        role = (self.day or (None, ""))[1]
        return role == "event" and (self.at.date - self.scene.as_of).days == ahead

    def _write_day(self, day: dt.date, role: str, rule: str = "date") -> str:
        self.day = (day, role)
        try:
            return self.grammar.draw(rule)
        finally:
            self.day = None

    def _date_word(self, name: str) -> str:
        if self.day is None:
            raise AbsentError(name)
        slip = self.scene.slip if self.day[1] == "event" else 0
        return date_words(self.day[0], self.scene.language, slip)[name]

    def _event_day(self) -> str:
        if self.at.last:
            return self._event_days()
        text = self._write_day(self.at.date, "event")
        has_weekday = any(
            word in text.casefold() for word in
            {date_words(self.at.date, self.scene.language, self.scene.slip)["wd"].casefold()}
        )  # fmt: skip
        also = ("slip",) if self.scene.slip and has_weekday else ()
        role = "event" if self.at.is_main else "session"
        return self.mark("date", role, text, self.at.date.isoformat(), also=also,
                         session=self.at.number)  # fmt: skip

    def _event_days(self) -> str:
        if not self.at.last:
            raise AbsentError("days")
        text = self._days_text(self.at.date, self.at.last)
        value = f"{self.at.date.isoformat()}/{self.at.last.isoformat()}"
        return self.mark("date", "event", text, value)

    def _days_text(self, first_day: dt.date, last_day: dt.date) -> str:
        first = date_words(first_day, self.scene.language)
        last = date_words(last_day, self.scene.language)
        text = self.grammar.draw("date.range" if first["m"] == last["m"] else "date.months")
        for name in first:
            text = text.replace(f"[1{name}]", first[name]).replace(f"[2{name}]", last[name])
        return text

    def _other_days(self) -> str:
        first = self.scene.main.date + dt.timedelta(days=self.rng.choice([-30, 14, 21, 40]))
        last = first + dt.timedelta(days=self.rng.choice([1, 2, 4]))
        value = f"{first.isoformat()}/{last.isoformat()}"
        return self.mark("date", "other", self._days_text(first, last), value)

    def _title_day(self) -> str:
        if self.scene.clash:
            text = self._write_day(self.scene.clash, "rival", "date.title")
            return self.mark("date", "rival", text, self.scene.clash.isoformat())
        if self.at.last or len(self.scene.sessions) > 1:
            raise AbsentError("title.day")
        text = self._write_day(self.at.date, "event", "date.title")
        return self.mark("date", "event", text, self.at.date.isoformat())

    def _other_day(self) -> str:
        day = self.scene.main.date + dt.timedelta(
            days=self.rng.choice([-400, -90, -40, 30, 45, 80])
        )
        return self.mark("date", "other", self._write_day(day, "other", "date.plain"),
                         day.isoformat())  # fmt: skip

    def _stamp(self) -> str:
        stamp = self.scene.published or self._absent()
        has_clock = self.rng.random() < 0.7
        text = self._write_day(
            stamp.date(), "published", "stamp.clock" if has_clock else "stamp.day"
        )
        value = f"{stamp:%Y-%m-%dT%H:%M}" if has_clock else f"{stamp:%Y-%m-%d}"
        return self.mark("date", "published", text, value)

    def _deadline(self) -> tuple[dt.date, dt.time | None]:
        if self.scene.deadline is None:
            raise AbsentError("deadline")
        return self.scene.deadline

    def _deadline_day(self) -> str:
        day = self._deadline()[0]
        return self.mark("date", "deadline", self._write_day(day, "deadline", "date.deadline"),
                         day.isoformat())  # fmt: skip

    def _now(self) -> tuple[dt.time, str]:
        return self.clock or (self.at.start, "start" if self.at.is_main else "session")

    def mark_clock(self, clock: dt.time, role: str) -> str:
        """`clock` in the style of this text, marked."""
        session = self.at.number if role in ("start", "session", "end", "session end") else None
        return self.mark("clock", role, clock_text(clock, self.style), f"{clock:%H:%M}",
                         session=session)  # fmt: skip

    def _clock_of(self, clock: dt.time | None, role: str) -> str:
        if clock is None:
            raise AbsentError(role)
        self.clock = (clock, role)
        try:
            return self.grammar.draw("clock")
        finally:
            self.clock = None

    def _end(self) -> str:
        if self.at.end is None:
            raise AbsentError("end")
        return self.mark_clock(self.at.end, "end" if self.at.is_main else "session end")

    def _minutes(self) -> str:
        """How long it lasts; the end follows from it."""
        start, end = self.at.start, self.at.end
        if end is None or not self.at.is_main:
            raise AbsentError("minutes")
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        return self.mark("duration", "end", str(minutes), f"{end:%H:%M}", session=self.at.number)

    def _hour(self) -> str:
        """An hour in words."""
        if self.at.end != shift(self.at.start, 60):
            raise AbsentError("hour")
        words = self.grammar.draw("hour")
        return self.mark("duration", "end", words, f"{self.at.end:%H:%M}", session=self.at.number)

    def _range(self) -> str:
        return self.grammar.draw("clock.range" if self.at.end else "clock")

    def _clock_around(self, name: str) -> str:
        return self._clock_of(self._around(name), name)

    def _around(self, name: str) -> dt.time:
        return shift(self.scene.main.start, self.rng.choice(AROUND[name]))

    def _odd_clock(self) -> dt.time:
        return dt.time(self.rng.randint(7, 20), self.rng.choice([0, 15, 30, 45]))
