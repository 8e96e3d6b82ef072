"""No trace of claims, dots, results, crashes and reruns mails anybody twice.

The machine plays the engine and the relay: it knows which final dots were written and which of
them the relay accepted. The log is real SQLite; a crash drops everything that was not durable.
"""

import asyncio
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.kit.deliveries import (
    ACCEPTED,
    DEFERRED,
    GREYLISTED,
    LATER,
    LOST_AFTER_DOT,
    NO_SUCH_USER,
    NOW,
    QUEUED,
    REJECTED,
    UNKNOWN,
    order,
    recipient,
)

from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.deliverylog.sqlite.verification import verify_log
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import Resolution

PEOPLE = range(6)


class DeliveryMachine(RuleBasedStateMachine):
    """One dispatch over many runs."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "log.db")
        self.log = SqliteDeliveryLog(self.path, now=lambda: NOW)
        self.run: ExitStack | None = None
        self.opened: Any = None
        self.claimed: dict[int, str] = {}
        self.committed: dict[int, str] = {}
        self.dots: Counter[str] = Counter()
        self.decisions: Counter[str] = Counter()
        self.accepted: set[str] = set()

    def teardown(self) -> None:
        if self.run is not None:
            self.run.close()
        assert list(verify_log(self.path)) == []
        self.loop.close()
        self.folder.cleanup()

    def wait(self, act: Any) -> Any:
        async def awaited() -> Any:
            return await act()

        return self.loop.run_until_complete(awaited())

    @precondition(lambda self: self.run is None)
    @rule(chosen=st.sets(st.sampled_from(PEOPLE)), suppressed=st.sets(st.sampled_from(PEOPLE)))
    def begin(self, chosen: set[int], suppressed: set[int]) -> None:
        entries = [
            PlanEntry(
                recipient=recipient(number),
                reason="opted_out"
                if number in suppressed
                else None
                if number in chosen
                else "over_limit",
            )
            for number in PEOPLE
        ]
        self.run = ExitStack()
        self.opened = self.run.enter_context(self.log.begin(order(), entries))
        self.claimed, self.committed = {}, {}

    @precondition(lambda self: self.run is not None)
    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        for delivery in self.wait(lambda: self.opened.claim(limit, LATER)):
            self.claimed[delivery.id] = delivery.recipient.mailbox.address

    @precondition(lambda self: self.claimed)
    @rule(data=st.data())
    def write_dot(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.claimed)))
        self.wait(lambda: self.opened.commit(id_, f"<{id_}@example.org>"))
        address = self.committed[id_] = self.claimed.pop(id_)
        self.dots[address] += 1

    @precondition(lambda self: self.committed)
    @rule(data=st.data(), result=st.sampled_from(["yes", "lost", "no", "later"]))
    def answer_dot(self, data: st.DataObject, result: str) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.committed)))
        address = self.committed.pop(id_)
        outcome, decision = {
            "yes": (QUEUED, ACCEPTED),
            "lost": (LOST_AFTER_DOT, UNKNOWN),
            "no": (NO_SUCH_USER, REJECTED),
            "later": (GREYLISTED, DEFERRED),
        }[result]
        if result in ("no", "later"):
            # A parsed refusal: this dot delivered nothing.
            self.dots[address] -= 1
        else:
            self.accepted.add(address)
        self.wait(lambda: self.opened.record(id_, outcome, decision))

    @precondition(lambda self: self.claimed)
    @rule(data=st.data(), is_final=st.booleans())
    def refuse_before_the_dot(self, data: st.DataObject, is_final: bool) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.claimed)))
        del self.claimed[id_]
        outcome, decision = (NO_SUCH_USER, REJECTED) if is_final else (GREYLISTED, DEFERRED)
        self.wait(lambda: self.opened.record(id_, outcome, decision))

    @precondition(lambda self: self.claimed)
    @rule()
    def give_back(self) -> None:
        ids = list(self.claimed)
        self.claimed.clear()
        self.wait(lambda: self.opened.release(ids))

    @precondition(lambda self: self.run is not None)
    @rule()
    def stop(self) -> None:
        """Ends the run, whatever is open; a killed one ends the same way at the next begin."""
        assert self.run is not None
        self.run.close()
        self.run, self.opened = None, None
        self.claimed, self.committed = {}, {}

    @precondition(lambda self: self.run is None)
    @rule(choice=st.sampled_from(Resolution))
    def decide(self, choice: Resolution) -> None:
        record = self.log.find(order().key)
        if record is None:
            return
        unknown = list(self.log.deliveries(record.id, status=DeliveryStatus.UNKNOWN))
        assert self.log.resolve([each.id for each in unknown], choice) == len(unknown)
        if choice is Resolution.RESEND:
            self.decisions.update(each.recipient.mailbox.address for each in unknown)

    @precondition(lambda self: self.run is None)
    @rule()
    def let_the_refused_try_again(self) -> None:
        record = self.log.find(order().key)
        if record is None:
            return
        refused = list(self.log.deliveries(record.id, status=DeliveryStatus.REJECTED))
        ids = [each.id for each in refused]
        assert self.log.resolve(ids, Resolution.LEAVE) == 0
        assert self.log.resolve(ids, Resolution.RESEND) == len(refused)
        self.decisions.update(each.recipient.mailbox.address for each in refused)

    @invariant()
    def nobody_gets_a_second_dot_without_a_decision(self) -> None:
        for address, dots in self.dots.items():
            assert dots <= 1 + self.decisions[address]


TestDeliveryMachine = DeliveryMachine.TestCase
TestDeliveryMachine.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
