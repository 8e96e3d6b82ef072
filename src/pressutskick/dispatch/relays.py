"""Known relays: their limits, and what their replies mean beyond what RFC 5321 says.

Sources: Microsoft's "Exchange Online limits" and "Fix issues with SMTP AUTH", Google's "SMTP error
reference" and the Exchange team's timetable for basic authentication. Policy acts on the scope;
the sentence is for the person.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.dispatch.signin.refusals import PASSWORD_OFF
from pressutskick.mail import Reply
from pressutskick.sentences import Sentence, say


class Relay(StrEnum):
    """Presets: limits of a known relay and what its replies mean."""

    PLAIN = "plain"
    MICROSOFT365 = "microsoft365"
    GMAIL = "gmail"


class Meaning(StrEnum):
    """What a reply asks of us, where its first digit alone would mislead.

    `SLOW_DOWN`: too fast or too many connections. `QUOTA`: nothing more today. `SETTINGS`: every
    message will be refused until a person changes something. `GREYLISTED`: come back later, this
    recipient only.
    """

    SLOW_DOWN = "slow_down"
    QUOTA = "quota"
    SETTINGS = "settings"
    GREYLISTED = "greylisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReply:
    """A pattern over `code enhanced text`, what it asks of us, and the words for it."""

    pattern: re.Pattern[str]
    meaning: Meaning
    sentence: Sentence


def _known(pattern: str, meaning: Meaning, sentence: Sentence) -> KnownReply:
    return KnownReply(
        pattern=re.compile(pattern, re.IGNORECASE), meaning=meaning, sentence=sentence
    )


_MICROSOFT365 = (
    _known(
        r"^4\d\d 4\.3\.2\b",
        Meaning.SLOW_DOWN,
        say(
            "Microsoft 365 takes 30 messages a minute over at most 3 connections; "
            "the dispatch slows down and goes on."
        ),
    ),
    _known(r"^5\d\d 5\.7\.30\b", Meaning.SETTINGS, PASSWORD_OFF),
    _known(
        r"^5\d\d (5\.7\.60\b|5\.2\.25[12]\b|.*SendAsDenied)",
        Meaning.SETTINGS,
        say(
            "The login may not send as this sender. "
            "Ask for the right to send as it, or change PRESSUTSKICK_FROM."
        ),
    ),
    _known(
        r"^5\d\d (5\.1\.90|5\.2\.2|5\.7\.70[58])\b",
        Meaning.QUOTA,
        say("The mailbox or the organisation has reached its sending limit at Microsoft 365."),
    ),
)

_GMAIL = (
    _known(
        r"^(421|4\d\d) 4\.7\.(0|28)\b",
        Meaning.SLOW_DOWN,
        say("Gmail asks for a slower pace; the dispatch slows down and goes on."),
    ),
    _known(
        r"^[45]\d\d [45]\.4\.5\b",
        Meaning.QUOTA,
        say("The Gmail account has reached its sending limit for today."),
    ),
)

_ANY = (
    _known(
        r"^4\d\d .*(gr[ae]y-?list|try again in \d+|4\.2\.0 .*retry)",
        Meaning.GREYLISTED,
        say("The receiving server wants to be asked again later (greylisting)."),
    ),
    _known(
        r"^530\b",
        Meaning.SETTINGS,
        say(
            "The mail server wants a login or encryption first. "
            "Set PRESSUTSKICK_SMTP_USERNAME and a password or token command, "
            "and PRESSUTSKICK_SMTP_SECURITY."
        ),
    ),
    _known(
        r"^55[04] .*(relay(ing)?( access)? (is )?(denied|not (permitted|allowed))"
        r"|(unable|not permitted|not allowed) to relay)",
        Meaning.SETTINGS,
        say(
            "The mail server does not forward mail from this machine. "
            "It may want a login, or this machine's address in its list."
        ),
    ),
    _known(
        # Postfix tells it where it hears of the recipient.
        r"^[45]\d\d .*\b(helo|ehlo) command rejected",
        Meaning.SETTINGS,
        say(
            "The mail server wants another name in the greeting (EHLO): set "
            "PRESSUTSKICK_SMTP_EHLO_NAME to a name of this machine or of your organisation, such as "
            "press.kommun.example."
        ),
    ),
    _known(
        # Not `quota exceeded` alone: that is a recipient's full mailbox.
        r"^[45]\d\d .*\b(daily|hourly|sending|outbound|outgoing)\b.{0,25}\b(limit|quota)\b",
        Meaning.QUOTA,
        say("The account has reached its sending limit."),
    ),
    _known(
        r"^[45]\d\d .*(too many (concurrent )?(smtp )?(sessions|connections)|rate limit)",
        Meaning.SLOW_DOWN,
        say("The mail server asks for fewer connections or a slower pace."),
    ),
)

_TABLES = {
    Relay.PLAIN: _ANY,
    Relay.MICROSOFT365: _MICROSOFT365 + _ANY,
    Relay.GMAIL: _GMAIL + _ANY,
}


def interpret(reply: Reply, relay: Relay) -> KnownReply | None:
    """What `reply` is known to mean at `relay`; None where its code says all."""
    if reply.code < 400:
        return None
    line = str(reply)
    return next((known for known in _TABLES[relay] if known.pattern.search(line)), None)


#: Servers of known services, by the ends of their names.
_HOSTS = {
    Relay.MICROSOFT365: ("smtp.office365.com", ".mail.protection.outlook.com"),
    Relay.GMAIL: ("smtp.gmail.com", "smtp-relay.gmail.com"),
}


def find_relay(host: str) -> Relay:
    """The known service that a server belongs to, by its name; `PLAIN` for all others."""
    name = host.lower().rstrip(".")
    for relay, ends in _HOSTS.items():
        if name.endswith(ends):
            return relay
    return Relay.PLAIN


def preset_rate(relay: Relay) -> float | None:
    """Messages per minute below what the relay admits (Exchange Online: 30)."""
    return {Relay.MICROSOFT365: 25.0, Relay.GMAIL: 60.0}.get(relay)


def preset_connections(relay: Relay) -> int:
    """Connections below what the relay admits (Exchange Online: 3)."""
    return {Relay.MICROSOFT365: 2, Relay.GMAIL: 2}.get(relay, 4)
