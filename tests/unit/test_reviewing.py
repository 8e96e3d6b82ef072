"""Which rows of a list should be looked at, by the list and by what the log knows."""

import datetime as dt

import pytest

from pressutskick.actions.recipients.deciding import Choice, Decision, wishes_of
from pressutskick.actions.recipients.reviewing import (
    Finding,
    FindingKind,
    review,
    undated_tables,
)
from pressutskick.actions.recipients.traces import Outcome, Trace
from pressutskick.dispatch.incoming import IncomingRecord, IncomingState
from pressutskick.errors import Origin
from pressutskick.mail import Mailbox, Reply
from pressutskick.recipients.fields import Field
from pressutskick.recipients.model import Recipient
from pressutskick.replies.verdict import Absence, ReplyKind

TODAY = dt.date(2026, 11, 29)
ANNA = "anna@posten.example"


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T12:00+00:00")


def row(address: str = ANNA, line: int = 2, **more: object) -> Recipient:
    return Recipient(
        mailbox=Mailbox(address=address),
        origin=Origin(file="lista.csv", line=line),
        **more,  # type: ignore[arg-type]
    )


def mail(day: str, *, back: bool = False, gone: bool = False) -> Outcome:
    return Outcome(moment=at(day), release_id=day, has_come_back=back, is_gone=gone)


def reply(day: str, kind: ReplyKind, **more: object) -> IncomingRecord:
    return IncomingRecord(
        id=1,
        account="",
        name="1.eml",
        kind=kind,
        state=IncomingState.PROPOSED,
        key=ANNA,
        release_id="r",
        taken_at=at(day),
        **more,  # type: ignore[arg-type]
    )


def find(trace: Trace, *rows: Recipient) -> tuple[Finding, ...]:
    return review(rows or (row(),), {ANNA: trace}, today=TODAY)


def kinds(trace: Trace, *rows: Recipient) -> list[FindingKind]:
    return [finding.kind for finding in find(trace, *rows)]


GONE = reply(
    "2026-10-02", ReplyKind.BOUNCE, is_permanent=True, reply=Reply.parse(550, "5.1.1 no such user")
)


def test_an_address_is_gone_when_a_server_says_so_and_nothing_arrived_since() -> None:
    (finding,) = find(Trace(outcomes=[mail("2026-10-01", back=True)], replies=[GONE]))
    assert finding.kind is FindingKind.GONE
    assert (finding.words, finding.since) == ("550 5.1.1 no such user", dt.date(2026, 10, 2))
    assert finding.replies == (GONE,)
    assert kinds(Trace(outcomes=[mail("2026-10-20")], replies=[GONE])) == []
    assert kinds(Trace(outcomes=[mail("2026-10-20", back=True, gone=True)])) == [FindingKind.GONE]


def test_two_mails_in_a_row_that_came_back_are_told_and_one_is_not() -> None:
    back = [mail("2026-10-01", back=True), mail("2026-11-01", back=True)]
    (finding,) = find(Trace(outcomes=back))
    assert (finding.kind, finding.count) == (FindingKind.BOUNCED_TWICE, 2)
    assert kinds(Trace(outcomes=back[:1])) == []
    assert kinds(Trace(outcomes=[*back, mail("2026-11-20")])) == []


def test_who_has_left_is_told_with_whom_to_ask_instead() -> None:
    absence = Absence(has_left=True, deputy="desken@posten.example")
    left = reply("2026-10-02", ReplyKind.ABSENCE, absence=absence, words="Jag har slutat")
    (finding,) = find(Trace(replies=[left]))
    assert finding.kind is FindingKind.LEFT
    assert finding.instead == "desken@posten.example"


@pytest.mark.parametrize(
    ("days", "back", "wanted"),
    [
        (("2026-07-01", "2026-11-01"), None, [FindingKind.ABSENT]),
        (("2026-07-01", "2026-11-01"), dt.date(2026, 12, 24), []),
        (("2026-10-20", "2026-11-01"), None, []),
        (("2026-07-01",), None, []),
    ],
)
def test_a_long_absence_is_no_holiday(
    days: tuple[str, ...], back: dt.date | None, wanted: list[FindingKind]
) -> None:
    notices = [reply(day, ReplyKind.ABSENCE, absence=Absence(back=back)) for day in days]
    assert kinds(Trace(replies=notices)) == wanted
    # Whoever writes in person is there again.
    assert kinds(Trace(replies=[*notices, reply("2026-11-20", ReplyKind.ANSWER)])) == []


def test_silence_is_five_invitations_without_a_word() -> None:
    mails = [mail(f"2026-0{month}-01") for month in range(1, 6)]
    assert kinds(Trace(outcomes=mails)) == [FindingKind.SILENT]
    assert kinds(Trace(outcomes=mails[1:])) == []
    assert kinds(Trace(outcomes=mails, answers=1)) == []


def test_a_row_is_asked_about_a_year_after_it_was_checked() -> None:
    old, new = row(checked=dt.date(2025, 11, 28)), row(checked=dt.date(2025, 11, 29), line=3)
    assert kinds(Trace(), old, new) == [FindingKind.UNCHECKED]
    assert undated_tables([old, new]) == ()
    # A list without any such day is told once, not row by row.
    assert kinds(Trace(), row(), row(line=3)) == []
    assert undated_tables([row(), row(line=3)]) == ("lista.csv",)


def test_one_person_with_two_addresses_is_asked_about_once() -> None:
    one = row(name="Anna Berg", outlet="Posten")
    other = row("a.berg@posten.example", 3, name="anna berg", outlet="posten")
    (finding,) = find(Trace(), one, other)
    assert (finding.kind, finding.recipient, finding.other) == (
        FindingKind.TWO_ADDRESSES,
        other,
        one,
    )


def test_what_was_looked_at_is_not_told_again() -> None:
    trace = Trace(outcomes=[mail("2026-10-01", back=True)], replies=[GONE])
    assert kinds(trace, row(checked=dt.date(2026, 10, 3))) == []
    assert kinds(trace, row(checked=dt.date(2026, 10, 1))) == [FindingKind.GONE]


def test_the_gravest_come_first_and_each_row_once() -> None:
    mails = [mail(f"2026-0{month}-01") for month in range(1, 6)]
    silent, gone = row("bo@radion.example", 2), row(line=3, checked=dt.date(2020, 1, 1))
    found = review(
        [silent, gone],
        {"bo@radion.example": Trace(outcomes=mails), ANNA: Trace(replies=[GONE])},
        today=TODAY,
    )
    assert [finding.kind for finding in found] == [FindingKind.GONE, FindingKind.SILENT]


def test_what_goes_goes_whatever_else_was_decided() -> None:
    one, other = row(), row("b@posten.example", 3)
    pair = Finding(kind=FindingKind.TWO_ADDRESSES, recipient=one, other=other)
    alone = Finding(kind=FindingKind.UNCHECKED, recipient=other)
    wishes = wishes_of(
        [
            Decision(finding=pair, choice=Choice.REMOVE_OTHER),
            Decision(finding=alone, choice=Choice.KEEP),
        ],
        TODAY,
    )
    kept, gone = wishes
    assert (kept.address, kept.days, kept.removes) == (ANNA, {Field.CHECKED: TODAY}, False)
    assert (gone.address, gone.removes) == ("b@posten.example", True)
