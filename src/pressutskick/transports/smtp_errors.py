"""The one table that turns aiosmtplib's, the operating system's and OpenSSL's errors into ours.

Everything here happens before MAIL, so that nothing has been sent.
"""

import socket
import ssl
from typing import Protocol

import aiosmtplib

from pressutskick.dispatch.interfaces import Phase
from pressutskick.dispatch.relays import Relay, interpret
from pressutskick.dispatch.signin.refusals import advise, find_refusal
from pressutskick.errors import (
    AuthenticationError,
    PressutskickError,
    RelaySilent,
    RelayUnavailable,
    SettingsError,
    TlsError,
    reason_of,
)
from pressutskick.mail import Reply
from pressutskick.sentences import Sentence, say, without_stop
from pressutskick.transports.transaction import Timeouts


class Where(Protocol):
    """The relay's address, as far as errors tell of it; its text form is `host:port`."""

    @property
    def relay(self) -> Relay:
        """Which known relay it is."""

    @property
    def timeouts(self) -> Timeouts:
        """How long its answers are waited for."""


def translate(error: BaseException, phase: Phase, address: Where) -> PressutskickError:
    """Our error for what went wrong in `phase` with the relay at `address`."""
    root, where = _root(error), str(address)
    if isinstance(root, ssl.SSLError):
        return _translate_tls(root, where)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _translate_reply(error, phase, where, address.relay)
    if isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        is_first = phase in (Phase.CONNECT, Phase.STARTTLS)
        seconds = address.timeouts.connect if is_first else address.timeouts.command
        return RelaySilent(
            say("The mail server {where} did not answer in {n} s.", where=where, n=f"{seconds:g}"),
            remedy=say(
                "Check PRESSUTSKICK_SMTP_HOST and the network, and that the port goes with "
                "PRESSUTSKICK_SMTP_SECURITY: starttls with 587, tls with 465."
            ),
        )
    if isinstance(root, socket.gaierror):
        return RelayUnavailable(
            say("The mail server {where} cannot be found by its name.", where=where),
            remedy=say("Check PRESSUTSKICK_SMTP_HOST and the network."),
        )
    if isinstance(error, aiosmtplib.SMTPServerDisconnected):
        return RelayUnavailable(
            say("The mail server {where} ended the connection.", where=where),
            remedy=_ANOTHER_NAME if phase is Phase.EHLO else None,
        )
    return RelayUnavailable(
        say("The mail server {where} cannot be reached: {error}.", where=where, error=_text(root)),
        remedy=say("Check PRESSUTSKICK_SMTP_HOST, PRESSUTSKICK_SMTP_PORT and the network."),
    )


#: Google's smtp-relay and some others take no greeting with an address in it.
_ANOTHER_NAME = say(
    "It may want another name in the greeting (EHLO): set PRESSUTSKICK_SMTP_EHLO_NAME to a name of "
    "this machine or of your organisation, such as press.kommun.example."
)


