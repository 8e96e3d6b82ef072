"""`send --test-to`: one sample to one's own address; on record, but never a delivery."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from pressutskick.actions.sending import Sending, Watch, run_engine
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.interfaces import (
    Decision,
    Delivery,
    OutboundMessage,
    Outcome,
)
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchOrder
from pressutskick.dispatch.run import RunOptions
from pressutskick.errors import ExitStatus, PressutskickError, UsageError
from pressutskick.mail import Mailbox
from pressutskick.message.compose import MessagePlan
from pressutskick.message.model import Message
from pressutskick.recipients.address import parse_address
from pressutskick.sentences import Sentence, say


@dataclass(slots=True)
class _Witness:
    """Keeps what came of the one attempt."""

    seen: list[tuple[Outcome, Decision]] = field(default_factory=list)

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """See Observer."""
        self.seen.append((outcome, decision))

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """See Observer."""

    def connected(self, connections: int) -> None:
        """See Observer."""


def make_sample(sending: Sending, address: str) -> Message:
    """What the first recipient gets, addressed to `address`.

    It counts as number 0 of its purpose, so that its Message-ID is not that of the real message: a
    mailbox that is on the list too would otherwise drop the real one as a copy.

    Raises:
        UsageError: the address is none, or there is nobody whose message could be the sample.
    """
    first = next(iter(sending.plan.entries), None)
    if first is None:
        raise UsageError(say("The list is empty, so there is nothing to show."))
    try:
        mailbox = Mailbox(address=parse_address(address))
    except ValueError as error:
        raise UsageError(say("{address} is not an address.", address=address)) from error
    composition = sending.messages_for(first.recipient).composition
    plan = MessagePlan(replace(composition, number=0, is_trial=True))
    # Whoever tries it is not the first one of the list, and is not greeted by that name.
    recipient = replace(first.recipient, mailbox=mailbox, name=None, first_name=None)
    return plan.message(recipient, sending.references(first.recipient))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResult:
    """What came of a sample; `outcome` and `decision` are None where it was never tried."""

    status: ExitStatus
    outcome: Outcome | None = None
    decision: Decision | None = None
    error: PressutskickError | None = None


def send_sample(sending: Sending, address: str, workspace: Workspace) -> SampleResult:
    """Sends the sample and puts on record what the relay said.

    Raises:
        UsageError: as `make_sample` tells.
        SettingsError: no relay is named.
        DeliveryLogError: the log cannot be written.
    """
    message = make_sample(sending, address)
    options = replace(sending.options, connections=1)
    entry = PlanEntry(recipient=sending.plan.entries[0].recipient)
    result = send_alone(message, entry, sending.order, options, workspace)
    if result.outcome is not None and result.decision is not None:
        sending.log.note_test(
            *(sending.order.key.release_id, address, message.message_id),
            *(result.outcome, result.decision),
        )
    return result


def send_alone(
    message: Message,
    entry: PlanEntry,
    order: DispatchOrder,
    options: RunOptions,
    workspace: Workspace,
) -> SampleResult:
    """Sends one message that counts nowhere.

    Raises:
        SettingsError: no relay is named.
    """
    witness = _Witness()

    def compose(delivery: Delivery) -> OutboundMessage:
        return OutboundMessage.of(message)

    with (
        workspace.open_transport() as transport,
        workspace.make_passing_log().begin(order, [entry]) as opened,
    ):
        result = run_engine(opened, transport, compose, options, workspace, Watch(observer=witness))
    outcome, decision = witness.seen[-1] if witness.seen else (None, None)
    return SampleResult(
        status=result.status, outcome=outcome, decision=decision, error=result.error
    )
