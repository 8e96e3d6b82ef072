"""Messages as files of the person's own: `.eml` for the mail program."""

import re
from collections.abc import Iterable
from pathlib import Path

from pressutskick.errors import FileFault
from pressutskick.exports.private import replace_private
from pressutskick.message.model import Message

#: Everything else in an address could be more to a file system than a letter.
_ODD = re.compile(r"[^\w@.+-]")


def name_message(number: int, address: str) -> str:
    """The file that keeps a message: `0001-anna.berg@hamnposten.example.eml`."""
    return f"{number:04d}-{_ODD.sub('_', address)[:100]}.eml"


def save_messages(folder: Path, messages: Iterable[Message]) -> list[Path]:
    """Writes each message into `folder`, which is made where it is not there.

    Raises:
        FileFault: the folder cannot be written.
    """
    paths: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number, message in enumerate(messages, start=1):
            paths.append(folder / name_message(number, message.envelope.forward_path))
            replace_private(paths[-1], message.content)
    except OSError as error:
        raise FileFault.of(error, str(folder)) from error
    return paths
