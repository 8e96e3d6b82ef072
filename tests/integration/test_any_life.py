"""Whatever a press office does, in whatever order: nothing twice, nothing outdated untold.

The real commands against a real mail server on loopback. A small dose by default; `make life` gives
2,000 steps from a seed of its own and tells it: `make life SEED=...` repeats it.
"""

import datetime as dt
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.kit.oracle import DOUBTFUL, OPEN, REFUSED, Oracle
from tests.kit.papers import ZONE, Facts, Paper, write_list
from tests.kit.town import Desk, Town

from pressutskick.transports.relay.faults import (
    Misbehaviour,
    ScriptedFault,
    Stage,
    Victim,
    drop,
    refuse,
)

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")

STEPS = int(os.environ.get("LIFE_STEPS", "60"))
#: What CI plays is always the same; 0 draws another one.
SEED = int(os.environ.get("LIFE_SEED") or "1")
#: Steps of one story.
LENGTH = 30
PEOPLE = tuple(f"{name}@posten.example" for name in ("anna", "bo", "cia", "dan"))
ASIDES = ("edit", "list", "time", "bar", "bar", "approve", "look", "new", "resolve", "resolve")
#: The first of each is where most happens.
desks, papers = st.sampled_from([0, 0, 0, 1]), st.sampled_from([0, 0, 1])
people = st.sampled_from(PEOPLE)
CHANGES: dict[str, list[Any]] = {
    "day": [3, 4, 8, 9, 10],
    "start": [9, 12, 13],
    "place": ["Rådhuset", "Torget", "Stora salen i Rådhuset", "Parken"],
    "title": ["lokalen", "salen"],
    "talk": [None, 14, 15],
    "embargo": [None, 2, 5],
    "chart": ["", "norrut", "söderut"],
    "reminders": ["1d at 08:00", "2h", ""],
}


def interrupt(victim: Victim) -> None:
    """Somebody ends the program while the server is at work."""
    os.kill(os.getpid(), signal.SIGTERM)
    victim.answer()


def lose(victim: Victim) -> None:
    """The mail is taken, and the answer never arrives."""
    send, victim.send = victim.send, lambda data: None  # type: ignore[method-assign]
    victim.answer()
    victim.send = send  # type: ignore[method-assign]
    victim.close()


TROUBLES: dict[str, Misbehaviour] = {
    "later": refuse(451),
    "no": refuse(550),
    "drop": drop,
    "lose": lose,
    "interrupt": interrupt,
}
troubles = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from(["later", "no", "drop", "lose", "interrupt"]),
        st.sampled_from([Stage.RCPT, Stage.FINAL]),
        people,
        st.sampled_from([1, 1, None]),
    ),
)
Trouble = tuple[str, Stage, str, int | None] | None


