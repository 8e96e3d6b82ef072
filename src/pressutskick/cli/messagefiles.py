"""Messages as files of the person's own: `.eml` for the mail program, HTML for the browser.

Names of files come from addresses, of which only harmless characters stay. Files are readable by
their owner alone, for they hold names and addresses.
"""

import os
import re
import tempfile
import webbrowser
from collections.abc import Iterable
from pathlib import Path

from pressutskick.cli.previewing import PreviewedMessage
from pressutskick.errors import FileFault


def save_messages(folder: Path, messages: Iterable[PreviewedMessage]) -> list[Path]:
    """Writes each message into `folder`, which is made where it is not there.

    Raises:
        FileFault: the folder cannot be written.
    """
    paths: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number, each in enumerate(messages, start=1):
            paths.append(folder / _name_file(number, each.recipient.mailbox.address))
            _write_private(paths[-1], each.message.content)
    except OSError as error:
        raise FileFault.of(error, str(folder)) from error
    return paths


def _name_file(number: int, address: str) -> str:
    harmless = re.sub(r"[^a-z0-9.@_-]+", "_", address.lower()).strip(".")
    return f"{number:04d}-{harmless[:100]}.eml"


def _write_private(path: Path, content: bytes) -> None:
    """Replaces what stood there; a link there is not followed."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def open_in_browser(html: str) -> Path:
    """Shows the HTML in the person's browser; it loads nothing remote. The file stays behind."""
    path = Path(tempfile.mkdtemp(prefix="pressutskick-preview-")) / "preview.html"
    _write_private(path, html.encode("utf-8"))
    webbrowser.open(path.as_uri())
    return path
