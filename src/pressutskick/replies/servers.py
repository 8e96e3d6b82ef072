"""What programs write about a delivery: calendars, complaints, receipts, reports, plain words."""

import re

from pressutskick.replies import machine, notices, reports
from pressutskick.replies.addresses import find_addresses, join_addresses
from pressutskick.replies.calendars import read_calendar_reply
from pressutskick.replies.letter import Letter
from pressutskick.replies.parts import one_line
from pressutskick.replies.permanence import is_gone
from pressutskick.replies.reports import Action, RecipientReport
from pressutskick.replies.verdict import Attendance, ReplyKind, Verdict
from pressutskick.sentences import say

MOST_WORDS = 500
_RECEIPT = "message/disposition-notification"
_REFUSED = re.compile(r"(?im)^disposition:\s*automatic-action/\S+\s*;\s*(deleted|denied|failed)")

_KINDS = {
    Action.FAILED: ReplyKind.BOUNCE,
    Action.DELAYED: ReplyKind.DELAY,
    Action.DELIVERED: ReplyKind.SUCCESS,
    Action.RELAYED: ReplyKind.SUCCESS,
    Action.EXPANDED: ReplyKind.SUCCESS,
}


def read_calendar(letter: Letter) -> Verdict | None:
    """RFC 5546: what a calendar answers for its owner."""
    found = read_calendar_reply(letter.mail)
    if found is None:
        return None
    return Verdict(
        kind=ReplyKind.CALENDAR,
        reason=say("a calendar's answer (METHOD:REPLY)"),
        addresses=(found.attendee,) if found.attendee else (),
        is_certain=found.attendance is not Attendance.OTHER,
        words=found.words,
        attendance=found.attendance,
        clues=found.clues,
    )


def read_complaint(letter: Letter) -> Verdict | None:
    """RFC 5965: a provider passes on that its user called our mail unwanted."""
    parts = [each for each in letter.mail.walk() if each.media_type == "message/feedback-report"]
    if not parts:
        return None
    told = parts[0].text()
    lines = [line for line in told.split("\n") if line.lower().startswith("original-rcpt-to")]
    return Verdict(
        kind=ReplyKind.OPT_OUT,
        reason=say("a provider tells that its user calls our mail unwanted (RFC 5965)"),
        addresses=find_addresses("\n".join(lines)),
        words=one_line(told)[:MOST_WORDS],
    )


def read_receipt(letter: Letter) -> Verdict | None:
    """RFC 8098: shown or deleted; never an answer."""
    mail = letter.mail
    types = {part.media_type for part in mail.walk()}
    is_report = mail.parameter("report-type") == "disposition-notification"
    if not (is_report or _RECEIPT in types):
        return None
    if (refused := _read_refusal(letter)) is not None:
        return refused
    return Verdict(
        kind=ReplyKind.RECEIPT,
        reason=say("a read receipt (RFC 8098)"),
        words=letter.subject[:MOST_WORDS],
    )


def _read_refusal(letter: Letter) -> Verdict | None:
    """RFC 5429: a mailbox that refuses mail says so in the form of a receipt."""
    parts = [part for part in letter.mail.walk() if part.media_type == _RECEIPT]
    told = "\n".join(part.text() for part in parts)
    if not (_REFUSED.search(told) and machine.has_server_name(letter.mail)):
        return None
    text, _copy = notices.split_copy(letter.mail)
    words = notices.read_words(text)
    if not words:
        return None
    found = re.search(r"(?im)^final-recipient:(.{0,300})", told)
    return Verdict(
        kind=ReplyKind.BOUNCE,
        reason=say("a mailbox refused the mail (RFC 5429)"),
        addresses=find_addresses(found[1] if found else ""),
        is_certain=True,
        words=words,
    )


def read_delivery_report(letter: Letter) -> Verdict | None:
    """RFC 3464, in a server's mail."""
    if not machine.is_server(letter.mail):
        return None
    found = reports.read_report(letter.mail)
    if not found:
        return None
    kind = _judge_actions(found)
    concerned = tuple(each for each in found if _KINDS[each.action] is kind)
    first = concerned[0]
    transcript, _ = notices.split_copy(letter.mail)
    words = first.words or notices.read_words(transcript)
    gone = [is_gone(each.status, each.words or words, transcript) for each in concerned]
    return Verdict(
        kind=kind,
        reason=say("a server's report (RFC 3464)"),
        addresses=join_addresses([each.address for each in concerned if each.address]),
        status=first.status,
        # One address may be right although another of the same report is gone.
        is_permanent=kind is ReplyKind.BOUNCE and all(gone),
        is_certain=True,
        words=words[:MOST_WORDS],
    )


def _judge_actions(found: tuple[RecipientReport, ...]) -> ReplyKind:
    """The worst of them: each mail of ours has one recipient."""
    kinds = {_KINDS[each.action] for each in found}
    return next(kind for kind in _KINDS.values() if kind in kinds)


def read_notice(letter: Letter) -> Verdict | None:
    """A failure in a server's own words."""
    is_sure = machine.is_server(letter.mail)
    tells = machine.tells_as_server(letter.mail)
    if not (is_sure or tells or machine.may_be_server(letter.mail)):
        return None
    found = notices.read_notice(letter.mail, is_sure=is_sure)
    if found is None or not (is_sure or found.is_plain or (tells and found.addresses)):
        return None
    if found.is_waiting:
        kind, reason = ReplyKind.DELAY, say("a server tells in words that it goes on trying")
    else:
        kind, reason = ReplyKind.BOUNCE, say("a server tells in words that it could not deliver")
    return Verdict(
        kind=kind,
        reason=reason,
        addresses=found.addresses,
        status=found.status,
        is_permanent=not found.is_waiting and is_gone(found.status, found.words, found.text),
        is_certain=True,
        words=found.words,
    )
