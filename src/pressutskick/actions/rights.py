"""The rights of the people on the lists: to be told what is held, to be forgotten, to be outlived."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pressutskick.dispatch.log import DeliveryLog, PersonalData
from pressutskick.dispatch.persons import OldDispatch, PersonRecord
from pressutskick.errors import UsageError
from pressutskick.mail import comparison_key
from pressutskick.recipients.held import HeldRows
from pressutskick.sentences import say
from pressutskick.settings.model import Settings


class Holdings(Protocol):
    """Everything in a workspace by which a person is known."""

    @property
    def settings(self) -> Settings:
        """What this run is told."""

    def logs(self) -> Mapping[str, DeliveryLog | None]:
        """The real log (`log`) and that of rehearsals (`rehearsals`), None where there is none.

        Raises:
            DeliveryLogError: one is there and cannot be used.
        """

    def open_log(self) -> DeliveryLog:
        """The real log, made if need be: it keeps the mark that bars mail to who was forgotten.

        Raises:
            DeliveryLogError: it cannot be used.
        """

    def search_lists(self, key: str, known: Mapping[str, bool]) -> HeldRows:
        """Rows of lists in which the comparison key stands.

        `known` are files that a log names, and whether one to this mailbox came from there.
        """

    def remove_messages(self, key: str) -> int:
        """Deletes rehearsed messages to the comparison key; how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held about one person, in lists and logs."""

    key: str
    lists: HeldRows
    records: Mapping[str, PersonRecord | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was erased, and where the person still stands."""

    deliveries: int
    messages: int
    held: HeldRows


def describe_person(address: str, holdings: Holdings) -> Held:
    """Everything by which the person is known here.

    Raises:
        DeliveryLogError: a log cannot be used.
    """
    key, logs = comparison_key(address), holdings.logs()
    return Held(
        key=key,
        lists=_search(key, holdings, logs),
        records={name: log.person(key) if log else None for name, log in logs.items()},
    )


def forget_person(address: str, holdings: Holdings) -> Forgotten:
    """Makes the person unrecognisable in the logs and removes their kept messages, for good.

    Raises:
        DispatchInProgress: a run has a message to them in hand.
        DeliveryLogError: a log cannot be written.
    """
    key = comparison_key(address)
    # The log forgets which list the person stood on.
    held = _search(key, holdings, holdings.logs())
    rehearsals = holdings.logs()["rehearsals"]
    logs = [holdings.open_log(), *([rehearsals] if rehearsals else [])]
    deliveries = sum(log.erase(address).deliveries for log in logs)
    return Forgotten(deliveries=deliveries, messages=holdings.remove_messages(key), held=held)


def _search(key: str, holdings: Holdings, logs: Mapping[str, DeliveryLog | None]) -> HeldRows:
    known: dict[str, bool] = {}
    for log in logs.values():
        for file, is_own in (log.lists(key) if log else {}).items():
            known[file] = known.get(file, False) or is_own
    return holdings.search_lists(key, known)


def retention_limit(settings: Settings, months: int | None, now: dt.datetime) -> dt.datetime:
    """Before when people are to be outlived: `months` ago, or as the setting has it.

    Raises:
        UsageError: neither says how long.
    """
    months = months or settings.retention_months
    if months is None:
        raise UsageError(
            say("No retention time is set."),
            remedy=say("Set PRESSUTSKICK_RETENTION_MONTHS, or use --older-than MONTHS."),
        )
    return months_before(now, months)


def list_outlived(log: PersonalData | None, before: dt.datetime) -> tuple[OldDispatch, ...]:
    """Dispatches in which nothing has happened since `before` and whose people still show."""
    return log.find_old(before) if log is not None else ()


def months_before(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months earlier, or that month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)
