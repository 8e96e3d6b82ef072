"""`recipients suppress | allow | list-suppressed`: who must not be mailed."""

import datetime as dt
import sys
from typing import Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now, parse_day
from pressutskick.cli.flags.shared import Csv, Json
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import plain, print_json, talk
from pressutskick.errors import UsageError
from pressutskick.mail import comparison_key
from pressutskick.recipients.suppression import SuppressionReason, SuppressionScope
from pressutskick.sentences import say

Addresses = Annotated[
    list[str],
    typer.Argument(
        metavar="ADDRESS...",
        help=_("One or more addresses."),
        autocompletion=completing.offer_addresses,
    ),
]


def read_address(text: str) -> str:
    """The address in the form that we mail.

    Raises:
        UsageError: it is none.
    """
    from pressutskick.recipients.address import AddressFault, parse_address

    try:
        return parse_address(text)
    except AddressFault as fault:
        raise UsageError(fault.sentence) from fault


def suppress(
    addresses: Addresses,
    reason: Annotated[
        SuppressionReason, typer.Option(help=_("opt_out, bounced, or muted with --until."))
    ] = SuppressionReason.OPT_OUT,
    scope: Annotated[
        SuppressionScope, typer.Option("--for", help=_("Bar everything, or reminders only."))
    ] = SuppressionScope.EVERYTHING,
    until: Annotated[
        str, typer.Option(metavar="DATE", help=_("The last day that it holds, such as 2026-12-31."))
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="TEXT", help=_("Who or what asked for it, such as a call."))
    ] = "",
) -> None:
    """Keeps the entry in the delivery log; every dispatch honours it."""
    from pressutskick.assembly.log import open_delivery_log
    from pressutskick.recipients.suppression import Suppression

    if reason is SuppressionReason.ERASED:
        raise UsageError(
            say("Erasing a person is more than barring them."),
            remedy=say("Run: pressutskick person forget ADDRESS"),
        )
    last_day = _parse_day(until)
    if last_day is not None and reason is SuppressionReason.OPT_OUT:
        reason = SuppressionReason.MUTED
    keys = [comparison_key(read_address(address)) for address in addresses]

    log = open_delivery_log(command_settings())
    for key in keys:
        log.suppress(
            Suppression(
                key=key,
                reason=reason,
                scope=scope,
                source=source,
                until=last_day,
                created=clock_now(""),
            ),
        )
    talk().print(
        plain(_n("{count} address is barred.", "{count} addresses are barred.", len(keys)))
    )


def _parse_day(text: str) -> dt.date | None:
    return parse_day(text, "--until") if text else None


def allow(
    addresses: Addresses,
    erased: Annotated[
        bool, typer.Option("--erased", help=_("Lift the bar of a person who was erased."))
    ] = False,
) -> None:
    """Takes the entries away; the mark of an erased person only with --erased."""
    from pressutskick.assembly.log import has_delivery_log, open_delivery_log

    keys = [comparison_key(read_address(address)) for address in addresses]
    settings = command_settings()
    # Without a log nobody is barred, and none is made for that.
    has_log = has_delivery_log(settings, is_sandbox=False)
    logs = [open_delivery_log(settings)] if has_log else []
    lifted = sum(log.lift(key, is_erased=erased) for log in logs for key in keys)
    talk().print(plain(_n("{count} bar is lifted.", "{count} bars are lifted.", lifted)))


def list_suppressed(
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """All entries, oldest first; of erased persons only that there are some."""
    from pressutskick.assembly.log import load_suppressions
    from pressutskick.cli.shows.recipients import show_suppressions
    from pressutskick.exports.csv import write_csv
    from pressutskick.recipients.transcript import describe_suppression

    settings = command_settings()
    entries = [entry for found in load_suppressions(settings).entries.values() for entry in found]
    described = list(map(describe_suppression, sorted(entries, key=lambda entry: entry.created)))
    if as_json:
        print_json({"suppressions": described})
    elif as_csv:
        header = ("key", "reason", "scope", "until", "created", "source")
        write_csv(sys.stdout, header, ([entry[name] for name in header] for entry in described))
    else:
        show_suppressions(sorted(entries, key=lambda entry: entry.created))
