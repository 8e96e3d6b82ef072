"""Flags that mean the same in every command, each declared once; `sending` has those of mailing."""

from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.flags.panels import Panel
from pressutskick.cli.language import _

Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."), rich_help_panel=Panel.OUTPUT)]
Csv = Annotated[
    bool,
    typer.Option("--csv", help=_("Print CSV for a spreadsheet."), rich_help_panel=Panel.OUTPUT),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "-q", "--quiet", help=_("Say nothing unless it fails."), rich_help_panel=Panel.OUTPUT
    ),
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help=_("Tell more."), rich_help_panel=Panel.OUTPUT)
]
Yes = Annotated[bool, typer.Option("-y", "--yes", help=_("Do not ask."))]
Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="FILE", help=_("Write here; - is standard output.")),
]
Force = Annotated[bool, typer.Option("--force", help=_("Replace what is there."))]
Now = Annotated[
    str,
    typer.Option(
        "--now",
        metavar="TIME",
        help=_("As if it were this time; never when mailing."),
        rich_help_panel=Panel.REHEARSE,
    ),
]
LogSandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox", help=_("What was rehearsed instead."), rich_help_panel=Panel.REHEARSE
    ),
]
