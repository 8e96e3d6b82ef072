"""Flags of the commands that send, as annotated types."""

from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.flags.panels import Panel
from pressutskick.cli.language import _

Attach = Annotated[
    list[str] | None,
    typer.Option(
        "--attach",
        metavar="FILE",
        help=_("Send this file along; may be given several times."),
        rich_help_panel=Panel.LOOKS,
    ),
]
AcceptEdit = Annotated[
    bool,
    typer.Option(
        "--accept-edit",
        help=_("Send the edited text to those who have not got it yet."),
        rich_help_panel=Panel.LOOKS,
    ),
]
New = Annotated[
    bool,
    typer.Option(
        "--new",
        help=_("Another event than the earlier one of that heading."),
        rich_help_panel=Panel.LOOKS,
    ),
]
At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="TIME",
        help=_("Record it now; remind --all sends it at this time."),
        rich_help_panel=Panel.WHEN,
    ),
]
Embargoed = Annotated[
    bool,
    typer.Option(
        "--embargoed",
        help=_("Send before the embargo ends, marked as such."),
        rich_help_panel=Panel.WHEN,
    ),
]
Approved = Annotated[
    bool,
    typer.Option(
        "--approved",
        help=_("Only what a second person has approved, as it was."),
        rich_help_panel=Panel.WHEN,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "-n",
        "--dry-run",
        help=_("Show what would be sent; open no connection."),
        rich_help_panel=Panel.REHEARSE,
    ),
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="FOLDER",
        help=_("Write every message there as .eml; in a dry run."),
        rich_help_panel=Panel.REHEARSE,
    ),
]
Browser = Annotated[
    bool,
    typer.Option(
        "--browser",
        help=_("Open the HTML part of the first message; in a dry run."),
        rich_help_panel=Panel.REHEARSE,
    ),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help=_("Keep the mails in outbox/; nothing leaves this machine."),
        rich_help_panel=Panel.REHEARSE,
    ),
]
TestTo = Annotated[
    str | None,
    typer.Option(
        "--test-to",
        metavar="ADDRESS",
        help=_("Send one sample to your own address."),
        rich_help_panel=Panel.REHEARSE,
    ),
]
Rate = Annotated[
    str | None,
    typer.Option(
        "--rate",
        metavar="N/min",
        help=_("At most so many messages; {setting}", setting="PRESSUTSKICK_RATE"),
        rich_help_panel=Panel.TUNING,
    ),
]
Connections = Annotated[
    int | None,
    typer.Option(
        "--connections",
        metavar="N",
        min=1,
        max=50,
        help=_("So many at a time; {setting}", setting="PRESSUTSKICK_CONNECTIONS"),
        rich_help_panel=Panel.TUNING,
    ),
]
RetryFor = Annotated[
    str,
    typer.Option(
        "--retry-for",
        metavar="TIME",
        help=_("Go on trying what is put off, such as 30m or 2h."),
        rich_help_panel=Panel.TUNING,
    ),
]
Wait = Annotated[
    str,
    typer.Option(
        "--wait",
        metavar="TIME",
        help=_("Wait so long for another run of the same dispatch."),
        rich_help_panel=Panel.TUNING,
    ),
]
