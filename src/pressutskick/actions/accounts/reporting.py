"""Accounting for what was sent: one release, or all dispatches of a period."""

import datetime as dt
from collections.abc import Iterator, Sequence

from pressutskick.actions.finding import find_dispatch, find_life
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.records import DispatchState
from pressutskick.message.model import Purpose
from pressutskick.report.account import Account
from pressutskick.report.ledger import Ledger
from pressutskick.report.page import Page, Row
from pressutskick.report.people import list_people
from pressutskick.report.period import Period, PeriodLedger, tell_period
from pressutskick.report.public import make_public
from pressutskick.report.release import tell_release

_NOT_ACCEPTED = tuple(each for each in DeliveryStatus if each is not DeliveryStatus.ACCEPTED)


def find_reported(
    log: DeliveryLog, name: str | None, workspace: Workspace, *, now: dt.datetime
) -> Life:
    """The release of that file, id, dispatch or number; the one sent last where none is named.

    Raises:
        InputNotFound: the log knows no such release.
        InputError: the document cannot be read.
    """
    record = find_dispatch(log, name or "newest", workspace, now=now)
    return find_life(log, record.key.release_id, workspace, now=now)


def account_for(life: Life, log: DeliveryLog) -> Account:
    """Everything that the log knows of the release, deliveries read one by one."""
    release_id = life.release.id
    ledger = Ledger()
    for record in life.dispatches:
        ledger.add(record, log.deliveries(record.id))
    answers = log.kept_answers(release_id)
    ledger.note_answers(answers)
    ledger.note_arrivals(log.arrivals(release_id))
    return Account(
        life=life,
        ledger=ledger,
        answers=answers,
        incoming=log.incoming(release_id=release_id),
        approvals=log.approvals(release_id),
        resolutions=log.resolutions(release_id),
    )


def report_release(account: Account, *, is_public: bool = False) -> Page:
    """The page of a release; for everybody where `is_public`."""
    return tell_release(account) if not is_public else make_public(tell_release(account))


def list_recipients(
    account: Account, log: DeliveryLog, *, all_of_them: bool = True
) -> Iterator[Row]:
    """A row for everybody who was meant, in the order of sending.

    Else only for those whose mail was not accepted, by status: of a hundred thousand they are few.
    """
    statuses: Sequence[DeliveryStatus | None] = (None,) if all_of_them else _NOT_ACCEPTED
    for record in account.life.of(Purpose.ANNOUNCE):
        for status in statuses:
            yield from list_people(account, log.deliveries(record.id, status=status))


def report_period(period: Period, log: DeliveryLog, *, is_public: bool = False) -> Page:
    """The page of all dispatches that began in the period."""
    ledger = PeriodLedger()
    for record in log.dispatches():
        begun = record.begun_at or record.created_at
        if record.state is DispatchState.SCHEDULED or not period.holds(begun):
            continue
        release_id = record.key.release_id
        is_first = record.key.purpose is Purpose.ANNOUNCE
        answered = log.answers(release_id) if is_first else {}
        ledger.add(record, log.deliveries(record.id), answered)
        ledger.left |= {
            each.key
            for each in log.incoming(release_id=release_id)
            if each.absence is not None and each.absence.has_left
        }
    page = tell_period(period, ledger)
    return make_public(page) if is_public else page
