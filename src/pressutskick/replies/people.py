"""What stands in for people, and what they write: absences, opt-outs, answers, questions."""

from pressutskick.replies import absences, answers, machine, optouts
from pressutskick.replies.letter import Letter
from pressutskick.replies.parts import one_line
from pressutskick.replies.verdict import Clues, ReplyKind, Verdict
from pressutskick.sentences import say

_MOST_WORDS = 500


def read_absence(letter: Letter) -> Verdict | None:
    """RFC 3834: a notice that nobody is there, for a while or for good."""
    mail = letter.mail
    is_reply = mail.field("Auto-Submitted").lower().startswith("auto-replied")
    if machine.is_bulk(mail) and not is_reply:
        return None
    found = absences.read_absence(
        letter.subject,
        letter.own,
        is_automatic=machine.is_automatic(mail) or machine.has_null_sender(mail),
        sender=letter.sender,
        today=letter.date.date(),
    )
    if found is None:
        return None
    return Verdict(
        kind=ReplyKind.ABSENCE,
        reason=say("somebody has left") if found.has_left else say("somebody is away"),
        words=one_line(letter.own)[:_MOST_WORDS] or letter.subject,
        absence=found,
        is_certain=True,
    )


def read_program(letter: Letter) -> Verdict | None:
    """What a program sent that is nothing of all this."""
    mail = letter.mail
    if machine.is_automatic(mail) or machine.has_null_sender(mail) or machine.is_server(mail):
        reason = say("a program wrote it; it tells of no delivery and of no absence")
        return Verdict(kind=ReplyKind.OTHER, reason=reason)
    if machine.is_bulk(mail):
        reason = say("it went to many, or nobody reads what is sent to its sender")
        return Verdict(kind=ReplyKind.OTHER, reason=reason)
    return None


def read_opt_out(letter: Letter) -> Verdict | None:
    """The token of our mail, the word alone, or a sentence that asks for it."""
    # A mail program that follows List-Unsubscribe writes the body itself; the subject is ours.
    own = "" if machine.is_automatic(letter.mail) else letter.own
    tokens = optouts.find_tokens(letter.subject, own)
    is_alone = optouts.is_asked_alone(letter.subject, own)
    if not (tokens or is_alone or optouts.is_asked_among_words(own)):
        return None
    return Verdict(
        kind=ReplyKind.OPT_OUT,
        reason=say("asks for no more mail from us"),
        words=one_line(own or letter.subject)[:_MOST_WORDS],
        is_certain=is_alone,
        is_personal=bool(own),
        clues=Clues(tokens=tokens),
    )


def read_person(letter: Letter) -> Verdict:
    """Somebody's own words: an answer, or something that only a person can answer."""
    found = answers.find_answer(letter.own)
    if found is None:
        return Verdict(
            kind=ReplyKind.QUESTION,
            reason=say("a person wrote something that a person must read"),
            words=one_line(letter.own)[:_MOST_WORDS],
            is_personal=True,
        )
    return Verdict(
        kind=ReplyKind.ANSWER,
        reason=say("a person's own words"),
        words=found.words,
        is_personal=True,
        attendance=found.attendance,
        has_photographer=found.has_photographer,
    )
