"""The sections of a release's page that tell what came of it: failures, answers, decisions."""

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import DeliveryRecord
from pressutskick.replies.verdict import ReplyKind
from pressutskick.report.account import Account
from pressutskick.report.page import Cell, Coded, Column, Row, Section, Table
from pressutskick.report.words import name_dispatch, name_fault, name_skip, name_status
from pressutskick.sentences import Sentence, say

_S = DeliveryStatus
#: Heads a row whose moment the log does not keep: a header may not be empty.
_UNDATED = Coded(code="", words=say("(not stated)"))


def tell_failures(account: Account) -> Section | None:
    """Mails that were not accepted; None where all were."""
    ledger = account.ledger
    if not ledger.failures_in_all:
        return None
    replies = Table(
        code="replies",
        caption=say("What mail servers said"),
        columns=(
            Column.of("state", say("State")),
            Column.of("reply", say("Reply")),
            Column.of("mails", say("Mails")),
        ),
        rows=tuple(
            (
                Coded(code=status.value, words=name_status(status, count)),
                said or Coded(code="", words=say("no reply")),
                count,
            )
            for (status, said), count in ledger.replies.most_common(30)
        ),
    )
    named = Table(
        code="not_accepted",
        caption=say("Mails that were not accepted"),
        names_people=True,
        columns=(
            Column.of("address", say("Recipient")),
            Column.of("outlet", say("Outlet")),
            Column.of("state", say("State")),
            Column.of("words", say("In the server's words")),
        ),
        rows=tuple(map(_failure_row, ledger.failures)),
        left_out=ledger.failures_in_all - len(ledger.failures),
    )
    return Section(heading=say("Who did not get it"), tables=(replies, named))


def _failure_row(delivery: DeliveryRecord) -> Row:
    return (
        delivery.recipient.mailbox.address,
        delivery.recipient.outlet or "",
        Coded(code=delivery.status.value, words=name_status(delivery.status)),
        tell_words(delivery),
    )


def tell_words(delivery: DeliveryRecord) -> Cell:
    """What the server said last, or why nothing was said."""
    if delivery.status is _S.SKIPPED:
        return name_skip(delivery.reason or "") or delivery.reason
    if delivery.reply is not None:
        return str(delivery.reply)
    return name_fault(delivery.fault) if delivery.fault is not None else ""


def tell_histories(account: Account) -> Section | None:
    """Who got which of several dispatches; None of one."""
    ledger = account.ledger
    if len(ledger.dispatches) < 2:
        return None
    keys = [figures.record.key for figures in ledger.dispatches]
    rows: list[Row] = []
    for taken, count in ledger.histories.most_common(50):
        got = [key for number, key in enumerate(keys) if taken >> number & 1]
        words = _join(list(map(name_dispatch, got)))
        rows.append((Coded(code=" ".join(map(str, got)), words=words), count))
    table = Table(
        code="histories",
        caption=say("Which mails were accepted, and for how many recipients"),
        columns=(Column.of("got", say("Mails")), Column.of("people", say("Recipients"))),
        rows=tuple(rows),
    )
    return Section(heading=say("Who got which"), tables=(table,))


def _join(words: list[Sentence]) -> Sentence:
    if not words:
        return say("none of them")
    names = [f"part{number}" for number in range(len(words))]
    pattern = " + ".join(f"{{{name}}}" for name in names)
    return Sentence(pattern=pattern, values=dict(zip(names, words, strict=True)))


def tell_replies(account: Account) -> Section | None:
    """What came back, who has answered, who came; None where nothing did."""
    ledger = account.ledger
    answered = {answer: ledger.count_answers(answer) for answer in Answer}
    kinds = {
        ReplyKind.BOUNCE: say("bounces"),
        ReplyKind.DELAY: say("delays"),
        ReplyKind.ABSENCE: say("absences"),
        ReplyKind.ANSWER: say("answers in a mail"),
        ReplyKind.CALENDAR: say("answers from a calendar"),
        ReplyKind.OPT_OUT: say("wishes for no more mail"),
        ReplyKind.QUESTION: say("questions"),
    }
    rows: list[Row] = [
        (Coded(code=kind.value, words=words), count)
        for kind, words in kinds.items()
        if (count := sum(each.kind is kind for each in account.incoming))
    ]
    rows += [
        (Coded(code=code, words=words), count)
        for code, words, count in (
            ("coming", say("have said that they come"), answered[Answer.COMING]),
            ("declined", say("have declined"), answered[Answer.DECLINED]),
            ("other", say("have answered otherwise"), answered[Answer.OTHER]),
            ("guests", say("come along with them"), _guests(account)),
            ("came", say("came of those invited"), ledger.came),
            ("walk_ins", say("came without an invitation"), ledger.walk_ins),
        )
        if count
    ]
    if not rows:
        return None
    table = Table(
        code="replies_and_answers",
        caption=say("What came back, and who came"),
        columns=(Column.of("what", say("What")), Column.of("people", say("How many"))),
        rows=tuple(rows),
        drawn=1,
    )
    return Section(heading=say("Answers and bounces"), tables=(table,))


def _guests(account: Account) -> int:
    return sum(
        each.details.guests for each in account.answers.values() if each.answer is Answer.COMING
    )


def tell_decisions(account: Account) -> Section | None:
    """What people decided; None where nobody had to."""
    decided = account.decisions
    if not decided:
        return None
    table = Table(
        code="decisions",
        caption=say("Decisions, oldest first"),
        columns=(
            Column.of("when", say("When")),
            Column.of("what", say("What")),
            Column.of("who", say("Who")),
        ),
        rows=tuple(
            (each.moment or _UNDATED, Coded(code=each.code, words=each.words), each.who)
            for each in decided
        ),
    )
    return Section(heading=say("What people decided"), tables=(table,))
