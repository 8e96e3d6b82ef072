"""Flags of the commands that send, as annotated types."""

from typing import Annotated

import typer

from pressutskick.cli.language import _

Attach = Annotated[
    list[str] | None,
    typer.Option(
        "--attach", metavar="FILE", help=_("Send this file along; may be given several times.")
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("-n", "--dry-run", help=_("Show what would be sent; open no connection.")),
]
Yes = Annotated[
    bool, typer.Option("-y", "--yes", help=_("Do not ask for the number of recipients."))
]
TestTo = Annotated[
    str | None,
    typer.Option("--test-to", metavar="ADDRESS", help=_("Send one sample to your own address.")),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox", help=_("Rehearse: messages are kept in outbox/, nothing leaves this machine.")
    ),
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", metavar="N/min", help=_("At most so many messages, such as 20/min.")),
]
Connections = Annotated[
    int | None,
    typer.Option("--connections", metavar="N", min=1, max=50, help=_("So many at a time.")),
]
RetryFor = Annotated[
    str,
    typer.Option(
        "--retry-for", metavar="TIME", help=_("Go on trying what is put off, such as 30m or 2h.")
    ),
]
Wait = Annotated[
    str,
    typer.Option(
        "--wait", metavar="TIME", help=_("Wait so long for another run of the same dispatch.")
    ),
]
Now = Annotated[
    str,
    typer.Option(
        "--now", metavar="TIME", help=_("As if it were this time; with --dry-run or --sandbox.")
    ),
]
LookNow = Annotated[str, typer.Option("--now", metavar="TIME", help=_("As if it were this time."))]
LogSandbox = Annotated[bool, typer.Option("--sandbox", help=_("The log of rehearsals."))]
Json = Annotated[bool, typer.Option("--json", help=_("Print the result as JSON."))]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=_("Say nothing unless it fails."))]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help=_("Tell each message's outcome."))]
AcceptEdit = Annotated[
    bool,
    typer.Option("--accept-edit", help=_("Send the edited text to those who have not got it yet.")),
]
New = Annotated[
    bool,
    typer.Option("--new", help=_("It is another event than the earlier one of that heading.")),
]
At = Annotated[
    str,
    typer.Option(
        "--at", metavar="TIME", help=_("Record it now; remind --all sends it at this time.")
    ),
]
Embargoed = Annotated[
    bool,
    typer.Option("--embargoed", help=_("Send before the embargo ends, marked as such.")),
]
Approved = Annotated[
    bool,
    typer.Option("--approved", help=_("Only what a second person has approved, as it was.")),
]
