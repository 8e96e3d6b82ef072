"""No trace of claims, dots, results, crashes and reruns mails anybody twice, in any log.

The machine plays the engine and the relay: it knows which final dots were written and which of
them the relay accepted. It plays before all logs at once, and all must tell the same of it.
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
from tests.contract.conftest import LOGS
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

from pressutskick.deliverylog.sqlite.verification import verify_log
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import EndReason, PlanEntry
from pressutskick.dispatch.records import DispatchRecord

PEOPLE = range(6)


class Stage:
    """One log, and the run of its one dispatch."""

    def __init__(self, log: DeliveryLog) -> None:
        self.log = log
        self.run: ExitStack | None = None
        self.opened: Any = None
        self.ids: dict[str, int] = {}

    def begin(self, entries: list[PlanEntry]) -> None:
        self.run = ExitStack()
        self.opened = self.run.enter_context(self.log.begin(order(), entries))

    def end(self) -> None:
        if self.run is not None:
            self.run.close()
        self.run = None

    async def claim(self, limit: int) -> list[str]:
        """Of all that is due, so many by the alphabet: logs differ in who goes first."""
        found = await self.opened.claim(len(PEOPLE), LATER)
        self.ids |= {each.recipient.mailbox.address: each.id for each in found}
        addresses = sorted(each.recipient.mailbox.address for each in found)
        await self.opened.release([self.ids[each] for each in addresses[limit:]])
        return addresses[:limit]

    def find(self) -> DispatchRecord | None:
        return self.log.find(order().key)

    def resolve(self, status: DeliveryStatus, choice: Resolution) -> list[str]:
        """Decides about all of that status; whom it changed."""
        record = self.find()
        found = list(self.log.deliveries(record.id, status=status)) if record else []
        if self.log.resolve([each.id for each in found], choice) == 0:
            return []
        return sorted(each.recipient.mailbox.address for each in found)

    def tell(self) -> list[object]:
        """All that there is to tell, numbers apart."""
        record = self.find()
        if record is None:
            return []
        rows = sorted(
            self.log.deliveries(record.id), key=lambda each: each.recipient.mailbox.address
        )
        told: list[object] = [record]
        for row in rows:
            tries = [
                (each.number, each.status, each.phase, each.reply, each.fault, each.committed_at)
                for each in self.log.attempts(row.id)
            ]
            told += [row.recipient, row.status, row.reason, row.attempts, row.message_id, tries]
            told += [row.next_attempt_at, row.server_id, row.updated_at, row.reply, row.fault]
        return told


class DeliveryMachine(RuleBasedStateMachine):
    """One dispatch over many runs."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        self.stages = [Stage(open_log(folder, lambda: NOW)) for open_log in LOGS.values()]
        self.is_running = False
        self.claimed: set[str] = set()
        self.committed: set[str] = set()
        self.dots: Counter[str] = Counter()
        self.decisions: Counter[str] = Counter()

    def teardown(self) -> None:
        for stage in self.stages:
            stage.end()
        assert list(verify_log(Path(self.folder.name, "log.db"))) == []
        self.loop.close()
        self.folder.cleanup()

    def everywhere(self, act: Any) -> Any:
        """What is done to one log is done to all, and all answer the same."""

        async def awaited(stage: Stage) -> Any:
            return await act(stage)

        first, *others = [self.loop.run_until_complete(awaited(stage)) for stage in self.stages]
        assert all(other == first for other in others)
        return first

    def decide(self, status: DeliveryStatus, choice: Resolution) -> list[str]:
        first, *others = [stage.resolve(status, choice) for stage in self.stages]
        assert all(other == first for other in others)
        return first

    @precondition(lambda self: not self.is_running)
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
        for stage in self.stages:
            stage.begin(entries)
        self.is_running = True

    @precondition(lambda self: self.is_running)
    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        self.claimed |= set(self.everywhere(lambda stage: stage.claim(limit)))

    @precondition(lambda self: self.claimed)
    @rule(data=st.data())
    def write_dot(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.claimed)))
        self.everywhere(lambda stage: stage.opened.commit(stage.ids[who], f"<{who}>"))
        self.claimed.remove(who)
        self.committed.add(who)
        self.dots[who] += 1

    @precondition(lambda self: self.committed)
    @rule(data=st.data(), result=st.sampled_from(["yes", "lost", "no", "later"]))
    def answer_dot(self, data: st.DataObject, result: str) -> None:
        who = data.draw(st.sampled_from(sorted(self.committed)))
        outcome, decision = {
            "yes": (QUEUED, ACCEPTED),
            "lost": (LOST_AFTER_DOT, UNKNOWN),
            "no": (NO_SUCH_USER, REJECTED),
            "later": (GREYLISTED, DEFERRED),
        }[result]
        if result in ("no", "later"):
            # A parsed refusal: this dot delivered nothing.
            self.dots[who] -= 1
        self.committed.remove(who)
        self.everywhere(lambda stage: stage.opened.record(stage.ids[who], outcome, decision))

    @precondition(lambda self: self.claimed)
    @rule(data=st.data(), is_final=st.booleans())
    def refuse_before_the_dot(self, data: st.DataObject, is_final: bool) -> None:
        who = data.draw(st.sampled_from(sorted(self.claimed)))
        self.claimed.remove(who)
        outcome, decision = (NO_SUCH_USER, REJECTED) if is_final else (GREYLISTED, DEFERRED)
        self.everywhere(lambda stage: stage.opened.record(stage.ids[who], outcome, decision))

    @precondition(lambda self: self.claimed)
    @rule()
    def give_back(self) -> None:
        who = sorted(self.claimed)
        self.claimed.clear()
        self.everywhere(lambda stage: stage.opened.release([stage.ids[each] for each in who]))

    @precondition(lambda self: self.is_running)
    @rule()
    def count(self) -> None:
        self.everywhere(lambda stage: stage.opened.tally())
        self.everywhere(lambda stage: stage.opened.next_due())

    @precondition(lambda self: self.is_running)
    @rule()
    def stop(self) -> None:
        """Ends the run, whatever is open; a killed one ends the same way at the next begin."""
        for stage in self.stages:
            stage.end()
        self.is_running = False
        self.claimed, self.committed = set(), set()

    @precondition(lambda self: not self.is_running)
    @rule(choice=st.sampled_from(Resolution))
    def settle_the_unknown(self, choice: Resolution) -> None:
        changed = self.decide(DeliveryStatus.UNKNOWN, choice)
        if choice is Resolution.RESEND:
            self.decisions.update(changed)

    @precondition(lambda self: not self.is_running)
    @rule()
    def let_the_refused_try_again(self) -> None:
        assert self.decide(DeliveryStatus.REJECTED, Resolution.LEAVE) == []
        self.decisions.update(self.decide(DeliveryStatus.REJECTED, Resolution.RESEND))

    @precondition(lambda self: not self.is_running)
    @rule()
    def give_up(self) -> None:
        for stage in self.stages:
            if (record := stage.find()) is not None:
                stage.log.give_up(record.key, record.id, EndReason.TOO_LATE)

    @invariant()
    def nobody_gets_a_second_dot_without_a_decision(self) -> None:
        for address, dots in self.dots.items():
            assert dots <= 1 + self.decisions[address]

    @invariant()
    def all_logs_tell_the_same(self) -> None:
        first, *others = [stage.tell() for stage in self.stages]
        assert all(other == first for other in others)


TestDeliveryMachine = DeliveryMachine.TestCase
TestDeliveryMachine.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
