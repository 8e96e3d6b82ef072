"""Recipients as a list that can be read again, and opened without doing anything."""

import io
from collections.abc import Sequence
from pathlib import Path

from pressutskick.exports.csv import write_csv
from pressutskick.exports.private import write_private
from pressutskick.recipients.fields import Field
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.transcript import describe_recipient

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
