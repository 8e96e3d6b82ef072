"""A dispatch that is ready to go: everything known, nothing sent; and running it.

Every action that mails makes a `Sending`; `render_all` and `run_sending` carry it out.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.engine import Engine, SilentObserver
from pressutskick.dispatch.interfaces import (
    Delivery,
    Observer,
    OpenDispatch,
    OutboundMessage,
    Transport,
)
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.plan import Plan
from pressutskick.dispatch.records import DispatchOrder, Snapshot
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.errors import ExitStatus, InputError, Origin, Problem, Severity
from pressutskick.message.compose import MessagePlan
from pressutskick.message.model import Message
from pressutskick.message.wire.said import Said
from pressutskick.recipients.model import Recipient
from pressutskick.sentences import say

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
    `left_out` counts by code what readers left out of the document and the lists. `cautions` are
    what a person should think of before the yes.
    """

    order: DispatchOrder
    plan: Plan
    messages: MessagePlan
    log: DeliveryLog
    options: RunOptions = field(default_factory=RunOptions)
    references: Callable[[Recipient], Sequence[str]] = _no_references
    editions: Mapping[str, MessagePlan] = field(default_factory=dict)
    wait: float = 0.0
    #: The text of the release when this was prepared; None for the first.
    basis: Snapshot | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    cautions: tuple[Problem, ...] = ()

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

    def say(self, recipient: Recipient) -> Said:
        """What it says, to be held against another's."""
        return self.messages_for(recipient).said(recipient)

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


#: Calls the first as soon as a run is to stop, the second where it is to be cut off.
Stopping = Callable[[Callable[[], None], Callable[[], None]], AbstractContextManager[None]]

#: Where several apply: the one that needs a person soonest first.
_GRAVEST = (
    ExitStatus.INTERRUPTED,
    ExitStatus.LOG,
    ExitStatus.SETTINGS,
    ExitStatus.LOGIN,
    ExitStatus.SOFTWARE,
    ExitStatus.DATA,
    ExitStatus.UNKNOWN,
    ExitStatus.TEMPORARY,
    ExitStatus.REFUSED,
)


@contextmanager
def never_stopped(_first: Callable[[], None], _second: Callable[[], None]) -> Iterator[None]:
    """A run that nobody stops."""
    yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who watches a run, and what may stop it."""

    observer: Observer = field(default_factory=SilentObserver)
    stopping: Stopping = never_stopped


UNWATCHED = Watch()


def run_sending(sending: Sending, workspace: Workspace, watch: Watch = UNWATCHED) -> RunResult:
    """Opens the dispatch in the log and sends what waits in it.

    Raises:
        DispatchInProgress: another run has the dispatch.
        DeliveryLogError: the log cannot be written; nothing was sent.
        SettingsError: no relay is named.
    """
    with (
        workspace.open_transport() as transport,
        sending.log.begin(sending.order, sending.plan.entries, wait=sending.wait) as opened,
    ):
        return run_engine(opened, transport, sending.compose, sending.options, workspace, watch)


def run_engine(
    opened: OpenDispatch,
    transport: Transport,
    compose: Callable[[Delivery], OutboundMessage],
    options: RunOptions,
    workspace: Workspace,
    watch: Watch = UNWATCHED,
) -> RunResult:
    """Runs until nothing is left that may be sent, or it is stopped."""

    async def run() -> RunResult:
        engine = Engine(
            transport=transport,
            log=opened,
            compose=compose,
            clock=workspace.clock,
            chance=workspace.chance,
            options=options,
            observer=watch.observer,
        )
        with watch.stopping(engine.stop, engine.abort):
            return await engine.run()

    return asyncio.run(run())


def exit_status(sending: Sending, result: RunResult | None) -> ExitStatus:
    """The run's own status; nobody unknown or refused in an earlier run is forgotten.

    `result` is None where nothing was tried.
    """
    if result is None:
        return earlier_status(sending)
    lesser = (ExitStatus.OK, ExitStatus.REFUSED, ExitStatus.TEMPORARY)
    if result.status not in lesser:
        return result.status
    return gravest((result.status, earlier_status(sending)))


def earlier_status(sending: Sending) -> ExitStatus:
    """What earlier runs of the dispatch have left for a person to look at."""
    if sending.plan.has_unknown:
        return ExitStatus.UNKNOWN
    return ExitStatus.REFUSED if sending.plan.has_refused else ExitStatus.OK


def gravest(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """The one status of several runs."""
    met = set(statuses)
    return next((status for status in _GRAVEST if status in met), ExitStatus.OK)