def _root(error: BaseException) -> BaseException:
    """The innermost cause: aiosmtplib wraps what the operating system said."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _text(error: BaseException) -> Sentence | str:
    if isinstance(error, OSError):
        return reason_of(error)
    return without_stop(str(error)) or type(error).__name__


#: OpenSSL's verdicts on a certificate (X509_V_ERR_...) that have a remedy of their own.
_NOT_YET_VALID, _EXPIRED, _OTHER_NAMES = 9, 10, (62, 64)
_UNKNOWN_AUTHORITY = (18, 19, 20, 21)


def _distrust(error: ssl.SSLCertVerificationError) -> tuple[Sentence, Sentence]:
    """Why a certificate is not trusted, and who can do what about it."""
    if error.verify_code == _EXPIRED:
        return say("it has expired"), say(
            "Whoever runs the server must renew it. Is the date of this computer right?"
        )
    if error.verify_code == _NOT_YET_VALID:
        return say("it is not valid yet"), say("Is the date of this computer right?")
    if error.verify_code in _OTHER_NAMES:
        return say("it is another server's"), say(
            "Write the server's name in PRESSUTSKICK_SMTP_HOST as its certificate has it; "
            "whoever runs it knows."
        )
    known = error.verify_code in _UNKNOWN_AUTHORITY
    return say("nobody whom this computer trusts has signed it") if known else say(
        "{words}", words=error.verify_message
    ), say(
        "Check PRESSUTSKICK_SMTP_HOST. If the server has a certificate of your own "
        "organisation, name its authority's file in PRESSUTSKICK_SMTP_CA_FILE."
    )


#: OpenSSL's reasons, in words that can be translated; the others stay as they are.
_TLS_REASONS = {
    "WRONG_VERSION_NUMBER": say("what answers there does not begin with encryption"),
    "RECORD_LAYER_FAILURE": say("what answers there does not begin with encryption"),
    "UNEXPECTED_EOF_WHILE_READING": say("the connection was cut"),
    "UNSUPPORTED_PROTOCOL": say("its version of TLS is too old"),
    "TLSV1_ALERT_PROTOCOL_VERSION": say("its version of TLS is too old"),
    "NO_SHARED_CIPHER": say("it knows no cipher that is safe enough"),
    "SSLV3_ALERT_HANDSHAKE_FAILURE": say("it knows no cipher that is safe enough"),
}


def _translate_tls(error: ssl.SSLError, where: str) -> TlsError:
    if isinstance(error, ssl.SSLCertVerificationError):
        reason, remedy = _distrust(error)
        return TlsError(
            say(
                "The certificate of {where} cannot be trusted: {reason}. Nothing was sent.",
                where=where,
                reason=reason,
            ),
            remedy=remedy,
        )
    return TlsError(
        say(
            "{where} offers no encryption that can be trusted: {reason}. Nothing was sent.",
            where=where,
            reason=_TLS_REASONS.get(error.reason or "") or error.reason or _text(error),
        ),
        remedy=say(
            "TLS 1.2 or newer is needed. Check PRESSUTSKICK_SMTP_PORT and "
            "PRESSUTSKICK_SMTP_SECURITY: starttls goes with 587, tls with 465."
        ),
    )


def no_starttls(where: str) -> TlsError:
    """The relay does not offer STARTTLS, or somebody between took it away."""
    return TlsError(
        say("{where} offers no encryption (STARTTLS). Nothing was sent.", where=where),
        remedy=say(
            "Check PRESSUTSKICK_SMTP_PORT and PRESSUTSKICK_SMTP_SECURITY. "
            "If this worked yesterday, the network between may be tampering."
        ),
    )


def spoke_in_clear(where: str) -> TlsError:
    """Bytes came after the reply to STARTTLS and before the encryption."""
    return TlsError(
        say("Somebody answered for {where} in clear text. Nothing was sent.", where=where),
        remedy=say("The network between may be tampering; try from another network."),
    )


def no_login_in_clear() -> SettingsError:
    """A login without encryption shows the password to everybody between."""
    return SettingsError(
        say("PRESSUTSKICK_SMTP_SECURITY is none, so the login was not sent in clear text."),
        remedy=say("Set it to starttls or tls, or remove PRESSUTSKICK_SMTP_USERNAME."),
    )


def no_mechanism(where: str, offered: str) -> SettingsError:
    """The relay offers no way to log in that we know."""
    return SettingsError(
        say(
            "{where} offers no login that fits the settings (it offers: {offered}).",
            where=where,
            offered=offered or "-",
        ),
        remedy=say("It wants a sign-in: set PRESSUTSKICK_LOGIN and run pressutskick login.")
        if "oauth" in offered
        else say("Tokens need XOAUTH2 or OAUTHBEARER; a password needs PLAIN, LOGIN or CRAM-MD5."),
    )


def _translate_reply(
    error: aiosmtplib.SMTPResponseException, phase: Phase, where: str, relay: Relay
) -> PressutskickError:
    if not 400 <= error.code <= 599:
        return SettingsError(
            say(
                "What answers at {where} is not a mail server that can be understood: {text}.",
                where=where,
                text=without_stop(error.message[:200]),
            ),
            remedy=say("Check PRESSUTSKICK_SMTP_HOST and PRESSUTSKICK_SMTP_PORT."),
        )
    reply = Reply.parse(error.code, error.message)
    known = interpret(reply, relay)
    told = say(
        "The mail server {where} answered: {reply}.", where=where, reply=without_stop(str(reply))
    )
    if phase is Phase.EHLO:
        refusal = RelayUnavailable if reply.is_transient else SettingsError
        return refusal(told, remedy=_ANOTHER_NAME)
    if reply.is_transient:
        return RelayUnavailable(told, remedy=known.sentence if known else None)
    if phase is Phase.AUTH:
        return _refused_login(reply, where)
    if phase is Phase.STARTTLS:
        return no_starttls(where)
    return SettingsError(
        told,
        remedy=known.sentence if known else say("It does not take mail from this machine."),
    )


def _refused_login(reply: Reply, where: str) -> AuthenticationError:
    known = find_refusal(str(reply))
    return AuthenticationError(
        say(
            "The mail server {where} refused the login: {reply}.",
            where=where,
            reply=without_stop(str(reply)),
        ),
        remedy=advise(known)
        if known
        else say(
            "It was tried once, so that no account is locked. Check PRESSUTSKICK_SMTP_USERNAME and the "
            "password or the sign-in."
        ),
        answer=str(reply),
    )
