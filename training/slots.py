"""Owns the slots of the word files: each writes one fact of the scene and marks it."""

import datetime as dt
import random
from collections.abc import Callable
from functools import partial

from training.calendars import AROUND, Calendar
from training.grammar import AbsentError, Grammar
from training.marks import unmark
from training.people import Person, draw_phone, fold
from training.scene import Scene


class Writer(Calendar):
    """Writes one scene: what is being said now is `at` (a session) and `person`, in `role`."""

    def __init__(self, scene: Scene, grammar: Grammar, rng: random.Random) -> None:
        super().__init__(scene, grammar, rng)
        self.person: Person | None = None
        self.role = "other"
        self.places: dict[int | None, dict[str, str]] = {}
        grammar.slots = self._slots()
        grammar.flags = self._flags()

    def _slots(self) -> dict[str, Callable[[], str]]:
        scene, draw = self.scene, self.grammar.draw
        slots: dict[str, Callable[[], str]] = {
            "day": self._event_day,
            "days": self._event_days,
            "T": lambda: self.mark_clock(*self._now()),
            "E": self._end,
            "E.minutes": self._minutes,
            "E.hour": self._hour,
            "range": self._range,
            "place": lambda: self._place("place.label"),
            "place.in": self._place_in,
            "place.short": lambda: self._place("place.brief"),
            "title": self._title,
            "title.day": self._title_day,
            "stamp": self._stamp,
            "dl.day": self._deadline_day,
            "dl.clock": lambda: self._clock_of(self._deadline()[1], "deadline"),
            "photo": lambda: self.mark("note", "photo", draw("photo.note")),
            "rsvp": lambda: self._rsvp("rsvp.text"),
            "rsvp.line": lambda: self._rsvp("rsvp.labelled"),
            "rsvp.mail": lambda: self._channel("email", scene.contacts[0].email, "box", "own"),
            "rsvp.box": lambda: self._channel("email", "box", "box"),
            "rsvp.phone": lambda: self._channel("phone", self._new_phone(), "phone", "box"),
            "rsvp.url": lambda: self._channel("url", self._url("rsvp.path"), "form"),
            "other.day": self._other_day,
            "other.days": self._other_days,
            "other.clock": lambda: self._clock_of(self._odd_clock(), "other"),
            "evening.clock": lambda: self._clock_of(
                dt.time(self.rng.randint(17, 20), self.rng.choice([0, 30])), "other"
            ),
            "other.phone": lambda: self.mark("phone", "other", self._new_phone()),
            "switch": lambda: self.mark("phone", "switchboard", self._new_phone()),
            "other.mail": lambda: self.mark("email", "other", self._box("other.box")),
            "other.url": lambda: self.mark("url", "other", self._url("other.path")),
            "stream": lambda: self.mark("url", "stream", self._url("stream.path")),
            "other.place": lambda: self.mark("place", "other", draw("venue").split("|")[1]),
            "gather.place": lambda: self.mark("place", "gathering", draw("gather.spot")),
            "nr": lambda: str(self.rng.randint(1, 60)),
            "n": lambda: str(self.rng.randint(2, 12)),
            "N": self._big_number,
            "nth": self._nth,
            "past": lambda: str(scene.as_of.year - self.rng.randint(1, 90)),
            "future": lambda: str(scene.as_of.year + self.rng.randint(1, 9)),
            "this": lambda: str(scene.as_of.year),
            "y": lambda: str((self.day or (scene.as_of, ""))[0].year),
            "domain": lambda: self.domain,
            "pub.date": lambda: (scene.published or self._absent()).date().isoformat(),
            "pub.clock": lambda: f"{scene.published or self._absent():%H:%M}",
        }
        for name in AROUND:
            slots[f"{name}.clock"] = partial(self._clock_around, name)
        for name in ("wd", "wd.def", "wd3", "d", "dd", "mon", "mon3", "m", "mm", "iso", "th"):
            slots[name] = partial(self._date_word, name)
        for name in ("prep", "venue", "room", "street", "town"):
            slots[f"at.{name}"] = partial(self._place_part, name)
        return slots

    def _flags(self) -> dict[str, Callable[[], bool]]:
        scene = self.scene
        return {
            "end": lambda: self.at.end is not None,
            "main": lambda: self.at.is_main,
            "morning": lambda: scene.main.start.hour < 10,
            "digital": lambda: scene.is_digital,
            "dl": lambda: scene.deadline is not None,
            "dlclock": lambda: scene.deadline is not None and scene.deadline[1] is not None,
            "near": lambda: self._is_within(scene.as_of, scene.main.date),
            "dlnear": lambda: scene.deadline is not None
            and self._is_within(scene.as_of, scene.deadline[0]),
            "dlbefore": lambda: scene.deadline is not None
            and (scene.main.date - scene.deadline[0]).days == 1,
            "dlsame": lambda: scene.deadline is not None and scene.deadline[0] == scene.main.date,
            "today": lambda: self._is_relative(0),
            "tomorrow": lambda: self._is_relative(1),
            "one": lambda: len(scene.speakers) == 1,
            "many": lambda: len(scene.speakers) > 1,
            **{name: partial(self._is_channel, name) for name in
               ("none", "box", "host", "own", "pointer", "form", "lost", "phone")},
        }  # fmt: skip

    def _nth(self) -> str:
        """An ordinal number as Swedish writes it."""
        number = self.rng.randint(2, 40)
        is_first = number % 10 in (1, 2) and number not in (11, 12)
        return f"{number}:{'a' if is_first else 'e'}"

    def _big_number(self) -> str:
        blank = "," if self.scene.language == "en" else " "
        return f"{self.rng.randint(2, 90) * 100:,}".replace(",", blank)

    def _is_channel(self, name: str) -> bool:
        return self.scene.channel == name

    # ---- places

    def _place_part(self, name: str) -> str:
        number = self.at.number
        if number not in self.places:
            prep, venue, ground = f"{self.grammar.draw('venue')}|".split("|")[:3]
            self.places[number] = {
                "prep": prep,
                "venue": venue,
                "room": self.grammar.draw("room"),
                "ground": ground,
                "street": self.grammar.draw("street"),
                "town": self.grammar.write("{=town}"),
            }
        if name in ("room", "street") and self.places[number]["ground"]:
            raise AbsentError(name)  # a bridge or a ship has neither
        return self.places[number][name]

    def _place(self, rule: str) -> str:
        text = self.grammar.draw("place.digital" if self.scene.is_digital else rule)
        role = "place" if self.at.is_main else "session"
        return self.mark("place", role, text, session=self.at.number)

    def _place_in(self) -> str:
        if self.scene.is_digital:
            return self.mark("place", "place", self.grammar.draw("place.online"))
        if self.rng.random() < 0.3:
            return f"{self.grammar.draw('room.prep')} {self._place('place.room')}"
        return f"{self._place_part('prep')} {self._place('place.at')}"

    # ---- addresses

    @property
    def domain(self) -> str:
        """The domain of the sender, drawn once."""
        return f"{fold(self.grammar.write('{=org}'))[:28]}.example"

    def _new_phone(self) -> str:
        return draw_phone(self.rng, self.scene.language)

    def _box(self, rule: str) -> str:
        return f"{self.grammar.draw(rule)}@{self.domain}"

    def _url(self, rule: str) -> str:
        start = self.rng.choice(["https://", "https://www.", "www.", "", "http://"])
        return f"{start}{self.domain}/{self.grammar.draw(rule)}"

    def _rsvp(self, rule: str) -> str:
        if self.scene.channel == "none":
            raise AbsentError("rsvp")
        return self.mark("note", "rsvp", self.grammar.draw(rule))

    def _channel(self, kind: str, value: str | None, *channels: str) -> str:
        if self.scene.channel not in channels or value is None:
            raise AbsentError(kind)
        if kind == "email" and self.scene.channel == "box":
            if "rsvp box" not in self.grammar.drawn:
                self.grammar.drawn["rsvp box"] = self._box("rsvp.mailbox")
            value = self.grammar.drawn["rsvp box"]
        if kind in ("url", "phone"):
            value = self.grammar.drawn.setdefault(f"rsvp {kind}", value)
        return self.mark(kind, "registration", value)

    # ---- the heading

    def _title(self) -> str:
        if "title" not in self.grammar.drawn:
            heading = self._heading()
            self.grammar.drawn["title"] = self.mark("title", "title", heading)
        return self.grammar.drawn["title"]

    def _heading(self) -> str:
        """A heading that does not say the same word for the meeting twice."""
        heading = self.grammar.draw("heading")
        for _ in range(6):
            meeting = self.grammar.drawn.get("=meeting", "-")
            if unmark(heading).casefold().count(meeting.casefold()) < 2:
                break
            heading = self.grammar.draw("heading")
        return heading
