"""`recipients`: look at lists, check, compare and join them; and the rest of the group."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.assembly import load_recipients, load_suppressions
from pressutskick.cli import columnmap, listfiles, persondata, suppressing
from pressutskick.cli.clock import clock_now
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags import SelectionFlags
from pressutskick.cli.language import _, _n
from pressutskick.cli.listfiles import Force, Json, Output
from pressutskick.cli.recipientviews import show_choices, show_difference
from pressutskick.cli.sendflags import Now
from pressutskick.cli.spreading import spread
from pressutskick.cli.views import plain, print_json, problem_json, show_problems, talk
from pressutskick.errors import ExitStatus, Problem, Severity, UsageError
from pressutskick.recipients.audit import audit, audit_domains
from pressutskick.recipients.difference import compare
from pressutskick.recipients.merging import merge_duplicates
from pressutskick.recipients.selection import find_unmatched, select
from pressutskick.recipients.transcript import describe_recipient
from pressutskick.sentences import say

app = typer.Typer(add_completion=False, rich_markup_mode="rich", no_args_is_help=True)

Lists = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LIST...", help=_("Files, or names in recipients/; FILE#SHEET names a sheet.")
    ),
]
To = Annotated[
    list[str] | None, typer.Option("--to", metavar="LIST", help=_("The same, as in send."))
]
#: Warnings and hints of one kind that are shown to a person.
_OF_EACH_KIND = 20


def _named(*given: list[str] | None) -> list[str]:
    """The lists that were named, in whichever way.

    Raises:
        UsageError: none was.
    """
    names = [name for some in given for name in some or ()]
    if not names:
        raise UsageError(
            say("No list is named."),
            remedy=say("Name a file, or one in recipients/: recipients show redaktioner"),
        )
    return names


def _fail_on_errors(problems: tuple[Problem, ...]) -> None:
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(ExitStatus.DATA)


@app.command(help=_("Show who would get a mail, in the order of sending, and who not and why."))
@spread
def show(
    lists: Lists = None,
    to: To = None,
    *,
    meant: SelectionFlags,
    reminder: Annotated[
        bool, typer.Option("--reminder", help=_("As for a reminder: those who want none are out."))
    ] = False,
    now: Now = "",
    as_json: Json = False,
) -> None:
    """Reads the lists, applies the flags and the suppressions."""
    settings = command_settings()
    loaded = load_recipients(_named(lists, to), settings.workspace)
    choices = select(
        loaded.recipients,
        meant.selection,
        load_suppressions(settings),
        today=clock_now(now).date(),
        is_reminder=reminder,
    )
    problems = (*loaded.problems, *find_unmatched(loaded.recipients, meant.selection))
    if as_json:
        print_json(
            {
                "recipients": [
                    {
                        **describe_recipient(choice.recipient),
                        "selected": choice.is_selected,
                        "reason": choice.reason,
                    }
                    for choice in choices
                ],
                "problems": list(map(problem_json, problems)),
            }
        )
    else:
        _show_some(problems)
        show_choices(choices)
    _fail_on_errors(loaded.problems)


@app.command(help=_("Check lists: faulty rows, likely slips, old rows; --online asks for domains."))
def check(
    lists: Lists = None,
    to: To = None,
    online: Annotated[
        bool, typer.Option("--online", help=_("Ask the name system which domains take mail."))
    ] = False,
    max_age: Annotated[
        int,
        typer.Option(
            "--max-age", metavar="DAYS", min=1, help=_("Tell of rows that were checked longer ago.")
        ),
    ] = 365,
    now: Now = "",
    as_json: Json = False,
) -> None:
    """Tells every problem of every list; exit status 65 where a row is faulty."""
    settings = command_settings()
    loaded = load_recipients(_named(lists, to), settings.workspace)
    found = [
        *loaded.problems,
        *audit(
            loaded.recipients,
            today=clock_now(now).date(),
            max_age=dt.timedelta(days=max_age),
        ),
    ]
    if online:
        from pressutskick.sources.domains import look_up_domains

        health = look_up_domains(recipient.mailbox.domain for recipient in loaded.recipients)
        found += audit_domains(loaded.recipients, health)
    found += listfiles.exposed_lists(settings.workspace)
    problems = _each_once(found)
    if as_json:
        print_json({"problems": list(map(problem_json, problems))})
    else:
        _show_some(problems)
        talk().print(plain(_tell_counts(len(loaded.recipients), problems), "bold"))
        persondata.tell_retention(settings)
    _fail_on_errors(loaded.problems)


def _show_some(problems: tuple[Problem, ...]) -> None:
    """The first of each kind that is no error, so that errors are not buried; all errors."""
    counts: Counter[str] = Counter()
    shown: list[Problem] = []
    for problem in problems:
        counts[problem.code] += 1
        if problem.severity is Severity.ERROR or counts[problem.code] <= _OF_EACH_KIND:
            shown.append(problem)
    show_problems(shown)
    left_out = len(problems) - len(shown)
    if left_out:
        told = _n(
            "{count} more of these kinds; --json shows all.",
            "{count} more of these kinds; --json shows all.",
            left_out,
        )
        talk().print(plain(told, "dim"))


def _each_once(problems: list[Problem]) -> tuple[Problem, ...]:
    """Reading and auditing both see two names of one mailbox."""
    by_place = {(str(problem.origin), problem.code): problem for problem in reversed(problems)}
    return tuple(reversed(by_place.values()))


def _tell_counts(recipients: int, problems: tuple[Problem, ...]) -> str:
    counts = {
        severity: sum(problem.severity is severity for problem in problems) for severity in Severity
    }
    return _(
        "Recipients: {recipients}. Errors: {errors}, warnings: {warnings}, hints: {hints}.",
        recipients=recipients,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        hints=counts[Severity.HINT],
    )


@app.command(help=_("Compare two versions of a list: who came, who went, who changed."))
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_("The earlier list."))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("The later list."))],
    as_json: Json = False,
) -> None:
    """Compares by mailbox, not by row."""
    workspace = command_settings().workspace
    before, after = load_recipients([old], workspace), load_recipients([new], workspace)
    difference = compare(before.recipients, after.recipients)
    if as_json:
        print_json(
            {
                "added": list(map(describe_recipient, difference.added)),
                "removed": list(map(describe_recipient, difference.removed)),
                "changed": [
                    {
                        "address": change.new.mailbox.address,
                        "fields": {name: [was, now] for name, was, now in change.fields},
                    }
                    for change in difference.changed
                ],
            }
        )
    else:
        show_problems(
            problem
            for problem in (*before.problems, *after.problems)
            if problem.severity is Severity.ERROR
        )
        show_difference(difference)
    _fail_on_errors((*before.problems, *after.problems))


@app.command(help=_("Join lists into one CSV file, each mailbox once."))
def merge(lists: Lists = None, output: Output = Path("-"), force: Force = False) -> None:
    """Writes the joined list; nothing where a row is faulty."""
    loaded = load_recipients(_named(lists), command_settings().workspace)
    show_problems(loaded.problems)
    _fail_on_errors(loaded.problems)
    recipients, notices = merge_duplicates(loaded.recipients)
    show_problems(notices)
    listfiles.write_list(output, recipients, force=force)


app.command(
    "map", help=_("Ask what each column means, and keep it; --set does it without asking.")
)(columnmap.map_columns)
app.command(help=_("Bar addresses: opt-out, bounced, or muted until a day."))(suppressing.suppress)
app.command(help=_("Lift what bars an address."))(suppressing.allow)
app.command("list-suppressed", help=_("Show who must not be mailed, and why."))(
    suppressing.list_suppressed
)
app.command(help=_("Erase a person from logs and outbox for good; counts stay."))(persondata.forget)
app.command(help=_("Print all that is held about one person, as JSON."))(persondata.export)
app.command(help=_("Remove people from old deliveries, as the retention setting says."))(
    persondata.strip
)