class Life(RuleBasedStateMachine):
    """Two desks, two documents, four newsrooms."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.town = Town(Path(self.temporary.name))
        home = self.town.desks[0].folder
        self.papers = [
            Paper(home / "lek.md", True, Facts()),
            Paper(home / "hus.txt", False, Facts()),
        ]
        for paper in self.papers:
            paper.write(paper.facts)
        self.list = home / "lista.csv"
        self.people = {address: address.partition("@")[0].title() for address in PEOPLE[:3]}
        write_list(self.list, self.people)
        self.oracle = Oracle(self.town, self.papers)
        self.commands = 0

    def teardown(self) -> None:
        try:
            for desk in self.town.desks:
                if desk.log.exists():
                    status, told = self.town.run(desk, "log", "verify")
                    assert status == 0, told
        finally:
            self.town.close()
            os.chdir("/")
            self.temporary.cleanup()

    # What a person does to files, and what time does.

    def edit(self, number: int, data: st.DataObject) -> None:
        paper = self.papers[number]
        names = list(CHANGES) if paper.has_id else ["day", "start", "place"]
        name = data.draw(st.sampled_from(names))
        value = data.draw(st.sampled_from(CHANGES[name]))
        paper.write(replace(paper.facts, **{name: value}))

    def change_list(self, address: str, name: str) -> None:
        """Takes somebody out, puts them in, or renames them."""
        if name or address not in self.people:
            self.people[address] = name or "Någon"
        elif len(self.people) > 1:
            del self.people[address]
        write_list(self.list, self.people)

    def pass_time(self, hours: int) -> None:
        """Now and then the clock is set back, but not into an embargo that was over."""
        then = self.town.moment + dt.timedelta(hours=hours)
        facts = self.papers[0].facts
        if facts.tell_embargo(then) and not facts.tell_embargo(self.town.moment):
            return
        self.town.moment = then

    @rule(data=st.data())
    def do_aside(self, data: st.DataObject) -> None:
        """What is done once in a while, in one rule, so that mails make most of the story."""
        draw = data.draw
        address, desk, number = draw(people), draw(desks), draw(papers)
        match draw(st.sampled_from(ASIDES)):
            case "edit":
                self.edit(number, data)
            case "list":
                self.change_list(address, draw(st.sampled_from(["", "", "Ny"])))
            case "time":
                self.pass_time(draw(st.sampled_from([1, 6, 21, 24, 72, -3, -24])))
            case "bar":
                self.bar(desk, address, draw(st.booleans()))
            case "approve":
                self.approve(desk, number)
            case "look":
                self.look(desk)
            case "new":
                self.send_new(desk, number)
            case _:
                self.resolve(desk, draw(st.sampled_from(["resend", "leave"])), draw(st.booleans()))

    # Commands.

    @initialize(number=st.sampled_from([0, 0, 1, None]), trouble=troubles)
    def begin(self, number: int | None, trouble: Trouble) -> None:
        """Most begins with an invitation that went out, more or less."""
        if number is not None:
            self.send(0, number, True, (), trouble)

    @rule(
        desk=desks,
        number=papers,
        home=st.booleans(),
        more=st.sampled_from([(), (), (), ("--accept-edit",), ("--limit", "1"), ("--embargoed",)]),
        trouble=troubles,
    )
    def send(
        self, desk: int, number: int, home: bool, more: tuple[str, ...], trouble: Trouble
    ) -> None:
        self._disturb(trouble)
        status, _ = self._mail("send", desk, number, *more, home=home)
        if status == 0:
            found = self.town.desks[desk]
            self.oracle.everybody_knows(found, number, DOUBTFUL, REFUSED, OPEN)
            if "--limit" not in more:
                self.oracle.nobody_waits(found, set(self.people))

    def send_new(self, desk: int, number: int) -> None:
        self.oracle.expect_new(self.town.desks[desk], number)
        self._mail("send", desk, number, "--new")

    @rule(desk=desks, number=papers, hours=st.sampled_from([2, 24, 100]))
    def send_later(self, desk: int, number: int, hours: int) -> None:
        at = self.town.moment + dt.timedelta(hours=hours)
        self._mail("send", desk, number, "--at", f"{at:%Y-%m-%d %H:%M}")

    @rule(desk=desks, number=papers, home=st.booleans(), trouble=troubles, data=st.data())
    def correct(
        self, desk: int, number: int, home: bool, trouble: Trouble, data: st.DataObject
    ) -> None:
        if data.draw(st.booleans()):
            self.edit(number, data)
        self._disturb(trouble)
        status, told = self._mail("correct", desk, number, home=home)
        # What cannot be told has not changed.
        if status == 0 or "no newsroom can be told" in told:
            self.oracle.everybody_knows(self.town.desks[desk], number)
        if status == 0:
            self.oracle.nobody_waits_for_a_correction(self.town.desks[desk], number)

    @precondition(lambda self: self.commands > 8)
    @rule(desk=desks, number=papers, trouble=troubles)
    def cancel(self, desk: int, number: int, trouble: Trouble) -> None:
        found = self.town.desks[desk]
        release_id = self.oracle.release_of(found, number)
        self._disturb(trouble)
        status, _ = self._mail("cancel", desk, number)
        if status == 0:
            self.oracle.everybody_knows_that_it_is_off(found, release_id)

    @rule(desk=desks, days=st.integers(-1, 4), trouble=troubles)
    def remind(self, desk: int, days: int, trouble: Trouble) -> None:
        """At eight in the morning, most often that of the day before."""
        if days >= 0:
            day = dt.datetime(2026, 12, self.papers[0].facts.day, 8, tzinfo=ZONE)
            self.town.moment = max(self.town.moment, day - dt.timedelta(days=days))
        self._disturb(trouble)
        before = len(self.town.arrivals)
        self._run(desk, "remind", "--all", "--retry-for", "0")
        for arrival, row in self.oracle.match(self.town.arrivals[before:]):
            begins = self.oracle.begins(arrival.desk, row.release_id)
            assert self.oracle.now < begins, "sent by itself after the event had begun"

    def bar(self, desk: int, address: str, is_barred: bool) -> None:
        word = "suppress" if is_barred else "allow"
        status, told = self._run(desk, "recipients", word, address)
        assert status == 0, told
        barred = self.town.desks[desk].suppressed
        barred.add(address) if is_barred else barred.discard(address)

    def approve(self, desk: int, number: int) -> None:
        words = ("--to", str(self.list), "--as", "Eva Ek", "--yes")
        self._run(desk, "approve", str(self.papers[number].path), *words)
        self._mail("send", desk, number, "--approved")

    def resolve(self, desk: int, choice: str, is_refused: bool) -> None:
        self._resolve(self.town.desks[desk], choice, is_refused=is_refused)

    @precondition(lambda self: self.commands % 4 == 0)
    @rule(
        desk=desks,
        number=papers,
        word=st.sampled_from(["send", "correct", "cancel", "remind"]),
        stage=st.sampled_from([Stage.RCPT, Stage.DATA, Stage.FINAL]),
        skip=st.integers(0, 2),
    )
    def kill(self, desk: int, number: int, word: str, stage: Stage, skip: int) -> None:
        """A process is killed as the mail server reads one of its bytes."""
        found = self.town.desks[desk]
        self.town.rules.faults[:] = [
            ScriptedFault(stage=stage, misbehaviour=lambda _: self.town.shoot(), skip=skip, times=1)
        ]
        words = self._words(word, number)
        self._watch(found, lambda: (self.town.run_apart(found, *words), ""), -signal.SIGKILL)

    def look(self, desk: int) -> None:
        for words in (("schedule",), ("log",)):
            status, told = self._run(desk, *words)
            assert status in {0, 66}, told

    @rule(desk=desks, number=papers)
    def bring_to_its_end(self, desk: int, number: int) -> None:
        """All that the program itself tells to do is done: then everybody knows."""
        self._resolve(self.town.desks[desk], "leave", is_refused=False)
        # Whoever was put off is tried again when it is time.
        self.town.moment += dt.timedelta(hours=6)
        status, _ = self._mail("correct", desk, number)
        if status in {65, 66}:
            return
        assert status in {0, 69}, status
        self.oracle.everybody_knows(self.town.desks[desk], number, REFUSED)

    # How it is done.

    def _disturb(self, trouble: Trouble) -> None:
        """The next command meets a mail server that misbehaves."""
        if trouble is not None:
            how, stage, address, times = trouble
            times = 1 if how == "interrupt" else times
            self.town.rules.faults[:] = [
                ScriptedFault(stage=stage, misbehaviour=TROUBLES[how], address=address, times=times)
            ]

    def _words(self, word: str, number: int) -> tuple[str, ...]:
        if word == "remind":
            return ("remind", "--all", "--retry-for", "0")
        lists = ("--to", str(self.list)) if word == "send" else ()
        return (word, str(self.papers[number].path), *lists, "--yes", "--retry-for", "0")

    def _mail(
        self, word: str, desk: int, number: int, *more: str, home: bool = True
    ) -> tuple[int, str]:
        return self._run(desk, *self._words(word, number), *more, home=home)

    def _run(self, desk: int, *words: str, home: bool = True) -> tuple[int, str]:
        found = self.town.desks[desk]
        return self._watch(found, lambda: self.town.run(found, *words, is_at_home=home))

    def _watch(
        self, desk: Desk, act: Callable[[], tuple[int, str]], *others: int
    ) -> tuple[int, str]:
        type(self).steps += 1
        self.commands += 1
        status, told = self.oracle.watch(desk, act, *others)
        self.town.rules.faults.clear()
        event(f"status {status}")
        return status, told

    def _resolve(self, desk: Desk, choice: str, *, is_refused: bool) -> None:
        wanted = REFUSED if is_refused else DOUBTFUL
        found = [row for row in desk.rows() if row.status in wanted]
        if is_refused and choice == "leave":
            return
        for key in {row.key for row in found}:
            flags = ("--refused",) if is_refused else ()
            status, told = self.town.run(desk, "log", "resolve", key, choice, *flags)
            assert status == 0, told
        if choice == "resend" and not is_refused:
            desk.resent.update((row.key, row.address) for row in found)
        elif choice == "leave":
            desk.vouched |= {(row.release_id, row.address) for row in found}


@pytest.mark.campaign
def test_nothing_twice_and_nothing_outdated_untold() -> None:
    number = SEED or random.SystemRandom().randrange(1, 2**32)
    sys.stderr.write(f"seed {number}\n")
    Life.steps = 0
    try:
        run_state_machine_as_test(
            seed(number)(Life),
            settings=settings(
                max_examples=max(1, STEPS // LENGTH),
                stateful_step_count=LENGTH,
                deadline=None,
                phases=[Phase.generate] if STEPS < 1000 else [Phase.generate, Phase.shrink],
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        sys.stderr.write(f"seed {number}: {Life.steps} commands\n")
