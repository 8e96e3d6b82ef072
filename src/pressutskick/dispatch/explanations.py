"""What a fault or a refusal means, in words for the person."""

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase
from pressutskick.dispatch.relays import Meaning, Relay, interpret
from pressutskick.errors import InputError, PressutskickError, RelayUnavailable, SettingsError
from pressutskick.mail import Reply
from pressutskick.sentences import Sentence, say, without_stop

#: "Message size exceeds fixed maximum message size" (RFC 1870 section 6.1).
_TOO_LARGE = 552


def explain(outcome: Outcome) -> Sentence | None:
    """What a fault means, in words; None where the reply says it."""
    if outcome.fault is None:
        return None
    final = outcome.phase is Phase.FINAL
    sentences = {
        Fault.LOST: (
            say("the connection broke before the message was complete"),
            say("the connection broke before the mail server confirmed the message"),
        ),
        Fault.CUT_OFF: (
            say("the connection broke for the message before this one"),
            say("the connection broke before the mail server confirmed the message"),
        ),
        Fault.OUT_OF_TURN: (
            say("the mail server wants to answer each message before the next is announced"),
        )
        * 2,
        Fault.TIMEOUT: (
            say("the mail server stopped answering before the message was complete"),
            say("the mail server did not say whether it took the message"),
        ),
        Fault.GARBAGE: (
            say("the mail server's answer could not be understood"),
            say("the mail server's answer to the message could not be understood"),
        ),
        Fault.EARLY_REPLY: (
            say("the mail server answered before it was asked"),
            say("the mail server gave more answers than questions, so that none can be trusted"),
        ),
        Fault.KILLED: (
            say("the program was killed before the message was complete"),
            say("the program was killed before the mail server confirmed the message"),
        ),
        Fault.TLS: (say("the encryption failed"), say("the encryption failed")),
        Fault.STOPPED: (
            say("stopped before the message was complete"),
            say("stopped before the mail server confirmed the message"),
        ),
        Fault.TOO_LARGE: (
            say(
                "the message is larger than the mail server takes: {detail}", detail=outcome.detail
            ),
        )
        * 2,
        Fault.NO_SMTPUTF8: (
            say("the mail server cannot take an address with letters beyond a to z"),
        )
        * 2,
    }
    return sentences[outcome.fault][final]


def stop_error(outcome: Outcome, relay: Relay) -> PressutskickError:
    """Why the run stops, as the error that carries the exit status."""
    if outcome.fault is Fault.TOO_LARGE:
        return InputError(
            say("The message is larger than the mail server takes: {n} octets.", n=outcome.detail),
            remedy=say("Use smaller attachments, and send again."),
        )
    reply = outcome.reply or Reply(code=0)
    if _is_about_size(reply):
        return InputError(
            say(
                "The mail server takes no message as large as this: {reply}.",
                reply=without_stop(str(reply)),
            ),
            remedy=say("Use smaller attachments, and send again."),
        )
    known = interpret(reply, relay)
    sentence = say("The mail server refused: {reply}.", reply=without_stop(str(reply)))
    if known and known.meaning is Meaning.QUOTA:
        return RelayUnavailable(
            sentence, remedy=say("{why} Run the same command tomorrow.", why=known.sentence)
        )
    if known:
        return SettingsError(sentence, remedy=known.sentence)
    return SettingsError(
        sentence,
        remedy=say(
            "It does not take mail from this sender. "
            "Check PRESSUTSKICK_FROM and the login, then run the same command again."
        ),
    )


def _is_about_size(reply: Reply) -> bool:
    """Whether MAIL was refused for its SIZE (RFC 1870 section 6.1), and not for its sender."""
    if reply.enhanced is None:
        return reply.code == _TOO_LARGE
    return (reply.enhanced.subject, reply.enhanced.detail) in ((3, 4), (2, 3))


def alike_error(outcome: Outcome) -> SettingsError:
    """Why the run stops where one message after the other ends like this."""
    return SettingsError(
        say(
            "Message after message is refused alike, so the rest was not tried: {reply}.",
            reply=tell_reason(outcome),
        ),
        remedy=say("Mend what the mail server complains about, then run the same command again."),
    )


def tell_reason(outcome: Outcome) -> Sentence | str:
    """The relay's own words, or what the fault means."""
    return explain(outcome) or without_stop(str(outcome.reply))
