"""What must hold in a town whatever its press office does, judged from the mails that arrived.

Each newsroom saves the calendars, files and embargoes that it gets; so it knows what it was told.
The oracle knows what the papers say, asks the log who is named as what, and excuses as little as
can be: whoever is barred, of whom a person vouched that an unknown mail had arrived, and whose very
last mail about the facts is named as refused, unknown or waiting.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tests.kit.papers import Entry, Paper, read_entries
from tests.kit.town import Arrival, Desk, Row, Town

from pressutskick.deliverylog.sqlite.verification import verify_log

#: What README's table of exit statuses names, but a fault of ours.
STATUSES = {0, 1, 2, 65, 66, 69, 73, 75, 76, 77, 78, 130}
OPEN = {"pending", "deferred", "sending"}
DOUBTFUL = {"unknown", "committing"}
REFUSED = {"rejected"}
#: Mails that tell all facts.
_TELLING = ("announce", "correction")


@dataclass(slots=True)
class Belief:
    """What one newsroom knows of one release."""

    #: By UID: SEQUENCE, and where and when.
    calendar: dict[str, tuple[int, Entry]] = field(default_factory=dict)
    files: frozenset[tuple[str, str]] = frozenset()
    embargo: str = ""

    @property
    def entries(self) -> frozenset[Entry]:
        """What stands in its calendar."""
        return frozenset(entry for _, entry in self.calendar.values())

    def take(self, arrival: Arrival, purpose: str) -> None:
        """Somebody reads the mail, and saves what it brings (RFC 5546 section 2.1.5)."""
        for each in arrival.calendars:
            uid, sequence = each["UID"], int(each["SEQUENCE"])
            if uid in self.calendar and self.calendar[uid][0] > sequence:
                continue
            if each["METHOD"] == "CANCEL":
                self.calendar.pop(uid, None)
            else:
                self.calendar[uid] = (sequence, (each["DTSTART"], each.get("LOCATION", "")))
        if purpose in _TELLING:
            self.files, self.embargo = arrival.files, arrival.embargo


class Oracle:
    """Watches every command; an AssertionError says what was broken."""

    def __init__(self, town: Town, papers: list[Paper]) -> None:
        self._town, self._papers = town, papers
        #: By desk, address and release.
        self._beliefs: dict[tuple[str, str, str], Belief] = defaultdict(Belief)
        #: By desk and release: nothing but the cancellation may follow.
        self._off: set[tuple[str, str]] = set()
        self._may_be_new: set[tuple[str, int]] = set()

    def expect_new(self, desk: Desk, number: int) -> None:
        """Somebody says that the paper is another event."""
        self._may_be_new.add((desk.name, number))

    def watch(
        self, desk: Desk, act: Callable[[], tuple[int, str]], *others: int
    ) -> tuple[int, str]:
        """Runs a command, and looks at what came of it; `others` are exit statuses to expect."""
        before = len(self._town.arrivals)
        known = {each: desk.text(each) for each in desk.releases()}
        status, told = act()
        new = self._town.arrivals[before:]
        assert status in STATUSES | set(others), told
        assert {each.desk for each in new} <= {desk.name}
        assert not {each.address for each in new} & desk.suppressed, "who is barred was mailed"
        assert not desk.log.exists() or list(verify_log(desk.log)) == []
        self._nobody_twice(desk)
        for arrival, row in self.match(new):
            self._take(arrival, row)
        self._nothing_after_the_end(desk, new)
        self._status_is_right(desk, status)
        self._no_second_invitation(desk, known)
        return status, told

    def match(self, arrivals: list[Arrival]) -> Iterator[tuple[Arrival, Row]]:
        """Each mail with its row: nothing leaves that the log does not name."""
        if not arrivals:
            return
        rows = {(row.message_id, row.address): row for row in self._desk(arrivals[0].desk).rows()}
        for arrival in arrivals:
            yield arrival, rows[arrival.message_id, arrival.address]

    def begins(self, desk: str, release_id: str) -> str:
        """When the event begins by the text that holds, UTC as iCalendar writes it."""
        return min(moment for moment, _ in read_entries(self._desk(desk).text(release_id)))

    @property
    def now(self) -> str:
        """The town's moment, likewise."""
        return f"{self._town.moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"

    # After commands that say of themselves that all is done.

    def nobody_waits(self, desk: Desk, people: set[str]) -> None:
        """After a `send` that ended well, everybody on the list has it or is barred."""
        have = {
            row.address
            for row in desk.rows()
            if row.purpose == "announce" and row.status == "accepted"
        }
        assert people - desk.suppressed <= have

    def nobody_waits_for_a_correction(self, desk: Desk, number: int) -> None:
        """The newest one tells everything: whoever waited for an earlier one waits no more."""
        waiting = [
            row.key
            for row in desk.rows()
            if (row.release_id, row.purpose) == (self.release_of(desk, number), "correction")
            and row.status in OPEN
        ]
        assert not waiting, f"{waiting} still wait"

    def everybody_knows(self, desk: Desk, number: int, *excuses: set[str]) -> None:
        """Whoever holds another text than the paper has been told.

        Or the last mail about it is named as one of the `excuses`.
        """
        facts, release_id = self._papers[number].facts, self.release_of(desk, number)
        wanted = (facts.entries(), facts.files(), facts.tell_embargo(self._town.moment))
        for address, belief in self._believers(desk, release_id):
            knows = (belief.entries, belief.files, self._hold_still(belief.embargo))
            if knows != wanted:
                named = self._last_state(desk, address, release_id)
                assert named in set().union(*excuses), (
                    f"{address} believes {knows}; the paper says {wanted}; named as {named}"
                )

    def everybody_knows_that_it_is_off(self, desk: Desk, release_id: str | None) -> None:
        """After a `cancel` that ended well nobody expects it, and nobody waits for a mail of it."""
        if release_id is None:
            return
        assert release_id in desk.called_off(), f"{release_id} was not called off"
        self._off.add((desk.name, release_id))
        waiting = [
            row.key for row in desk.rows() if row.release_id == release_id and row.status in OPEN
        ]
        assert not waiting, f"{waiting} still wait"
        for address, belief in self._believers(desk, release_id):
            assert not belief.entries, f"{address} still expects {belief.entries}"

    def release_of(self, desk: Desk, number: int) -> str | None:
        """The release that the paper is; None where there is none, or `--new` made it several."""
        is_first = self._papers[number].has_id
        ids = [
            each
            for each in desk.releases()
            if (each == "invigning") == is_first and (desk.name, each) not in self._off
        ]
        return ids[0] if len(ids) == 1 else None

    def _believers(self, desk: Desk, release_id: str | None) -> Iterator[tuple[str, Belief]]:
        """Whoever was told something of the release, and whom the program can reach."""
        for (name, address, release), belief in self._beliefs.items():
            is_reachable = address not in desk.suppressed and (release, address) not in desk.vouched
            if (name, release) == (desk.name, release_id) and is_reachable:
                yield address, belief

    def _hold_still(self, embargo: str) -> str:
        """What holds still of an embargo that was told: its moment may have passed."""
        ahead = {
            replace(self._papers[0].facts, embargo=day).tell_embargo(self._town.moment)
            for day in range(1, 32)
        }
        return embargo if embargo in ahead else ""

    def _last_state(self, desk: Desk, address: str, release_id: str | None) -> str | None:
        """The state of the newest mail that was to tell them."""
        rows = [
            row
            for row in desk.rows()
            if (row.address, row.release_id) == (address, release_id)
            and row.purpose in _TELLING
            and row.status != "skipped"
        ]
        return max(rows, key=lambda row: row.dispatch_id).status if rows else None

    # After every command.

    def _take(self, arrival: Arrival, row: Row) -> None:
        belief = self._beliefs[arrival.desk, arrival.address, row.release_id]
        belief.take(arrival, row.purpose)
        if row.purpose == "cancellation":
            assert not belief.entries, f"{arrival.address} still has {belief.entries}"
        else:
            holds = read_entries(self._desk(arrival.desk).text(row.release_id))
            assert belief.entries == holds, f"{arrival.address} was told {belief.entries}"

    def _desk(self, name: str) -> Desk:
        return next(each for each in self._town.desks if each.name == name)

    def _nobody_twice(self, desk: Desk) -> None:
        mine = [each for each in self._town.arrivals if each.desk == desk.name]
        count = Counter((row.key, row.address) for _, row in self.match(mine))
        for (key, address), times in count.items():
            assert times <= 1 + desk.resent[key, address], f"{address} got {key} {times} times"

    def _no_second_invitation(self, desk: Desk, known: dict[str, str]) -> None:
        """A paper becomes another event only when the earlier is over, or somebody says so."""
        for release_id in set(desk.releases()) - set(known):
            is_first = release_id.startswith("invigning")
            earlier = [each for each in known if each.startswith("invigning") == is_first]
            allowed = (desk.name, 0 if is_first else 1) in self._may_be_new
            for each in earlier:
                begins = max(moment for moment, _ in read_entries(known[each]))
                is_over = begins < self.now or (desk.name, each) in self._off
                assert allowed or is_over, f"{release_id} is {each} a second time"
        self._may_be_new.clear()

    def _nothing_after_the_end(self, desk: Desk, new: list[Arrival]) -> None:
        for arrival, row in self.match(new):
            was_off = (desk.name, row.release_id) in self._off
            assert not was_off or row.purpose == "cancellation", f"{arrival.subject} after the end"
        self._off |= {(desk.name, release_id) for release_id in desk.called_off()}

    def _status_is_right(self, desk: Desk, status: int) -> None:
        states = {row.status for row in desk.rows()}
        if status == 76:
            assert states & DOUBTFUL
        if status == 75:
            assert states & OPEN
