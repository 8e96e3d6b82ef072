"""Whom a refusal concerns whose words sound as if it concerned everybody.

"Relaying denied" may be the relay's own word, then nobody can be mailed; or it stands in what the
relay quotes of one recipient's server, then all others can. The words do not tell: what happens to
the others does. So the row waits, and the others are tried. Pure; one for each run.
"""

from dataclasses import dataclass
from enum import StrEnum

from pressutskick.dispatch.interfaces import Delivery, Outcome, Phase
from pressutskick.dispatch.relays import KnownReply, Meaning, Relay, interpret

#: So many recipients' domains with one and the same refusal, nobody accepted between them, are all.
MANY_DOMAINS = 3
#: The same for recipients, of however few domains.
MANY_RECIPIENTS = 10


class Reach(StrEnum):
    """Whom it concerns: this recipient, all of them, or nobody knows yet."""

    ONE = "one"
    MANY = "many"
    OPEN = "open"


def find_general_meaning(outcome: Outcome, relay: Relay) -> KnownReply | None:
    """What the words say of everybody, where a reply to one recipient's commands says it.

    None for all that its phase and its first digit tell well enough.
    """
    reply = outcome.reply
    is_about_one = outcome.phase not in (Phase.MAIL, Phase.CONNECT) and outcome.fault is None
    if reply is None or not is_about_one or reply.code == 421:
        return None
    known = interpret(reply, relay)
    general = [Meaning.SETTINGS, Meaning.QUOTA] + [Meaning.SLOW_DOWN] * reply.is_permanent
    return known if known is not None and known.meaning in general else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What is known of the other recipients: whether some come next, whether some were accepted."""

    are_waiting: bool
    were_accepted: bool


class Suspicion:
    """Collects such refusals; an acceptance shows that those before it were one recipient's."""

    def __init__(self) -> None:
        self._kind: tuple[int, str] | None = None
        #: Refused alike since the last acceptance: delivery -> domain.
        self._alike: dict[int, str] = {}
        self._waiting: set[int] = set()
        #: Somebody was accepted after their refusal.
        self._singled_out: set[int] = set()

    def note_acceptance(self) -> None:
        """The relay has taken a message."""
        if self._waiting:
            self._singled_out |= self._waiting
            self._waiting.clear()
            self._alike.clear()

    def judge(
        self, delivery: Delivery, outcome: Outcome, known: KnownReply, others: Others
    ) -> Reach:
        """Whom the refusal concerns, by what is known now; `known` is its general meaning."""
        reply = outcome.reply
        kind = (reply.code if reply else 0, known.sentence.pattern)
        if kind != self._kind:
            self._kind = kind
            self._alike.clear()
        if delivery.id in self._singled_out and not self._alike:
            return Reach.ONE
        self._alike[delivery.id] = delivery.recipient.mailbox.domain
        self._waiting.add(delivery.id)
        domains = len(set(self._alike.values()))
        if domains >= MANY_DOMAINS or len(self._alike) >= MANY_RECIPIENTS:
            return Reach.MANY
        if others.are_waiting:
            return Reach.OPEN
        # Nobody is left who could show it. A quota may have been reached just before.
        is_one = others.were_accepted and known.meaning is not Meaning.QUOTA
        return Reach.ONE if is_one else Reach.MANY
