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
from collections import Counter, defaultdict
from collections.abc import Iterator
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
from tests.kit.papers import ZONE, Entry, Facts, Paper, read_entries, write_list
from tests.kit.town import Arrival, Desk, Row, Town

from pressutskick.deliverylog.sqlite.verification import verify_log
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
#: What README's table of exit statuses names, but a fault of ours.
STATUSES = {0, 1, 2, 65, 66, 69, 73, 75, 76, 77, 78, 130}
OPEN = {"pending", "deferred", "sending"}
DOUBTFUL = {"unknown", "committing"}
GONE = {"rejected", "bounced"}

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
    "embargo": [None, 2],
    "reminders": ["1d at 08:00", "2h", ""],
}


def interrupt(victim: Victim) -> None:
    """Somebody ends the program while the server is at work."""
    os.kill(os.getpid(), signal.SIGTERM)
    victim.answer()


TROUBLES: dict[str, Misbehaviour] = {
    "later": refuse(451),
    "no": refuse(550),
    "drop": drop,
    "interrupt": interrupt,
}
troubles = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from(["later", "no", "drop", "interrupt"]),
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
        #: By desk, address and release, what stands in the newsroom's calendar, by UID.
        self.calendars: dict[tuple[str, str, str], dict[str, tuple[int, Entry]]] = defaultdict(dict)
        self.off: set[tuple[str, str]] = set()
        self.may_be_new: set[tuple[str, int]] = set()
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
        self.town.moment += dt.timedelta(hours=hours)

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
            self._everybody_knows(desk, number, is_waiting_told=True)
        if status == 0 and "--limit" not in more:
            self._nobody_waits(desk, number)

    def send_new(self, desk: int, number: int) -> None:
        self.may_be_new.add((self.town.desks[desk].name, number))
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
        status, _ = self._mail("correct", desk, number, home=home)
        if status == 0:
            self._everybody_knows(desk, number)

    @precondition(lambda self: self.commands > 8)
    @rule(desk=desks, number=papers, trouble=troubles)
    def cancel(self, desk: int, number: int, trouble: Trouble) -> None:
        self._disturb(trouble)
        status, _ = self._mail("cancel", desk, number)
        if status == 0:
            self._everybody_knows_that_it_is_off(desk)

    @rule(desk=desks, days=st.integers(-1, 4), trouble=troubles)
    def remind(self, desk: int, days: int, trouble: Trouble) -> None:
        """At eight in the morning, most often that of the day before."""
        if days >= 0:
            day = dt.datetime(2026, 12, self.papers[0].facts.day, 8, tzinfo=ZONE)
            self.town.moment = max(self.town.moment, day - dt.timedelta(days=days))
        self._disturb(trouble)
        before = len(self.town.arrivals)
        self._run(desk, "remind", "--all", "--retry-for", "0")
        for arrival, row in self._match(self.town.arrivals[before:]):
            begins = min(entry[0] for entry in self._text(arrival.desk, row.release_id))
            assert self._now < begins, "sent by itself after the event had begun"

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
        self._judge(found, lambda: (self.town.run_apart(found, *words), ""), is_apart=True)

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
        self._everybody_knows(desk, number)

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
        return self._judge(found, lambda: self.town.run(found, *words, is_at_home=home))

    def _resolve(self, desk: Desk, choice: str, *, is_refused: bool) -> None:
        wanted = GONE - {"bounced"} if is_refused else DOUBTFUL
        found = {(row.key, row.address) for row in desk.rows() if row.status in wanted}
        if is_refused and choice == "leave":
            return
        for key in {key for key, _ in found}:
            flags = ("--refused",) if is_refused else ()
            status, told = self.town.run(desk, "log", "resolve", key, choice, *flags)
            assert status == 0, told
        if choice == "resend" and not is_refused:
            desk.resent.update(address for _, address in found)
        elif choice == "leave":
            desk.vouched |= {address for _, address in found}

    # What must hold.

    def _judge(self, desk: Desk, act: Any, *, is_apart: bool = False) -> tuple[int, str]:
        type(self).steps += 1
        self.commands += 1
        before = len(self.town.arrivals)
        known = {each: desk.text(each) for each in desk.releases()}
        status, told = act()
        self.town.rules.faults.clear()
        event(f"status {status}")
        assert status in STATUSES or (is_apart and status == -signal.SIGKILL), told
        new = self.town.arrivals[before:]
        assert {each.desk for each in new} <= {desk.name}
        assert not desk.log.exists() or list(verify_log(desk.log)) == []
        self._nobody_twice(desk)
        for arrival, row in self._match(new):
            self._take(arrival, row)
        self._nothing_after_the_end(desk, new)
        self._status_is_right(desk, status)
        self._no_second_invitation(desk, known)
        return status, told

    def _match(self, arrivals: list[Arrival]) -> Iterator[tuple[Arrival, Row]]:
        """Each mail with its row: nothing leaves that the log does not name."""
        if not arrivals:
            return
        desk = next(each for each in self.town.desks if each.name == arrivals[0].desk)
        rows = {(row.message_id, row.address): row for row in desk.rows()}
        for arrival in arrivals:
            yield arrival, rows[arrival.message_id, arrival.address]

    def _take(self, arrival: Arrival, row: Row) -> None:
        """The newsroom saves the calendar files; then it knows what holds."""
        held = self.calendars[arrival.desk, arrival.address, row.release_id]
        for each in arrival.calendars:
            uid, sequence = each["UID"], int(each["SEQUENCE"])
            if uid in held and held[uid][0] > sequence:
                continue
            if each["METHOD"] == "CANCEL":
                held.pop(uid, None)
            else:
                held[uid] = (sequence, (each["DTSTART"], each.get("LOCATION", "")))
        knows = {entry for _, entry in held.values()}
        if row.purpose == "cancellation":
            assert not knows, f"{arrival.address} still has {knows} in the calendar"
        else:
            holds = self._text(arrival.desk, row.release_id)
            assert knows == holds, f"{arrival.address} was told {knows}, what holds is {holds}"

    def _text(self, desk: str, release_id: str) -> frozenset[Entry]:
        return read_entries(self._desk(desk).text(release_id))

    def _desk(self, name: str) -> Desk:
        return next(each for each in self.town.desks if each.name == name)

    def _nobody_twice(self, desk: Desk) -> None:
        count = Counter(
            (each.address, each.message_id) for each in self.town.arrivals if each.desk == desk.name
        )
        for (address, _), times in count.items():
            assert times <= 1 + desk.resent[address], f"{address} got one message {times} times"

    def _no_second_invitation(self, desk: Desk, known: dict[str, str]) -> None:
        """A document becomes another event only when the earlier is over, or somebody says so."""
        for release_id in set(desk.releases()) - set(known):
            number = 0 if release_id.startswith("invigning") else 1
            earlier = [each for each in known if each.startswith("invigning") == (number == 0)]
            allowed = (desk.name, number) in self.may_be_new
            for each in earlier:
                begins = max(moment for moment, _ in read_entries(known[each]))
                is_over = begins < self._now or (desk.name, each) in self.off
                assert allowed or is_over, f"{release_id} is {each} a second time"
        self.may_be_new.clear()

    @property
    def _now(self) -> str:
        return f"{self.town.moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"

    def _nothing_after_the_end(self, desk: Desk, new: list[Arrival]) -> None:
        for arrival, row in self._match(new):
            was_off = (desk.name, row.release_id) in self.off
            assert not was_off or row.purpose == "cancellation", f"{arrival.subject} after the end"
        self.off |= {(desk.name, release_id) for release_id in desk.called_off()}

    def _status_is_right(self, desk: Desk, status: int) -> None:
        states = {row.status for row in desk.rows()}
        if status == 76:
            assert states & DOUBTFUL
        if status == 75:
            assert states & OPEN

    def _nobody_waits(self, desk: int, number: int) -> None:
        """After a `send` that ended well, everybody on the list has it or is barred."""
        found = self.town.desks[desk]
        have = {
            row.address
            for row in found.rows()
            if row.purpose == "announce" and row.status in {"accepted", "bounced"}
        }
        assert set(self.people) - found.suppressed <= have

    def _everybody_knows(self, desk: int, number: int, *, is_waiting_told: bool = False) -> None:
        """Whoever holds another text than the file has been told, or is named."""
        found, facts = self.town.desks[desk], self.papers[number].facts
        release_id = self._release_of(found, number)
        for (name, address, release), held in self.calendars.items():
            if name != found.name or release != release_id or address in found.unreachable:
                continue
            knows = {entry for _, entry in held.values()}
            named = {
                row.status
                for row in found.rows()
                if (row.address, row.release_id) == (address, release)
            }
            excuses = DOUBTFUL | GONE | (OPEN if is_waiting_told else set())
            assert knows == facts.entries() or named & excuses, (
                f"{address} believes {knows}; the file says {facts.entries()}; {named}"
            )

    def _release_of(self, desk: Desk, number: int) -> str | None:
        """The release that the document is; None where there is none, or `--new` made it several."""
        is_first = self.papers[number].has_id
        ids = [
            each
            for each in desk.releases()
            if (each == "invigning") == is_first and (desk.name, each) not in self.off
        ]
        return ids[0] if len(ids) == 1 else None

    def _everybody_knows_that_it_is_off(self, desk: int) -> None:
        found = self.town.desks[desk]
        for (name, address, release), held in self.calendars.items():
            if (name, release) not in self.off or name != found.name or not held:
                continue
            rows = [r for r in found.rows() if (r.address, r.release_id) == (address, release)]
            named = {row.status for row in rows}
            assert address in found.unreachable or named & (DOUBTFUL | GONE | OPEN), (
                f"{address} still believes in {held}"
            )


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
