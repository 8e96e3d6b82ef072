"""The `.env`: its text in the one encoding that all programs agree on, and who else can reach it.

Owns what a file says of itself; what the keys mean is `reading`'s matter.
"""

import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from pressutskick.errors import SettingsError, reason_of
from pressutskick.sentences import say

#: Whether the system's modes tell who may do what.
HAS_RIGHTS = os.name == "posix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Who besides the person can reach the file; all False where the system cannot tell.

    `is_foreign`: it belongs to somebody else, who is not the machine's administrator either.
    """

    is_foreign: bool = False
    is_writable: bool = False
    is_readable: bool = False


def read_env_file(file: Path) -> dict[str, str | None]:
    """The values by key, as python-dotenv reads them.

    No interpolation: a password with a dollar sign stays what it is.

    Raises:
        SettingsError: the file cannot be read, or is not UTF-8, as Windows' older programs save it.
    """
    try:
        # utf-8-sig: Notepad on Windows writes a byte order mark.
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(
            say("{file} cannot be read: {reason}.", file=file, reason=reason_of(error))
        ) from error
    except UnicodeDecodeError as error:
        raise _no_utf8(file) from error
    if "\0" in text:
        # UTF-16 without its mark: each letter is followed by a NUL.
        raise _no_utf8(file)
    return dict(dotenv_values(stream=io.StringIO(text), interpolate=False))


def _no_utf8(file: Path) -> SettingsError:
    return SettingsError(
        say("{file} is not saved as UTF-8.", file=file),
        remedy=say(
            "Open it in an editor and save it as UTF-8; in Notepad that is a choice of Save as, in "
            "PowerShell: Set-Content -Encoding utf8."
        ),
    )


def find_exposure(file: Path) -> Exposure:
    """Whose it is and who may read and write it, by the rights of POSIX systems.

    Windows keeps rights in lists that its modes do not show: there nothing is known.
    """
    if not HAS_RIGHTS:
        return Exposure()
    status = file.stat()
    return Exposure(
        is_foreign=status.st_uid not in (0, os.geteuid()),
        is_writable=bool(status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)),
        is_readable=bool(status.st_mode & (stat.S_IRGRP | stat.S_IROTH)),
    )
