"""The content of a public record: what is kept of a release for whoever asks in a year, or in fifty.

Rows and texts only; `bag` says what they are packed into, `readme` how a reader is told about them.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pressutskick.dispatch.delivery import Resolution
from pressutskick.dispatch.records import AttemptRecord, DeliveryRecord, DispatchRecord
from pressutskick.report.account import Account
from pressutskick.report.cells import cell_value
from pressutskick.report.page import Page, Row
from pressutskick.report.people import COLUMNS as PEOPLE_COLUMNS
from pressutskick.sentences import Sentence

#: Columns of the log: the first are those of everybody's copy, the others tell who somebody is.
_EVENT = ("when", "what", "dispatch", "delivery", "attempt", "opened", "committed", "phase")
_REPLY = ("status", "code", "enhanced", "fault", "decided_by")
_PERSONAL = ("address", "text", "message_id", "server_id")
APPROVAL_COLUMNS = (
    "approved_at",
    "approver",
    "person",
    "seal",
    "release",
    "templates",
    "selection",
    "settings",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows under the codes of their columns: a CSV file of the record."""

    path: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that goes into a record. `files` are kept as they are, by their path.

    `notes` say what is not in it and why, or in what it may differ from what was sent.
    """

    release_id: str
    title: str
    reference: str
    files: Mapping[str, bytes]
    sheets: tuple[Sheet, ...]
    page: Page
    notes: tuple[Sentence, ...] = ()
    last_event: dt.datetime
    has_recipients: bool = True


#: A dispatch, its deliveries, and the attempts of one by its id.
Deliveries = tuple[DispatchRecord, Iterable[DeliveryRecord]]
Tries = Callable[[int], Iterable[AttemptRecord]]


@dataclass(slots=True)
class Journal:
    """Every attempt and decision as rows of one table, oldest first."""

    has_people: bool
    _rows: list[dict[str, str | int | None]] = field(default_factory=list)
    _whose: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(
        self, dispatch: DispatchRecord, deliveries: Iterable[DeliveryRecord], tries: Tries
    ) -> None:
        """A dispatch with all that was tried in it."""
        for delivery in deliveries:
            address = delivery.recipient.mailbox.address
            self._whose[delivery.id] = str(dispatch.key), address
            common: dict[str, str | int | None] = {
                "dispatch": str(dispatch.key),
                "delivery": delivery.id,
                "address": address,
                "message_id": delivery.message_id,
                "server_id": delivery.server_id,
            }
            if not delivery.attempts:
                self._note(
                    delivery.updated_at, delivery.status.value, **common, status=delivery.reason
                )
            for attempt in tries(delivery.id):
                self._note(attempt.ended_at, "attempt", **common, **_attempt_cells(attempt))

    def _note(self, moment: dt.datetime | None, what: str, **cells: str | int | None) -> None:
        self._rows.append({"when": moment.isoformat() if moment else "", "what": what, **cells})

    def note_decisions(self, account: Account) -> None:
        """What people decided, what came back, who answered and who came."""
        for each in account.resolutions:
            dispatch, address = self._whose.get(each.delivery_id, ("", ""))
            what = "resend" if each.choice is Resolution.RESEND else "counts-as-accepted"
            self._note(
                each.decided_at,
                f"decision-{what}",
                dispatch=dispatch,
                delivery=each.delivery_id,
                attempt=each.attempt,
                address=address,
                decided_by=each.person,
            )
        for approval in account.approvals:
            self._note(approval.approved_at, "approval", decided_by=approval.approver)
        for dispatch_record in account.life.dispatches:
            self._note(
                dispatch_record.created_at,
                f"begun-{dispatch_record.key.purpose.value}",
                dispatch=str(dispatch_record.key),
                decided_by=dispatch_record.person,
            )
        for reply in account.incoming:
            said = reply.reply
            self._note(
                reply.taken_at,
                f"reply-{reply.kind.value}",
                delivery=reply.delivery_id,
                status=reply.state.value,
                code=said.code if said else None,
                enhanced=str(said.enhanced) if said and said.enhanced else None,
                text=said.text if said else reply.words,
                address=reply.key,
            )
        for key, kept in account.answers.items():
            self._note(
                kept.answered_at,
                "answer",
                status=kept.answer.value,
                text=kept.source,
                address=key,
            )

    @property
    def last_event(self) -> dt.datetime | None:
        """The moment of the last row that has one."""
        last = max((str(row["when"]) for row in self._rows if row["when"]), default="")
        return dt.datetime.fromisoformat(last) if last else None

    def sheet(self) -> Sheet:
        """All of it, oldest first; the same rows in the same order every time."""
        columns = [*_EVENT, *_REPLY, *(_PERSONAL if self.has_people else ())]
        rows = sorted(
            ([row.get(name) for name in columns] for row in self._rows),
            key=lambda row: [
                str(cell) if not isinstance(cell, int) else f"{cell:012}" for cell in row
            ],
        )
        return Sheet(path="log.csv", columns=columns, rows=rows)


def _attempt_cells(attempt: AttemptRecord) -> dict[str, str | int | None]:
    reply = attempt.reply
    return {
        "attempt": attempt.number,
        "opened": attempt.opened_at.isoformat(),
        "committed": attempt.committed_at.isoformat() if attempt.committed_at else None,
        "phase": attempt.phase.value,
        "status": attempt.status.value,
        "code": reply.code if reply else None,
        "enhanced": str(reply.enhanced) if reply and reply.enhanced else None,
        "fault": attempt.fault.value if attempt.fault else None,
        "text": reply.text if reply else attempt.detail,
    }


def sheet_people(rows: Iterable[Row]) -> Sheet:
    """Everybody who was meant, as codes and numbers."""
    return Sheet(
        path="recipients.csv",
        columns=[column.code for column in PEOPLE_COLUMNS],
        rows=[[cell_value(cell) for cell in row] for row in rows],
    )


def sheet_approvals(account: Account) -> Sheet:
    """Who approved what, by the digests of its parts."""
    return Sheet(
        path="approvals.csv",
        columns=APPROVAL_COLUMNS,
        rows=[
            [
                each.approved_at.isoformat(),
                each.approver,
                each.person,
                each.digests.whole,
                each.digests.release,
                each.digests.templates,
                each.digests.selection,
                each.digests.settings,
            ]
            for each in account.approvals
        ],
    )


def sheet_arrivals(arrivals: Iterable[tuple[dt.datetime, str, str, str]]) -> Iterator[Sheet]:
    """Who came, where anybody did: moment, key of who was invited, name and outlet of who was not."""
    rows = [[moment.isoformat(), *rest] for moment, *rest in arrivals]
    if rows:
        yield Sheet(path="arrivals.csv", columns=("came", "address", "name", "outlet"), rows=rows)


def name_message(number: int, dispatch: DispatchRecord, language: str, edition: int) -> str:
    """`messages/02-correction-1-sv.eml`; `edition` counts from 0 those of one language."""
    key = dispatch.key
    more = f"-{edition + 1}" if edition else ""
    return f"messages/{number:02}-{key.purpose.value}-{key.number}-{language}{more}.eml"


def name_bag(record: Record) -> str:
    """The folder that a bag is, from the number in the diary: `KS2026-00123-invigning`."""
    words = f"{record.reference}-{record.release_id}"
    return re.sub(r"[^\w.-]+", "-", words).strip("-.") or "record"


def list_facts(
    record: Record, organisation: str | None, version: str
) -> tuple[tuple[str, str], ...]:
    """What bag-info.txt says (RFC 8493 section 2.2.2); the date is that of the last event."""
    return (
        ("Source-Organization", organisation or ""),
        ("External-Identifier", record.reference),
        ("External-Description", record.title),
        ("Internal-Sender-Identifier", record.release_id),
        ("Bagging-Date", record.last_event.date().isoformat()),
        ("Bag-Software-Agent", f"pressutskick {version}"),
    )
