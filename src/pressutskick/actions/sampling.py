"""`send --test-to`: one sample to one's own address; on record, but never a delivery."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime

from pressutskick.assembly.log import make_passing_log
from pressutskick.cli.language import _
from pressutskick.cli.sending import Sending, run_engine
from pressutskick.cli.shows.progress import describe_outcome
from pressutskick.cli.shows.voice import Voice
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import (
    Decision,
    Delivery,
    OutboundMessage,
    Outcome,
    Transport,
)
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.errors import ExitStatus, UsageError
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
        mailbox = Mailbox(address=parse_address(address), name=first.recipient.mailbox.name)
    except ValueError as error:
        raise UsageError(say("{address} is not an address.", address=address)) from error
    plan = MessagePlan(replace(sending.messages_for(first.recipient).composition, number=0))
    recipient = replace(first.recipient, mailbox=mailbox)
    return plan.message(recipient, sending.references(first.recipient))


def send_sample(
    sending: Sending,
    address: str,
    transport: AbstractContextManager[Transport],
    voice: Voice,
) -> ExitStatus:
    """Sends the sample and tells what the relay said."""
    message = make_sample(sending, address)
    witness, entry = _Witness(), PlanEntry(recipient=sending.plan.entries[0].recipient)

    def compose(delivery: Delivery) -> OutboundMessage:
        return OutboundMessage.of(message)

    options = replace(sending.options, connections=1)
    with transport as chosen, make_passing_log().begin(sending.order, [entry]) as opened:
        result = run_engine(opened, chosen, compose, options, witness)
    if witness.seen:
        outcome, decision = witness.seen[-1]
        sending.log.note_test(
            sending.order.key.release_id, address, message.message_id, outcome, decision
        )
        told = _("{address}: {reply}", address=address, reply=describe_outcome(outcome))
        voice.say(told, "green" if decision.status is DeliveryStatus.ACCEPTED else "red")
    if result.error is not None:
        raise result.error
    if result.status is ExitStatus.OK:
        voice.say(_("That was one sample. Nobody on the list was mailed."), "bold")
    return result.status
