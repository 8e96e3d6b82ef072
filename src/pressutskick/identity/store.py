"""Sign-ins on the disk: encrypted, the key in the system's keyring; else in a private file.

The keyring holds the key alone: Windows' takes no more than 1,280 characters, and tokens are longer.
Where a file lies open, its first line says so. No token leaves this module in an error.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pressutskick.errors import AuthenticationError, FileFault
from pressutskick.identity.account import SignIn, read_sign_in, write_sign_in
from pressutskick.sentences import say

#: Seconds that another run of ours may take to renew the token.
_PATIENCE = 60.0


class Place(StrEnum):
    """Where the secret of a sign-in lies, as its file's first line names it."""

    #: Encrypted in the file, the key in the system's keyring.
    KEYRING = "keyring"
    #: In the file itself, which only its owner can read.
    FILE = "file"


class KeyHolder(Protocol):
    """The system's keyring, as far as we need it."""

    def read(self, name: str) -> str | None:
        """The key kept under `name`; None where there is none.

        Raises:
            AuthenticationError: the keyring does not open.
        """
        ...

    def keep(self, name: str, key: str) -> bool:
        """Keeps a key; False where the keyring takes none."""
        ...

    def forget(self, name: str) -> None:
        """Removes what is kept under `name`, if anything is."""
        ...


class Store:
    """The sign-ins of one person on this machine, each by its name."""

    def __init__(
        self, folder: Path, keys: KeyHolder | None, write: Callable[[Path, bytes], None]
    ) -> None:
        """`keys` None where there is no keyring. `write` makes a private file, whole or not at all."""
        self._folder = folder
        self._keys = keys
        self._write = write

    def file(self, name: str) -> Path:
        """Where the sign-in lies."""
        return self._folder / f"{name}.login"

    def place(self, name: str) -> Place | None:
        """How it is kept; None where there is none."""
        content = self._read(name)
        return None if content is None else Place(content.partition(b"\n")[0].decode("ascii"))

    def load(self, name: str) -> SignIn | None:
        """The sign-in; None where there is none, or where its key is gone.

        Raises:
            AuthenticationError: the keyring does not open, or the file was tampered with.
        """
        content = self._read(name)
        if content is None:
            return None
        place, _, body = content.partition(b"\n")
        try:
            if place.decode("ascii") == Place.FILE:
                return read_sign_in(body)
            key = self._keys.read(name) if self._keys else None
            return None if key is None else read_sign_in(_decrypt(key, body))
        except ValueError as error:
            raise AuthenticationError(
                say("{file}: the sign-in that is kept there cannot be read.", file=self.file(name)),
                remedy=say("Sign in again: pressutskick login"),
            ) from error

    def save(self, name: str, sign_in: SignIn, *, place: Place) -> Place:
        """Keeps it, in the file itself where the keyring takes no key; says where it is.

        Raises:
            FileFault: the disk or its rights do not let it be written.
        """
        body = write_sign_in(sign_in)
        key = self._find_key(name) if place is Place.KEYRING else None
        place = Place.KEYRING if key else Place.FILE
        content = f"{place}\n".encode() + (_encrypt(key, body) if key else body)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self.file(name), content)
            self._refusal_file(name).unlink(missing_ok=True)
        except OSError as error:
            raise FileFault.of(error, str(self.file(name))) from error
        return place

    def forget(self, name: str) -> bool:
        """Removes the sign-in and its key; False where there was none."""
        if self._keys is not None:
            self._keys.forget(name)
        was_there = self.file(name).exists()
        self.file(name).unlink(missing_ok=True)
        return was_there

    def note_refusal(self, name: str, answer: str) -> None:
        """Keeps what a provider answered instead of a sign-in, for the letter about it."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._refusal_file(name), answer.encode("utf-8"))

    def refusal(self, name: str) -> str | None:
        """The last refusal since anybody was signed in; None where there was none."""
        try:
            return self._refusal_file(name).read_text("utf-8")
        except OSError:
            return None

    def _refusal_file(self, name: str) -> Path:
        return self.file(name).with_suffix(".refused")

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """One process at a time: a token that renews is good for one renewal.

        Raises:
            FileFault: the disk or its rights do not let it be locked.
        """
        from filelock import FileLock, Timeout

        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(self.file(name).with_suffix(".lock"), timeout=_PATIENCE, mode=0o600):
                yield
        except Timeout as error:
            raise FileFault(
                say("{file} is held by another run.", file=self.file(name)),
                remedy=say("Wait until it has ended, and run the same command again."),
            ) from error

    def _read(self, name: str) -> bytes | None:
        try:
            return self.file(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FileFault.of(error, str(self.file(name))) from error

    def _find_key(self, name: str) -> str | None:
        """The key that is there already, so that nothing is lost half-way; else a new one."""
        from cryptography.fernet import Fernet

        if self._keys is None:
            return None
        held = self._keys.read(name)
        if held is not None:
            return held
        key = Fernet.generate_key().decode("ascii")
        return key if self._keys.keep(name, key) else None


def _encrypt(key: str, body: bytes) -> bytes:
    from cryptography.fernet import Fernet

    return Fernet(key).encrypt(body)


def _decrypt(key: str, body: bytes) -> bytes:
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(key).decrypt(body)
    except InvalidToken as error:
        raise ValueError("not encrypted with this key") from error
