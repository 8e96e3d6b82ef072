"""Mails as files: a folder of `.eml`, a Maildir, an mbox, or one mail."""

import hashlib
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pressutskick.errors import FileFault, InputNotFound
from pressutskick.replies.mailbox import MailSource, Progress, RawMail
from pressutskick.replies.parts import MOST_OCTETS

#: A Maildir's mails; what is still being written lies in `tmp`.
_MAILDIR = ("cur", "new")
_LINE = 65_536


class FolderMailbox:
    """The files of a folder and of those in it, by name; of a Maildir, its mails."""

    def __init__(self, folder: Path) -> None:
        """Reads nothing yet."""
        self._folder = folder

    @property
    def account(self) -> str:
        """See MailSource."""
        return str(self._folder.resolve())

    def mails(self, progress: Progress) -> Iterator[RawMail]:
        """See MailSource.

        Raises:
            FileFault: a file or folder cannot be read.
        """
        length = len(str(self._folder)) + 1
        try:
            for entry in self._files():
                # A pipe or device would be waited for.
                if not entry.is_file():
                    continue
                name = entry.path[length:].replace(os.sep, "/")
                place = self._place_of(entry, name)
                if place not in progress.places:
                    with Path(entry.path).open("rb") as opened:
                        content = opened.read(MOST_OCTETS)
                    yield RawMail(name=name, content=content, place=place)
        except OSError as error:
            raise FileFault.of(error) from error

    def _files(self) -> Iterator[os.DirEntry[str]]:
        roots = [self._folder / name for name in _MAILDIR] if self._is_maildir else [self._folder]
        for root in roots:
            yield from _walk(str(root))

    @cached_property
    def _is_maildir(self) -> bool:
        return all((self._folder / name).is_dir() for name in _MAILDIR)

    def _place_of(self, entry: os.DirEntry[str], name: str) -> str:
        """A file is the same as long as its name, size and time are.

        A Maildir names each mail once and for all; what it adds are flags.
        """
        if self._is_maildir:
            return hash_of(entry.name.partition(":2,")[0].encode("utf-8", "surrogateescape"))
        facts = entry.stat()
        return hash_of(
            f"{name}\n{facts.st_size}\n{facts.st_mtime_ns}".encode("utf-8", "surrogateescape")
        )


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    """All that is in a folder and in those below it, by name; nothing hidden."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield entry


class FileMailbox:
    """One file: an mbox (RFC 4155), or a single mail."""

    def __init__(self, file: Path) -> None:
        """Reads nothing yet."""
        self._file = file

    @property
    def account(self) -> str:
        """See MailSource."""
        return str(self._file.resolve())

    def mails(self, progress: Progress) -> Iterator[RawMail]:
        """See MailSource.

        Raises:
            FileFault: the file cannot be read.
        """
        try:
            for number, content in enumerate(self._split(), 1):
                place = hash_of(content)
                if place not in progress.places:
                    name = self._file.name if number == 1 else f"{self._file.name}:{number}"
                    yield RawMail(name=name, content=content, place=place)
        except OSError as error:
            raise FileFault.of(error) from error

    def _split(self) -> Iterator[bytes]:
        """Each mail between `From ` lines, cut off where it grows too long; never the whole file."""
        with self._file.open("rb") as opened:
            first = opened.readline(_LINE)
            if not first.startswith(b"From "):
                yield first + opened.read(MOST_OCTETS - len(first))
                return
            held: list[bytes] = []
            size, was_empty = 0, False
            while line := opened.readline(_LINE):
                if was_empty and line.startswith(b"From "):
                    yield b"".join(held)
                    held, size = [], 0
                elif size < MOST_OCTETS:
                    # What began with `From ` was written with a mark before it.
                    held.append(line[1:] if line.startswith(b">From ") else line)
                    size += len(line)
                was_empty = not line.strip()
            yield b"".join(held)


def hash_of(content: bytes) -> str:
    """Enough to tell one mail from another; what a file is called stays out of the log."""
    return hashlib.sha256(content).hexdigest()[:16]


def open_folder(path: Path) -> MailSource:
    """The mailbox at `path`: a folder or Maildir, an mbox, or one mail.

    Raises:
        InputNotFound: nothing is there.
    """
    if path.is_dir():
        return FolderMailbox(path)
    if not path.is_file():
        raise InputNotFound.file(str(path))
    return FileMailbox(path)
