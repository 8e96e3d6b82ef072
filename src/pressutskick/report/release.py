"""The page of one release: what, when, to whom, what came of it, who decided."""

from collections.abc import Iterator
from itertools import islice

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.message.dates import format_when
from pressutskick.report.account import Account
from pressutskick.report.aftermath import (
    tell_decisions,
    tell_failures,
    tell_histories,
    tell_replies,
)
from pressutskick.report.fairness import tell_fairness
from pressutskick.report.ledger import Group
from pressutskick.report.page import Cell, Coded, Column, Page, Row, Section, Table
from pressutskick.report.words import name_dispatch, name_skip, name_status
from pressutskick.sentences import Sentence, say, say_many

_S = DeliveryStatus
#: What a mail that is neither taken nor given up may still be.
_OPEN = (_S.PENDING, _S.SENDING, _S.COMMITTING, _S.DEFERRED)
#: Outlets that have a row; the smallest of more are left out.
_OUTLETS = 200

ACCEPTED_MEANS = say(
    "“Accepted” means that the mail server answered that it takes the mail on. It does not mean that "
    "the mail was delivered to a mailbox, shown to anybody, or read: nobody was followed, and no "
    "opens or clicks are counted."
)


def tell_release(account: Account) -> Page:
    """The whole page, for those who may see who the recipients are."""
    return Page(
        title=account.life.release.title,
        about=tuple(_about(account)),
        lead=(*_lead(account), ACCEPTED_MEANS),
        sections=tuple(
            section
            for section in (
                _dispatches(account),
                _states(account),
                _groups(account),
                tell_fairness(account.ledger),
                tell_failures(account),
                tell_histories(account),
                tell_replies(account),
                tell_decisions(account),
            )
            if section is not None
        ),
    )


def _about(account: Account) -> Iterator[Sentence]:
    """When and where it is."""
    release = account.life.release
    if release.event is not None:
        when = format_when(release.event, release.language)
        place = release.event.place
        yield say("{when}, {place}", when=when, place=place) if place else say("{when}", when=when)


def _lead(account: Account) -> Iterator[Sentence]:
    ledger = account.ledger
    people = len(ledger.people)
    outlets = sum(1 for name in ledger.outlets if name)
    yield say(
        "{people} at {outlets}: {accepted} accepted, {failed} not reached.",
        people=say_many("{count} recipient", "{count} recipients", people),
        outlets=say_many("{count} outlet", "{count} outlets", outlets),
        accepted=ledger.count(_S.ACCEPTED),
        failed=ledger.count(_S.REJECTED, _S.BOUNCED),
    )
    if unknown := ledger.count(_S.UNKNOWN):
        yield say_many(
            "Of {count} it is not known whether it arrived.",
            "Of {count} it is not known whether they arrived.",
            unknown,
        )


def _dispatches(account: Account) -> Section:
    rows: list[Row] = []
    for figures in account.ledger.dispatches:
        record, counts = figures.record, figures.record.counts
        rows.append(
            (
                Coded(code=str(record.key), words=name_dispatch(record.key)),
                figures.first or record.begun_at or record.send_at or record.created_at,
                figures.last,
                counts.get(_S.ACCEPTED, 0),
                counts.get(_S.REJECTED, 0),
                counts.get(_S.BOUNCED, 0),
                counts.get(_S.UNKNOWN, 0),
                sum(counts.get(each, 0) for each in _OPEN),
                counts.get(_S.SKIPPED, 0),
            )
        )
    columns = (
        Column.of("dispatch", say("Dispatch")),
        Column.of("first", say("First mail")),
        Column.of("last", say("Last mail")),
        Column.of("accepted", say("Accepted")),
        Column.of("refused", say("Refused")),
        Column.of("bounced", say("Came back")),
        Column.of("unknown", say("Unknown")),
        Column.of("waiting", say("Waiting")),
        Column.of("skipped", say("Skipped")),
    )
    table = Table(
        code="dispatches",
        caption=say("Every dispatch of the release"),
        columns=columns,
        rows=tuple(rows),
    )
    return Section(heading=say("What went out"), tables=(table,))


def _states(account: Account) -> Section:
    ledger = account.ledger
    states = tuple(
        (Coded(code=status.value, words=name_status(status, 2)), ledger.count(status))
        for status in _S
        if ledger.count(status)
    )
    states_table = Table(
        code="states",
        caption=say("How the first mail to each recipient stands"),
        columns=(Column.of("state", say("State")), Column.of("people", say("Recipients"))),
        rows=states,
        drawn=1,
    )
    skips = tuple(
        (Coded(code=reason, words=name_skip(reason) or say("{reason}", reason=reason)), count)
        for reason, count in ledger.skips.most_common()
    )
    skipped = Table(
        code="skipped",
        caption=say("Who was left out, and why"),
        columns=(Column.of("reason", say("Reason")), Column.of("people", say("Recipients"))),
        rows=skips,
    )
    return Section(
        heading=say("How it stands"), tables=(states_table, *((skipped,) if skips else ()))
    )


def _groups(account: Account) -> Section:
    ledger = account.ledger
    return Section(
        heading=say("To whom"),
        tables=(
            _group_table("outlets", say("By outlet"), say("Outlet"), ledger.outlets),
            _group_table(
                "media_types", say("By kind of medium"), say("Medium"), ledger.media_types
            ),
        ),
    )


def _group_table(
    code: str, caption: Sentence, heading: Sentence, groups: dict[str, Group]
) -> Table:
    ordered = sorted(groups.values(), key=lambda each: (-each.people, each.name.casefold()))
    return Table(
        code=code,
        caption=caption,
        drawn=1,
        of_groups=True,
        columns=(
            Column.of("name", heading),
            Column.of("people", say("Recipients")),
            Column.of("accepted", say("Accepted")),
            Column.of("failed", say("Not reached")),
            Column.of("answered", say("Answered")),
            Column.of("coming", say("Coming")),
            Column.of("came", say("Came")),
        ),
        rows=tuple(_group_row(each) for each in islice(ordered, _OUTLETS)),
        left_out=max(0, len(ordered) - _OUTLETS),
    )


def _group_row(group: Group) -> Row:
    name: Cell = group.name or Coded(code="", words=say("(not stated)"))
    return (
        name,
        group.people,
        group.accepted,
        group.failed,
        group.answered,
        group.coming,
        group.came,
    )
