"""Recipients as a list that can be read again, and opened without doing anything."""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

from pressutskick.errors import FileFault, InputError
from pressutskick.exports.csv import write_csv
from pressutskick.exports.private import create_private, replace_private, write_private
from pressutskick.recipients.fields import Field
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.transcript import describe_recipient
from pressutskick.sentences import say

_COLUMNS = tuple(field.value for field in Field if field is not Field.LAST_NAME)


def write_list(path: Path, recipients: Sequence[Recipient], *, force: bool) -> None:
    """Writes recipients as CSV; `-` is standard output.

    With a byte order mark in a file, because Excel reads å, ä and ö only so.

    Raises:
        UsageError: the file is there and `force` does not say to replace it.
        FileFault: the disk or its rights do not let it be written.
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
    if name == Field.WANTS:
        return "" if recipient.wants else "no"
    value = describe_recipient(recipient)[name]
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def replace_list(path: Path, before: bytes, after: bytes, *, now: dt.datetime) -> Path:
    """Writes a changed list in place of the one that was read; gives the copy of that.

    The list keeps its rights. The copy is named so that nobody takes it for a list.

    Raises:
        InputError: somebody has changed the file meanwhile.
        FileFault: the disk or its rights do not let it be written; the list is as it was.
    """
    path = path.resolve()
    copy = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}.bak")
    try:
        with path.open("r+b") as stream:
            if stream.read() != before:
                raise InputError(say("{file} was changed meanwhile.", file=path.name))
        create_private(copy, before)
        mode = path.stat().st_mode
        replace_private(path, after)
        path.chmod(mode)
    except OSError as error:
        raise FileFault.of(error, str(path)) from error
    return copy
