"""`report`: what happened to a release, or in a period; in the terminal and as files."""

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.panels import Panel
from pressutskick.cli.flags.shared import Csv, Force, Json, LogSandbox
from pressutskick.cli.language import _, language_in_use, tell
from pressutskick.cli.shows.screen.console import plain, print_json, talk
from pressutskick.errors import UsageError
from pressutskick.release.zone import tell_moment
from pressutskick.report.page import Column, Page, Row
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.dispatch.life import Life
    from pressutskick.dispatch.log import DeliveryLog
    from pressutskick.report.period import Period

#: People of a sheet; of more, only those whose mail was not accepted.
_SHEET_PEOPLE = 10_000


def report(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE|DISPATCH]",
            help=_("The release's file, its id or a dispatch's number; the last one without it."),
        ),
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help=_("All dispatches of a year, a quarter or a month: 2026, 2026-Q3, 2026-07."),
        ),
    ] = "",
    public: Annotated[
        bool,
        typer.Option(
            "--public", help=_("For everybody: nobody is named, small numbers are left out.")
        ),
    ] = False,
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=_("Write a page for the browser, or a workbook, here."),
            rich_help_panel=Panel.OUTPUT,
        ),
    ] = "",
    as_csv: Csv = False,
    as_workbook: Annotated[
        bool,
        typer.Option("--xlsx", help=_("Write an Excel workbook."), rich_help_panel=Panel.OUTPUT),
    ] = False,
    force: Force = False,
    sandbox: LogSandbox = False,
    as_json: Json = False,
) -> None:
    """Tells what came of a release or of a period."""
    from pressutskick.actions.accounts.reporting import find_reported
    from pressutskick.actions.finding import require_log
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.cli.shows.accounts.page import show_page
    from pressutskick.report.cells import page_document
    from pressutskick.report.period import parse_period

    if name is not None and period:
        raise UsageError(say("Name a release or a period, not both."))
    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox)
    log = require_log(workspace, only_looks=True)
    now = clock_now("").astimezone(dt.UTC)
    if period:
        told = _tell_period(parse_period(period), log, is_public=public)
    else:
        life = find_reported(log, name, workspace, now=now)
        told = _tell_release(life, log, is_public=public)
    if as_workbook or output.lower().endswith(".xlsx"):
        _write(_make_workbook(told, now), output or f"report-{told.label}.xlsx", force=force)
    elif output:
        _write(_make_page(told.page, now), output, force=force)
    elif as_json:
        print_json(page_document(told.page))
    elif as_csv:
        _print_csv(told)
    else:
        show_page(told.page)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A page, what its files are called, and the rows that a spreadsheet wants."""

    page: Page
    label: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    #: Rows of people beside the page's own tables, for a workbook.
    people: Iterable[Row] | None = None


def _tell_period(period: "Period", log: "DeliveryLog", *, is_public: bool) -> _Told:
    from pressutskick.actions.accounts.reporting import report_period

    page = report_period(period, log, is_public=is_public)
    return _Told(page=page, label=period.name, **_main_table(page, "dispatches"))


def _tell_release(life: "Life", log: "DeliveryLog", *, is_public: bool) -> _Told:
    from pressutskick.actions.accounts.reporting import account_for, list_recipients, report_release
    from pressutskick.report.people import COLUMNS

    account = account_for(life, log)
    page, label = report_release(account, is_public=is_public), life.release.id
    if is_public:
        return _Told(page=page, label=label, **_main_table(page, "outlets"))
    is_few = len(account.ledger.people) <= _SHEET_PEOPLE
    rows, people = list_recipients(account, log), list_recipients(account, log, all_of_them=is_few)
    return _Told(page=page, label=label, columns=COLUMNS, rows=rows, people=people)


def _main_table(page: Page, code: str) -> dict[str, Any]:
    table = page.table(code)
    return {"columns": table.columns, "rows": table.rows} if table else {"columns": (), "rows": ()}


def _make_page(page: Page, now: dt.datetime) -> str:
    from pressutskick import __version__
    from pressutskick.report.html import write_html

    made = say(
        "Made {moment} by pressutskick {version}.", moment=tell_moment(now), version=__version__
    )
    return write_html(page, language=language_in_use(), tell=tell, colophon=made)


def _make_workbook(told: _Told, now: dt.datetime) -> bytes:
    """A sheet of people, and one for each table."""
    from pressutskick.exports.workbook import Sheet, make_workbook
    from pressutskick.report.cells import sheet_cell

    def sheet(name: str, columns: Sequence[Column], rows: Iterable[Row]) -> Sheet:
        return Sheet(
            name=name,
            header=[tell(column.heading) for column in columns],
            rows=([sheet_cell(cell, tell) for cell in row] for row in rows),
        )

    sheets = [sheet(tell(each.caption), each.columns, each.rows) for each in told.page.tables]
    if told.people is not None:
        sheets.insert(0, sheet(_("Recipients"), told.columns, told.people))
    return make_workbook(*sheets, made_at=now)


def _print_csv(told: _Told) -> None:
    """The column's codes head it, as in JSON; cells are in the person's language."""
    from pressutskick.exports.csv import write_csv
    from pressutskick.report.cells import cell_text

    header = [column.code for column in told.columns]
    write_csv(sys.stdout, header, ([cell_text(cell, tell) for cell in row] for row in told.rows))


def _write(content: str | bytes, output: str, *, force: bool) -> None:
    from pressutskick.exports.private import write_private

    write_private(Path(output), content, force=force)
    if output != "-":
        talk().print(plain(_("Written: {file}", file=output)))
