"""Dispatches and deliveries of the log: as tables, JSON and CSV."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rich.table import Table
from rich.text import Text

from pressutskick.cli.language import _, _n, decimal
from pressutskick.cli.shows.screen.console import out, plain, print_table
from pressutskick.cli.shows.words import (
    fault_word,
    phase_word,
    purpose_word,
    skip_word,
    status_style,
    status_word,
)
from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.delivery import DeliveryStatus, Resolution
from pressutskick.dispatch.records import (
    AttemptRecord,
    DeliveryRecord,
    DispatchRecord,
    ResolutionRecord,
)
from pressutskick.exports.csv import write_csv
from pressutskick.release.zone import ZONE

#: Columns of a terminal on which the outlet has room too.
_WIDE = 110


def show_dispatches(records: Sequence[DispatchRecord]) -> None:
    """One line for each, with its deliveries counted."""
    if not records:
        out().print(plain(_("Nothing was sent from here yet.")))
        return
    # Of one person alone it need not be told on each line.
    has_several = len({record.person for record in records}) > 1
    by = [_("By")] if has_several else []
    table = _table(_("No."), _("Dispatch"), _("Begun"), _("What"), *by, _("Deliveries"))
    for record in records:
        table.add_row(
            str(record.id),
            plain(record.key),
            plain(_tell_begin(record)),
            plain(purpose_word(record.key.purpose)),
            *([plain(record.person)] if has_several else []),
            _counts(record),
        )
    print_table(table)


#: Gives the attempts of a delivery by its id.
Tries = Callable[[int], Iterable[AttemptRecord]]


def show_deliveries(
    record: DispatchRecord, deliveries: Iterable[DeliveryRecord], tries: Tries | None = None
) -> None:
    """One line for each, with the relay's last reply or the reason of a skip.

    With `tries` a line for each attempt follows.
    """
    out().print(plain(record.title, "bold"))
    facts = (record.key, purpose_word(record.key.purpose), _tell_begin(record), record.person)
    heading = plain("".join(f"{fact}  " for fact in facts if fact), "dim")
    out().print(heading.append_text(_counts(record)))
    with_outlet = not out().is_terminal or out().width >= _WIDE
    outlet = [_("Outlet")] if with_outlet else []
    table = _table(_("Recipient"), _("Status"), _("When"), *outlet, _("Answer"))
    for column in table.columns[:3]:
        column.no_wrap = True
    clock = _clock if with_outlet else _clock_after(record)
    for delivery in deliveries:
        table.add_row(
            plain(delivery.recipient.mailbox.address),
            plain(status_word(delivery.status), status_style(delivery.status)),
            clock(delivery.updated_at),
            *([plain(delivery.recipient.outlet or "")] if with_outlet else []),
            plain(tell_answer(delivery), "dim"),
        )
        for attempt in tries(delivery.id) if tries else ():
            table.add_row(
                plain(_("  attempt {number}", number=attempt.number), "dim"),
                plain(status_word(attempt.status), status_style(attempt.status)),
                clock(attempt.ended_at),
                *([""] if with_outlet else []),
                plain(_tell_attempt(attempt), "dim"),
            )
    print_table(table)


def show_decisions(approvals: Iterable[Approval], decisions: Iterable[ResolutionRecord]) -> None:
    """Who has approved it, and who has decided about unknown or refused ones: a line for each."""
    for approval in approvals:
        person = f" ({approval.person})" if approval.person else ""
        told = _(
            "{clock} approved by {name}", clock=_clock(approval.approved_at), name=approval.approver
        )
        out().print(plain(told + person, "dim"))
    alike = Counter((each.decided_at, each.choice, each.person) for each in decisions)
    for (moment, choice, person), count in alike.items():
        words = {
            Resolution.RESEND: _n(
                "{count} to be mailed again", "{count} to be mailed again", count
            ),
            Resolution.LEAVE: _n("{count} counts as accepted", "{count} count as accepted", count),
        }
        told = _(
            "{clock} {person} decided: {what}",
            clock=_clock(moment),
            person=person or "-",
            what=words[choice],
        )
        out().print(plain(told, "dim"))


def tell_answer(delivery: DeliveryRecord) -> str:
    """What the relay said last, why it was skipped, or when it is tried again."""
    if delivery.status is DeliveryStatus.SKIPPED:
        return skip_word(delivery.reason or "")
    fault = fault_word(delivery.fault) if delivery.fault else ""
    said = str(delivery.reply) if delivery.reply else fault
    if delivery.next_attempt_at is not None:
        again = delivery.next_attempt_at.astimezone(ZONE).strftime("%H:%M")
        return _("{answer} (again after {clock})", answer=said, clock=again)
    return said


def _tell_attempt(attempt: AttemptRecord) -> str:
    """The answer, the phase that it belongs to, and how long it took."""
    seconds = (attempt.ended_at - attempt.opened_at).total_seconds()
    fault = fault_word(attempt.fault) if attempt.fault else ""
    said = str(attempt.reply) if attempt.reply else fault
    return f"{said} ({phase_word(attempt.phase)}, {decimal(seconds)} s)"


def dispatch_json(record: DispatchRecord) -> dict[str, object]:
    """A dispatch for programs."""
    return {
        "number": record.id,
        "dispatch": str(record.key),
        "release": record.key.release_id,
        "purpose": record.key.purpose.value,
        "title": record.title,
        "state": record.state.value,
        "begun": record.begun_at.isoformat() if record.begun_at else None,
        "send_at": record.send_at.isoformat() if record.send_at else None,
        "person": record.person or None,
        "counts": {status.value: count for status, count in record.counts.items()},
    }


def delivery_json(delivery: DeliveryRecord, tries: Tries | None = None) -> dict[str, object]:
    """A delivery for programs, with its attempts where they are wanted."""
    reply, due = delivery.reply, delivery.next_attempt_at
    found = {"tries": list(map(_attempt_json, tries(delivery.id)))} if tries else {}
    return {
        "address": delivery.recipient.mailbox.address,
        "name": delivery.recipient.name,
        "outlet": delivery.recipient.outlet,
        "status": delivery.status.value,
        "reason": delivery.reason,
        "attempts": delivery.attempts,
        "code": reply.code if reply else None,
        "enhanced": str(reply.enhanced) if reply and reply.enhanced else None,
        "text": reply.text if reply else None,
        "fault": delivery.fault.value if delivery.fault else None,
        "message_id": delivery.message_id,
        "server_id": delivery.server_id,
        "updated": delivery.updated_at.isoformat(),
        "next_attempt": due.isoformat() if due else None,
        **found,
    }


def _attempt_json(attempt: AttemptRecord) -> dict[str, object]:
    reply, committed = attempt.reply, attempt.committed_at
    return {
        "number": attempt.number,
        "status": attempt.status.value,
        "phase": attempt.phase.value,
        "code": reply.code if reply else None,
        "enhanced": str(reply.enhanced) if reply and reply.enhanced else None,
        "text": reply.text if reply else None,
        "fault": attempt.fault.value if attempt.fault else None,
        "opened": attempt.opened_at.isoformat(),
        "committed": committed.isoformat() if committed else None,
        "ended": attempt.ended_at.isoformat(),
    }


def write_delivery_csv(deliveries: Iterable[DeliveryRecord]) -> None:
    """The same columns as CSV on stdout; no cell is a formula."""
    columns = (
        *("address", "name", "outlet", "status", "reason", "attempts", "code", "enhanced"),
        *("text", "fault", "message_id", "server_id", "updated", "next_attempt"),
    )
    rows = map(delivery_json, deliveries)
    write_csv(sys.stdout, columns, ([row[column] for column in columns] for row in rows))


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(plain(heading), overflow="fold")
    return table


def _counts(record: DispatchRecord) -> Text:
    line = Text()
    for status in DeliveryStatus:
        if record.counts.get(status):
            line.append(", " if line else "")
            count = record.counts[status]
            line.append(f"{count} ")
            line.append(status_word(status, count), style=status_style(status))
    return line


def _tell_begin(record: DispatchRecord) -> str:
    """When it began; of what has not, when it is to, with a word that says so."""
    if record.begun_at is None and record.send_at is not None:
        return _("planned {clock}", clock=_clock(record.send_at))
    return _clock(record.begun_at or record.created_at)


def _clock_after(record: DispatchRecord) -> Callable[[dt.datetime], str]:
    """Leaves out the day that stands above already: a narrow terminal needs the room."""
    begun = (record.begun_at or record.created_at).astimezone(ZONE).date()

    def tell(moment: dt.datetime) -> str:
        local = moment.astimezone(ZONE)
        return f"{local:%H:%M}" if local.date() == begun else _clock(moment)

    return tell


def _clock(moment: dt.datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
