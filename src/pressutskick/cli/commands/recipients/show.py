"""`recipients`: look at lists, check, compare and join them; and the rest of the group."""

from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.commands.person import add_person_commands
from pressutskick.cli.commands.recipients import check as listcheck
from pressutskick.cli.commands.recipients import inform as informing
from pressutskick.cli.commands.recipients import map as columnmap
from pressutskick.cli.commands.recipients import review as listreview
from pressutskick.cli.commands.recipients import suppress as suppressing
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.lists import Lists, To, fail_on_errors, named_lists, show_some
from pressutskick.cli.flags.meant import SelectionFlags
from pressutskick.cli.flags.shared import Force, Json, Now, Output
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import print_json, show_problems
from pressutskick.cli.tree import App, Group
from pressutskick.errors import Severity


class ListGroup(Group):
    """A group whose first word may be a list."""

    default = "show"


app = App(cls=ListGroup, no_args_is_help=True, subcommand_metavar="LIST... | COMMAND ...")


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
    from pressutskick.assembly.lists import load_recipients
    from pressutskick.assembly.log import load_suppressions
    from pressutskick.cli.shows.recipients import show_choices
    from pressutskick.reading.view import problem_documents
    from pressutskick.recipients.selection import find_unmatched, select
    from pressutskick.recipients.transcript import describe_recipient

    settings = command_settings()
    loaded = load_recipients(named_lists(lists, to), settings.workspace)
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
                "problems": problem_documents(problems),
            }
        )
    else:
        show_some(problems)
        show_choices(choices)
    fail_on_errors(loaded.problems)


app.command(help=_("Check lists: faulty rows, likely slips, old rows; --online asks for domains."))(
    listcheck.check
)


@app.command(help=_("Compare two versions of a list: who came, who went, who changed."))
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help=_("The earlier list."), autocompletion=completing.offer_lists
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW", help=_("The later list."), autocompletion=completing.offer_lists
        ),
    ],
    as_json: Json = False,
) -> None:
    """Compares by mailbox, not by row."""
    from pressutskick.assembly.lists import load_recipients
    from pressutskick.cli.shows.recipients import show_difference
    from pressutskick.recipients.difference import compare
    from pressutskick.recipients.transcript import describe_recipient

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
    fail_on_errors((*before.problems, *after.problems))


@app.command(help=_("Join lists into one CSV file, each mailbox once."))
def merge(lists: Lists = None, output: Output = Path("-"), force: Force = False) -> None:
    """Writes the joined list; nothing where a row is faulty."""
    from pressutskick.assembly.lists import load_recipients
    from pressutskick.exports.lists import write_list
    from pressutskick.recipients.merging import merge_duplicates

    loaded = load_recipients(named_lists(lists), command_settings().workspace)
    show_problems(loaded.problems)
    fail_on_errors(loaded.problems)
    recipients, notices = merge_duplicates(loaded.recipients)
    show_problems(notices)
    write_list(output, recipients, force=force)


app.command(
    "map", help=_("Ask what each column means, and keep it; --set does it without asking.")
)(columnmap.map_columns)
app.command(help=_("Look at rows that no longer hold, one key each; what is decided is written."))(
    listreview.review
)
app.command(
    help=_("Tell those on a list that they are on it (GDPR article 14), and note the day.")
)(informing.inform)
app.command(help=_("Bar addresses: opt-out, bounced, or muted until a day."))(suppressing.suppress)
app.command(help=_("Lift what bars an address."))(suppressing.allow)
app.command("list-suppressed", help=_("Show who must not be mailed, and why."))(
    suppressing.list_suppressed
)
add_person_commands(app, hidden=True)
