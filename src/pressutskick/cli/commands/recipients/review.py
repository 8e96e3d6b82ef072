"""`recipients review`: rows that no longer hold, one key each, written into the list."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.lists import Lists, To, fail_on_errors, named_lists
from pressutskick.cli.flags.shared import Json, Now
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.screen.console import plain, print_json, show_problems, talk
from pressutskick.errors import FileFault, InputError, Origin, Severity

if TYPE_CHECKING:
    from pressutskick.assembly.listfiles import OpenList
    from pressutskick.recipients.edits import ListEdits, Wish
    from pressutskick.recipients.fields import Field

DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help=_("Print the changes; write none of them."))
]


def review(
    lists: Lists = None,
    to: To = None,
    dry_run: DryRun = False,
    now: Now = "",
    as_json: Json = False,
) -> None:
    """Shows what should be looked at; in a terminal asks, and writes what is decided."""
    from pressutskick.actions.recipients.deciding import settle, wishes_of
    from pressutskick.actions.recipients.reviewing import review as find_findings
    from pressutskick.actions.recipients.reviewing import undated_tables
    from pressutskick.actions.recipients.traces import gather_traces
    from pressutskick.assembly.listfiles import open_lists
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.cli.asks.findings import ask_findings
    from pressutskick.cli.shows.lists.findings import finding_json, show_findings

    settings = command_settings()
    workspace = DiskWorkspace(settings)
    opened = open_lists(named_lists(lists, to), settings.workspace)
    rows = [row for each in opened for row in each.reading.recipients]
    log = workspace.look_into_log()
    moment = clock_now(now)
    findings = find_findings(rows, gather_traces(log), today=moment.date())
    if as_json:
        print_json({"rows": len(rows), "findings": list(map(finding_json, findings))})
        return
    problems = [problem for each in opened for problem in each.reading.problems]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    show_problems(errors)
    show_findings(findings, rows=len(rows))
    _tell_undated(undated_tables(rows))
    if findings and sys.stdin.isatty() and sys.stdout.isatty():
        decisions = ask_findings(findings)
        write_wishes(opened, wishes_of(decisions, moment.date()), now=moment, is_dry=dry_run)
        if not dry_run and workspace.has_log():
            settle(log, decisions, moment.astimezone(dt.UTC))
    elif findings:
        talk().print(plain(_("Run the command in a terminal to decide about them.")))
    fail_on_errors(errors)


def _tell_undated(files: Sequence[str]) -> None:
    for file in files:
        told = _(
            "{file} does not say when its rows were checked; what you look at here is noted "
            "in a column of its own.",
            file=file,
        )
        talk().print(plain(told, "dim"))


def added_headers() -> "Mapping[Field, str]":
    """What a column is called that a list does not have yet."""
    from pressutskick.recipients.fields import Field

    return {Field.CHECKED: _("checked"), Field.INFORMED: _("informed")}


def write_wishes(
    opened: "Sequence[OpenList]",
    wishes: "Sequence[Wish]",
    *,
    now: dt.datetime,
    is_dry: bool = False,
) -> None:
    """Writes into each list what is wished for its rows; prints what cannot be written there."""
    from pressutskick.recipients.edits import plan_edits

    for each in opened:
        own = [wish for wish in wishes if (wish.origin.file, wish.origin.sheet) == each.place]
        if own:
            edits = plan_edits(own, each.rows, each.columns, added_headers())
            _write(each, edits, now=now, is_dry=is_dry)


def _write(opened: "OpenList", edits: "ListEdits", *, now: dt.datetime, is_dry: bool) -> None:
    from pressutskick.assembly.listfiles import write_edits
    from pressutskick.cli.shows.lists.findings import edit_lines, unwritten_line

    place = Origin(file=opened.file.name, sheet=opened.sheet)
    is_written = False
    if edits and not is_dry:
        try:
            copy = write_edits(opened, edits, now)
        except (InputError, FileFault) as error:
            talk().print(plain(tell(error.sentence), "yellow"))
        else:
            is_written = True
            told = _("Written: {file}. As it was: {copy}", file=place.file, copy=copy.name)
            talk().print(plain(told))
    left = [] if is_written else list(edit_lines(edits, place))
    left += map(unwritten_line, edits.unwritten)
    if left and not is_dry:
        talk().print(plain(_("Please make these changes yourself:"), "bold"))
    for line in left:
        talk().print(plain(line))
