"""A dispatch that is ready to go: everything known, nothing sent; and running it.

`send`, and every other command that mails, makes a `Sending` and hands it to `run_sending`.
"""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressutskick.assembly.process import short_turns
from pressutskick.cli.signals import stop_on_signals
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.interfaces import (
    Delivery,
    Observer,
    OpenDispatch,
    OutboundMessage,
    Transport,
)
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import Plan, PlanReason
from pressutskick.dispatch.records import DispatchOrder
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.message.compose import MessagePlan
from pressutskick.message.model import Message
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import say
from pressutskick.transports.clock import SystemClock

#: Recipients whose message cannot be made are named up to this many.
_NAMED = 50


def _no_references(recipient: Recipient) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One dispatch before its first connection.

    `references` gives the Message-IDs that a recipient's message answers. `editions` holds, by
    comparison key, what makes the message of a recipient whose text or files are other than those
    of `messages`. `wait` is how long, in seconds, another run of the same dispatch is waited for.
    """

    order: DispatchOrder
    plan: Plan
    messages: MessagePlan
    log: DeliveryLog
    options: RunOptions = field(default_factory=RunOptions)
    references: Callable[[Recipient], Sequence[str]] = _no_references
    editions: Mapping[str, MessagePlan] = field(default_factory=dict)
    wait: float = 0.0

    def messages_for(self, recipient: Recipient) -> MessagePlan:
        """What makes the message of this recipient."""
        if not self.editions:
            return self.messages
        return self.editions.get(recipient.mailbox.key, self.messages)

    def write(self, recipient: Recipient) -> Message:
        """The message that this recipient gets."""
        return self.messages_for(recipient).message(recipient, self.references(recipient))

    def write_judged(self, recipient: Recipient) -> Message:
        """The same, read back by Python's own parser and compared with what was meant."""
        plan = self.messages_for(recipient)
        return plan.verified_message(recipient, self.references(recipient))

    def compose(self, delivery: Delivery) -> OutboundMessage:
        """The same, as a transport wants it."""
        return OutboundMessage.of(self.write(delivery.recipient))


def render_all(sending: Sending) -> int:
    """Makes every message once and keeps none; the largest one's octets. The first is judged.

    Raises:
        InputError: somebody's message cannot be made; names everybody it concerns.
    """
    problems: list[Problem] = []
    largest = 0
    for number, recipient in enumerate(sending.plan.ready):
        write = sending.write if number else sending.write_judged
        try:
            largest = max(largest, write(recipient).size)
        except InputError as error:
            problems += _name_recipient(error, recipient)
            if len(problems) >= _NAMED:
                break
    if problems:
        raise InputError(problems=problems)
    return largest


def _name_recipient(error: InputError, recipient: Recipient) -> list[Problem]:
    """A template's problem, told where the person can mend it: in the recipient's row."""
    return [
        Problem(
            code="message",
            severity=Severity.ERROR,
            sentence=say("{address}: {reason}", address=recipient.mailbox.address, reason=reason),
            origin=recipient.origin if recipient.origin != Origin() else origin,
        )
        for reason, origin in (
            [(problem.sentence, problem.origin) for problem in error.problems]
            or [(error.sentence, Origin())]
        )
    ]


def run_sending(sending: Sending, transport: Transport, observer: Observer) -> RunResult:
    """Opens the dispatch in the log and sends what waits in it.

    Raises:
        DispatchInProgress: another run has the dispatch.
        DeliveryLogError: the log cannot be written; nothing was sent.
    """
    is_proven = PlanReason.ALREADY_ACCEPTED in sending.plan.by_reason
    options = replace(sending.options, is_proven=is_proven)
    with sending.log.begin(sending.order, sending.plan.entries, wait=sending.wait) as opened:
        return run_engine(opened, transport, sending.compose, options, observer)


def run_engine(
    opened: OpenDispatch,
    transport: Transport,
    compose: Callable[[Delivery], OutboundMessage],
    options: RunOptions,
    observer: Observer,
) -> RunResult:
    """Runs until nothing is left that may be sent, or a signal stops it."""

    async def run() -> RunResult:
        engine = Engine(
            transport=transport,
            log=opened,
            compose=compose,
            clock=SystemClock(),
            chance=random.random,
            options=options,
            observer=observer,
        )
        with stop_on_signals(first=engine.stop, second=engine.abort):
            return await engine.run()

    with short_turns():
        return asyncio.run(run())
