"""Statuses of a delivery and the transitions that are legal between them.

    pending     planned, no attempt open                      -> sending skipped
    sending     an attempt is open, the final dot not written -> committing deferred rejected pending
    committing  durable before the final dot is written       -> accepted deferred rejected unknown
    accepted    the relay answered 2yz after the dot          -> bounced
    deferred    4yz, or a failure before the dot              -> sending rejected skipped
    rejected    5yz, or an address that cannot be mailed      -> a person decides: pending
    unknown     the dot was written, no parsable answer came  -> a person decides: pending, accepted
    bounced     a DSN came back later                         -> (nothing)
    skipped     left out with a reason; keeps its row         -> pending (a later run may want it)

What waits becomes `skipped` when a later run must not mail it any more (suppressed meanwhile).

Found after a crash, `sending` is safe to take back (the server must discard an unterminated DATA,
RFC 5321 section 4.1.1.4) and `committing` is not: it becomes `unknown` (RFC 1047 names the gap).
Only `committing` can become `unknown`. docs/delivery.md tells what a crash leaves at every step.
"""

from enum import StrEnum


class Resolution(StrEnum):
    """What a person decides about an unknown delivery; of a rejected one, `RESEND` only."""

    RESEND = "resend"
    LEAVE = "leave"


class DeliveryStatus(StrEnum):
    """Where one message to one recipient stands (see the module's table)."""

    PENDING = "pending"
    SENDING = "sending"
    COMMITTING = "committing"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"
    SKIPPED = "skipped"


_S = DeliveryStatus

#: What may follow a status while a dispatch runs.
TRANSITIONS: dict[DeliveryStatus, frozenset[DeliveryStatus]] = {
    _S.PENDING: frozenset({_S.SENDING, _S.SKIPPED}),
    _S.SENDING: frozenset({_S.COMMITTING, _S.DEFERRED, _S.REJECTED, _S.PENDING}),
    _S.COMMITTING: frozenset({_S.ACCEPTED, _S.DEFERRED, _S.REJECTED, _S.UNKNOWN}),
    _S.ACCEPTED: frozenset({_S.BOUNCED}),
    _S.DEFERRED: frozenset({_S.SENDING, _S.REJECTED, _S.SKIPPED}),
    _S.REJECTED: frozenset(),
    _S.UNKNOWN: frozenset(),
    _S.BOUNCED: frozenset(),
    _S.SKIPPED: frozenset({_S.PENDING}),
}

#: What a person may decide: an unknown delivery is sent again or counts as accepted; a rejected one
#: is sent again, when whatever refused it has been mended.
RESOLUTIONS: dict[DeliveryStatus, frozenset[DeliveryStatus]] = {
    _S.UNKNOWN: frozenset({_S.PENDING, _S.ACCEPTED}),
    _S.REJECTED: frozenset({_S.PENDING}),
}

#: What an open status means when its run is dead.
RECOVERY: dict[DeliveryStatus, DeliveryStatus] = {
    _S.SENDING: _S.PENDING,
    _S.COMMITTING: _S.UNKNOWN,
}

#: Statuses in which a run may open an attempt.
CLAIMABLE = frozenset({_S.PENDING, _S.DEFERRED})


def may_follow(before: DeliveryStatus, after: DeliveryStatus) -> bool:
    """Whether a run may take a delivery from `before` to `after`."""
    return after in TRANSITIONS[before]
