"""What the mail server is like, and whether it lets us in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pressutskick.dispatch.explanations import stop_error
from pressutskick.dispatch.interfaces import Outcome, Phase
from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.relays import Relay
from pressutskick.dispatch.signin.refusals import Desk, find_refusal
from pressutskick.errors import ExitStatus, PressutskickError, RelayUnavailable, Severity, TlsError
from pressutskick.sentences import Sentence, say, without_stop

#: A certificate that ends sooner is told.
_SOON = timedelta(days=21)
#: Octets that a server should take at least: a message with a picture or two.
_ROOM = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayFacts:
    """What one connection has shown; `extensions` as EHLO names them after encryption.

    `tls` such as `TLSv1.3`, None without encryption. `certificate_ends` is the certificate's end.
    """

    addresses: tuple[str, ...] = ()
    tls: str | None = None
    certificate_ends: datetime | None = None
    extensions: tuple[str, ...] = ()
    size: int | None = None


def judge_opening(error: PressutskickError) -> Finding:
    """A finding for what kept us from a session that is connected, encrypted and logged in."""
    refusal = find_refusal(error.answer) if error.answer else None
    return Finding(
        code=_opening_code(error),
        severity=Severity.ERROR,
        sentence=error.sentence,
        remedy=refusal.sentence if refusal else error.remedy,
        desk=refusal.desk if refusal else _desk(error),
        wish=refusal.wish if refusal else _wish(error),
        answer=error.answer,
        status=error.status,
    )


def judge_sender(outcome: Outcome, address: str, relay: Relay) -> PressutskickError | None:
    """What the relay has against us as sender; None where it took the address, or may take it.

    A recipient's own fault (5.1.x at RCPT) says nothing of a sender: nobody reads `noreply@`.
    """
    reply = outcome.reply
    if reply is None:
        return RelayUnavailable(
            say("The mail server broke off when it heard who sends: {sender}.", sender=address)
        )
    is_of_recipient = reply.enhanced is not None and reply.enhanced.subject == 1
    if reply.code < 400 or (outcome.phase is Phase.RCPT and is_of_recipient):
        return None
    if reply.is_permanent:
        error = stop_error(outcome, relay)
        error.answer = str(reply)
        return error
    return RelayUnavailable(
        say("The mail server answered: {reply}.", reply=without_stop(str(reply))), answer=str(reply)
    )


def _opening_code(error: PressutskickError) -> str:
    if isinstance(error, TlsError):
        return "relay.tls"
    if isinstance(error, RelayUnavailable):
        return "relay.unreachable"
    return "relay.login" if error.status is ExitStatus.LOGIN else "relay.settings"


def _desk(error: PressutskickError) -> Desk:
    return Desk.IT if isinstance(error, TlsError) else Desk.YOU


def _wish(error: PressutskickError) -> Sentence | None:
    if isinstance(error, TlsError):
        return say(
            "Give the mail server a certificate that is valid, for the name that we use, and signed "
            "by an authority that our computers trust; or tell us the right name."
        )
    return None


def judge_relay(
    facts: RelayFacts, relay: Relay, now: datetime, *, is_clear: bool, has_password: bool
) -> Iterator[Finding]:
    """`is_clear`: without encryption, to another machine. `has_password`: login by a password."""
    if is_clear:
        yield Finding(
            code="relay.clear",
            severity=Severity.WARNING,
            sentence=say("The messages go to the mail server unencrypted."),
            remedy=say("Set PRESSUTSKICK_SMTP_SECURITY to starttls or tls."),
        )
    if facts.certificate_ends is not None and facts.certificate_ends - now < _SOON:
        yield Finding(
            code="relay.certificate_ends",
            severity=Severity.WARNING,
            sentence=say(
                "The mail server's certificate ends in {n} days; after that nothing is sent.",
                n=max(0, (facts.certificate_ends - now).days),
            ),
            desk=Desk.IT,
            wish=say("Renew the mail server's certificate."),
        )
    if facts.size is not None and facts.size < _ROOM:
        yield Finding(
            code="relay.small",
            severity=Severity.WARNING,
            sentence=say(
                "The mail server takes messages of at most {n} kB; pictures may not fit.",
                n=facts.size // 1000,
            ),
            desk=Desk.IT,
            wish=say("Raise the largest size of a message to 10 MB or more."),
        )
    if has_password and relay is not Relay.PLAIN:
        yield Finding(
            code="login.password",
            severity=Severity.WARNING,
            sentence=say(
                "The login is by a password, which Microsoft switches off by default at the end of "
                "2026 and Google takes as an app password only."
            ),
            remedy=say("Sign in instead: pressutskick login"),
        )
