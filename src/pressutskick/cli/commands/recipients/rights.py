"""`recipients forget | export | strip`: the rights of the people on the lists."""

import datetime as dt
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.assembly.lists import find_held_rows
from pressutskick.assembly.log import database_path, open_delivery_log
from pressutskick.cli.commands.recipients.suppress import read_address
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.files import Force, Output
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.console import json_text, plain, print_table, talk
from pressutskick.cli.shows.person import person_json
from pressutskick.cli.shows.recipients import make_table
from pressutskick.cli.typed import require_typed
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.errors import UsageError
from pressutskick.exports.private import write_private
from pressutskick.mail import comparison_key
from pressutskick.recipients.address import address_pattern
from pressutskick.recipients.transcript import describe_recipient
from pressutskick.sentences import say
from pressutskick.settings.model import Settings
from pressutskick.sources.lists.heldrows import HeldRows

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help=_("The person's address."))]
Yes = Annotated[bool, typer.Option("-y", "--yes", help=_("Do not ask."))]

_OUTBOX = "outbox"


def _logs(settings: Settings) -> list[DeliveryLog]:
    """The real log, made if need be, and the rehearsals' where there is one."""
    logs = [open_delivery_log(settings)]
    if database_path(settings, is_sandbox=True).exists():
        logs.append(open_delivery_log(settings, is_sandbox=True))
    return logs


def _confirm(question: str, wanted: str) -> None:
    require_typed(
        wanted,
        question,
        nobody=say("Nobody is here to confirm, so nothing was changed."),
        remedy=say("Run the command again with --yes."),
        declined=say("Nothing was changed."),
    )


def forget(address: Address, yes: Yes = False) -> None:
    """Makes the person unrecognisable in the logs, removes their kept messages, tells what is left."""
    settings, wanted = command_settings(), read_address(address)
    if not yes:
        _confirm(
            _("This cannot be undone. Type the address again to erase {address}:", address=wanted),
            address.strip(),
        )
    # The log forgets which list the person stood on.
    held = find_held_rows(settings, wanted)
    deliveries = sum(log.erase(wanted).deliveries for log in _logs(settings))
    messages = _remove_messages(settings.workspace / _OUTBOX, wanted)
    talk().print(
        plain(
            _(
                "Erased. Deliveries: {deliveries}, kept messages: {messages}. Nobody will mail this "
                "address again, even if a list holds it.",
                deliveries=deliveries,
                messages=messages,
            ),
            "bold",
        )
    )
    _tell_held(held)
    talk().print(plain(_("Backups and files that you saved elsewhere are yours to clean."), "dim"))


def _tell_held(held: HeldRows) -> None:
    """Where the person still stands, and where nobody could look."""
    for row in held.rows:
        told = _("Still in a list of yours; remove the row: {place}", place=str(row.origin))
        talk().print(plain(told, "yellow"))
    for file in held.gone:
        told = (
            _("A pasted list held the address; see to it that it is kept nowhere.")
            if file == "-"
            else _(
                "The address came from {file}, which is not there any more; wherever that list "
                "is now, remove the row.",
                file=file,
            )
        )
        talk().print(plain(told, "yellow"))
    for file in held.unread:
        told = _("{file} could not be looked through; look for the address there.", file=file)
        talk().print(plain(told, "yellow"))


def _remove_messages(folder: Path, address: str) -> int:
    """Deletes rehearsed messages to the address; how many."""
    if not folder.is_dir():
        return 0
    wanted = address_pattern(comparison_key(address))
    found = [path for path in sorted(folder.rglob("*.eml")) if wanted.search(_receiver(path))]
    for path in found:
        path.unlink()
    return len(found)


def _receiver(path: Path) -> str:
    """The `To` header of a kept message; addresses stand in it as they are."""
    with path.open("rb") as stream:
        return str(BytesHeaderParser().parse(stream)["To"] or "")


def export(address: Address, output: Output = Path("-"), force: Force = False) -> None:
    """Lists, log and rehearsals: everything by which the person is known here."""
    settings = command_settings()
    key = comparison_key(read_address(address))
    lists = find_held_rows(settings, key)
    held: dict[str, object] = {
        "address": key,
        "lists": [describe_recipient(row.recipient) for row in lists.rows if row.recipient],
        "other_rows": [
            {"origin": str(row.origin), "cells": list(row.cells)}
            for row in lists.rows
            if not row.recipient
        ],
        "lists_gone": list(lists.gone),
        "lists_unread": list(lists.unread),
    }
    for name, is_sandbox in (("log", False), ("rehearsals", True)):
        if database_path(settings, is_sandbox=is_sandbox).exists():
            log = open_delivery_log(settings, is_sandbox=is_sandbox)
            held[name] = person_json(log.person(key))
        else:
            held[name] = None
    write_private(output, json_text(held), force=force)


def strip(
    older_than: Annotated[
        int | None,
        typer.Option("--older-than", metavar="MONTHS", min=1, help=_("Instead of the setting.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help=_("Only show what would be stripped."))
    ] = False,
    yes: Yes = False,
) -> None:
    """Shows which dispatches are due, asks, and makes their people unrecognisable."""
    settings = command_settings()
    months = older_than or settings.retention_months
    if months is None:
        raise UsageError(
            say("No retention time is set."),
            remedy=say("Set PRESSUTSKICK_RETENTION_MONTHS, or use --older-than MONTHS."),
        )
    before = months_before(clock_now(""), months)
    log = open_delivery_log(settings) if settings.database.exists() else None
    old = log.find_old(before) if log is not None else ()
    if log is None or not old:
        talk().print(plain(_("Nothing is older than {day}.", day=before.date())))
        return
    table = make_table(_("Dispatch"), _("Title"), _("Deliveries"), _("Last change"))
    for dispatch in old:
        table.add_row(
            plain(dispatch.key),
            plain(dispatch.title),
            str(dispatch.deliveries),
            dispatch.last_change.date().isoformat(),
        )
    print_table(table)
    if dry_run:
        return
    count = sum(dispatch.deliveries for dispatch in old)
    if not yes:
        _confirm(
            _(
                "Names and addresses of these deliveries go for good; counts and outlets stay. "
                "Type {count} to go on:",
                count=count,
            ),
            str(count),
        )
    stripped = log.strip_old(before)
    talk().print(
        plain(_n("{count} delivery was stripped.", "{count} deliveries were stripped.", stripped))
    )


def tell_retention(settings: Settings) -> None:
    """Says beforehand what the retention setting will take; nothing where it is not set."""
    if settings.retention_months is None or not settings.database.exists():
        return
    before = months_before(clock_now(""), settings.retention_months)
    count = sum(old.deliveries for old in open_delivery_log(settings).find_old(before))
    if count:
        talk().print(
            plain(
                _n(
                    "{count} delivery is older than {months} months; remove its name and address "
                    "with: pressutskick recipients strip",
                    "{count} deliveries are older than {months} months; remove their names and "
                    "addresses with: pressutskick recipients strip",
                    count,
                    months=settings.retention_months,
                ),
                "yellow",
            )
        )


def months_before(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months earlier, or that month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)
