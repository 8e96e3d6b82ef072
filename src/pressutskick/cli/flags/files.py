"""Flags of commands that write a file for the person."""

from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.language import _

Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="FILE", help=_("Write here; - is standard output.")),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]
Force = Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))]
