"""Files of personal data that commands write: private, and never over another one unasked."""

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.csvout import write_csv
from pressutskick.cli.language import _
from pressutskick.errors import FileFault, Problem, UsageError
from pressutskick.recipients.fields import Field
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.transcript import describe_recipient
from pressutskick.sentences import say

Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="FILE", help=_("Write here; - is standard output.")),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."))]
Force = Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))]

_COLUMNS = tuple(field.value for field in Field if field is not Field.LAST_NAME)


def exposed_lists(workspace: Path) -> tuple[Problem, ...]:
    """A warning for every list that git would commit."""
    from pressutskick.sources.lists.exposure import find_exposed_lists

    return find_exposed_lists(workspace)


def write_private(path: Path, text: str, *, force: bool) -> None:
    """Writes a file that only its owner may read (0600), whole or not at all; `-` is stdout.

    Raises:
        UsageError: the file is there and `force` does not say to replace it.
        FileFault: the disk or its rights do not let it be written.
    """
    if str(path) == "-":
        sys.stdout.write(text)
        return
    if path.exists() and not force:
        raise UsageError(
            say("{file} is there already.", file=path), remedy=say("Name another, or use --force.")
        )
    try:
        _replace_whole(path, text)
    except OSError as error:
        raise FileFault.of(error, str(path)) from error


def _replace_whole(path: Path, text: str) -> None:
    # mkstemp makes the file 0600; the rename replaces the old one in one step.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_list(path: Path, recipients: Sequence[Recipient], *, force: bool) -> None:
    """Writes recipients as CSV that can be read again as a list, and opened without doing anything.

    With a byte order mark in a file, because Excel reads å, ä and ö only so.
    """
    extras = list(dict.fromkeys(name for recipient in recipients for name in recipient.extra))
    used = [name for name in _COLUMNS if any(_cell(recipient, name) for recipient in recipients)]
    stream = io.StringIO()
    write_csv(
        stream,
        [*used, *extras],
        (
            [*(_cell(recipient, name) for name in used), *map(recipient.extra.get, extras)]
            for recipient in recipients
        ),
    )
    mark = "" if str(path) == "-" else "\ufeff"
    write_private(path, mark + stream.getvalue(), force=force)


def _cell(recipient: Recipient, name: str) -> object:
    value = describe_recipient(recipient)[name]
    return ", ".join(map(str, value)) if isinstance(value, list) else value
